"""Ranges of aligned passages, united."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.findings.near_duplicates import unite

SIZE = 8
"""Passages in each of three documents."""


@st.composite
def ranges(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Finding, first and last passage."""
    several = []
    for _ in range(draw(st.integers(1, 10))):
        document = draw(st.integers(0, 2)) * SIZE
        one, two = draw(st.integers(0, SIZE - 1)), draw(st.integers(0, SIZE - 1))
        several.append((draw(st.integers(0, 1)), document + min(one, two), document + max(one, two)))
    return several


@given(ranges())
@settings(max_examples=300)
def test_ranges_that_touch_or_overlap_are_one_in_each_finding_and_document(
    several: list[tuple[int, int, int]],
) -> None:
    columns = (np.array(column, np.int64) for column in zip(*several, strict=True))
    found = list(zip(*unite(*columns, np.arange(3 * SIZE) // SIZE), strict=True))
    covered = {(finding, place) for finding, first, last in several for place in range(first, last + 1)}
    expected = [
        (finding, first, last)
        for finding in range(2)
        for document in range(3)
        for first in range(document * SIZE, document * SIZE + SIZE)
        for last in range(first, document * SIZE + SIZE)
        if all((finding, place) in covered for place in range(first, last + 1))
        and (first % SIZE == 0 or (finding, first - 1) not in covered)
        and (last % SIZE == SIZE - 1 or (finding, last + 1) not in covered)
    ]
    assert found == expected
