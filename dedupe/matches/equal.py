"""What says the same: passages as one kind, and any runs of words by a hash."""

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


def hashes_of(
    words: NDArray[np.uint64],
    begins: NDArray[np.int64],
    counts: NDArray[np.int64],
    salts: NDArray[np.int64],
    run: Callable[..., None],
) -> NDArray[np.uint64]:
    """(r,): a hash of each run of words, equal for equal runs of one salt.

    Args:
        words: (w,): word hashes.
        begins: (r,): the first word of each run.
        counts: (r,): how many it has.
        salts: (r,): equal for what is compared.
        run: ``hash_runs``, compiled or not.
    """
    hashes = np.empty(begins.size, np.uint64)
    with np.errstate(over="ignore"):
        run(words, begins, counts, salts, hashes)
    return hashes


def hash_runs(
    words: NDArray[np.uint64],
    begins: NDArray[np.int64],
    counts: NDArray[np.int64],
    salts: NDArray[np.int64],
    hashes: NDArray[np.uint64],
) -> None:
    """Write ``hashes``."""
    for row in range(begins.size):
        total = np.uint64(salts[row])
        for word in range(begins[row], begins[row] + counts[row]):
            total = (total ^ words[word]) * np.uint64(0x9E3779B97F4A7C15)
            total ^= total >> np.uint64(29)
        hashes[row] = total
