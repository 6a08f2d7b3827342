"""Candidate pairs over all bands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.pairs import candidate_pairs, distinct
from dedupe.candidates.reference import candidates
from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain

COMPUTES = (Compiled(), Plain())


@given(st.integers(1, 4), st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), max_size=40))
def test_they_are_those_of_the_reference_each_once_and_in_one_order(
    bands: int, rows: list[list[int]]
) -> None:
    matrix = np.array([row[:bands] for row in rows], np.uint32).reshape(-1, bands)
    expected = candidates(matrix.tolist())
    orders = set()
    for compute in COMPUTES:
        for jobs in (1, 2):
            lefts, rights = candidate_pairs(lambda band: matrix[:, band], bands, compute, jobs)
            found = list(zip(lefts.tolist(), rights.tolist(), strict=True))
            assert sorted(found) == expected
            orders.add(tuple(found))
    assert len(orders) == 1


@pytest.mark.parametrize("compute", COMPUTES)
def test_of_no_passages_there_are_none(compute: Compiled | Plain) -> None:
    lefts, rights = candidate_pairs(lambda _: np.empty(0, np.uint32), 3, compute, 2)
    assert lefts.size == rights.size == 0


@given(st.lists(st.integers(-5, 5)))
def test_distinct_values_are_ascending_and_each_there_once(values: list[int]) -> None:
    assert distinct(np.array(values, np.int64)).tolist() == sorted(set(values))
