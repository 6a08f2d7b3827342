"""Stretches: ranges of words, laid on top of each other."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.matches.blocks import Blocks
from dedupe.matches.stretches import (
    DENSE,
    GAP,
    GAP_DENSE,
    GAP_SHARE,
    Stretches,
    add_weights,
    count_covered,
    covered,
    empty,
    joined,
    of_blocks,
    weight_of,
)
from dedupe.passages.characters import WEIGHT_OF_WORD

COMPILED, PLAIN = Compiled(), Plain()

Row = tuple[int, int, int, int, bool]
Rows = list[tuple[int, int, int, int]]
DOCUMENTS = [0, 1000, 2000, 3000]
"""Where the words of three documents begin, and their number."""


def of(rows: list[Row], share: float = 1.0) -> Stretches:
    """Stretches of which this share of the shorter side is matched."""
    table = np.array(rows, np.int64).reshape(-1, 5)
    columns = [table[:, column].copy() for column in range(4)]
    size = np.minimum(columns[1] - columns[0], columns[3] - columns[2])
    matched = (share * size).astype(np.int64)
    return Stretches(*columns, table[:, 4] > 0, matched)


def rows_of(held: Stretches) -> list[Row]:
    columns = (held.left, held.left_end, held.right, held.right_end, held.grown)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def laid_together(*parts: list[Row], share: float = 1.0) -> list[Row]:
    several = [of(part, share) for part in parts]
    bounds = np.array(DOCUMENTS, np.int64)
    expected = rows_of(joined(several, bounds, PLAIN.run))
    assert rows_of(joined(several, bounds, COMPILED.run)) == expected, "compiled it is the same"
    return expected


def ranges(
    *rows: tuple[int, int, int, int], grown: bool = False, share: float = 1.0
) -> list[tuple[int, int, int, int]]:
    return [row[:4] for row in laid_together([(*row, grown) for row in rows], share=share)]


class TestTwoStretchesAreOne:
    def test_where_they_overlap_or_touch(self) -> None:
        assert ranges((0, 30, 1000, 1030), (20, 60, 1020, 1060)) == [(0, 60, 1000, 1060)]
        assert ranges((0, 30, 1000, 1030), (30, 60, 1030, 1060)) == [(0, 60, 1000, 1060)]

    def test_where_one_lies_in_the_other(self) -> None:
        assert ranges((0, 90, 1000, 1090), (20, 60, 1020, 1060)) == [(0, 90, 1000, 1090)]

    @pytest.mark.parametrize("size", [4, 30, 100])
    def test_where_few_words_are_between_more_of_them_between_longer_ones(self, size: int) -> None:
        def count(gap: int, other_gap: int, share: float) -> int:
            one, two = size + gap, 1000 + size + other_gap
            rows = (0, size, 1000, 1000 + size), (one, one + size, two, two + size)
            return len(ranges(*rows, share=share))

        loose = GAP + GAP_SHARE * size
        # Words between, where as many of the whole are matched as make it dense.
        dense = min(GAP + GAP_DENSE * size, 2 * size * 10 / DENSE - 2 * size)
        for most, share in ((int(max(dense, loose)), 1.0), (int(loose), 0.5)):
            assert count(most, most, share) == count(most, 0, share) == count(0, most, share) == 1
            assert count(most + 1, 0, share) == count(0, most + 1, share) == 2

    def test_in_another_order_only_where_words_were_compared_with_words(self) -> None:
        moved = (0, 30, 1030, 1060), (30, 60, 1000, 1030)
        assert ranges(*moved, grown=True) == [(0, 60, 1000, 1060)]
        assert ranges(*moved, grown=False) == list(moved)
        assert len(laid_together([(*moved[0], True), (*moved[1], False)])) == 2

    def test_where_one_was_moved_out_of_a_gap_in_the_other(self) -> None:
        # The first has 60 of the 90 words on the right; the other 30 stand before it on the left.
        rows = [(30, 90, 1000, 1090), (0, 30, 1030, 1060)]
        assert ranges(*rows, grown=True) == [(0, 90, 1000, 1090)]
        assert ranges(*rows, grown=False) == [(0, 90, 1000, 1090)]

    def test_and_grown_if_one_of_them_was(self) -> None:
        one, two = (0, 30, 1000, 1030), (30, 60, 1030, 1060)
        assert laid_together([(*one, False)], [(*two, True)]) == [(0, 60, 1000, 1060, True)]
        assert laid_together([(*one, False)], [(*two, False)]) == [(0, 60, 1000, 1060, False)]

    def test_also_several_in_a_row(self) -> None:
        rows = [(20 * at, 20 * at + 20, 1000 + 20 * at, 1020 + 20 * at) for at in range(20)]
        assert ranges(*rows) == [(0, 400, 1000, 1400)]


class TestTwoStretchesAreTwo:
    def test_where_they_are_of_other_documents(self) -> None:
        rows = [(0, 30, 1000, 1030), (0, 30, 2000, 2030), (1000, 1030, 2000, 2030)]
        assert ranges(*rows) == rows
        at_a_border = [(970, 1000, 1970, 2000), (1000, 1030, 2000, 2030)]
        assert ranges(*at_a_border) == at_a_border

    def test_where_one_thing_was_copied_twice_side_by_side(self) -> None:
        rows = [(0, 30, 1000, 1030), (0, 30, 1030, 1060)]
        assert ranges(*rows, grown=True) == rows
        rows = [(0, 30, 1000, 1030), (30, 60, 1000, 1030)]
        assert ranges(*rows, grown=True) == rows
        part_of_it: Rows = [(0, 90, 1000, 1090), (90, 120, 1030, 1060)]
        assert ranges(*part_of_it, grown=True) == part_of_it

    def test_where_the_sides_inside_a_document_would_meet(self) -> None:
        rows = [(0, 30, 40, 70), (30, 50, 70, 90)]
        assert ranges(*rows, grown=True) == rows
        assert ranges((0, 30, 100, 130), (30, 60, 130, 160)) == [(0, 60, 100, 160)]


def test_of_nothing_there_is_nothing() -> None:
    assert laid_together([]) == laid_together([], []) == []
    assert len(empty()) == 0
    assert rows_of(empty()) == []


def test_blocks_are_ranges_of_the_words_of_their_passages() -> None:
    blocks = Blocks(*(np.array([value], np.int64) for value in (0, 1, 3, 3, 9)))
    held = of_blocks(blocks, np.array([0, 5, 12, 12]), np.array([5, 7, 0, 4]))
    assert rows_of(held) == [(0, 12, 12, 16, False)]


@st.composite
def stretches(draw: st.DrawFn) -> list[Row]:
    """Stretches of three documents, many of them close to each other."""
    chosen = random.Random(draw(st.integers(0, 2**32)))
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 12))):
        left, right = sorted(chosen.choices(range(3), k=2))
        size, other = 10 * chosen.randint(1, 6), 10 * chosen.randint(1, 6)
        begin = left * 1000 + 10 * chosen.randint(0, 20)
        begins = right * 1000 + 10 * chosen.randint(0, 20)
        if left == right:
            begins = max(begins, begin + size)
        rows.append((begin, begin + size, begins, begins + other, chosen.random() < 0.5))
    return rows


@given(stretches(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_what_is_joined_holds_all_that_was_there_and_stays_in_its_documents(
    rows: list[Row], chance: random.Random
) -> None:
    held = laid_together(rows)
    assert len(held) <= len(rows)
    for left, left_end, right, right_end, grown in rows:
        assert any(
            a <= left and left_end <= b and c <= right and right_end <= d and e >= grown
            for a, b, c, d, e in held
        )
    sides = [row[:2] for row in rows] + [row[2:4] for row in rows]
    for left, left_end, right, right_end, _ in held:
        assert left < left_end <= right < right_end
        for begin, end in ((left, left_end), (right, right_end)):
            assert begin // 1000 == (end - 1) // 1000
            assert begin in {side[0] for side in sides}
            assert end in {side[1] for side in sides}
    mixed = rows.copy()
    chance.shuffle(mixed)
    middle = len(mixed) // 2
    assert laid_together(mixed[:middle], mixed[middle:]) == held, "parts may come in any order"


some_ranges = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: (min(ends), max(ends))),
    max_size=8,
)


def columns(several: list[tuple[int, int]]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    table = np.array(several, np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


@given(some_ranges, some_ranges)
def test_words_are_covered_that_stand_in_one_of_the_ranges(
    several: list[tuple[int, int]], asked: list[tuple[int, int]]
) -> None:
    inside = {word for begin, end in several for word in range(begin, end)}
    expected = [len(inside & set(range(begin, end))) for begin, end in asked]
    for way in (PLAIN, COMPILED):
        counts = covered(60, *columns(several), *columns(asked), way.run(count_covered))
        assert counts.tolist() == expected


@given(st.lists(st.integers(0, 2**64 - 1), max_size=60), some_ranges)
def test_a_range_weighs_what_its_words_weigh(words: list[int], several: list[tuple[int, int]]) -> None:
    several = [(min(begin, len(words)), min(end, len(words))) for begin, end in several]
    expected = [sum(WEIGHT_OF_WORD >> (word & 3) for word in words[a:b]) for a, b in several]
    for way in (PLAIN, COMPILED):
        weights = weight_of(np.array(words, np.uint64), *columns(several), way.run(add_weights))
        assert weights.tolist() == expected
