"""Passages that say the same, as one kind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def collapse(
    contents: NDArray[np.uint64], run: Callable[..., int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number what is equal, in the order in which it first stands.

    Args:
        contents: (p,): XXH64 of each passage's words.
        run: ``number``, compiled or not.

    Returns:
        kinds, (p,): the number of each passage's kind.
        firsts, (k,): the first passage of each kind.
    """
    slots = 1 << max(1, 2 * contents.size - 1).bit_length()
    kinds = np.empty(contents.size, np.int64)
    firsts = np.empty(contents.size, np.int64)
    count = run(contents, np.full(slots, -1, np.int32), kinds, firsts)
    return kinds, firsts[:count].copy()


def number(
    contents: NDArray[np.uint64],
    table: NDArray[np.int32],
    kinds: NDArray[np.int64],
    firsts: NDArray[np.int64],
) -> int:
    """Write ``kinds`` and ``firsts``; how many kinds there are.

    ``table``: all -1, a power of two of slots, more than there are contents.
    """
    count = 0
    for passage in range(contents.size):
        slot = np.int64(contents[passage] & np.uint64(table.size - 1))
        while table[slot] >= 0 and contents[firsts[table[slot]]] != contents[passage]:
            slot = (slot + 1) & (table.size - 1)
        if table[slot] < 0:
            table[slot] = count
            firsts[count] = passage
            count += 1
        kinds[passage] = table[slot]
    return count
