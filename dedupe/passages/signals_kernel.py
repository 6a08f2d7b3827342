"""Which signals a passage has, as parts of a kernel: ``signals_reference``, step by step."""

# What kernels compute with are machine numbers, whose exact types only the compiler knows.
# mypy: disable-error-code="assignment,return-value,arg-type,no-any-return"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside, part
from dedupe.passages.characters import (
    BLANK,
    CLOSER,
    LOWER,
    SPACED,
    STOP,
    UPPER,
    WEIGHT_OF_WORD,
    WORD_BITS,
)
from dedupe.passages.cues import (
    BROAD,
    BUCKET_BITS,
    BUCKETS,
    FILTER_BITS,
    FILTER_SIZE,
    FIRSTS,
    PAIR_FACTOR,
)
from dedupe.passages.normalisation import before, byte, decode
from dedupe.passages.rules import PROSE
from dedupe.passages.signals import (
    ADDRESS,
    ALL_KINDS,
    BARE,
    BEGIN,
    BULLET,
    CASE_WEIGHT,
    COLON,
    COMMA,
    COMMAS,
    COPYRIGHT,
    DATE,
    DIGITS,
    ELLIPSIS,
    FIGURE,
    HOLD,
    INSIDE,
    LABEL,
    LABEL_WORDS,
    LENGTHS,
    LETTER,
    LIST_BULLETS,
    LONE_BULLETS,
    LOWER_CASE,
    LOWER_FIRST,
    NUMBERED,
    PHRASES_WEIGHT,
    PROSE_WEIGHT,
    QUESTION,
    QUESTION_MARKS,
    QUOTE,
    QUOTES,
    SENTENCE,
    SEPARATOR,
    SEPARATORS,
    SEVERAL,
    SHORT_WEIGHT,
    TITLE_CASE,
    WHOLE,
)


def _codes(characters: str) -> tuple[int, ...]:
    return tuple(ord(each) for each in characters)


_SEPARATORS, _COMMAS, _QUOTES = _codes(SEPARATORS), _codes(COMMAS), _codes(QUOTES)
_LIST_BULLETS, _LONE_BULLETS = _codes(LIST_BULLETS), _codes(LONE_BULLETS)
_QUESTION_MARKS, _BRACKETS = _codes(QUESTION_MARKS), _codes("(§[（")
_WIDE_COLON, _ELLIPSIS, _COPYRIGHT = ord("："), ord("…"), ord("©")
_PAIR = np.uint64(PAIR_FACTOR)
_TO_FILTER = np.uint64(64 - FILTER_BITS)
_TO_BUCKET = np.uint64(64 - BUCKET_BITS)


@aside
def signals(
    text: NDArray[np.uint8],
    first: int,
    start: int,
    end: int,
    kinds: NDArray[np.uint8],
    begins: NDArray[np.int64],
    words: NDArray[np.uint64],
    first_word: int,
    last_word: int,
    weight: int,
    flags: int,
    cues: NDArray[np.uint64],
) -> int:
    """The bits of one passage.

    Args:
        text: (n,) valid UTF-8.
        first: first byte of the document.
        start: first byte of the passage.
        end: byte behind its last.
        kinds: of ``characters.tables()``.
        begins: (w,): byte at which each word begins.
        words: (w,): their hashes.
        first_word: the passage's first word.
        last_word: the word behind its last.
        weight: the weight of its words together.
        flags: its flags.
        cues: ``cues.cue_table()``.
    """
    found = 1
    for least in LENGTHS:
        if weight >= least * WEIGHT_OF_WORD:
            found <<= 1
    found |= _ending(text, start, end, kinds, flags) | _beginning(text, first, start, end, kinds)
    before_colon = 0
    if weight < SHORT_WEIGHT:
        shape, before_colon = _shape(text, start, end, kinds, begins, first_word, last_word)
        found |= shape
    if weight < CASE_WEIGHT:
        found |= _case(text, end, kinds, begins, first_word, last_word)
    if weight >= (PROSE_WEIGHT if flags & PROSE else PHRASES_WEIGHT):
        return found
    least = 2 if flags & PROSE and weight >= SHORT_WEIGHT else 1
    return found | _phrases(words, first_word, last_word, weight, least, before_colon, cues)


@part
def _ending(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8], flags: int) -> int:
    at = before(text, end)
    code = decode(text, at)[0]
    last = code
    bits = np.int64(kinds[np.uint64(code)])
    while at > start and bits & (CLOSER | BLANK) and not bits & STOP:
        at = before(text, at)
        code = decode(text, at)[0]
        bits = np.int64(kinds[np.uint64(code)])
    if bits & STOP:
        if code == _ELLIPSIS or (
            code == 46 and at - start >= 2 and byte(text, at - 1) == 46 and byte(text, at - 2) == 46
        ):
            return ELLIPSIS
        return QUESTION if code in _QUESTION_MARKS else SENTENCE
    inside = (INSIDE if flags & PROSE else 0) | (FIGURE if _is_digit(last) else 0)
    return inside | (COLON if last in (58, _WIDE_COLON) else 0)


