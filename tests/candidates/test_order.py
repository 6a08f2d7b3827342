"""Sorting by several columns, digit by digit, is what NumPy's sorting is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates import order
from dedupe.candidates.order import ordered, renumbered
from dedupe.compute.compiled import Compiled

COMPILED = Compiled()
NUMBERS = st.one_of(st.integers(0, 3), st.integers(-(1 << 40), 1 << 62))


@pytest.mark.parametrize("compiled", [False, True], ids=["plain", "compiled"])
@given(st.integers(1, 40), st.integers(1, 4), st.data())
def test_rows_come_as_numpy_sorts_them(
    compiled: bool, rows: int, count: int, data: st.DataObject
) -> None:
    column = st.lists(NUMBERS, min_size=rows, max_size=rows)
    columns = tuple(np.array(data.draw(column), np.int64) for _ in range(count))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "_FEW", 0)
        found = ordered(columns, COMPILED.run if compiled else lambda loop: loop)
    assert found.tolist() == np.lexsort(columns).tolist()


def test_of_no_rows_there_is_no_order() -> None:
    assert ordered((np.empty(0, np.int64),), COMPILED.run).tolist() == []


@given(st.lists(st.integers(0, 30)))
def test_names_are_numbered_in_their_order(values: list[int]) -> None:
    names, rows = renumbered(np.array(values, np.int64), 31)
    expected = np.unique(np.array(values, np.int64), return_inverse=True)
    assert (names.tolist(), rows.tolist()) == (expected[0].tolist(), expected[1].tolist())
