"""The kernels of ``seeds.seeds``: seeds are dealt out by hash, so that each table fits the cache."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.seeds import FACTORS, KEY_BITS, LONG, PLACES, WEIGHT
from dedupe.kernels import kernel, part
from dedupe.passages.characters import WEIGHT_OF_WORD

LEAST_BITS: Final = KEY_BITS - 32
"""Of the key, that at least have to tell dealt hands apart: the other 32 are kept."""
_FIRST: Final = np.uint64(FACTORS[0])
_SECOND: Final = np.uint64(FACTORS[1])
_THIRD: Final = np.uint64(FACTORS[2])
_FOURTH: Final = np.uint64(FACTORS[3])
_FACTOR: Final = _FIRST
_CODE: Final = np.uint64(3)
_KEPT: Final = np.uint64(64 - KEY_BITS)
FILTER_BITS: Final = 20
"""Of a hash: its place in a filter, which stays in a near cache."""
_FILTER: Final = np.uint64(64 - FILTER_BITS)
_HALF: Final = np.uint64(32)


@part
def _hash(words: NDArray[np.uint64], at: int, last: int) -> np.uint64:
    """The hash of the seed at a place, as ``key_of_seed`` before it is cut; 0 where there is none."""
    if at + 4 <= last and (
        words[at] | words[at + 1] | words[at + 2] | words[at + 3]
    ) & _CODE == np.uint64(0):
        return (
            words[at] * _FIRST
            + words[at + 1] * _SECOND
            + words[at + 2] * _THIRD
            + words[at + 3] * _FOURTH
        )
    total = np.uint64(0)
    factor = _FIRST
    weight = np.int64(0)
    while weight < WEIGHT:
        if at >= last:
            return np.uint64(0)
        total += words[at] * factor
        factor *= _FACTOR
        weight += WEIGHT_OF_WORD >> np.int64(words[at] & _CODE)
        at += 1
    return total


@part
def _end(words: NDArray[np.uint64], at: int, last: int) -> int:
    """Behind the last word of the seed at a place; 0 where ``last`` comes before."""
    weight = np.int64(0)
    while weight < WEIGHT:
        if at >= last:
            return 0
        weight += WEIGHT_OF_WORD >> np.int64(words[at] & _CODE)
        at += 1
    return at


@kernel
def count_hands(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    bits: int,
    sizes: NDArray[np.int64],
) -> None:
    """Count in ``sizes`` (2 ** bits,) the seeds of each hand: those whose hashes begin alike."""
    shift = np.uint64(64 - bits)
    for run in range(firsts.size):
        last = lasts[run]
        for at in range(firsts[run], last):
            total = _hash(words, at, last)
            if total == np.uint64(0):
                break
            sizes[np.int64(total >> shift)] += 1


@kernel
def deal(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    bits: int,
    filled: NDArray[np.int64],
    keys: NDArray[np.uint32],
    places: NDArray[np.uint32],
) -> None:
    """Write each seed's key and place where its hand goes on.

    Args:
        words: (w,): word hashes.
        firsts: (r,) and
        lasts: (r,): the runs that are searched.
        bits: of the hash that tell the hand, at least LEAST_BITS.
        filled: (2 ** bits,): where each hand goes on; moved.
        keys: out, (n,): the 32 bits of the key that are not the same for the whole hand.
        places: out, (n,): where the seed begins.
    """
    shift = np.uint64(64 - bits)
    for run in range(firsts.size):
        last = lasts[run]
        for at in range(firsts[run], last):
            total = _hash(words, at, last)
            if total == np.uint64(0):
                break
            hand = np.int64(total >> shift)
            to = filled[hand]
            keys[to] = np.uint32(total >> _KEPT)
            places[to] = np.uint32(at)
            filled[hand] = to + 1


@kernel
def count_runs(
    keys: NDArray[np.uint32],
    places: NDArray[np.uint32],
    runs: NDArray[np.int64],
    groups: NDArray[np.int64],
    frequency: NDArray[np.int64],
    several: NDArray[np.uint8],
) -> None:
    """Write in how many runs each of one hand's seeds stands, and whether in several groups of them.

    Args:
        keys: (n,): of the seeds, and
        places: (n,): where they begin, ascending.
        runs: (w,): the run that each word is in, ascending.
        groups: (r,): the group of each run.
        frequency: out, (w,): written where a seed begins; likewise
        several: out, (w,).
    """
    count = keys.size
    slots = 2
    shift = np.uint64(63)
    while slots < 2 * count:
        slots *= 2
        shift -= np.uint64(1)
    first = np.full(slots, -1, np.int32)
    last = np.empty(slots, np.int64)
    sizes = np.zeros(slots, np.int64)
    mixed = np.zeros(slots, np.bool_)
    slot_of = np.empty(count, np.int64)
    for row in range(count):
        slot = np.int64((np.uint64(keys[row]) * _FACTOR) >> shift)
        while first[slot] >= 0 and keys[first[slot]] != keys[row]:
            slot = (slot + 1) & (slots - 1)
        run = runs[places[row]]
        if first[slot] < 0:
            first[slot] = row
            last[slot] = run - 1
        sizes[slot] += run != last[slot]
        last[slot] = run
        mixed[slot] |= groups[run] != groups[runs[places[first[slot]]]]
        slot_of[row] = slot
    for row in range(count):
        frequency[places[row]] = sizes[slot_of[row]]
        several[places[row]] = mixed[slot_of[row]]


@kernel
def know(
    words: NDArray[np.uint64],
    places: NDArray[np.int64],
    known: NDArray[np.uint64],
    seen: NDArray[np.uint64],
) -> None:
    """Put the hashes of the seeds at some places into a table, and into a filter before it.

    Args:
        words: (w,): word hashes.
        places: (n,): where seeds begin.
        known: out, (2 ** k,) of zeros, with room for twice as many as there are.
        seen: out, (2 ** FILTER_BITS / 64,) of zeros.
    """
    mask = known.size - 1
    for row in range(places.size):
        total = _hash(words, places[row], words.size)
        slot = np.int64((total * _FACTOR) >> _HALF) & mask
        while known[slot] != np.uint64(0) and known[slot] != total:
            slot = (slot + 1) & mask
        known[slot] = total
        bit = total >> _FILTER
        seen[bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))


@kernel
def mark(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    known: NDArray[np.uint64],
    seen: NDArray[np.uint64],
    marks: NDArray[np.uint8],
) -> None:
    """Set ``marks`` (w,) to 1 for the words of seeds that are known, as ``know`` wrote them."""
    mask = known.size - 1
    for run in range(firsts.size):
        last = lasts[run]
        for at in range(firsts[run], last):
            total = _hash(words, at, last)
            if total == np.uint64(0):
                break
            bit = total >> _FILTER
            if seen[bit >> np.uint64(6)] >> (bit & np.uint64(63)) & np.uint64(1) == np.uint64(0):
                continue
            slot = np.int64((total * _FACTOR) >> _HALF) & mask
            while known[slot] != np.uint64(0) and known[slot] != total:
                slot = (slot + 1) & mask
            if known[slot] == total:
                for word in range(at, _end(words, at, last)):
                    marks[word] = 1


@kernel
def meet(
    keys: NDArray[np.uint32],
    places: NDArray[np.uint32],
    words: NDArray[np.uint64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    common: NDArray[np.uint8],
    crowded: NDArray[np.uint8],
) -> int:
    """Link the places of one hand's seeds; the number of links.

    Args:
        keys: (n,): of the seeds, and
        places: (n,): where they begin, ascending.
        words: (w,): word hashes.
        lefts: out, (2 n,): the earlier place, and
        rights: out, (2 n,): the later place of each link, ascending.
        common: out, (w,): set to 1 for the words of seeds that have too many places,
        crowded: out, (w,): and for the first of them.
    """
    count = keys.size
    # Most seeds stand alone: two bits for each hashed key tell which may not.
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
    sizes = np.zeros(slots, np.int32)
    first = np.empty(slots, np.int32)
    before = np.empty(slots, np.int32)
    slot_of = np.empty(met, np.int32)
    for at in range(met):
        row = np.int64(meeting[at])
        slot = np.int64((np.uint64(keys[row]) * _FACTOR) >> shift)
        while sizes[slot] > 0 and keys[first[slot]] != keys[row]:
            slot = (slot + 1) & (slots - 1)
        if sizes[slot] == 0:
            first[slot] = row
            before[slot] = -1
        sizes[slot] += 1
        slot_of[at] = slot
    written = 0
    for at in range(met):
        slot = np.int64(slot_of[at])
        row = np.int64(meeting[at])
        if sizes[slot] > PLACES:
            at = np.int64(places[row])
            crowded[at] = 1
            for word in range(at, _end(words, at, words.size)):
                common[word] = 1
        if sizes[slot] < 2 or sizes[slot] > PLACES:
            continue
        previous = np.int64(before[slot])
        if previous >= 0:
            if first[slot] != previous:
                lefts[written] = places[first[slot]]
                rights[written] = places[row]
                written += 1
            lefts[written] = places[previous]
            rights[written] = places[row]
            written += 1
        before[slot] = row
    return written


@kernel
def find_long(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    crowded: NDArray[np.uint8],
    hashes: NDArray[np.uint64],
    places: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> int:
    """Find the runs of LONG seeds that have too many places each; how many there are.

    Args:
        words: (w,): word hashes.
        firsts: (r,) and
        lasts: (r,): the runs of words that are searched.
        crowded: (w,): 1 where such a seed begins.
        hashes: out, room for each of these: of each run of seeds,
        places: out: where it begins,
        ends: out: and behind its last word.
    """
    count = 0
    for run in range(firsts.size):
        last = lasts[run]
        for at in range(firsts[run], last):
            if crowded[at] == 0:
                continue
            total = np.uint64(0)
            end = at
            seeds = 0
            while seeds < LONG and end < last and crowded[end]:
                following = _end(words, end, last)
                if following == 0:
                    break
                total = total * _FACTOR + _hash(words, end, last)
                end = following
                seeds += 1
            if seeds == LONG:
                hashes[count] = total
                places[count] = at
                ends[count] = end
                count += 1
    return count


@kernel
def link_long(
    kinds: NDArray[np.int64],
    leading: NDArray[np.int64],
    places: NDArray[np.int64],
    ends: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    common: NDArray[np.uint8],
) -> int:
    """Link the places of runs that have more than PLACES, as ``meet``; the number of links.

    Args:
        kinds: (n,): the number of each run's kind,
        leading: (k,): the first run of each.
        places: (n,): where runs begin, ascending,
        ends: (n,): and behind their last words.
        lefts: out, (2 n,): the earlier place, and
        rights: out, (2 n,): the later place of each link, ascending.
        common: (w,): set to 0 for the words of these runs.
    """
    sizes = np.zeros(leading.size, np.int64)
    before = np.full(leading.size, -1, np.int64)
    for row in range(kinds.size):
        sizes[kinds[row]] += 1
    written = 0
    for row in range(kinds.size):
        kind = kinds[row]
        if sizes[kind] <= PLACES:
            continue
        for word in range(places[row], ends[row]):
            common[word] = 0
        previous = before[kind]
        if previous >= 0:
            if previous != leading[kind]:
                lefts[written] = places[leading[kind]]
                rights[written] = places[row]
                written += 1
            lefts[written] = places[previous]
            rights[written] = places[row]
            written += 1
        before[kind] = row
    return written
