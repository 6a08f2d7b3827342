"""Columns that grow at their end, in memory that is got once."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_ROOM: Final = 1 << 29
"""Bytes that there is room for at first. What is not written to is never touched, and costs nothing."""


class Growing:
    """Rows of (rows, n) that grow together: ``append`` copies values once, ``held`` copies none.

    Joining parts at the end would hold every value twice, and memory that is touched for the first
    time takes longer than what is computed with it.
    """

    def __init__(self, kind: type, rows: int = 1) -> None:
        self._values: NDArray[Any] = np.empty((rows, 0), kind)
        self._size = 0

    def append(self, values: NDArray[Any]) -> None:
        """Add (rows, m) values behind those there are."""
        size = self._size + values.shape[1]
        if size > self._values.shape[1]:
            rows, kind = self._values.shape[0], self._values.dtype
            larger = np.empty((rows, max(_ROOM // (rows * kind.itemsize), 4 * size)), kind)
            larger[:, : self._size] = self._values[:, : self._size]
            self._values = larger
        self._values[:, self._size : size] = values
        self._size = size

    @property
    def held(self) -> NDArray[Any]:
        """(rows, n): a view of all values; each row lies in one piece."""
        return self._values[:, : self._size]
