"""Ranges of rows, written out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def rows_of(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """(sum of sizes,): the rows of each range, one range behind the other.

    Args:
        starts: (n,): first row of each range.
        sizes: (n,): how many rows it has.
    """
    before = np.cumsum(sizes) - sizes
    rows: NDArray[np.int64] = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
    return rows
