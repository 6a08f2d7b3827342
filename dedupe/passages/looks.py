"""How words look: with a digit, capitalised, at the start of a sentence, long, part of an address.

What is compared has neither case nor punctuation. Which words are figures and names has to be read
from the text again, and is, for the few documents where it matters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel, part
from dedupe.passages.characters import (
    BLANK,
    CLOSER,
    LOWER,
    MARK,
    NO_WORD,
    SPACED,
    STOP,
    UPPER,
    WORD_BITS,
)
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
ADDRESS: Final = 64
"""Of a web or mail address: between blanks or brackets, with "://" or "@", or begun with "www."."""
LONGER: Final = 5
_LEAST_OF_TITLE: Final = 2
"""Capitals behind the first word that make a title of a line."""
_AROUND: Final = '()[]<>"'
"""Ends an address, as blanks do."""


@lru_cache(maxsize=1)
def zeros() -> NDArray[np.int64]:
    """The zero of every set of decimal digits, ascending: nine more follow each."""
    # One search over all of them: asking for the category of each takes ten times as long.
    every = "".join(map(chr, range(0x20000)))
    codes = (found.start() for found in re.finditer(r"\d", every))
    return np.array([code for code in codes if unicodedata.decimal(chr(code)) == 0], np.int64)


_HOST: Final = re.compile(r"[wW]{3}\.")
_AROUND_CODES: Final = tuple(map(ord, _AROUND))
_AT, _SLASH, _COLON, _DOT, _SMALL = map(ord, "@/:.w")
_LETTER_CASE: Final = 32


@part
def _ends_address(code: int, bits: np.int64) -> bool:
    found = bits & BLANK != 0
    for around in _AROUND_CODES:
        found |= code == around
    return bool(found)


@part
def _begins_host(text: NDArray[np.uint8], at: int, end: int) -> bool:
    """Whether "www." stands at a byte, whatever its case."""
    return bool(
        at + 3 < end
        and byte(text, at) | _LETTER_CASE == _SMALL
        and byte(text, at + 1) | _LETTER_CASE == _SMALL
        and byte(text, at + 2) | _LETTER_CASE == _SMALL
        and byte(text, at + 3) == _DOT
    )


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
        first = count = opened = firsts[passage]
        initial = True
        address = False
        while at < end:
            code, behind = byte(text, at), at + 1
            if code >= 128:
                code, behind = decode(text, at)
            bits = np.int64(kinds[np.uint64(code)])
            begun = bits & WORD_BITS
            if begun == NO_WORD:
                initial |= (bits & (STOP | CLOSER)) != 0
                if _ends_address(code, bits):
                    if address:
                        for word in range(opened, count):
                            looks[word] |= ADDRESS
                    opened, address = count, False
                address |= code == _AT or (
                    code == _SLASH
                    and at >= starts[passage] + 2
                    and byte(text, at - 1) == _SLASH
                    and byte(text, at - 2) == _COLON
                )
                at = behind
                continue
            address |= count == opened and _begins_host(text, at, end)
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
        if address:
            for word in range(opened, count):
                looks[word] |= ADDRESS
        cased = capitals = 0
        for word in range(first + 1, count):
            cased += (looks[word] & CASED) != 0
            capitals += (looks[word] & CAPITAL) != 0
        if capitals >= _LEAST_OF_TITLE and 2 * capitals > cased:
            for word in range(first, count):
                looks[word] |= TITLE


def looks_of(text: str) -> list[int]:
    """How the words of one passage look: the reference of ``look``."""
    found: list[int] = []
    before = 0
    addresses = _addresses(text)
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
            | ADDRESS * (word.start in addresses)
        )
    cased = sum(bool(bits & CASED) for bits in found[1:])
    capitals = sum(bool(bits & CAPITAL) for bits in found[1:])
    if capitals >= _LEAST_OF_TITLE and 2 * capitals > cased:
        found = [bits | TITLE for bits in found]
    return found


def _addresses(text: str) -> set[int]:
    """The places of addresses."""
    found: set[int] = set()
    begins = [word.start for word in words(text)]
    start = 0
    for at, character in enumerate(f"{text} "):
        if kind_of(character) & BLANK or character in _AROUND:
            first = bisect_left(begins, start)
            host = first < len(begins) and _HOST.match(text, begins[first], at)
            piece = text[start:at]
            if "://" in piece or "@" in piece or host:
                found.update(range(start, at))
            start = at + 1
    return found
