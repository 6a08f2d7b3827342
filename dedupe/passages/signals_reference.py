"""Which signals a passage has, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

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
from dedupe.passages.characters import kind as kind_of
from dedupe.passages.cues import BROAD, by_first_word, phrases
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

if TYPE_CHECKING:
    from dedupe.passages.reference import Word

_kind = lru_cache(maxsize=4096)(kind_of)


def signals(
    text: str,
    start: int,
    end: int,
    words: Sequence[Word],
    flags: int,
    hash_word: Callable[[str, int], int],
) -> int:
    """The bits of one passage, ``text[start:end]``, of which these are the words."""
    weight = sum(word.weight for word in words)
    found = 1 << sum(weight >= least * WEIGHT_OF_WORD for least in LENGTHS)
    found |= _ending(text, start, end, flags) | _beginning(text, start, end)
    before_colon = 0
    if weight < SHORT_WEIGHT:
        shape, before_colon = _shape(text, start, end, words)
        found |= shape
    if weight < CASE_WEIGHT:
        found |= _case(text, words)
    if weight >= (PROSE_WEIGHT if flags & PROSE else PHRASES_WEIGHT):
        return found
    hashes = [hash_word(word.normal, word.weight) for word in words]
    least = 2 if flags & PROSE and weight >= SHORT_WEIGHT else 1
    return found | _phrases(hashes, [word.weight for word in words], weight, least, before_colon)


def _ending(text: str, start: int, end: int, flags: int) -> int:
    at = end - 1
    while at > start and _kind(text[at]) & (CLOSER | BLANK) and not _kind(text[at]) & STOP:
        at -= 1
    if _kind(text[at]) & STOP:
        if text[at] == "…" or (at - start >= 2 and text[at - 2 : at + 1] == "..."):
            return ELLIPSIS
        return QUESTION if text[at] in QUESTION_MARKS else SENTENCE
    inside = (INSIDE if flags & PROSE else 0) | (FIGURE if _is_digit(text[end - 1]) else 0)
    return inside | (COLON if text[end - 1] in ":：" else 0)


def _beginning(text: str, start: int, end: int) -> int:
    first = text[start]
    behind = text[start + 1 : min(start + 2, end)]
    if first in LIST_BULLETS and behind and (first > "\x7f" or _kind(behind) & BLANK):
        return BULLET
    # A bullet may stand alone on the line before.
    at = start
    newline = False
    while at > 0 and _kind(text[at - 1]) & BLANK:
        at -= 1
        newline = newline or text[at] in "\r\n"
    if newline and at > 0 and text[at - 1] in LONE_BULLETS and (at == 1 or _kind(text[at - 2]) & BLANK):
        return BULLET
    if first in "(§[（":
        return NUMBERED
    at = start
    while at < end and at - start < 3 and "0" <= text[at] <= "9":
        at += 1
    if at == start and _kind(first) & WORD_BITS == SPACED:
        at += 1
    return NUMBERED if start < at < end and text[at] in ".)" else 0


def _shape(text: str, start: int, end: int, words: Sequence[Word]) -> tuple[int, int]:
    """Bits that single characters give, and how many words stand before the first label's colon."""
    found = before_colon = 0
    blank = dotted = False
    before, last = "", ""
    for at in range(start, end):
        here = text[at]
        bits = _kind(here)
        blank = blank or bool(bits & BLANK)
        if here in COMMAS:
            found |= COMMA
        elif here in QUOTES:
            found |= QUOTE
        elif here == "©":
            found |= COPYRIGHT
        elif here == "@" or (here == "/" and last == "/" and before == ":"):
            found |= ADDRESS
        if before:
            if last == "|" or (last in SEPARATORS and _kind(before) & bits & BLANK):
                found |= SEPARATOR
            if last in ":/" and _is_digit(before) and _is_digit(here):
                found |= DATE
            if last in "./" and _kind(before) & WORD_BITS and bits & WORD_BITS:
                dotted = True
            if not before_colon and (last == "：" or (last == ":" and bits & BLANK)):
                count = sum(word.start < at - 1 for word in words)
                before_colon = count if count <= LABEL_WORDS else -1
        if last == "#" and bits & WORD_BITS and (not before or _kind(before) & BLANK):
            found |= ADDRESS
        before, last = last, here
    for word in words:
        held = text[word.start : min(word.start + 5, end)]
        if held[:2] in ("19", "20") and held[2:4].isdecimal() and held[:4].isascii() and len(held) > 3:
            found |= 0 if "0" <= held[4:] <= "9" else DATE
        elif held[:4] in ("www.", "WWW.", "Www."):
            found |= ADDRESS
    if not blank and (found & ADDRESS or dotted):
        found |= BARE
    return found | (LABEL if before_colon > 0 else 0), before_colon


def _is_digit(character: str) -> bool:
    return any(0 <= ord(character) - zero < 10 for zero in DIGITS)


def _case(text: str, words: Sequence[Word]) -> int:
    kinds = [_kind(text[word.start]) for word in words]
    upper = sum(bool(each & UPPER) for each in kinds)
    lower = sum(bool(each & LOWER) for each in kinds)
    found = LOWER_FIRST if kinds[0] & LOWER else 0
    if upper + lower >= 2 and upper * 4 >= 3 * (upper + lower):
        found |= TITLE_CASE
    elif lower > 0 and lower >= upper:
        found |= LOWER_CASE
    only = words[0]
    if len(words) == 1 and only.end - only.start == 1 and kinds[0] & WORD_BITS == SPACED:
        found |= 0 if _is_digit(text[only.start]) else LETTER
    return found


def _phrases(
    hashes: Sequence[int], weights: Sequence[int], weight: int, least: int, before_colon: int
) -> int:
    """What cue phrases say, the longest taken first from left to right."""
    every, of_first = phrases(), by_first_word()
    at = covered = count = anywhere = begin = hold = 0
    while at < len(hashes):
        for phrase in of_first.get(hashes[at], ()):
            if len(phrase) < least:
                continue
            if tuple(hashes[at : at + len(phrase)]) == phrase:
                break
        else:
            at += 1
            continue
        bits, size = every[phrase], len(phrase)
        anywhere |= bits
        if bits & BROAD or (at == 0 and before_colon == size):
            if at == 0:
                begin |= bits
            else:
                hold |= bits
        covered += sum(weights[at : at + size])
        count += 1
        at += size
    if covered * 2 >= weight:
        return WHOLE * (anywhere & ALL_KINDS)
    begin &= ALL_KINDS
    hold &= ALL_KINDS & ~begin
    several = SEVERAL if count > 1 else 0
    return BEGIN * begin | HOLD * hold | several
