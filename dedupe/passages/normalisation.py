"""Words out of UTF-8 bytes, normalised: the kernel side of ``reference.words``.

Text must be valid UTF-8. Almost every word is folded character by character as it is read; one that
may have to be decomposed, reordered or composed goes through ``_normalise_again``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside, part
from dedupe.passages.characters import HALF, MARK, NO_WORD, QUARTER, SPACED, UPPER, WORD_BITS, Tables
from dedupe.passages.hashing import load64, ones, store64

_HANGUL, _LEAD, _VOWEL, _TAIL = 0xAC00, 0x1100, 0x1161, 0x11A7
_LEADS, _VOWELS, _TAILS = 19, 21, 28
_SORT_IN_PLACE = 24
_HIGHEST: Final = np.uint64(0x8080808080808080)


@part
def byte(text: NDArray[np.uint8], at: int) -> int:
    """One byte as a number. Unsigned places need no test for negative indices."""
    return np.int64(text[np.uint64(at)])


@part
def decode(text: NDArray[np.uint8], at: int) -> tuple[int, int]:
    """The code point at a byte position, and the position behind it."""
    lead = byte(text, at)
    if lead < 0x80:
        return lead, at + 1
    second = byte(text, at + 1) & 0x3F
    if lead < 0xE0:
        return (lead & 0x1F) << 6 | second, at + 2
    third = byte(text, at + 2) & 0x3F
    if lead < 0xF0:
        return (lead & 0x0F) << 12 | second << 6 | third, at + 3
    return (lead & 0x07) << 18 | second << 12 | third << 6 | byte(text, at + 3) & 0x3F, at + 4


@part
def before(text: NDArray[np.uint8], at: int) -> int:
    """The byte position of the character that ends at a position."""
    at -= 1
    while byte(text, at) & 0xC0 == 0x80:
        at -= 1
    return at


@part
def encode(code: int, buffer: NDArray[np.uint8], to: int) -> int:
    """Write a code point as UTF-8; the position behind it."""
    if code < 0x80:
        buffer[np.uint64(to)] = code
        return to + 1
    if code < 0x800:
        buffer[np.uint64(to)] = 0xC0 | code >> 6
        buffer[np.uint64(to + 1)] = 0x80 | code & 0x3F
        return to + 2
    if code < 0x10000:
        buffer[np.uint64(to)] = 0xE0 | code >> 12
        buffer[np.uint64(to + 1)] = 0x80 | code >> 6 & 0x3F
        buffer[np.uint64(to + 2)] = 0x80 | code & 0x3F
        return to + 3
    buffer[np.uint64(to)] = 0xF0 | code >> 18
    buffer[np.uint64(to + 1)] = 0x80 | code >> 12 & 0x3F
    buffer[np.uint64(to + 2)] = 0x80 | code >> 6 & 0x3F
    buffer[np.uint64(to + 3)] = 0x80 | code & 0x3F
    return to + 4


@part
def _at_least(seven: np.uint64, low: int) -> np.uint64:
    """The highest bit of each of eight bytes below 0x80 that is not below ``low``."""
    return seven + np.uint64((0x80 - low) * 0x0101010101010101)


@part
def _ascii(eight: np.uint64) -> tuple[int, np.uint64]:
    """How many of eight bytes, from the first on, are ASCII letters and digits; these in lower case."""
    seven = eight & ~_HIGHEST
    upper = _at_least(seven, 0x41) & ~_at_least(seven, 0x5B) & ~eight & _HIGHEST
    lower = _at_least(seven, 0x61) & ~_at_least(seven, 0x7B)
    digit = _at_least(seven, 0x30) & ~_at_least(seven, 0x3A)
    others = (~(upper | lower | digit) | eight) & _HIGHEST
    return ones((others - np.uint64(1)) & ~others) >> 3, eight + (upper >> np.uint64(2))


@part
def tokenise(
    text: NDArray[np.uint8],
    start: int,
    end: int,
    tables: Tables,
    buffer: NDArray[np.uint8],
    begins: NDArray[np.int64],
    bounds: NDArray[np.int64],
    codes: NDArray[np.uint8],
) -> int:
    """Write the words of ``text[start:end]`` to ``buffer``, normalised, a space behind each.

    Args:
        text: (n,) valid UTF-8.
        start: first byte.
        end: byte behind the last.
        tables: ``characters.tables()``.
        buffer: out, room for four bytes a byte of the stretch.
        begins: out, (w,): byte at which each word begins in ``text``.
        bounds: out, (w,): position in ``buffer`` behind each word, where its space stands.
        codes: out, (w,): 0 for a whole word, 1 for half a word, 2 for a quarter.

    Returns:
        The number of words.
    """
    kinds = tables.kinds
    folds = tables.folds
    classes = tables.classes
    at = start
    to = count = 0
    while at < end:
        code = byte(text, at)
        behind = at + 1
        if code >= 0x80:
            code, behind = decode(text, at)
        bits = np.int64(kinds[np.uint64(code)])
        first = bits & WORD_BITS
        if first == NO_WORD:
            at = behind
            continue
        begin = at
        opened = to
        again = False
        last_class = 0
        spaced = first <= MARK
        # All of most words, and most of the others.
        while at + 8 <= end:
            run, lower = _ascii(load64(text, at))
            store64(lower, buffer, to)
            at += run
            to += run
            if run < 8:
                break
        while at < end:
            code, behind = decode(text, at)
            bits = np.int64(kinds[np.uint64(code)])
            following = bits & WORD_BITS
            if at > begin and following != MARK and not (spaced and following == SPACED):
                break
            if code < 0x80:
                # UPPER is half of the distance between the cases.
                buffer[np.uint64(to)] = code + ((bits & UPPER) << 1)
                to += 1
                last_class = 0
            else:
                fold = np.int64(folds[np.uint64(code)])
                this_class = 0
                if following == MARK:
                    this_class = np.int64(classes[code])
                    if this_class != 0 and this_class < last_class:
                        again = True
                last_class = this_class
                if fold < 0:
                    again = True
                else:
                    to = encode(fold, buffer, to)
            at = behind
        if again:
            to = _normalise_again(text, begin, at, tables, buffer, opened)
        begins[count] = begin
        bounds[count] = to
        codes[count] = 1 if first == HALF else 2 if first == QUARTER else 0
        buffer[np.uint64(to)] = 32
        to += 1
        count += 1
    return count


@aside
def _find(keys: NDArray[np.int32] | NDArray[np.int64], key: int) -> int:
    """Where a key is in an ascending array, or -1."""
    at, behind = 0, keys.size
    while at < behind:
        middle = (at + behind) // 2
        if keys[middle] < key:
            at = middle + 1
        else:
            behind = middle
    return at if at < keys.size and keys[at] == key else -1


@aside
def _normalise_again(
    text: NDArray[np.uint8], begin: int, end: int, tables: Tables, buffer: NDArray[np.uint8], to: int
) -> int:
    """``characters.normalise`` of the word in a byte range: compose, fold, compose."""
    codes = np.empty(end - begin, np.int64)
    count = 0
    at = begin
    while at < end:
        codes[count], at = decode(text, at)
        count += 1
    composed = _compose(codes[:count], tables)
    folded = np.empty(composed.size * 3, np.int64)
    count = 0
    for code in composed:
        row = _find(tables.folded, code)
        if row < 0:
            folded[count] = code
            count += 1
        else:
            for column in range(3):
                if tables.foldings[row, column] >= 0:
                    folded[count] = tables.foldings[row, column]
                    count += 1
    for code in _compose(folded[:count], tables):
        to = encode(code, buffer, to)
    return to


@aside
def _compose(codes: NDArray[np.int64], tables: Tables) -> NDArray[np.int64]:
    """NFC of a sequence of code points (Unicode Standard, section 3.11)."""
    apart = np.empty(codes.size * 4, np.int64)
    count = 0
    for code in codes:
        if _HANGUL <= code < _HANGUL + _LEADS * _VOWELS * _TAILS:
            index = code - _HANGUL
            apart[count] = _LEAD + index // (_VOWELS * _TAILS)
            apart[count + 1] = _VOWEL + index % (_VOWELS * _TAILS) // _TAILS
            count += 2
            if index % _TAILS:
                apart[count] = _TAIL + index % _TAILS
                count += 1
            continue
        row = _find(tables.decomposed, code)
        if row < 0:
            apart[count] = code
            count += 1
        else:
            for column in range(4):
                if tables.decompositions[row, column] >= 0:
                    apart[count] = tables.decompositions[row, column]
                    count += 1
    apart = apart[:count]
    _order(apart, tables.classes)
    starter = -1
    kept = 0
    last_class = 0
    for place in range(count):
        code = apart[place]
        this_class = np.int64(tables.classes[code])
        if starter >= 0 and (last_class < this_class or (last_class == 0 and starter == kept - 1)):
            together = _pair(apart[starter], code, tables)
            if together >= 0:
                apart[starter] = together
                continue
        if this_class == 0:
            starter = kept
        last_class = this_class
        apart[kept] = code
        kept += 1
    return apart[:kept]


@aside
def _pair(first: int, second: int, tables: Tables) -> int:
    """What NFC makes of two characters, or -1."""
    if _LEAD <= first < _LEAD + _LEADS and _VOWEL <= second < _VOWEL + _VOWELS:
        return _HANGUL + ((first - _LEAD) * _VOWELS + second - _VOWEL) * _TAILS
    if (
        _HANGUL <= first < _HANGUL + _LEADS * _VOWELS * _TAILS
        and (first - _HANGUL) % _TAILS == 0
        and _TAIL < second < _TAIL + _TAILS
    ):
        return first + second - _TAIL
    key = first << 32 | second
    at = _find(tables.pairs, key)
    return np.int64(tables.composed[at]) if at >= 0 else -1


@aside
def _order(codes: NDArray[np.int64], classes: NDArray[np.uint8]) -> None:
    """Canonical order: each run of marks by combining class, stable, in time linear in its length."""
    at = 0
    while at < codes.size:
        if classes[codes[at]] == 0:
            at += 1
            continue
        begin = at
        while at < codes.size and classes[codes[at]] != 0:
            at += 1
        if at - begin <= _SORT_IN_PLACE:
            for place in range(begin + 1, at):
                code = codes[place]
                back = place
                while back > begin and classes[codes[back - 1]] > classes[code]:
                    codes[back] = codes[back - 1]
                    back -= 1
                codes[back] = code
        else:
            counts = np.zeros(257, np.int64)
            for place in range(begin, at):
                counts[np.int64(classes[codes[place]]) + 1] += 1
            for each in range(256):
                counts[each + 1] += counts[each]
            run = codes[begin:at].copy()
            for code in run:
                of_class = np.int64(classes[code])
                codes[begin + counts[of_class]] = code
                counts[of_class] += 1
