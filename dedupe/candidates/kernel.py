"""The kernel of ``reference.candidates``: one band at a time."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.reference import NEIGHBOURS, REPRESENTATIVES
from dedupe.kernels import kernel

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_HELD: Final = REPRESENTATIVES + NEIGHBOURS


@kernel
def pairs_of_band(keys: NDArray[np.uint32], pairs: NDArray[np.int64]) -> int:
    """Write the candidate pairs of one band; their number.

    Args:
        keys: (n,): the band's key of each passage, in the passages' order.
        pairs: out, room for ``(REPRESENTATIVES + NEIGHBOURS) * n``: larger row << 32 | smaller row,
            ascending.
    """
    count = keys.size
    # Most keys stand alone. Two bits for each hashed key tell which do not, in memory that stays in
    # the cache; only those go through the table.
    cells = 64
    shift = np.uint64(64 - 6)
    while cells < 8 * count:
        cells *= 2
        shift -= np.uint64(1)
    once = np.zeros(cells // 64, np.uint64)
    twice = np.zeros(cells // 64, np.uint64)
    for row in range(count):
        place = (np.uint64(keys[row]) * _FACTOR) >> shift
        bit = np.uint64(1) << (place & np.uint64(63))
        word = place >> np.uint64(6)
        twice[word] |= once[word] & bit
        once[word] |= bit
    meeting = np.empty(count, np.int32)
    met = 0
    for row in range(count):
        place = (np.uint64(keys[row]) * _FACTOR) >> shift
        meeting[met] = row
        met += np.int64(twice[place >> np.uint64(6)] >> (place & np.uint64(63)) & np.uint64(1))
    slots = 2
    shift = np.uint64(63)
    while slots < 2 * met:
        slots *= 2
        shift -= np.uint64(1)
    members = np.zeros(slots, np.int32)
    held = np.empty((slots, _HELD), np.int32)  # first members, then a ring of the last ones
    written = 0
    for at in range(met):
        row = np.int64(meeting[at])
        slot = np.int64((np.uint64(keys[row]) * _FACTOR) >> shift)
        while members[slot] > 0 and keys[held[slot, 0]] != keys[row]:
            slot = (slot + 1) & (slots - 1)
        size = np.int64(members[slot])
        for place in range(min(size, REPRESENTATIVES)):
            pairs[written] = row << 32 | np.int64(held[slot, place])
            written += 1
        for place in range(max(REPRESENTATIVES, size - NEIGHBOURS), size):
            ring = REPRESENTATIVES + (place - REPRESENTATIVES) % NEIGHBOURS
            pairs[written] = row << 32 | np.int64(held[slot, ring])
            written += 1
        if size < REPRESENTATIVES:
            held[slot, size] = row
        else:
            held[slot, REPRESENTATIVES + (size - REPRESENTATIVES) % NEIGHBOURS] = row
        members[slot] = size + 1
    return written
