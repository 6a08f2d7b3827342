"""Which copy of a repetition is kept."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.findings.repetition import first_of_each


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 20), st.booleans()),
        max_size=12,
        unique_by=lambda r: r[1],
    )
)
def test_one_of_each_finding_is_marked_the_first_in_prose_or_else_the_first(
    rows: list[tuple[int, int, bool]],
) -> None:
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    finding, place, later = columns
    marked = first_of_each(
        np.array(finding, np.int64), np.array(place, np.int64), np.array(later, np.bool_)
    ).tolist()
    best = {each: min((row[2], row[1]) for row in rows if row[0] == each) for each in finding}
    assert marked == [best[row[0]] == (row[2], row[1]) for row in rows]
