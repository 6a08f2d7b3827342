"""Sorting rows by several columns of whole numbers, digit by digit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

_FEW: Final = 1 << 13
"""Rows that NumPy sorts as fast."""
_DIGIT: Final = 11
"""Bits looked at in one pass: as many buckets as stay in the first cache."""


def ordered(
    columns: tuple[NDArray[np.int64], ...], run: Callable[..., Callable[..., object]]
) -> NDArray[np.int64]:
    """(n,): the order of rows by these columns, the last of which counts most; ``numpy.lexsort``.

    Args:
        columns: (n,) each.
        run: what makes ``sort_by`` callable: compiles it, or hands it back.
    """
    rows = columns[0].size
    if rows < _FEW:
        return np.lexsort(columns)
    order, spare = np.arange(rows), np.empty(rows, np.int64)
    for column in columns:
        lowest = int(column.min())
        bits = (int(column.max()) - lowest).bit_length()
        for shift in range(0, bits, _DIGIT):
            run(sort_by)(column, lowest, shift, order, spare)
            order, spare = spare, order
    return order


def renumbered(names: NDArray[np.int64], most: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers from 0 on for names below ``most``: ``numpy.unique`` with its inverse, without sorting.

    Returns:
        names, (k,): those there are, ascending.
        rows, (n,): which of these each one is.
    """
    held = np.zeros(most, np.bool_)
    held[names] = True
    return np.flatnonzero(held), (np.cumsum(held) - 1)[names]


def sort_by(
    column: NDArray[np.int64],
    lowest: int,
    shift: int,
    order: NDArray[np.int64],
    sorted_: NDArray[np.int64],
) -> None:
    """Write ``order`` sorted by one digit of a column: rows of equal digits stay as they are.

    Args:
        column: (n,).
        lowest: of its values.
        shift: bits below the digit.
        order: (n,): rows of the column.
        sorted_: out, (n,).
    """
    places = np.zeros((1 << _DIGIT) + 1, np.int64)
    for at in range(order.size):
        places[((column[at] - lowest) >> shift & ((1 << _DIGIT) - 1)) + 1] += 1
    for digit in range(1 << _DIGIT):
        places[digit + 1] += places[digit]
    for at in range(order.size):
        digit = (column[order[at]] - lowest) >> shift & ((1 << _DIGIT) - 1)
        sorted_[places[digit]] = order[at]
        places[digit] += 1
