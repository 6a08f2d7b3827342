"""Exact similarity of runs of words: Jaccard and containment of their shingle sets, as kernels.

The plain reference is ``sketch.reference.shingle_set`` with Python's own set operations.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel, part
from dedupe.passages.hashing import ones
from dedupe.sketch.kernel import hash_shingles

OUTLINE_COLUMNS: Final = 5
"""Of an outline: how many different shingles, and a sketch of them."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_TO_BIT: Final = np.uint64(56)
"""The sketch has a bit for each value of the eight highest bits of a hash."""


@part
def _slots(count: int) -> tuple[int, np.uint64]:
    """Slots of a table for this many values, a power of two, and the shift from a hash to a slot."""
    slots = 2
    shift = np.uint64(63)
    while slots < 2 * count:
        slots *= 2
        shift -= np.uint64(1)
    return slots, shift


@part
def _fill(
    hashes: NDArray[np.uint64],
    count: int,
    table: NDArray[np.uint64],
    stamps: NDArray[np.int64],
    stamp: int,
    shift: np.uint64,
) -> int:
    """Put hashes into an open-addressing table; how many are distinct.

    A slot is in use where its stamp is this fill's: the table is never cleared.
    """
    distinct = 0
    mask = table.size - 1
    for at in range(count):
        slot = np.int64((hashes[at] * _FACTOR) >> shift)
        while stamps[slot] == stamp and table[slot] != hashes[at]:
            slot = (slot + 1) & mask
        if stamps[slot] != stamp:
            stamps[slot] = stamp
            table[slot] = hashes[at]
            distinct += 1
    return distinct


@kernel
def outline(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    shingle: int,
    outlines: NDArray[np.uint64],
) -> None:
    """Write to ``outlines``, (r, 5), how many different shingles each run of words has, and a sketch.

    The sketch has one bit for all shingles whose hashes begin alike. Each bit that is set in one of
    two sketches only stands for at least one shingle that is in one of the runs only.
    """
    longest = 0
    for row in range(firsts.size):
        longest = max(longest, lasts[row] - firsts[row])
    slots, shift = _slots(longest)
    hashes = np.empty(longest + 1, np.uint64)
    table = np.empty(slots, np.uint64)
    stamps = np.full(slots, -1, np.int64)
    for row in range(firsts.size):
        count = hash_shingles(words, firsts[row], lasts[row], shingle, hashes)
        outlines[row, 0] = _fill(hashes, count, table, stamps, row, shift)
        for column in range(1, OUTLINE_COLUMNS):
            outlines[row, column] = 0
        for at in range(count):
            bit = np.int64((hashes[at] * _FACTOR) >> _TO_BIT)
            outlines[row, 1 + (bit >> 6)] |= np.uint64(1) << np.uint64(bit & 63)


@part
def _most_in_common(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    """More shingles than this cannot be in both runs, by their outlines."""
    only_one = only_other = 0
    for column in range(1, OUTLINE_COLUMNS):
        only_one += ones(one[column] & ~other[column])
        only_other += ones(other[column] & ~one[column])
    return min(np.int64(one[0]) - only_one, np.int64(other[0]) - only_other)


@kernel
def compare(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    outlines: NDArray[np.uint64],
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
        outlines: (r, 5): of each run, as ``outline`` gives.
        lefts: (p,): rows of runs; pairs with the same left side should stand together, since its
            shingles are then put into the table once.
        rights: (p,): rows of runs.
        shingle: whole words in a shingle.
        least: pairs whose Jaccard similarity is below it are given as 0.
        similarities: out, (p,).
        containments: out, (p,): common shingles over those of the smaller set.
    """
    longest = 0
    for pair in range(lefts.size):
        longest = max(longest, lasts[lefts[pair]] - firsts[lefts[pair]])
        longest = max(longest, lasts[rights[pair]] - firsts[rights[pair]])
    slots, shift = _slots(longest)
    mask = slots - 1
    hashes = np.empty(longest + 1, np.uint64)
    table = np.empty(slots, np.uint64)
    stamps = np.full(slots, -1, np.int64)
    seen = np.full(slots, -1, np.int64)
    held = stamp = np.int64(-1)
    for pair in range(lefts.size):
        left, right = lefts[pair], rights[pair]
        similarities[pair] = containments[pair] = 0.0
        one, other = np.int64(outlines[left, 0]), np.int64(outlines[right, 0])
        smaller, larger = min(one, other), max(one, other)
        if smaller == 0 or smaller < least * larger:
            continue
        # What grows with the number in common does so after rounding, too: nothing is lost.
        most = _most_in_common(outlines[left], outlines[right])
        if most / (smaller + larger - most) < least:
            continue
        if left != held:
            held = left
            stamp += 1
            count = hash_shingles(words, firsts[left], lasts[left], shingle, hashes)
            _fill(hashes, count, table, stamps, stamp, shift)
        # Jaccard at least t needs t / (1 + t) of both sizes in common; one less, for rounding.
        needed = least / (1.0 + least) * (smaller + larger) - 1.0
        count = hash_shingles(words, firsts[right], lasts[right], shingle, hashes)
        common = 0
        for at in range(count):
            slot = np.int64((hashes[at] * _FACTOR) >> shift)
            while stamps[slot] == stamp and table[slot] != hashes[at]:
                slot = (slot + 1) & mask
            if stamps[slot] == stamp and seen[slot] != pair:
                seen[slot] = pair
                common += 1
            elif common + count - at <= needed:
                break
        similarity = common / (smaller + larger - common)
        if similarity >= least:
            similarities[pair] = similarity
            containments[pair] = common / smaller
