"""Ranges of rows, written out."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.sketch.ranges import rows_of


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=8))
def test_they_are_what_ranges_say(ranges: list[tuple[int, int]]) -> None:
    starts, sizes = np.array(ranges, np.int64).reshape(-1, 2).T
    assert rows_of(starts, sizes).tolist() == [
        row for start, size in ranges for row in range(start, start + size)
    ]
