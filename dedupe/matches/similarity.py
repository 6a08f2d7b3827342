"""Exact similarity of runs of words: Jaccard and containment of their shingle sets, as kernels.

The plain reference is ``signatures.reference.shingle_set`` with Python's own set operations.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel, part
from dedupe.signatures.kernel import hash_shingles

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


@part
def _fill(
    words: NDArray[np.uint64],
    first: int,
    last: int,
    shingle: int,
    hashes: NDArray[np.uint64],
    table: NDArray[np.uint64],
    stamps: NDArray[np.int64],
    stamp: int,
    shift: np.uint64,
) -> int:
    """Put the shingles of a run into an open-addressing table; how many are distinct.

    A slot is in use where its stamp is this fill's: the table is never cleared.
    """
    distinct = 0
    mask = table.size - 1
    for at in range(hash_shingles(words, first, last, shingle, hashes)):
        slot = np.int64((hashes[at] * _FACTOR) >> shift)
        while stamps[slot] == stamp and table[slot] != hashes[at]:
            slot = (slot + 1) & mask
        if stamps[slot] != stamp:
            stamps[slot] = stamp
            table[slot] = hashes[at]
            distinct += 1
    return distinct


@kernel
def compare(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    shingle: int,
    least: float,
    similarities: NDArray[np.float64],
    containments: NDArray[np.float64],
) -> None:
    """Exact Jaccard similarity and larger containment of pairs of runs of words.

    Args:
        words: (w,): word hashes.
        firsts: (r,) and
        lasts: (r,): run i is ``words[firsts[i]:lasts[i]]``.
        lefts: (p,): rows of runs; pairs with the same left side should stand together, since its
            shingles are then hashed once.
        rights: (p,): rows of runs.
        shingle: whole words in a shingle.
        least: pairs whose Jaccard similarity is below it may be given as 0.
        similarities: out, (p,).
        containments: out, (p,): common shingles over those of the smaller set.
    """
    longest = 0
    for pair in range(lefts.size):
        longest = max(longest, lasts[lefts[pair]] - firsts[lefts[pair]])
        longest = max(longest, lasts[rights[pair]] - firsts[rights[pair]])
    slots = 2
    shift = np.uint64(63)
    while slots < 2 * longest:
        slots *= 2
        shift -= np.uint64(1)
    hashes = np.empty(longest + 1, np.uint64)
    table = np.empty(slots, np.uint64)
    own = np.empty(slots, np.uint64)
    stamps = np.full(slots, -1, np.int64)
    own_stamps = np.full(slots, -1, np.int64)
    mask = slots - 1
    held = np.int64(-1)
    size = 0
    stamp = np.int64(-1)
    for pair in range(lefts.size):
        left, right = lefts[pair], rights[pair]
        similarities[pair] = 0.0
        containments[pair] = 0.0
        if left != held:
            held = left
            stamp += 1
            size = _fill(
                words, firsts[left], lasts[left], shingle, hashes, table, stamps, stamp, shift
            )
        # No more can be common than the run has words, nor fewer distinct than the left side has.
        most = lasts[right] - firsts[right]
        if size == 0 or most == 0 or most < least * size:
            continue
        common = distinct = 0
        for at in range(hash_shingles(words, firsts[right], lasts[right], shingle, hashes)):
            slot = np.int64((hashes[at] * _FACTOR) >> shift)
            while own_stamps[slot] == pair and own[slot] != hashes[at]:
                slot = (slot + 1) & mask
            if own_stamps[slot] == pair:
                continue
            own_stamps[slot] = pair
            own[slot] = hashes[at]
            distinct += 1
            slot = np.int64((hashes[at] * _FACTOR) >> shift)
            while stamps[slot] == stamp and table[slot] != hashes[at]:
                slot = (slot + 1) & mask
            common += stamps[slot] == stamp
        similarities[pair] = common / (size + distinct - common)
        containments[pair] = common / min(size, distinct)
