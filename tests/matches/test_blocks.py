"""Blocks: runs of passages that match runs of passages, in one document or two."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.matches.blocks import GAP, blocks

if TYPE_CHECKING:
    import random

COMPILED, PLAIN = Compiled(), Plain()

Block = tuple[int, int, int, int]


def found(
    documents: list[str],
    chosen: list[tuple[int, int]] | None = None,
    weights: list[int] | None = None,
    run: Any = PLAIN.run,
) -> list[Block]:
    """The blocks (first and last on the left, on the right) of documents given as one letter a passage.

    Equal letters are of one group; a full stop is a passage that matches nothing. Linked are all
    passages of one group, or those chosen.
    """
    groups = [ord(letter) - 64 if letter != "." else -1 for text in documents for letter in text]
    document = [row for row, text in enumerate(documents) for _ in text]
    if chosen is None:
        chosen = every_link(documents)
    lefts, rights = (np.array([link[side] for link in chosen], np.int64) for side in (0, 1))
    held = blocks(
        lefts,
        rights,
        np.array(groups, np.int64),
        np.array(groups, np.int64) >= 0,
        np.array(document, np.int64),
        np.array(weights or [4] * len(groups), np.int64),
        run,
    )
    columns = (held.left_first, held.left_last, held.right_first, held.right_last)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def every_link(documents: list[str]) -> list[tuple[int, int]]:
    letters = "".join(documents)
    return [
        pair
        for pair in combinations(range(len(letters)), 2)
        if letters[pair[0]] == letters[pair[1]] != "."
    ]


class TestAcrossTwoDocuments:
    def test_passages_that_follow_each_other_on_both_sides_are_one_block(self) -> None:
        assert found(["ABC", "ABC"]) == [(0, 2, 3, 5)]
        assert found(["xABCx".replace("x", "."), ".ABC"]) == [(1, 3, 6, 8)]

    def test_a_single_passage_is_a_block(self) -> None:
        assert found(["A.", ".A"]) == [(0, 0, 3, 3)]

    @pytest.mark.parametrize("inside", [".", "..", "X", "XY"])
    def test_passages_inserted_into_a_copy_do_not_end_it(self, inside: str) -> None:
        size = 6 + len(inside)
        assert found(["ABCDEF", f"ABC{inside}DEF"]) == [(0, 5, 6, 5 + size)]
        assert found([f"ABC{inside}DEF", "ABCDEF"]) == [(0, size - 1, size, size + 5)]

    @pytest.mark.parametrize("kept", ["ABCEF", "ABEF", "ACDEF", "ABCDF"])
    def test_passages_dropped_from_a_copy_do_not_end_it(self, kept: str) -> None:
        assert found(["ABCDEF", kept]) == [(0, 5, 6, 5 + len(kept))]
        assert found([kept, "ABCDEF"]) == [(0, len(kept) - 1, len(kept), len(kept) + 5)]

    def test_passages_edited_in_a_copy_do_not_end_it(self) -> None:
        assert found(["ABCDEF", "ABXDEF"]) == [(0, 5, 6, 11)]
        assert found(["ABCDEF", "AXYDEF"]) == [(0, 5, 6, 11)]
        assert found(["A.CDEF", "ABC.EF"]) == [(0, 5, 6, 11)]

    def test_several_gaps_do_not_end_it(self) -> None:
        assert found(["ABCDEFGH", "ABXCDFGYH"]) == [(0, 7, 8, 16)]

    def test_a_longer_gap_does(self) -> None:
        inside = "." * (GAP + 1)
        assert found(["ABCDEF", f"ABC{inside}DEF"]) == [(0, 2, 6, 8), (3, 5, 12, 14)]

    def test_neither_do_passages_join_that_stand_in_another_order(self) -> None:
        assert found(["AB", "BA"]) == [(0, 0, 3, 3), (1, 1, 2, 2)]
        assert found(["ABCD", "CDAB"]) == [(0, 1, 6, 7), (2, 3, 4, 5)]

    def test_where_less_than_half_of_the_words_match_it_is_no_block(self) -> None:
        assert found(["A.B", "A.B"], weights=[4, 8, 4] * 2) == [(0, 2, 3, 5)]
        assert found(["A.B", "A.B"], weights=[4, 9, 4] * 2) == [(0, 0, 3, 3), (2, 2, 5, 5)]
        assert found(["AB", "A.B"], weights=[4, 4, 4, 9, 4]) == [(0, 0, 2, 2), (1, 1, 4, 4)]

    def test_one_link_is_enough_to_find_what_goes_on_behind_a_gap(self) -> None:
        assert found(["ABCDEF", "ABXCDYEF"], [(0, 6)]) == [(0, 5, 6, 13)]

    def test_a_passage_that_returns_inside_does_not_cut_it_short(self) -> None:
        # As reuse links them: of each group the first place in each document.
        assert found(["ABAC", "ABAC"], [(0, 4), (1, 5), (3, 7)]) == [(0, 3, 4, 7)]
        assert found(["ABCABCDE", "ABCABCDE"], [(0, 8), (1, 9), (2, 10), (6, 14), (7, 15)]) == [
            (0, 7, 8, 15)
        ]

    def test_a_third_document_is_another_matter(self) -> None:
        assert found(["AB", "AB", "AB"]) == [(0, 1, 2, 3), (0, 1, 4, 5), (2, 3, 4, 5)]
        assert found(["AB", "A", "B"]) == [(0, 0, 2, 2), (1, 1, 3, 3)]


class TestInsideOneDocument:
    def test_a_doubled_block_is_one(self) -> None:
        assert found(["ABCABC"]) == [(0, 2, 3, 5)]
        assert found([".ABC..ABC."]) == [(1, 3, 6, 8)]

    @pytest.mark.parametrize("copy", ["ABXCD", "ABD", "AXCD", "AXCYD", "ABXYCD"])
    def test_also_when_its_copy_was_edited(self, copy: str) -> None:
        assert found([f"ABCD{copy}"]) == [(0, 3, 4, 3 + len(copy))]
        assert found([f"ABCD.....{copy}"]) == [(0, 3, 9, 8 + len(copy))]

    def test_a_passage_that_stands_three_times_makes_three_places_not_longer_blocks(self) -> None:
        assert found(["AAA"], [(0, 1), (1, 2), (0, 2)]) == [(0, 0, 1, 1), (0, 0, 2, 2), (1, 1, 2, 2)]

    def test_a_block_that_stands_three_times_makes_three_places_not_longer_blocks(self) -> None:
        sides = {side for first in found(["ABCABCABC"]) for side in (first[:2], first[2:])}
        assert {(0, 2), (3, 5), (6, 8)} <= sides
        assert max(last - first for first, last in sides) == 2

    def test_the_two_sides_do_not_overlap(self) -> None:
        for text in ("AAAA", "ABABA", "ABAABA", "AABAAB", "A.A.A.A"):
            assert all(left_last < right_first for _, left_last, right_first, _ in found([text])), text


@st.composite
def sequences(draw: st.DrawFn) -> tuple[list[str], list[tuple[int, int]], list[int]]:
    """Up to three documents of few letters, some of their links, and weights."""
    documents = draw(st.lists(st.text("ABCD.", max_size=9), min_size=1, max_size=3))
    links = every_link(documents)
    chosen = draw(st.lists(st.sampled_from(links), unique=True)) if links else []
    count = sum(map(len, documents))
    return documents, chosen, draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))


def document_of(documents: list[str]) -> list[int]:
    return [row for row, text in enumerate(documents) for _ in text]


@given(sequences())
@settings(max_examples=500)
@example((["ABAC", "ABAC"], [(0, 4), (1, 5), (3, 7)], [4] * 8))
def test_every_link_stands_in_a_block_that_keeps_to_its_documents_and_matches_by_half(
    drawn: tuple[list[str], list[tuple[int, int]], list[int]],
) -> None:
    documents, chosen, weights = drawn
    document = document_of(documents)
    letters = "".join(documents)
    held = found(*drawn)
    assert held == sorted(held, key=lambda block: (document[block[0]], document[block[2]])), "in order"
    assert len(held) == len(set(held))
    for left, right in chosen:
        assert any(a <= left <= b and c <= right <= d for a, b, c, d in held), (left, right)
    for a, b, c, d in held:
        assert a <= b < c <= d
        assert document[a] == document[b]
        assert document[c] == document[d]
        assert letters[a] == letters[c] != "."
        assert letters[b] == letters[d] != "."
        common = [
            place for place in range(a, b + 1) if letters[place] in letters[c : d + 1].replace(".", "")
        ]
        assert 2 * sum(weights[place] for place in common) >= sum(weights[a : b + 1])


@given(sequences(), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_neither_the_order_of_links_nor_who_computes_it_matters(
    drawn: tuple[list[str], list[tuple[int, int]], list[int]], chance: random.Random
) -> None:
    documents, chosen, weights = drawn
    expected = found(documents, chosen, weights)
    assert found(documents, chosen, weights, COMPILED.run) == expected
    chance.shuffle(chosen)
    assert found(documents, chosen, weights) == expected


@st.composite
def reorderings(draw: st.DrawFn) -> list[str]:
    """Two documents in which no letter returns."""
    letters = draw(st.permutations("ABCDEFGHIJ"))
    left = "".join(letters)
    pieces = draw(st.lists(st.text("ABCDEFGHIJ.", max_size=6), max_size=3))
    right: list[str] = []
    start = draw(st.integers(0, 9))
    for letter in [*left[start:], *"".join(pieces)]:
        if letter == "." or letter not in right:
            right.append(letter)
    return [left, "".join(right)]


@given(reorderings())
@settings(max_examples=300)
def test_blocks_are_made_of_the_longest_runs_there_are(documents: list[str]) -> None:
    left, right = documents
    runs = []
    for place, letter in enumerate(left):
        other = right.find(letter)
        if other < 0 or (place and other and left[place - 1] == right[other - 1]):
            continue
        length = 1
        while (
            left[place + length : place + length + 1] == right[other + length : other + length + 1] != ""
        ):
            length += 1
        runs.append((place, place + length - 1, len(left) + other, len(left) + other + length - 1))
    held = found(documents)
    for a, b, c, d in runs:
        assert any(w <= a and b <= x and y <= c and d <= z for w, x, y, z in held)
    for a, b, c, d in held:
        assert any(run[0] == a and run[2] == c for run in runs), "begins where a run does"
        assert any(run[1] == b and run[3] == d for run in runs), "and ends where one does"
    near = [
        (one, two)
        for one in runs
        for two in runs
        if 0 <= two[0] - one[1] - 1 <= GAP and 0 <= two[2] - one[3] - 1 <= GAP
    ]
    if not near:
        assert sorted(held) == sorted(runs)


def test_of_no_links_there_are_no_blocks() -> None:
    assert found(["A", "B"]) == []
    assert found([]) == []
    assert found([], run=COMPILED.run) == []
