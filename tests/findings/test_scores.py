"""Words are painted and counted once, however many locations cover them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.findings.scores import paint, tally

COMPILED = Compiled()


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 127)), max_size=8),
    st.lists(st.integers(0, 30), max_size=4),
)
def test_compiled_it_is_the_same(stretches: list[tuple[int, int, int]], cuts: list[int]) -> None:
    begins, ends = (np.array([side(row[:2]) for row in stretches], np.int64) for side in (min, max))
    bits = np.array([row[2] for row in stretches], np.uint8)
    bounds = np.array([0, *sorted(cuts), 30], np.int64)
    expected = [0] * 30
    for begin, end, bit in zip(begins, ends, bits, strict=True):
        for word in range(begin, end):
            expected[word] |= int(bit)
    counts = []
    for run in (lambda function: function, COMPILED.run):
        painted = np.zeros(30, np.uint8)
        run(paint)(painted, begins, ends, bits)
        assert painted.tolist() == expected
        counts.append(np.zeros((bounds.size - 1, 7), np.int64))
        run(tally)(painted, bounds, counts[-1])
    assert np.array_equal(*counts)
    assert (counts[0].sum(axis=1) >= 0).all()
    assert (counts[0] <= np.diff(bounds)[:, None]).all()
