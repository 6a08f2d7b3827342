"""Seeds: the same few words in a row at two places."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.candidates.seeds import LONG, PLACES, WEIGHT, seeds
from dedupe.compute.compiled import Compiled, _linked
from dedupe.compute.plain import Plain
from dedupe.passages.characters import WEIGHT_OF_WORD

Run = tuple[int, int]

WHOLE, HALF, QUARTER = 0, 1, 2
"""Codes of weights: how often a word's weight is halved."""


def word(name: int, code: int = WHOLE) -> int:
    """The hash of a word: another for every name."""
    return random.Random(name).getrandbits(62) << 2 | code


def whole(*names: int) -> list[int]:
    return [word(name) for name in names]


def linked(words: list[int], runs: list[Run], jobs: int = 1) -> tuple[list[tuple[int, int]], set[int]]:
    """What the kernels link, in the order of the reference, and which words are common."""
    bounds = np.array(runs, np.int64).reshape(-1, 2).T.copy()
    with ThreadPoolExecutor(jobs) as pool:
        held, common = _linked(np.array(words, np.uint64), bounds[0], bounds[1], pool, jobs)
    pairs = [pair for one in held for pair in zip(*(side.tolist() for side in one), strict=True)]
    return sorted(pairs, key=lambda pair: (pair[1], pair[0])), set(np.flatnonzero(common).tolist())


def found(words: list[int], runs: list[Run] | None = None) -> list[tuple[int, int]]:
    """The pairs of the reference, which the kernels have to find as well."""
    runs = [(0, len(words))] if runs is None else runs
    expected = seeds(words, [first for first, _ in runs], [last for _, last in runs])
    for jobs in (1, 2):
        assert linked(words, runs, jobs) == expected, "compiled it is the same"
    return expected[0]


def by_comparing(words: list[int], runs: list[Run]) -> set[tuple[int, int]]:
    """What seeds are, said with tuples of words instead of hashes."""
    seed_at: dict[int, tuple[int, ...]] = {}
    for first, last in runs:
        for at in range(first, last):
            for end in range(at + 1, last + 1):
                if sum(WEIGHT_OF_WORD >> (each & 3) for each in words[at:end]) >= WEIGHT:
                    seed_at[at] = tuple(words[at:end])
                    break
    pairs = set()

    def link(held: dict[int, tuple[int, ...]], linked: Callable[[int], bool]) -> set[int]:
        many = set()
        for at, seed in held.items():
            places = [place for place in sorted(held) if held[place] == seed]
            earlier = [place for place in places if place < at]
            if len(places) > PLACES:
                many.add(at)
            if earlier and linked(len(places)):
                pairs.update({(earlier[0], at), (earlier[-1], at)})
        return many

    many = link(seed_at, lambda places: places <= PLACES)
    # What stands in too many places is linked where it is a part of a longer run that does, too.
    long_at = {}
    for at in sorted(many):
        held, end = 0, at
        while held < LONG and end in many:
            held, end = held + 1, end + len(seed_at[end])
        if held == LONG:
            long_at[at] = tuple(words[at:end])
    link(long_at, lambda places: places > PLACES)
    return pairs


def test_four_words_in_a_row_at_two_places_are_a_seed() -> None:
    assert found(whole(1, 2, 3, 4, 9, 1, 2, 3, 4)) == [(0, 5)]
    assert found(whole(1, 2, 3, 9, 1, 2, 3)) == []


def test_every_place_of_a_longer_copy_is_linked() -> None:
    assert found(whole(1, 2, 3, 4, 5, 6, 9, 1, 2, 3, 4, 5, 6)) == [(0, 7), (1, 8), (2, 9)]


def test_the_order_of_words_counts() -> None:
    assert found(whole(1, 2, 3, 4, 9, 4, 3, 2, 1)) == []
    assert found(whole(1, 2, 3, 4, 9, 1, 3, 2, 4)) == []


@pytest.mark.parametrize(("code", "length"), [(WHOLE, 4), (HALF, 8), (QUARTER, 16)])
def test_words_that_weigh_less_are_more_in_a_seed(code: int, length: int) -> None:
    for size, links in ((length - 1, 0), (length, 1)):
        copied = [word(name, code) for name in range(size)]
        assert len(found([*copied, word(99), *copied])) == links


def test_words_of_all_weights_may_stand_in_one() -> None:
    copied = [word(1), word(2, HALF), word(3, QUARTER), word(4, QUARTER), word(5), word(6)]
    assert found([*copied, word(99), *copied]) == [(0, 7)]


def test_of_three_places_the_last_is_linked_with_the_first_and_the_one_before() -> None:
    words = [each for row in range(4) for each in whole(1, 2, 3, 4, 100 + row)]
    assert found(words) == [(0, 5), (0, 10), (5, 10), (0, 15), (10, 15)]


def test_a_seed_never_crosses_a_run() -> None:
    words = whole(1, 2, 3, 4, 9, 1, 2, 3, 4)
    assert found(words, [(0, 4), (5, 9)]) == [(0, 5)]
    assert found(words, [(0, 3), (3, 9)]) == []
    assert found(words, [(0, 7), (7, 9)]) == []
    assert found(words, [(5, 9)]) == []


@pytest.mark.parametrize(("places", "links"), [(PLACES, 2 * PLACES - 3), (PLACES + 1, 0)])
def test_what_stands_in_too_many_places_says_nothing(places: int, links: int) -> None:
    words = [each for row in range(places) for each in whole(1, 2, 3, 4, 100 + row)]
    assert len(found(words)) == links


