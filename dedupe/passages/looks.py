"""How words look: with a digit, capitalised, at the start of a sentence, long.

What is compared has neither case nor punctuation. Which words are figures and names has to be read
from the text again, and is, for the few documents where it matters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel
from dedupe.passages.characters import CLOSER, LOWER, MARK, NO_WORD, SPACED, STOP, UPPER, WORD_BITS
from dedupe.passages.characters import kind as kind_of
from dedupe.passages.normalisation import byte, decode
from dedupe.passages.reference import words

DIGIT: Final = 1
"""Holds a decimal digit of any script."""
CAPITAL: Final = 2
"""Begins with a capital."""
CASED: Final = 4
"""Begins with a letter of a script that has capitals."""
INITIAL: Final = 8
"""The first of its passage, or behind a stop, quotation mark or bracket: a capital says nothing."""
TITLE: Final = 16
"""Of a passage most of whose words begin with a capital: it says nothing there either."""
LONG: Final = 32
"""Has at least ``LONGER`` characters, or is a cluster of a script written without spaces."""
LONGER: Final = 5
_LEAST_OF_TITLE: Final = 2
"""Capitals behind the first word that make a title of a line."""


@lru_cache(maxsize=1)
def zeros() -> NDArray[np.int64]:
    """The zero of every set of decimal digits, ascending: nine more follow each."""
    # One search over all of them: asking for the category of each takes ten times as long.
    every = "".join(map(chr, range(0x20000)))
    codes = (found.start() for found in re.finditer(r"\d", every))
    return np.array([code for code in codes if unicodedata.decimal(chr(code)) == 0], np.int64)


@kernel
def look(
    text: NDArray[np.uint8],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    firsts: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    zeros: NDArray[np.int64],
    looks: NDArray[np.uint8],
) -> None:
    """Write how the words of passages look.

    Args:
        text: (n,) valid UTF-8.
        starts: (p,): first byte of each passage, and
        ends: (p,): the byte behind its last.
        firsts: (p,): row of its first word in ``looks``.
        kinds: ``characters.tables().kinds``.
        zeros: ``zeros()``.
        looks: out, (w,): the bits above.
    """
    for passage in range(starts.size):
        at, end = starts[passage], ends[passage]
        first = count = firsts[passage]
        initial = True
        while at < end:
            code, behind = byte(text, at), at + 1
            if code >= 128:
                code, behind = decode(text, at)
            bits = np.int64(kinds[np.uint64(code)])
            begun = bits & WORD_BITS
            if begun == NO_WORD:
                initial |= (bits & (STOP | CLOSER)) != 0
                at = behind
                continue
            found = INITIAL if initial else 0
            if bits & (UPPER | LOWER):
                found |= CASED
            if bits & UPPER:
                found |= CAPITAL
            length = 0
            while True:
                length += 1
                if code < 128:
                    if code < 58:
                        found |= DIGIT
                elif bits & (UPPER | LOWER) == 0 and bits & WORD_BITS != MARK:
                    low, high = 0, zeros.size
                    while low < high:
                        middle = (low + high) // 2
                        if zeros[middle] <= code:
                            low = middle + 1
                        else:
                            high = middle
                    if low > 0 and code < zeros[low - 1] + 10:
                        found |= DIGIT
                at = behind
                if at >= end:
                    break
                code, behind = byte(text, at), at + 1
                if code >= 128:
                    code, behind = decode(text, at)
                bits = np.int64(kinds[np.uint64(code)])
                following = bits & WORD_BITS
                if not (begun <= MARK and following == SPACED) and following != MARK:
                    break
            if length >= LONGER or begun > MARK:
                found |= LONG
            looks[count] = found
            count += 1
            initial = False
        cased = capitals = 0
        for word in range(first + 1, count):
            cased += (looks[word] & CASED) != 0
            capitals += (looks[word] & CAPITAL) != 0
        if capitals >= _LEAST_OF_TITLE and 2 * capitals > cased:
            for word in range(first, count):
                looks[word] |= TITLE


def looks_of(text: str) -> list[int]:
    """How the words of one passage look: the reference of ``look``."""
    found = []
    before = 0
    for number, word in enumerate(words(text)):
        between = text[before : word.start]
        before = word.end
        held = text[word.start : word.end]
        bits = kind_of(held[0])
        begun = bits & WORD_BITS
        found.append(
            DIGIT * any(unicodedata.category(each) == "Nd" for each in held)
            | CAPITAL * bool(bits & UPPER)
            | CASED * bool(bits & (UPPER | LOWER))
            | INITIAL * (number == 0 or any(kind_of(each) & (STOP | CLOSER) for each in between))
            | LONG * (len(held) >= LONGER or begun > MARK)
        )
    cased = sum(bool(bits & CASED) for bits in found[1:])
    capitals = sum(bool(bits & CAPITAL) for bits in found[1:])
    if capitals >= _LEAST_OF_TITLE and 2 * capitals > cased:
        found = [bits | TITLE for bits in found]
    return found
