"""Aligned ranges of words, united."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.findings.near_duplicates import unite

BOUNDS = [0, 8, 8, 16, 24]
"""Where the words of four documents begin, one of them without a word."""


@st.composite
def ranges(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Finding, first word, and the one behind the last."""
    several = []
    for _ in range(draw(st.integers(1, 10))):
        document = draw(st.integers(0, 2)) * 8
        one, two = draw(st.integers(0, 7)), draw(st.integers(0, 7))
        several.append((draw(st.integers(0, 1)), document + min(one, two), document + max(one, two) + 1))
    return several


@given(ranges())
@settings(max_examples=300)
def test_ranges_that_touch_or_overlap_are_one_in_each_finding_and_document(
    several: list[tuple[int, int, int]],
) -> None:
    columns = (np.array(column, np.int64) for column in zip(*several, strict=True))
    found = list(zip(*(each.tolist() for each in unite(*columns, np.array(BOUNDS))), strict=True))
    covered = {(finding, word) for finding, begin, end in several for word in range(begin, end)}
    expected = [
        (finding, begin, end)
        for finding in range(2)
        for document in range(0, 24, 8)
        for begin in range(document, document + 8)
        for end in range(begin + 1, document + 9)
        if all((finding, word) in covered for word in range(begin, end))
        and (begin == document or (finding, begin - 1) not in covered)
        and (end == document + 8 or (finding, end) not in covered)
    ]
    assert found == expected
