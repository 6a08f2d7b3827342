"""Exact similarity: what sets of shingles say, to the last bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.matches.groups import similarity_of
from dedupe.settings import Settings
from dedupe.sketch.reference import shingle_set

if TYPE_CHECKING:
    from dedupe.compute.interface import Compute

COMPUTES = (Compiled(), Plain())
# Few words, so that shingles return: of the weight of a whole word, of a half and of a quarter.
WORDS = st.sampled_from([4, 8, 12, 13, 14, 1 << 63, (1 << 63) + 1, 2**64 - 2])
RUNS = st.lists(st.lists(WORDS, max_size=30), min_size=1, max_size=6)


def compared(
    compute: Compute,
    runs: list[list[int]],
    pairs: list[tuple[int, int]],
    shingle: int,
    least: float = 0.0,
) -> list[tuple[float, float]]:
    sizes = np.array([len(run) for run in runs])
    lasts = np.cumsum(sizes)
    lefts, rights = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    words = np.array([word for run in runs for word in run], np.uint64)
    firsts = lasts - sizes
    outlines = compute.outlines(words, firsts, lasts, shingle)
    found = compute.compare(words, firsts, lasts, outlines, lefts, rights, shingle, least)
    return list(zip(*(column.tolist() for column in found), strict=True))


def by_sets(left: list[int], right: list[int], shingle: int) -> tuple[float, float]:
    one, two = shingle_set(left, shingle), shingle_set(right, shingle)
    if not one or not two:
        return 0.0, 0.0
    common = len(one & two)
    return common / len(one | two), common / min(len(one), len(two))


@given(RUNS, st.integers(1, 5), st.data())
@settings(max_examples=200)
def test_it_is_what_sets_say(runs: list[list[int]], shingle: int, data: st.DataObject) -> None:
    row = st.integers(0, len(runs) - 1)
    pairs = data.draw(st.lists(st.tuples(row, row), max_size=12))
    expected = [by_sets(runs[left], runs[right], shingle) for left, right in pairs]
    for compute in COMPUTES:
        assert compared(compute, runs, pairs, shingle) == expected


@given(RUNS, st.integers(1, 3), st.floats(0.01, 1.0))
@example([list(range(4, 84, 4)), list(range(4, 48, 4))], 1, 0.55)
@example([list(range(4, 44, 4)), list(range(4, 32, 4))], 1, 0.7)
@example([list(range(4, 404, 4)), list(range(204, 604, 4)), list(range(4, 9004, 4))], 1, 1 / 3)
@settings(max_examples=200)
def test_a_pair_at_or_above_the_least_is_as_it_is_and_any_other_is_nothing(
    runs: list[list[int]], shingle: int, least: float
) -> None:
    pairs = [(left, right) for left in range(len(runs)) for right in range(len(runs))]
    for compute in COMPUTES:
        found = compared(compute, runs, pairs, shingle, least)
        for (left, right), values in zip(pairs, found, strict=True):
            exact = by_sets(runs[left], runs[right], shingle)
            assert values == (exact if exact[0] >= least else (0.0, 0.0))


@given(RUNS, st.integers(1, 5))
def test_the_size_of_a_run_is_that_of_its_set(runs: list[list[int]], shingle: int) -> None:
    lasts = np.cumsum([len(run) for run in runs])
    firsts = lasts - [len(run) for run in runs]
    words = np.array([word for run in runs for word in run], np.uint64)
    expected = [len(shingle_set(run, shingle)) for run in runs]
    for compute in COMPUTES:
        assert compute.outlines(words, firsts, lasts, shingle)[:, 0].tolist() == expected


@pytest.mark.parametrize("compute", COMPUTES)
def test_equal_runs_are_one_and_runs_without_words_are_like_nothing(compute: Compute) -> None:
    runs = [[4, 8, 12, 16], [4, 8, 12, 16], [], []]
    assert (
        compared(compute, runs, [(0, 1), (0, 2), (2, 3), (2, 0)], 3) == [(1.0, 1.0)] + [(0.0, 0.0)] * 3
    )


@pytest.mark.parametrize("compute", COMPUTES)
def test_a_part_of_a_run_is_contained_in_it_whichever_side_it_is_on(compute: Compute) -> None:
    runs = [[*range(4, 400, 4)], [*range(40, 80, 4)]]
    assert compared(compute, runs, [(0, 1), (1, 0)], 3) == [(8 / 97, 1.0)] * 2


@pytest.mark.parametrize("compute", COMPUTES)
def test_a_shingle_that_returns_counts_once(compute: Compute) -> None:
    assert compared(compute, [[4, 8] * 50, [4, 8] * 3], [(0, 1)], 2) == [(1.0, 1.0)]


@pytest.mark.parametrize("compute", COMPUTES)
@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_threads_do_not_change_it(compute: Compute, jobs: int) -> None:
    chance = np.random.RandomState(1)
    words = chance.randint(1, 30, 4000).astype(np.uint64) * 4
    firsts = np.arange(0, 3900, 20)
    lasts = firsts + chance.randint(0, 60, firsts.size)
    lefts, rights = np.sort(chance.randint(0, firsts.size, 2000)), chance.randint(0, firsts.size, 2000)
    found = similarity_of(words, firsts, lasts, lefts, rights, Settings(), compute, jobs)
    expected = [
        by_sets(*(words[firsts[row] : lasts[row]].tolist() for row in pair), 3)
        for pair in zip(lefts, rights, strict=True)
    ]
    assert list(zip(found.jaccard.tolist(), found.containment.tolist(), strict=True)) == expected


@pytest.mark.parametrize("compute", COMPUTES)
def test_both_containments_are_exact(compute: Compute) -> None:
    chance = np.random.RandomState(2)
    words = chance.randint(1, 30, 4000).astype(np.uint64) * 4
    firsts = np.arange(0, 3900, 20)
    lasts = firsts + chance.randint(0, 60, firsts.size)
    lefts, rights = np.sort(chance.randint(0, firsts.size, 2000)), chance.randint(0, firsts.size, 2000)
    found = similarity_of(words, firsts, lasts, lefts, rights, Settings(), compute, 1).both_ways()
    held = [
        {tuple(run[at : at + 3]) for at in range(max(len(run) - 2, min(len(run), 1)))}
        for run in (words[first:last].tolist() for first, last in zip(firsts, lasts, strict=True))
    ]
    expected = [
        (
            len(held[left] & held[right]) / max(len(held[left] | held[right]), 1),
            len(held[left] & held[right]) / max(len(held[left]), 1),
            len(held[left] & held[right]) / max(len(held[right]), 1),
        )
        for left, right in zip(lefts, rights, strict=True)
    ]
    assert [tuple(pair) for pair in found.T.tolist()] == expected


@pytest.mark.parametrize("compute", COMPUTES)
def test_of_no_pairs_there_is_nothing(compute: Compute) -> None:
    nothing = np.empty(0, np.int64)
    found = similarity_of(
        np.empty(0, np.uint64), nothing, nothing, nothing, nothing, Settings(), compute, 2
    )
    assert found.both_ways().shape == (3, 0)
