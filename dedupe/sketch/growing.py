"""Arrays that grow by the batch."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item", np.int64, np.uint64)


class Growing(Generic[Item]):
    """One column that batches are appended to; large ones grow in place, without a copy."""

    def __init__(self, kind: type[Item]) -> None:
        self._held: NDArray[Item] = np.empty(1 << 12, kind)
        self._size = 0

    def append(self, values: NDArray[Item]) -> None:
        """Copy values to the end."""
        wanted = self._size + values.size
        if wanted > self._held.size:
            # realloc moves large blocks by their page tables; there are no other references.
            self._held.resize(wanted + wanted // 2, refcheck=False)
        self._held[self._size : wanted] = values
        self._size = wanted

    def finish(self) -> NDArray[Item]:
        """(n,): the column."""
        self._held.resize(self._size, refcheck=False)
        return self._held

    def __len__(self) -> int:
        return self._size
