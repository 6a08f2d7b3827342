"""Places: ranges of words that stretches name in slightly different ways are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.matches.places import Places, gaps_before, places
from dedupe.matches.stretches import Stretches

if TYPE_CHECKING:
    import random

COMPILED = Compiled()
SIZE = 30
"""Words of a document."""
Range = tuple[int, int]


def stretches_of(pairs: list[tuple[Range, Range]], grown: list[bool] | None = None) -> Stretches:
    table = np.array([[*left, *right] for left, right in pairs], np.int64).reshape(-1, 4)
    left, left_end, right, right_end = table.T.copy()
    told = np.array(grown or [False] * len(pairs), np.bool_)
    return Stretches(left, left_end, right, right_end, told, left_end - left)


def named(pairs: list[tuple[Range, Range]], grown: list[bool] | None = None) -> Places:
    held = stretches_of(pairs, grown)
    plain = places(held, lambda loop: loop)
    compiled = places(held, COMPILED.run)
    for name in ("begin", "end", "left", "right", "grown"):
        assert np.array_equal(getattr(plain, name), getattr(compiled, name)), "compiled it is the same"
    return plain


def ranges(found: Places) -> list[Range]:
    return list(zip(found.begin.tolist(), found.end.tolist(), strict=True))


def edges(found: Places) -> list[tuple[Range, Range]]:
    held = ranges(found)
    return [(held[left], held[right]) for left, right in zip(found.left, found.right, strict=True)]


def test_stretches_that_name_the_same_range_share_a_place() -> None:
    found = named([((0, 12), (40, 52)), ((0, 12), (80, 92)), ((40, 52), (80, 92))])
    assert ranges(found) == [(0, 12), (40, 52), (80, 92)]
    assert len(edges(found)) == 3


def test_ranges_that_mostly_overlap_are_one_place_named_by_the_longest() -> None:
    found = named([((0, 12), (40, 52)), ((0, 9), (80, 89)), ((3, 12), (120, 129))])
    assert ranges(found) == [(0, 12), (40, 52), (80, 89), (120, 129)]
    assert edges(found) == [((0, 12), (40, 52)), ((0, 12), (80, 89)), ((0, 12), (120, 129))]


def test_ranges_that_overlap_less_are_two_places() -> None:
    found = named([((0, 12), (40, 52)), ((0, 7), (80, 87))])
    assert ranges(found) == [(0, 7), (0, 12), (40, 52), (80, 87)]


def test_two_thirds_of_the_words_of_both_together_are_mostly() -> None:
    assert len(ranges(named([((0, 12), (40, 52)), ((0, 8), (80, 88))]))) == 3
    assert len(ranges(named([((0, 12), (40, 52)), ((2, 14), (80, 92))]))) == 3
    assert len(ranges(named([((0, 12), (40, 52)), ((3, 15), (80, 92))]))) == 4


def test_a_stretch_whose_sides_fall_into_one_place_is_none() -> None:
    found = named([((0, 12), (40, 52)), ((40, 51), (41, 52))])
    assert edges(found) == [((0, 12), (40, 52))]


def test_a_pair_is_grown_if_one_of_its_stretches_was() -> None:
    pairs = [((0, 12), (40, 52)), ((0, 11), (40, 51)), ((0, 12), (80, 92))]
    assert named(pairs, [False, True, False]).grown.tolist() == [True, False]
    assert named(pairs, [True, False, False]).grown.tolist() == [True, False]
    assert named(pairs, [False, False, True]).grown.tolist() == [False, True]


def test_of_no_stretches_there_are_no_places() -> None:
    assert ranges(named([])) == edges(named([])) == []


@st.composite
def overlapping(draw: st.DrawFn) -> list[tuple[Range, Range]]:
    """Stretches between three documents."""

    def side(document: int) -> st.SearchStrategy[Range]:
        begin = st.integers(0, SIZE - 1)
        return st.tuples(begin, begin).map(
            lambda ends: (document * SIZE + min(ends), document * SIZE + max(ends) + 1)
        )

    either = st.sampled_from([(0, 1), (0, 2), (1, 2)])
    return draw(
        st.lists(either.flatmap(lambda pair: st.tuples(side(pair[0]), side(pair[1]))), max_size=10)
    )


@given(overlapping())
@settings(max_examples=200)
def test_every_side_of_a_stretch_has_a_place_that_is_mostly_the_same(
    pairs: list[tuple[Range, Range]],
) -> None:
    found = named(pairs)
    held = ranges(found)
    assert held == sorted(held)
    assert set(held) <= {side for pair in pairs for side in pair}, "a place is one of the ranges"

    def mostly(one: Range, two: Range) -> bool:
        common = min(one[1], two[1]) - max(one[0], two[0])
        union = max(one[1], two[1]) - min(one[0], two[0])
        return one[0] // SIZE == two[0] // SIZE and 3 * common >= 2 * union

    of = edges(found)
    for left, right in pairs:
        assert any(mostly(left, one) and mostly(right, two) for one, two in of)


@given(overlapping(), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_of_stretches_does_not_matter(
    pairs: list[tuple[Range, Range]], chance: random.Random
) -> None:
    expected = named(pairs)
    chance.shuffle(pairs)
    found = named(pairs)
    assert ranges(found) == ranges(expected)
    assert edges(found) == edges(expected)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12))
def test_gaps_are_the_words_before_a_range_that_no_range_covers(found: list[tuple[int, int]]) -> None:
    held = sorted((begin, begin + length) for begin, length in found)
    covered = {word for begin, end in held for word in range(begin, end)}
    begin, end = np.array(held, np.int64).reshape(-1, 2).T
    assert gaps_before(begin, end).tolist() == [
        sum(word not in covered for word in range(first)) for first, _ in held
    ]