@part
def _beginning(
    text: NDArray[np.uint8], first: int, start: int, end: int, kinds: NDArray[np.uint8]
) -> int:
    code, behind = decode(text, start)
    if (
        code in _LIST_BULLETS
        and behind < end
        and (code > 127 or kinds[np.uint64(decode(text, behind)[0])] & BLANK)
    ):
        return BULLET
    if _bullet_above(text, first, start, kinds):
        return BULLET
    if code in _BRACKETS:
        return NUMBERED
    at = start
    while at < end and at - start < 3 and 48 <= byte(text, at) <= 57:
        at += 1
    if at == start and kinds[np.uint64(code)] & WORD_BITS == SPACED:
        at = behind
    return NUMBERED if start < at < end and (byte(text, at) == 46 or byte(text, at) == 41) else 0


@part
def _bullet_above(text: NDArray[np.uint8], first: int, start: int, kinds: NDArray[np.uint8]) -> bool:
    """Whether the line before holds nothing but a bullet."""
    at = start
    newline = False
    while at > first:
        place = before(text, at)
        code = decode(text, place)[0]
        if not kinds[np.uint64(code)] & BLANK:
            if not newline or code not in _LONE_BULLETS:
                return False
            return place == first or kinds[np.uint64(decode(text, before(text, place))[0])] & BLANK != 0
        newline = newline or code == 10 or code == 13
        at = place
    return False


@part
def _is_digit(code: int) -> bool:
    if code < 128:
        return 48 <= code <= 57
    found = False
    for zero in DIGITS:
        found = found or 0 <= code - zero < 10
    return found


@aside
def _shape(
    text: NDArray[np.uint8],
    start: int,
    end: int,
    kinds: NDArray[np.uint8],
    begins: NDArray[np.int64],
    first_word: int,
    last_word: int,
) -> tuple[int, int]:
    """Bits that single characters give, and how many words stand before the first label's colon."""
    found = before_colon = 0
    blank = dotted = False
    # The two characters before this one, and their kinds; -1 where there are none.
    earlier = last = -1
    earlier_bits = last_bits = 0
    at = start
    last_at = start
    while at < end:
        code = byte(text, at)
        behind = at + 1
        if code >= 0x80:
            code, behind = decode(text, at)
        bits = np.int64(kinds[np.uint64(code)])
        if code == 32:
            blank = True
        # Inside words and at their edges there is nothing to see: most of the text.
        if (bits & WORD_BITS or code == 32) and (last_bits & WORD_BITS or last == 32):
            earlier, earlier_bits = last, last_bits
            last, last_bits, last_at = code, bits, at
            at = behind
            continue
        if bits & BLANK:
            blank = True
        if code in _COMMAS:
            found |= COMMA
        elif code in _QUOTES:
            found |= QUOTE
        elif code == _COPYRIGHT:
            found |= COPYRIGHT
        elif code == 64 or (code == 47 and last == 47 and earlier == 58):
            found |= ADDRESS
        if earlier >= 0:
            if last == 124 or (earlier_bits & bits & BLANK and last in _SEPARATORS):
                found |= SEPARATOR
            if (last == 58 or last == 47) and _is_digit(earlier) and _is_digit(code):
                found |= DATE
            if (last == 46 or last == 47) and earlier_bits & WORD_BITS and bits & WORD_BITS:
                dotted = True
            if before_colon == 0 and (last == _WIDE_COLON or (last == 58 and bits & BLANK)):
                count = 0
                for word in range(first_word, last_word):
                    count += begins[word] < last_at
                before_colon = count if count <= LABEL_WORDS else -1
        if last == 35 and bits & WORD_BITS and (earlier < 0 or earlier_bits & BLANK):
            found |= ADDRESS
        earlier, earlier_bits = last, last_bits
        last, last_bits, last_at = code, bits, at
        at = behind
    for word in range(first_word, last_word):
        found |= _year_or_host(text, begins[word], end)
    if not blank and (found & ADDRESS or dotted):
        found |= BARE
    return found | (LABEL if before_colon > 0 else 0), before_colon


