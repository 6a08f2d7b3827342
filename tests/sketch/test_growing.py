"""Columns that grow at their end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.sketch import growing
from dedupe.sketch.growing import Growing


@given(st.lists(st.lists(st.integers(0, 1 << 40), max_size=9)), st.integers(1, 3))
def test_it_holds_what_was_appended_in_order(parts: list[list[int]], rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(growing, "_ROOM", 64)
        column = Growing(np.int64, rows)
        for part in parts:
            column.append(np.array([part] * rows, np.int64))
    expected = [value for part in parts for value in part]
    assert column.held.tolist() == [expected] * rows


def test_nothing_is_copied_while_there_is_room() -> None:
    column = Growing(np.uint64)
    column.append(np.zeros((1, 1), np.uint64))
    before = column.held.base
    column.append(np.ones((1, 1000), np.uint64))
    assert column.held.base is before
