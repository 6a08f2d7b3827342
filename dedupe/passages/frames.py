"""The constant part that a line may have: what stands before its first mark, and after its last.

"Baca Juga: ‹…›", "JAKARTA, KOMPAS.com – ‹…›", "Photo: ‹…› / Getty". Which of them are templates is
for the corpus to say; here is only where a line could be cut. A frame is one number, so that the
columns of passages stay few: see ``Frame``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside, part

COLON: Final = 1
BAR: Final = 2
DASH: Final = 3
LINK: Final = 4
"""Between the text and the address of a link in Markdown that begins the line."""
HEAD_WINDOW: Final = 96
"""Bytes in which the first mark has to begin,"""
TAIL_WINDOW: Final = 64
"""and bytes before the end in which the last one has to."""
HEAD_WORDS: Final = 10
TAIL_WORDS: Final = 6
"""Words of a frame, at most."""

_COLON: Final = re.compile(rb":(?![/0-9])|\xef\xbc\x9a")
_BAR: Final = re.compile(rb"\||\xc2\xbb|\xe2\x80\xba")
_DASH: Final = re.compile(rb" (?:--?|\xe2\x80[\x93\x94]) ")
_LINK: Final = re.compile(rb"(?:[*-] )?!?\[[^\[\]]*\]\(")
_SLASH: Final = re.compile(rb" / ")
_DIGITS: Final = b"0123456789"


LEADS: Final = 3
"""Passages at the top of a document, whose sentences may follow a dateline."""
_BEFORE_LINKS: Final = b"[!*-"
_LINK_BYTES: Final = tuple(_BEFORE_LINKS)


class Frame(NamedTuple):
    """Where a line could be cut; all 0 where it could not."""

    head_words: int = 0
    """Words before the first mark,"""
    head_bytes: int = 0
    """and bytes up to behind it."""
    head_mark: int = 0
    """COLON, BAR, DASH or LINK."""
    textual: int = 0
    """1 where what follows the head is not figures alone."""
    tail_words: int = 0
    """Words behind the last mark,"""
    tail_bytes: int = 0
    """and bytes from it to the end; blanks beside a mark are the filling's."""


_PLACES: Final = (0, 8, 24, 28, 32, 40)
_WIDTHS: Final = (8, 16, 4, 4, 8, 16)


def packed(frame: Frame) -> int:
    """A frame as one number."""
    return sum(value << place for value, place in zip(frame, _PLACES, strict=True))


