"""The kernel of ``breaks.broken``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel
from dedupe.passages.breaks import APART
from dedupe.passages.characters import LOWER
from dedupe.passages.cuts_kernel import next_word
from dedupe.passages.normalisation import byte, decode


@kernel
def break_lines(
    text: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    bounds: NDArray[np.int64],
    places: NDArray[np.int64],
    opens: NDArray[np.uint8],
    kinds: NDArray[np.uint8],
) -> None:
    """Write newlines for some of the blanks of documents.

    Args:
        text: (n,) valid UTF-8; changed.
        offsets: (d + 1,): where document i is ``text[offsets[i]:offsets[i + 1]]``.
        bounds: (d + 1,): where its places are ``places[bounds[i]:bounds[i + 1]]``.
        places: (p,): words, counted from 0 in each document and ascending there, before which lines
            may begin.
        opens: (p,): 1 where something begins there, 0 where something ends.
        kinds: ``characters.tables().kinds``.
    """
    longest = 0
    for document in range(offsets.size - 1):
        longest = max(longest, bounds[document + 1] - bounds[document])
    numbers = np.empty(longest, np.int64)
    blanks = np.empty(longest, np.int64)
    opening = np.empty(longest, np.uint8)
    for document in range(offsets.size - 1):
        end = offsets[document + 1]
        at = offsets[document]
        row, last = bounds[document], bounds[document + 1]
        found = number = 0
        # 0 for nothing, 1 for an end, 2 for a beginning.
        pending = 0
        behind = at
        while at < end and (row < last or pending > 0):
            begin, at = next_word(text, at, end, kinds)
            if begin >= end:
                break
            while row < last and places[row] == number:
                if number > 0 and pending < 2:
                    pending = 2 if opens[row] else 1
                row += 1
            blank = begin - 1 if number > 0 else behind - 1
            while blank >= behind and byte(text, blank) != 32:
                blank -= 1
            if pending > 0 and blank >= behind and number > 0:
                if not kinds[np.uint64(decode(text, begin)[0])] & LOWER:
                    numbers[found] = number
                    blanks[found] = blank
                    opening[found] = pending == 2
                    found += 1
                pending = 0
            behind = at
            number += 1
        before = -APART
        for each in range(found):
            if opening[each] and numbers[each] - before >= APART:
                before = numbers[each]
                text[blanks[each]] = 10
                # Marked as one that is kept.
                opening[each] = 2
        before = -APART
        for each in range(found):
            if opening[each] == 2:
                before = numbers[each]
            elif opening[each] == 0 and numbers[each] - before >= APART:
                after = each + 1
                while after < found and numbers[after] - numbers[each] < APART and opening[after] != 2:
                    after += 1
                if after == found or numbers[after] - numbers[each] >= APART:
                    text[blanks[each]] = 10