def test_a_sentence_that_stands_in_as_many_is_linked_with_the_first_and_the_one_before() -> None:
    words = [each for row in range(40) for each in (*whole(*range(1, 14)), word(100 + row))]
    pairs, common = linked(words, [(0, len(words))])
    assert pairs == seeds(words, [0], [len(words)])[0]
    # Runs of twelve words begin at its first and second word.
    assert set(pairs) == {
        (14 * earlier + place, 14 * row + place)
        for row in range(1, 40)
        for earlier in (0, row - 1)
        for place in (0, 1)
    }
    assert common == set()


def test_links_are_linear_in_the_places() -> None:
    words = [each for row in range(40) for each in whole(row % 3, 2, 3, 4, 100 + row, 5, 6, 7, 8)]
    assert 0 < len(found(words)) <= 2 * len(words)


def test_no_words_and_no_runs_have_no_seeds() -> None:
    assert found([], []) == []
    assert found(whole(1, 2, 3, 4) * 2, []) == []
    assert found(whole(1, 2, 3, 4) * 2, [(2, 2), (5, 5)]) == []


@st.composite
def several_runs(draw: st.DrawFn) -> tuple[list[int], list[Run]]:
    """A sequence of few words of all weights, and runs in it that do not overlap."""
    vocabulary = [word(3 * name + code, code) for name, code in product(range(3), range(3))]
    chosen = vocabulary[:: draw(st.sampled_from([1, 2, 3]))]
    words = draw(st.lists(st.sampled_from(chosen), max_size=60)) * draw(st.integers(1, 3))
    cuts = sorted(
        draw(st.lists(st.integers(0, len(words)), max_size=6).filter(lambda x: len(x) % 2 == 0))
    )
    return words, list(zip(cuts[::2], cuts[1::2], strict=True)) or [(0, len(words))]


@given(several_runs())
@settings(max_examples=200)
def test_pairs_are_those_of_equal_words(example: tuple[list[int], list[Run]]) -> None:
    words, runs = example
    pairs = found(words, runs)
    assert set(pairs) == by_comparing(words, runs)
    assert pairs == sorted(set(pairs), key=lambda pair: (pair[1], pair[0]))


@given(st.integers(0, 2**32), st.sampled_from([30, 3000]), st.integers(1, 4))
@settings(max_examples=20)
def test_long_texts_have_the_same_pairs_compiled(seed: int, vocabulary: int, count: int) -> None:
    chosen = random.Random(seed)
    words = [word(name, name % 3) for name in (chosen.randrange(vocabulary) for _ in range(1500))]
    for _ in range(20):
        begin, to = chosen.randrange(1400), chosen.randrange(1400)
        words[to : to + 50] = words[begin : begin + 50]
    cuts = [0, *sorted(chosen.randrange(len(words)) for _ in range(count)), len(words)]
    runs = list(pairwise(cuts))
    assert found(words, runs)


@pytest.mark.parametrize("count", [PLACES, PLACES + 1])
def test_words_of_what_stands_in_too_many_places_are_common(count: int) -> None:
    phrase = whole(1, 2, 3, 4)
    words = [each for row in range(count) for each in (*phrase, word(100 + row))]
    pairs, common = linked(words, [(0, len(words))])
    assert bool(pairs) is (count <= PLACES)
    expected = {5 * row + place for row in range(count) for place in range(4)}
    assert common == (expected if count > PLACES else set())


@given(
    st.lists(st.lists(st.integers(0, 3), max_size=30), max_size=6),
    st.lists(st.integers(0, 2), min_size=6, max_size=6),
    st.integers(1, 3),
)
@settings(max_examples=100)
def test_the_frequency_of_a_seed_is_the_number_of_runs_that_have_it(
    runs: list[list[int]], groups: list[int], jobs: int
) -> None:
    words = [word(name) for run in runs for name in run]
    lasts = np.cumsum([len(run) for run in runs], dtype=np.int64)
    firsts = lasts - np.array([len(run) for run in runs], np.int64)
    having = [
        {
            row
            for row, other in enumerate(runs)
            if any(other[place : place + 4] == run[at : at + 4] for place in range(len(other) - 3))
        }
        if at + 4 <= len(run)
        else set()
        for run in runs
        for at in range(len(run))
    ]
    of_runs = np.array(groups[: len(runs)], np.int64)
    for compute in (Plain(), Compiled()):
        counts, several = compute.frequencies(np.array(words, np.uint64), firsts, lasts, of_runs, jobs)
        assert counts.tolist() == [len(rows) for rows in having]
        assert several.tolist() == [len({groups[row] for row in rows}) > 1 for rows in having]


@given(st.lists(st.lists(st.integers(0, 2), max_size=30), max_size=5), st.data())
@settings(max_examples=100)
def test_words_are_marked_that_stand_in_certain_seeds(
    runs: list[list[int]], data: st.DataObject
) -> None:
    names = [name for run in runs for name in run]
    lasts = np.cumsum([len(run) for run in runs], dtype=np.int64)
    firsts = lasts - np.array([len(run) for run in runs], np.int64)
    begins = [at for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True) for at in range(a, b - 3)]
    places = data.draw(st.lists(st.sampled_from(begins), max_size=3)) if begins else []
    known = {tuple(names[at : at + 4]) for at in places}
    expected = {
        at + further for at in begins if tuple(names[at : at + 4]) in known for further in range(4)
    }
    words = np.array([word(name) for name in names], np.uint64)
    for compute in (Plain(), Compiled()):
        marks = compute.marked(words, firsts, lasts, np.array(places, np.int64), 2)
        assert set(np.flatnonzero(marks).tolist()) == expected
