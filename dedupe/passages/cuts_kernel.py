"""The kernel of ``cuts.cut``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside, kernel
from dedupe.passages.characters import CLOSER, MARK, NO_WORD, SPACED, STOP, WORD_BITS
from dedupe.passages.cuts import HANGING
from dedupe.passages.kernel import next_sentence_end
from dedupe.passages.normalisation import before, decode


@aside
def next_word(text: NDArray[np.uint8], at: int, end: int, kinds: NDArray[np.uint8]) -> tuple[int, int]:
    """The next word from a byte on: its first byte, and the one behind it; twice ``end`` without one."""
    while at < end:
        code, behind = decode(text, at)
        first = kinds[np.uint64(code)] & WORD_BITS
        if first == NO_WORD:
            at = behind
            continue
        begin = at
        spaced = first <= MARK
        at = behind
        while at < end:
            code, behind = decode(text, at)
            following = kinds[np.uint64(code)] & WORD_BITS
            if not (spaced and following == SPACED) and following != MARK:
                break
            at = behind
        return begin, at
    return end, end


@kernel
def cut_all(
    text: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    counts: NDArray[np.int64],
    words: NDArray[np.int64],
    closing: int,
    kinds: NDArray[np.uint8],
    places: NDArray[np.int64],
) -> None:
    """Cut passages near word boundaries.

    Args:
        text: (t,) valid UTF-8.
        starts: (n,): first byte of each passage,
        ends: and the one behind it.
        counts: (n,): words of each passage.
        words: (n,): words before the cut; moved to where it is.
        closing: 1 where stretches end at the cut, 0 where they begin.
        kinds: ``characters.tables().kinds``.
        places: out, (n,): byte of the text at which it is cut.
    """
    begins = np.empty(2 * HANGING + 3, np.int64)
    behinds = np.empty(2 * HANGING + 3, np.int64)
    for row in range(starts.size):
        start, end, count, wanted = starts[row], ends[row], counts[row], words[row]
        # The words around the cut: from the one before the earliest to the one behind the latest.
        first = max(wanted - HANGING - 1, 0)
        last = min(wanted + HANGING + 1, count)
        at = start
        for word in range(last):
            begin, at = next_word(text, at, end, kinds)
            if word >= first:
                begins[word - first] = begin
                behinds[word - first] = at
        # Words before which a sentence begins, as far as they are near.
        chosen = wanted
        if closing:
            if wanted < count and wanted > 0:
                found = -1
                stop = next_sentence_end(text, start, start, end, kinds)
                while stop >= 0 and found < 0:
                    for word in range(wanted, min(wanted + HANGING + 1, last)):
                        if (
                            found < 0
                            and stop <= begins[word - first]
                            and (stop > begins[word - 1 - first])
                        ):
                            found = word
                    if found >= 0 or stop > begins[last - 1 - first]:
                        break
                    stop = next_sentence_end(text, start, stop, end, kinds)
                if found < 0 and wanted + HANGING >= count:
                    found = count
                if found >= 0:
                    chosen = found
        elif wanted > 0 and wanted < count:
            found = -1
            stop = next_sentence_end(text, start, start, end, kinds)
            while stop >= 0:
                for word in range(max(wanted - HANGING, 1), wanted + 1):
                    if stop <= begins[word - first] and stop > begins[word - 1 - first]:
                        found = word
                if stop > begins[wanted - first]:
                    break
                stop = next_sentence_end(text, start, stop, end, kinds)
            if found < 0 and wanted - HANGING <= 0:
                found = 0
            if found >= 0:
                chosen = found
        words[row] = chosen
        if closing:
            if chosen == count:
                places[row] = end
                continue
            place = behinds[chosen - 1 - first] if chosen > 0 else start
            limit = begins[chosen - first]
            while place < limit:
                code, behind = decode(text, place)
                if not kinds[np.uint64(code)] & (STOP | CLOSER):
                    break
                place = behind
            places[row] = place
        else:
            if chosen == 0:
                places[row] = start
                continue
            place = begins[chosen - first] if chosen < count else end
            limit = behinds[chosen - 1 - first]
            while place > limit:
                back = before(text, place)
                if not kinds[np.uint64(decode(text, back)[0])] & CLOSER:
                    break
                place = back
            places[row] = place