@part
def _year_or_host(text: NDArray[np.uint8], at: int, end: int) -> int:
    """DATE for a word that begins like 1999 or 2024, ADDRESS for one that goes on like www."""
    if at + 4 > end:
        return 0
    a, b, c, d = byte(text, at), byte(text, at + 1), byte(text, at + 2), byte(text, at + 3)
    if (a == 49 and b == 57) or (a == 50 and b == 48):
        if not (48 <= c <= 57 and 48 <= d <= 57):
            return 0
        return 0 if at + 4 < end and 48 <= byte(text, at + 4) <= 57 else DATE
    if d == 46 and (a | 32) == 119 and b == c and (b == 119 or (b == 87 and a == 87)):
        return ADDRESS
    return 0


@part
def _case(
    text: NDArray[np.uint8],
    end: int,
    kinds: NDArray[np.uint8],
    begins: NDArray[np.int64],
    first_word: int,
    last_word: int,
) -> int:
    upper = lower = 0
    for word in range(first_word, last_word):
        bits = kinds[np.uint64(decode(text, begins[word])[0])]
        upper += bits & UPPER != 0
        lower += bits & LOWER != 0
    code, behind = decode(text, begins[first_word])
    bits = kinds[np.uint64(code)]
    found = LOWER_FIRST if bits & LOWER else 0
    if upper + lower >= 2 and upper * 4 >= 3 * (upper + lower):
        found |= TITLE_CASE
    elif lower > 0 and lower >= upper:
        found |= LOWER_CASE
    if (
        last_word - first_word == 1
        and bits & WORD_BITS == SPACED
        and (behind >= end or not kinds[np.uint64(decode(text, behind)[0])] & WORD_BITS)
        and not _is_digit(code)
    ):
        found |= LETTER
    return found


@part
def _phrases(
    words: NDArray[np.uint64],
    first_word: int,
    last_word: int,
    weight: int,
    least: int,
    before_colon: int,
    cues: NDArray[np.uint64],
) -> int:
    """What cue phrases say, the longest taken first from left to right."""
    at = first_word
    covered = count = anywhere = begin = hold = 0
    while at + least <= last_word:
        if not _may_begin(words, at, last_word, least, cues):
            at += 1
            continue
        row = _phrase_at(words, at, last_word, least, cues)
        if row < 0:
            at += 1
            continue
        size = _number(cues, _number(cues, FILTER_SIZE + 1) + row + 1)
        size -= _number(cues, _number(cues, FILTER_SIZE + 1) + row)
        bits = _number(cues, _number(cues, FILTER_SIZE + 2) + row)
        anywhere |= bits
        if bits & BROAD or (at == first_word and before_colon == size):
            if at == first_word:
                begin |= bits
            else:
                hold |= bits
        for word in range(at, at + size):
            covered += WEIGHT_OF_WORD >> np.int64(words[word] & np.uint64(3))
        count += 1
        at += size
    if count == 0:
        return 0
    if covered * 2 >= weight:
        return WHOLE * (anywhere & ALL_KINDS)
    begin &= ALL_KINDS
    hold &= ALL_KINDS & ~begin
    several = SEVERAL if count > 1 else 0
    return BEGIN * begin | HOLD * hold | several


@part
def _number(cues: NDArray[np.uint64], at: int) -> int:
    return np.int64(cues[np.uint64(at)])


@part
def _may_begin(
    words: NDArray[np.uint64], at: int, last_word: int, least: int, cues: NDArray[np.uint64]
) -> bool:
    """Whether a phrase may begin with this word, or with this one and the next: rarely wrong."""
    hit = np.uint64(0)
    if at + 1 < last_word:
        place = (words[np.uint64(at)] * _PAIR ^ words[np.uint64(at + 1)]) >> _TO_FILTER
        hit = cues[place >> np.uint64(6)] >> (place & np.uint64(63))
    if least == 1:
        place = words[np.uint64(at)] >> _TO_FILTER
        hit |= cues[place >> np.uint64(6)] >> (place & np.uint64(63))
    return (hit & np.uint64(1)) != 0


@aside
def _phrase_at(
    words: NDArray[np.uint64], at: int, last_word: int, least: int, cues: NDArray[np.uint64]
) -> int:
    """The row of the longest phrase of so many words that begins with a word, or -1."""
    bounds, starts = _number(cues, FILTER_SIZE), _number(cues, FILTER_SIZE + 1)
    bucket = np.uint64(words[at] >> _TO_BUCKET) + np.uint64(BUCKETS)
    low, high = np.int64(cues[bucket]), np.int64(cues[bucket + np.uint64(1)])
    while low < high and cues[low] != words[at]:
        low += 1
    if low == high:
        return -1
    low += bounds - FIRSTS
    for row in range(_number(cues, low), _number(cues, low + 1)):
        start = _number(cues, starts + row)
        size = _number(cues, starts + row + 1) - start
        if size < least or at + size > last_word:
            continue
        same = 1
        while same < size and cues[start + same] == words[at + same]:
            same += 1
        if same == size:
            return row
    return -1
