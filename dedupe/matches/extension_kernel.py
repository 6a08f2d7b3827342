"""The kernels of ``extension.spans``."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.seeds import WEIGHT
from dedupe.kernels import aside, kernel, part
from dedupe.matches.extension import (
    AROUND,
    COMMON,
    COMMON_GAIN,
    DROP,
    DROP_INSIDE,
    DROP_SHARE,
    GUIDES,
    IN_PLACE,
    IN_RUN,
    LOOK_BACK,
    LOST,
    NEAR,
    RUN,
    TELLING,
    TELLING_WEAK,
    THIN,
    TOGETHER,
    VERBATIM,
    WEAK,
)
from dedupe.passages.characters import WEIGHT_OF_WORD

_CODE: Final = np.uint64(3)
_WHOLE: Final = float(WEIGHT_OF_WORD)
STRIDE: Final = 512
"""Words from one entry of the index of documents to the next."""
_RUN: Final = 16
"""Seeds that are sorted by insertion."""


@part
def _weight(word: np.uint64) -> int:
    return WEIGHT_OF_WORD >> np.int64(word & _CODE)


@part
def _document_of(word: int, bounds: NDArray[np.int64], index: NDArray[np.int64]) -> int:
    document = index[word // STRIDE]
    while bounds[document + 1] <= word:
        document += 1
    return document


@part
def _end_of_seed(words: NDArray[np.uint64], at: int, last: int) -> int:
    weight = 0
    while weight < WEIGHT:
        if at >= last:
            return 0
        weight += _weight(words[at])
        at += 1
    return at


@kernel
def count_by_document(
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    index: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> None:
    """Count in ``sizes`` (d,) the seeds whose later place is in each document.

    ``index``: the document of every STRIDEth word.
    """
    for row in range(rights.size):
        sizes[_document_of(rights[row], bounds, index)] += 1


@kernel
def sort_by_document(
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    index: NDArray[np.int64],
    filled: NDArray[np.int64],
    seeds: NDArray[np.int64],
) -> None:
    """Write the seeds to ``seeds`` (n, 2), each to where those of its later document go on."""
    for row in range(rights.size):
        document = _document_of(rights[row], bounds, index)
        seeds[filled[document], 0] = lefts[row]
        seeds[filled[document], 1] = rights[row]
        filled[document] += 1


@part
def _before(seeds: NDArray[np.int64], one: int, other: int) -> bool:
    if seeds[one, 0] != seeds[other, 0]:
        return seeds[one, 0] < seeds[other, 0]
    return seeds[one, 1] < seeds[other, 1]


@aside
def _sort(seeds: NDArray[np.int64], spare: NDArray[np.int64], first: int, last: int) -> None:
    """Sort rows by both columns: runs by insertion, then merged."""
    for begin in range(first, last, _RUN):
        for at in range(begin + 1, min(begin + _RUN, last)):
            left, right = seeds[at, 0], seeds[at, 1]
            place = at
            while place > begin and (
                seeds[place - 1, 0] > left
                or (seeds[place - 1, 0] == left and seeds[place - 1, 1] > right)
            ):
                seeds[place, 0] = seeds[place - 1, 0]
                seeds[place, 1] = seeds[place - 1, 1]
                place -= 1
            seeds[place, 0] = left
            seeds[place, 1] = right
    width = _RUN
    while width < last - first:
        for begin in range(first, last, 2 * width):
            middle, end = min(begin + width, last), min(begin + 2 * width, last)
            one, other = begin, middle
            for to in range(begin, end):
                if one < middle and (other == end or not _before(seeds, other, one)):
                    spare[to - first, 0] = seeds[one, 0]
                    spare[to - first, 1] = seeds[one, 1]
                    one += 1
                else:
                    spare[to - first, 0] = seeds[other, 0]
                    spare[to - first, 1] = seeds[other, 1]
                    other += 1
        for at in range(first, last):
            seeds[at, 0] = spare[at - first, 0]
            seeds[at, 1] = spare[at - first, 1]
        width *= 2


@aside
def _go(
    words: NDArray[np.uint64],
    left_out: NDArray[np.uint8],
    common: NDArray[np.uint8],
    other: NDArray[np.uint64],
    base: int,
    used: NDArray[np.int64],
    walk: int,
    table: NDArray[np.float64],
    left: int,
    right: int,
    step: int,
    limit: int,
    floor: int,
    ceiling: int,
    reached: NDArray[np.int64],
) -> float:
    """``_Walk._go``: nats; last word, reach on the other side, what matched and how much of that
    stands in formulas go to ``reached``.

    ``other`` holds the words of the other document, which begin at ``base``, 0 for those left out;
    ``used`` the last walk that took each of them, inside one document; else ``walk`` is -1.
    """
    best = score = 0.0
    reached[0], reached[1], reached[2], reached[3] = left, right, right, 0
    reached[4] = 0
    lowest, highest = right, right
    expected = right
    weight = formula = 0
    run = RUN
    at = left + step
    while at < limit if step > 0 else at >= limit:
        if left_out[at]:
            at += step
            continue
        expected += step
        while floor <= expected < ceiling and left_out[expected]:
            expected += step
        word = words[at]
        if (
            run >= RUN
            and floor <= expected < ceiling
            and (other[expected - base] == word and used[expected - base] != walk)
        ):
            if walk > 0:
                used[expected - base] = walk
            gain = COMMON_GAIN if common[at] & 1 else IN_RUN
            score += gain * _weight(word) / _WHOLE
            weight += _weight(word)
            if common[at] & 2:
                formula += _weight(word)
            lowest, highest = min(lowest, expected), max(highest, expected)
            if score > best:
                best = score
                reached[0], reached[1], reached[2], reached[3] = at, lowest, highest, weight
                reached[4] = formula
            at += step
            continue
        begin = max(floor, expected - AROUND)
        end = max(begin, min(ceiling, expected + AROUND + 1))
        around = other[begin - base : end - base]
        times = 0
        for place in range(around.size):
            times += around[place] == word
        nearest = -1
        if times > 0:
            for distance in range(NEAR + 1):
                place = expected - distance
                if begin <= place < end and (other[place - base] == word and used[place - base] != walk):
                    nearest = place
                    break
                place = expected + distance
                if begin <= place < end and (other[place - base] == word and used[place - base] != walk):
                    nearest = place
                    break
        run = run + 1 if nearest == expected else 0
        if nearest >= 0:
            distance = abs(nearest - expected)
            if walk > 0:
                used[nearest - base] = walk
            times = min(times, COMMON)
            gain = table[times - 1, distance]
            if common[at] & 1:
                gain = min(gain, COMMON_GAIN)
            score += gain * _weight(word) / _WHOLE
            weight += _weight(word)
            if common[at] & 2:
                formula += _weight(word)
            if distance <= IN_PLACE or times <= GUIDES:
                expected = nearest
                lowest, highest = min(lowest, nearest), max(highest, nearest)
        else:
            score += LOST * _weight(word) / _WHOLE
        if score > best:
            best = score
            reached[0], reached[1], reached[2], reached[3] = at, lowest, highest, weight
            reached[4] = formula
        if score < best - (DROP_INSIDE if walk > 0 else DROP) - DROP_SHARE * best:
            break
        at += step
    return best


@aside
def _verbatim(
    words: NDArray[np.uint64],
    left_out: NDArray[np.uint8],
    common: NDArray[np.uint8],
    left: int,
    right: int,
    begin: int,
    limit: int,
    floor: int,
    ceiling: int,
    same: bool,
) -> int:
    """``_Walk._verbatim``."""
    weight = 0
    end, right_end = left, right
    while (
        end < limit
        and right_end < ceiling
        and words[end] == words[right_end]
        and not left_out[end]
        and not left_out[right_end]
    ):
        if not common[end] & 1:
            weight += _weight(words[end])
        end += 1
        right_end += 1
    if same:
        floor = max(floor, end)
    while (
        left > begin
        and right > floor
        and words[left - 1] == words[right - 1]
        and not left_out[left - 1]
        and not left_out[right - 1]
    ):
        left -= 1
        right -= 1
        if not common[left] & 1:
            weight += _weight(words[left])
    return weight


@aside
def _is_weak(words: NDArray[np.uint64], found: NDArray[np.int64], row: int) -> bool:
    """``_Walk.is_weak``."""
    weight = other_weight = 0
    for word in range(found[row, 0], found[row, 1]):
        weight += _weight(words[word])
    for word in range(found[row, 2], found[row, 3]):
        other_weight += _weight(words[word])
    return found[row, 4] < WEAK * max(weight, other_weight)


@aside
def _adds_nothing(words: NDArray[np.uint64], found: NDArray[np.int64], opened: int, row: int) -> bool:
    """Whether a span is weak, and one before it has most of one of its sides."""
    left, left_end, right, right_end = found[row, 0], found[row, 1], found[row, 2], found[row, 3]
    had = False
    for other in range(max(opened, row - LOOK_BACK), row):
        one = min(left_end, found[other, 1]) - max(left, found[other, 0])
        two = min(right_end, found[other, 3]) - max(right, found[other, 2])
        had |= 5 * one > 4 * (left_end - left) or 5 * two > 4 * (right_end - right)
    return had and _is_weak(words, found, row)


@kernel
def extend(
    words: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    index: NDArray[np.int64],
    left_out: NDArray[np.uint8],
    common: NDArray[np.uint8],
    seeds: NDArray[np.int64],
    starts: NDArray[np.int64],
    first_document: int,
    last_document: int,
    table: NDArray[np.float64],
    fewest: int,
    least: float,
    found: NDArray[np.int64],
) -> int:
    """Write the spans of some later documents; their number.

    Args:
        words: (w,): word hashes.
        bounds: (d + 1,): where the words of each document begin.
        index: the document of every STRIDEth word.
        left_out: (w,): 1 for words that neither speak for a span nor against it.
        common: (w,): 1 for words of phrases that stand in many places, plus 2 for those of formulas.
        seeds: (n, 2): earlier and later place, by the document of the later one; sorted further here.
        starts: (d + 1,): where the seeds of each document begin.
        first_document: of those whose seeds are looked at,
        last_document: and the one behind the last.
        table: ``extension.gains()``.
        fewest: quarter words that a cluster of seeds must cover.
        least: nats that a span must have.
        found: out, (n, 5): the fields of ``extension.Span``; room for as many as there are seeds.
    """
    longest = 0
    for document in range(first_document, last_document):
        longest = max(longest, starts[document + 1] - starts[document])
    spare = np.empty((longest, 2), np.int64)
    longest = 0
    for document in range(first_document, last_document):
        longest = max(longest, bounds[document + 1] - bounds[document])
    compared = np.empty(longest, np.uint64)
    used = np.zeros(longest, np.int64)
    walk = 0
    reached = np.empty(5, np.int64)
    written = 0
    for document in range(first_document, last_document):
        first, last = starts[document], starts[document + 1]
        _sort(seeds, spare, first, last)
        at = first
        before = np.int64(-1)
        opened = written
        failed_begin = failed_end = failed_distance = np.int64(-1)
        base = np.int64(-1)
        while at < last:
            # One cluster.
            other = _document_of(seeds[at, 0], bounds, index)
            if other != before:
                before = other
                opened = written
                failed_begin = failed_end = -1
            begins, ends = bounds[other], bounds[other + 1]
            end = at + 1
            while (
                end < last
                and seeds[end, 0] < ends
                and seeds[end, 0] - seeds[end - 1, 0] <= TOGETHER
                and abs(seeds[end, 1] - seeds[end - 1, 1]) <= TOGETHER
            ):
                end += 1
            if end == at + 1 and fewest >= WEIGHT + WEIGHT_OF_WORD:
                # Most: their words need not be looked at.
                at = end
                continue
            covered = behind = np.int64(0)
            for seed in range(at, end):
                upto = _end_of_seed(words, seeds[seed, 0], ends)
                for word in range(max(seeds[seed, 0], behind), upto):
                    covered += _weight(words[word])
                behind = upto
            if covered < fewest:
                at = end
                continue
            if base < 0:
                base = bounds[document]
                for word in range(base, bounds[document + 1]):
                    compared[word - base] = np.uint64(0) if left_out[word] else words[word]
            for seed in range(at, end):
                left, right = seeds[seed, 0], seeds[seed, 1]
                inside = False
                for row in range(max(opened, written - LOOK_BACK), written):
                    inside |= (
                        found[row, 0] <= left < found[row, 1]
                        and found[row, 2] - NEAR <= right < found[row, 3] + NEAR
                    ) or (
                        other == document
                        and found[row, 1] <= left < found[row, 3]
                        and abs(right - left - (found[row, 2] - found[row, 0])) <= NEAR
                    )
                if inside:
                    continue
                if failed_begin <= left < failed_end and abs(right - left - failed_distance) <= NEAR:
                    continue
                failed_begin, failed_end, failed_distance = left, left + 1, right - left
                upto = _end_of_seed(words, left, ends)
                right_upto = right + upto - left
                if right_upto > bounds[document + 1] or (other == document and upto > right):
                    continue
                weight = formula = 0
                same = True
                for word in range(upto - left):
                    same &= words[left + word] == words[right + word]
                    weight += _weight(words[left + word])
                    if common[left + word] & 2:
                        formula += _weight(words[left + word])
                if not same:
                    continue
                score = weight / _WHOLE * table[0, 0]
                walk += 1
                for word in range(right, right_upto):
                    used[word - base] = walk
                floor = upto if other == document else bounds[document]
                ceiling = bounds[document + 1]
                score += _go(
                    words,
                    left_out,
                    common,
                    compared,
                    base,
                    used,
                    walk if other == document else -1,
                    table,
                    left,
                    right,
                    -1,
                    begins,
                    floor,
                    ceiling,
                    reached,
                )
                beginning = reached[0]
                low, high = min(reached[1], right), max(reached[2], right_upto - 1)
                weight += reached[3]
                formula += reached[4]
                limit = low if other == document else ends
                floor = low if other == document else bounds[document]
                score += _go(
                    words,
                    left_out,
                    common,
                    compared,
                    base,
                    used,
                    walk if other == document else -1,
                    table,
                    upto - 1,
                    right_upto - 1,
                    1,
                    limit,
                    floor,
                    ceiling,
                    reached,
                )
                low, high = min(low, reached[1]), max(high, reached[2])
                weight += reached[3]
                formula += reached[4]
                found[written, 0] = beginning
                found[written, 1] = reached[0] + 1
                found[written, 2] = low
                found[written, 3] = high + 1
                found[written, 4] = weight
                telling = weight - 3 * formula
                weak = (score < least * THIN or telling < TELLING_WEAK) and _is_weak(
                    words, found, written
                )
                enough = formula == 0 or other == document
                enough |= telling >= (TELLING_WEAK if weak else TELLING)
                if enough and score < (least * THIN if weak else least):
                    limit = right if other == document else ends
                    verbatim = _verbatim(
                        words,
                        left_out,
                        common,
                        left,
                        right,
                        begins,
                        limit,
                        bounds[document],
                        ceiling,
                        other == document,
                    )
                    enough = verbatim >= VERBATIM
                if not enough:
                    failed_begin, failed_end = found[written, 0], found[written, 1]
                    failed_distance = found[written, 2] - found[written, 0]
                    continue
                failed_begin = failed_end = -1
                written += not _adds_nothing(words, found, opened, written)
            at = end
    return written
