"""Places: stretches that blocks name in slightly different ways are one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.matches.blocks import Blocks
from dedupe.matches.places import Places, places, settle

COMPILED = Compiled()
Stretch = tuple[int, int]


def blocks_of(pairs: list[tuple[Stretch, Stretch]]) -> Blocks:
    table = np.array([[*left, *right, 1] for left, right in pairs], np.int64).reshape(-1, 5)
    return Blocks(*table.T.copy())


def named(pairs: list[tuple[Stretch, Stretch]], weights: list[int], document_size: int) -> Places:
    documents = np.arange(len(weights)) // document_size
    plain = places(blocks_of(pairs), documents, np.array(weights, np.int64), settle)
    compiled = places(blocks_of(pairs), documents, np.array(weights, np.int64), COMPILED.run(settle))
    for name in ("first", "last", "left", "right"):
        assert np.array_equal(getattr(plain, name), getattr(compiled, name)), "compiled it is the same"
    return plain


def stretches(found: Places) -> list[Stretch]:
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


def edges(found: Places) -> list[tuple[Stretch, Stretch]]:
    held = stretches(found)
    return [(held[left], held[right]) for left, right in zip(found.left, found.right, strict=True)]


def test_blocks_that_name_the_same_stretch_share_a_place() -> None:
    found = named([((0, 2), (10, 12)), ((0, 2), (20, 22)), ((10, 12), (20, 22))], [4] * 30, 10)
    assert stretches(found) == [(0, 2), (10, 12), (20, 22)]
    assert len(edges(found)) == 3


def test_stretches_that_mostly_overlap_are_one_place_named_by_the_longest() -> None:
    found = named([((0, 3), (10, 13)), ((0, 2), (20, 22)), ((1, 3), (30, 32))], [4] * 40, 10)
    assert stretches(found) == [(0, 3), (10, 13), (20, 22), (30, 32)]
    assert edges(found) == [((0, 3), (10, 13)), ((0, 3), (20, 22)), ((0, 3), (30, 32))]


def test_stretches_that_overlap_less_are_two_places() -> None:
    found = named([((0, 3), (10, 13)), ((0, 1), (20, 21))], [4] * 30, 10)
    assert stretches(found) == [(0, 1), (0, 3), (10, 13), (20, 21)]


def test_words_count_not_passages() -> None:
    weights = [4] * 30
    weights[3] = 100
    found = named([((0, 3), (10, 13)), ((0, 2), (20, 22))], weights, 10)
    assert (0, 2) in stretches(found)
    weights = [100] + [4] * 29
    found = named([((0, 3), (10, 13)), ((0, 0), (20, 20))], weights, 10)
    assert (0, 0) not in stretches(found)


def test_a_block_whose_sides_fall_into_one_place_is_none() -> None:
    found = named([((0, 3), (10, 13)), ((10, 12), (11, 13))], [4] * 20, 10)
    assert edges(found) == [((0, 3), (10, 13))]


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[list[tuple[Stretch, Stretch]], list[int]]:
    """Blocks between three documents of eight passages, and the passages' weights."""
    size = 8

    def stretch(document: int) -> st.SearchStrategy[Stretch]:
        first = st.integers(0, size - 1)
        return st.tuples(first, first).map(
            lambda ends: (document * size + min(ends), document * size + max(ends))
        )

    either = st.sampled_from([(0, 1), (0, 2), (1, 2)])
    pairs = draw(
        st.lists(either.flatmap(lambda pair: st.tuples(stretch(pair[0]), stretch(pair[1]))), max_size=8)
    )
    return pairs, draw(st.lists(st.integers(1, 40), min_size=3 * size, max_size=3 * size))


@given(overlapping())
@settings(max_examples=300)
def test_every_side_of_a_block_has_a_place_that_is_mostly_the_same(
    example: tuple[list[tuple[Stretch, Stretch]], list[int]],
) -> None:
    pairs, weights = example
    found = named(pairs, weights, 8)
    held = stretches(found)
    sides = {side for pair in pairs for side in pair}
    assert held == sorted(held)
    assert set(held) <= sides, "a place is one of the stretches as they are"

    def mostly(one: Stretch, two: Stretch) -> bool:
        common = sum(weights[max(one[0], two[0]) : min(one[1], two[1]) + 1])
        union = sum(weights[min(one[0], two[0]) : max(one[1], two[1]) + 1])
        return one[0] // 8 == two[0] // 8 and 3 * common >= 2 * union

    of = edges(found)
    for left, right in pairs:
        assert any(mostly(left, one) and mostly(right, two) for one, two in of)
