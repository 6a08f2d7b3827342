"""What interrupts running text: "[Gambas:Video 20detik]", "SCROLL TO CONTINUE WITH CONTENT".

Where newlines were lost, or a scraper joined its pieces, the furniture of a page stands inside the
sentences. Which of these stretches are furniture is for the corpus to say; here is only what could
be: something in square brackets, and some words in capitals, in a passage that has more to say.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside
from dedupe.passages.characters import LOWER, NO_WORD, UPPER, WORD_BITS, kind
from dedupe.passages.normalisation import byte, decode
from dedupe.passages.reference import Word

CAPITALS_FROM: Final = 3
"""Words in capitals, at least,"""
MOST_WORDS: Final = 10
"""and at most; the same for what stands in brackets."""
BRACKETS_WITHIN: Final = 96
"""Bytes from one bracket to the other, at most."""
MARKER_COLUMNS: Final = 6
"""Row of the passage; first word and number of words in it; first byte in it and the one behind; how
many of the words stand before a colon."""


class Marker(NamedTuple):
    """A stretch of a passage, in words and in code points of the passage."""

    first: int
    words: int
    start: int
    end: int
    label: int
    """Words in brackets before a colon; 0 without one."""


def markers_of(text: str, words: tuple[Word, ...]) -> list[Marker]:
    """What interrupts a passage; the reference.

    Args:
        text: of the passage.
        words: of it, their places counted from its start.
    """
    found = []
    at = 0
    while at < len(words):
        marker = _in_brackets(text, words, at)
        if marker is None:
            count = _in_capitals(text, words, at)
            marker = Marker(at, max(count, 1), words[at].start, words[at + max(count, 1) - 1].end, 0)
            held = CAPITALS_FROM <= count <= MOST_WORDS
        else:
            held = True
        if held and marker.words < len(words):
            found.append(marker)
        at += marker.words
    return found


def _in_brackets(text: str, words: tuple[Word, ...], at: int) -> Marker | None:
    """From a bracket right before a word to the next one; not the text of a link."""
    opens = words[at].start - 1
    if opens < 0 or text[opens] != "[" or text[opens - 1 : opens] in ("!", "]"):
        return None
    closes = text.find("]", opens)
    inside = text[opens + 1 : closes]
    if closes < 0 or len(text[opens:closes].encode()) > BRACKETS_WITHIN or set(inside) & set("[\n\r"):
        return None
    count = sum(word.start < closes for word in words[at:])
    figures = all(text[word.start] in "0123456789" for word in words[at : at + count])
    if count > MOST_WORDS or figures or text[closes + 1 : closes + 2] == "(":
        return None
    colon = text.find(":", opens, closes)
    label = sum(word.start < colon for word in words[at : at + count])
    return Marker(at, count, opens, closes + 1, label)


def _in_capitals(text: str, words: tuple[Word, ...], at: int) -> int:
    """How many words in capitals follow each other from here with nothing but blanks between."""
    count = 0
    while at + count < len(words) and _is_in_capitals(text, words[at + count]):
        if count and text[words[at + count - 1].end : words[at + count].start].strip(" "):
            break
        count += 1
    return count


def _is_in_capitals(text: str, word: Word) -> bool:
    bits = [kind(character) for character in text[word.start : word.end]]
    return bool(bits[0] & UPPER) and not any(each & LOWER for each in bits)


@aside
def _end_in_capitals(text: NDArray[np.uint8], at: int, end: int, kinds: NDArray[np.uint8]) -> int:
    """The byte behind a word that is in capitals; -1 where it is not."""
    if kinds[decode(text, at)[0]] & UPPER == 0:
        return -1
    while at < end:
        code, following = decode(text, at)
        bits = kinds[code]
        if bits & WORD_BITS == NO_WORD:
            break
        if bits & LOWER:
            return -1
        at = following
    return at


@aside
def markers(
    text: NDArray[np.uint8],
    start: int,
    end: int,
    kinds: NDArray[np.uint8],
    begins: NDArray[np.int64],
    first: int,
    last: int,
    passage: int,
    found: NDArray[np.int64],
    count: int,
) -> int:
    """Write the markers of a passage to rows of ``found`` from ``count`` on; the number of rows then.

    The passage is the byte range whose words begin at ``begins[first:last]``; places count from it.
    """
    at = first
    while at < last:
        here = begins[at]
        step = 1
        if here > start and byte(text, here - 1) == 91:
            opens = here - 1
            closes = here
            colon = -1
            while closes < end and closes - opens <= BRACKETS_WITHIN:
                held = byte(text, closes)
                if held == 93 or held == 91 or held == 10 or held == 13:
                    break
                if held == 58 and colon < 0:
                    colon = closes
                closes += 1
            words = label = 0
            figures = True
            while at + words < last and begins[at + words] < closes and words <= MOST_WORDS:
                figures = figures and 48 <= byte(text, begins[at + words]) <= 57
                label += begins[at + words] < colon
                words += 1
            preceded = opens > start and (byte(text, opens - 1) == 33 or byte(text, opens - 1) == 93)
            if (
                closes < end
                and closes - opens <= BRACKETS_WITHIN
                and byte(text, closes) == 93
                and words <= MOST_WORDS
                and not figures
                and not preceded
                and not (closes + 1 < end and byte(text, closes + 1) == 40)
            ):
                if words < last - first:
                    found[count, 0] = passage
                    found[count, 1] = at - first
                    found[count, 2] = words
                    found[count, 3] = opens - start
                    found[count, 4] = closes + 1 - start
                    found[count, 5] = label
                    count += 1
                at += words
                continue
        lead = byte(text, here)
        # Most words begin with a small letter: seen without a call.
        capital = 65 <= lead <= 90 or lead >= 0xC3
        behind = _end_in_capitals(text, here, end, kinds) if capital else -1
        if behind >= 0:
            words = 1
            while at + words < last:
                between = begins[at + words]
                while between > behind and byte(text, between - 1) == 32:
                    between -= 1
                if between != behind:
                    break
                further = _end_in_capitals(text, begins[at + words], end, kinds)
                if further < 0:
                    break
                behind = further
                words += 1
            if CAPITALS_FROM <= words <= MOST_WORDS and words < last - first:
                found[count, 0] = passage
                found[count, 1] = at - first
                found[count, 2] = words
                found[count, 3] = here - start
                found[count, 4] = behind - start
                found[count, 5] = 0
                count += 1
            step = words
        at += step
    return count