def unpacked(numbers: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """The columns of ``Frame`` from (p,) packed ones."""
    return tuple(
        numbers >> place & (1 << width) - 1 for place, width in zip(_PLACES, _WIDTHS, strict=True)
    )


def frame_of(passage: bytes, begins: list[int]) -> Frame:
    """The frame of a passage in UTF-8, its words beginning at these bytes; the reference."""
    marks = {COLON: _COLON, BAR: _BAR, DASH: _DASH}
    first = min(
        (
            (found.start(), mark, found.end())
            for mark, pattern in marks.items()
            for found in _overlapping(pattern, passage[: HEAD_WINDOW + 4], 0)
            if found.start() < HEAD_WINDOW and not _inside_brackets(passage[: found.start()])
        ),
        default=None,
    )
    link = _LINK.match(passage)
    if link and link.end() - 2 < HEAD_WINDOW:
        first = (link.end() - 2, LINK, link.end())
    frame = Frame()
    if first:
        at, mark, behind = first
        before = sum(begin < at for begin in begins)
        behind -= mark == DASH
        if 0 < before <= HEAD_WORDS and before < len(begins) and _named(passage, begins[:before]):
            textual = any(passage[begin] not in _DIGITS for begin in begins[before:])
            frame = frame._replace(
                head_words=before, head_bytes=behind, head_mark=mark, textual=int(textual)
            )
    floor = max(len(passage) - TAIL_WINDOW, 0)
    last = max(
        (
            (found.start(), found.end())
            for pattern in (_BAR, _DASH, _SLASH)
            for found in _overlapping(pattern, passage, floor)
        ),
        default=None,
    )
    if last:
        after = sum(begin >= last[1] for begin in begins)
        if 0 < after <= TAIL_WORDS and after < len(begins) and _named(passage, begins[-after:]):
            frame = frame._replace(
                tail_words=after, tail_bytes=len(passage) - last[0] - (passage[last[0]] == 32)
            )
    return frame


@part
def may_have_one(number: int, prose: bool, first: int) -> bool:
    """Whether a frame is looked for: in sentences, only where a dateline or a link may begin them.

    Args:
        number: of the passage in its document, from 0.
        prose: it is running prose.
        first: its first byte.
    """
    return not prose or number < LEADS or first in _LINK_BYTES


def _named(passage: bytes, begins: list[int]) -> bool:
    """Whether these words are not all figures: a score is no frame."""
    return any(passage[begin] not in _DIGITS for begin in begins)


def _inside_brackets(before: bytes) -> bool:
    """Whether brackets are open: what stands in them is cut nowhere."""
    depth = 0
    for byte in before:
        depth = depth + 1 if byte in b"([" else max(depth - 1, 0) if byte in b")]" else depth
    return depth > 0


def _overlapping(pattern: re.Pattern[bytes], passage: bytes, floor: int) -> list[re.Match[bytes]]:
    """Every match from a byte on: one may begin inside another."""
    places = range(floor, len(passage))
    return [found for place in places if (found := pattern.match(passage, place))]


@aside
def _mark(text: NDArray[np.uint8], at: int, end: int) -> tuple[int, int]:
    """The mark that begins at a byte and the byte behind it; (0, 0) where none does, 4 for a slash."""
    byte = text[at]
    left = end - at
    if byte == 58:
        if left > 1 and (text[at + 1] == 47 or 48 <= text[at + 1] <= 57):
            return 0, 0
        return 1, at + 1
    if byte == 124:
        return 2, at + 1
    if byte == 32 and left > 2:
        if text[at + 1] == 47:
            return (4, at + 3) if text[at + 2] == 32 else (0, 0)
        if text[at + 1] == 45:
            if text[at + 2] == 32:
                return 3, at + 3
            return (3, at + 4) if left > 3 and text[at + 2] == 45 and text[at + 3] == 32 else (0, 0)
        if (
            left > 4
            and text[at + 1] == 0xE2
            and text[at + 2] == 0x80
            and (text[at + 3] == 0x93 or text[at + 3] == 0x94)
            and text[at + 4] == 32
        ):
            return 3, at + 5
        return 0, 0
    if byte == 0xC2 and left > 1 and text[at + 1] == 0xBB:
        return 2, at + 2
    if byte == 0xE2 and left > 2 and text[at + 1] == 0x80 and text[at + 2] == 0xBA:
        return 2, at + 3
    if byte == 0xEF and left > 2 and text[at + 1] == 0xBC and text[at + 2] == 0x9A:
        return 1, at + 3
    return 0, 0


@aside
def _not_figures(text: NDArray[np.uint8], begins: NDArray[np.int64], first: int, last: int) -> bool:
    """Whether any of these words begins with something else than a digit."""
    named = False
    for word in range(first, last):
        named = named or not 48 <= text[begins[word]] <= 57
    return named


@aside
def _link(text: NDArray[np.uint8], start: int, end: int) -> int:
    """Where the text of a link that begins the line ends; -1 where none does before ``end``."""
    at = start
    if end - at > 2 and (text[at] == 42 or text[at] == 45) and text[at + 1] == 32:
        at += 2
    if at < end and text[at] == 33:
        at += 1
    if at >= end or text[at] != 91:
        return -1
    for place in range(at + 1, end - 1):
        if text[place] == 93:
            return place if text[place + 1] == 40 else -1
        if text[place] == 91:
            return -1
    return -1


@aside
def frame(
    text: NDArray[np.uint8], start: int, end: int, begins: NDArray[np.int64], first: int, last: int
) -> int:
    """``packed(frame_of(...))`` of a byte range whose words begin at ``begins[first:last]``."""
    found = 0
    link = _link(text, start, min(end, start + HEAD_WINDOW + 1))
    depth = 0
    # Behind so many words a mark cuts nothing; the first one before is all there is to look for.
    stop = min(end, start + HEAD_WINDOW)
    if last - first > HEAD_WORDS:
        stop = min(stop, begins[first + HEAD_WORDS])
    for at in range(start, stop):
        byte = text[at]
        if link >= 0 and at < link:
            continue
        if byte == 40 or byte == 91:
            depth += 1
        elif depth > 0 and (byte == 41 or byte == 93):
            depth -= 1
        if at != link and (depth > 0 or (byte != 32 and byte != 58 and byte != 124 and byte < 0xC2)):
            continue
        if byte == 32 and (at + 1 == end or (text[at + 1] != 45 and text[at + 1] < 0xC2)):
            continue
        mark, behind = _mark(text, at, end)
        if at == link:
            mark, behind = LINK, at + 2
        elif mark == 0 or mark == 4:
            continue
        before = 0
        while first + before < last and begins[first + before] < at and before <= HEAD_WORDS:
            before += 1
        behind -= mark == 3
        if (
            0 < before <= HEAD_WORDS
            and first + before < last
            and _not_figures(text, begins, first, first + before)
        ):
            textual = 1 if _not_figures(text, begins, first + before, last) else 0
            found |= before | (behind - start) << 8 | mark << 24 | textual << 28
        break
    at = end - 1
    stop = max(start, end - TAIL_WINDOW)
    if last - first > TAIL_WORDS:
        stop = max(stop, begins[last - TAIL_WORDS - 1])
    while at >= stop:
        byte = text[at]
        if (byte != 32 and byte != 124 and byte < 0xC2) or (
            byte == 32
            and (at + 1 == end or (text[at + 1] != 45 and text[at + 1] != 47 and text[at + 1] < 0xC2))
        ):
            at -= 1
            continue
        mark, behind = _mark(text, at, end)
        if mark >= 2:
            after = 0
            while last - after > first and begins[last - after - 1] >= behind and after <= TAIL_WORDS:
                after += 1
            if (
                0 < after <= TAIL_WORDS
                and after < last - first
                and _not_figures(text, begins, last - after, last)
            ):
                blank = 1 if text[at] == 32 else 0
                found |= after << 32 | (end - at - blank) << 40
            break
        at -= 1
    return found
