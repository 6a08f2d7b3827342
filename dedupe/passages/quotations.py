"""Which words of a text stand in quotation marks, or in lines that begin with ">".

The loops are written once, over code points: the kernel and the reference share them, and differ in
how they come by these.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel, part
from dedupe.passages.characters import BLANK, MARK, NO_WORD, SPACED, STOP, WORD_BITS
from dedupe.passages.characters import kind as kind_of
from dedupe.passages.normalisation import decode

WINDOW: Final = 4000
"""Bytes around a place in which its paragraph is looked for."""
_EFFORT: Final = 16
"""Characters looked at for each of a place, at most, in search of closing marks."""


@kernel
def quoted_words(
    text: NDArray[np.uint8],
    lows: NDArray[np.int64],
    highs: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    least: float,
    counts: NDArray[np.int64],
    places: NDArray[np.int64],
    marks: NDArray[np.uint8],
) -> None:
    """Count the words of stretches, and those that are quoted.

    Args:
        text: (b,) valid UTF-8.
        lows: (n,) and
        highs: (n,): where the document of each stretch begins and ends.
        starts: (n,) and
        ends: (n,): the stretch itself.
        kinds: ``characters.tables().kinds``.
        least: share of quoted words below which counting may stop.
        counts: out, (n, 3): words, quoted ones, and whether the line before ends with a colon.
        places: (n,): where the words of each stretch begin in
        marks: out, (m,): whether each word is quoted; may be empty.
    """
    longest = 0
    for row in range(starts.size):
        longest = max(longest, ends[row] - starts[row])
    codes = np.empty(longest + 2 * WINDOW + 1, np.int64)
    for row in range(starts.size):
        at = window_start(text, lows[row], starts[row])
        last = ends[row]
        held = least == 0.0 or may_quote(text, at, last)
        if held:
            last = window_end(text, last, highs[row])
        count = 0
        first = behind = -1
        while held and at < last:
            if at >= starts[row] and first < 0:
                first = count
            if at >= ends[row] and behind < 0:
                behind = count
            codes[count], at = decode(text, at)
            # A character that the window cuts is not in it.
            count += at <= last
        first = count if first < 0 else first
        behind = count if behind < 0 else behind
        # Of a stretch without a mark counting stops at its first word.
        counts[row, 0] = 1
        if held:
            counts[row, 0], counts[row, 1] = count_quoted(
                codes, count, first, behind, kinds, least, places[row], marks
            )
        at = starts[row] - 1
        while at >= lows[row] and (text[at] == 32 or text[at] == 10 or text[at] == 13 or text[at] == 9):
            at -= 1
        # Also the full-width colon, whose last byte is 9A.
        counts[row, 2] = at >= lows[row] and (
            text[at] == 58
            or (
                at >= lows[row] + 2
                and text[at] == 0x9A
                and text[at - 1] == 0xBC
                and text[at - 2] == 0xEF
            )
        )


@part
def may_quote(text: NDArray[np.uint8], first: int, last: int) -> bool:
    """Whether a byte between two places could begin a mark that opens a quotation."""
    for at in range(first, last):
        byte = text[at]
        if byte == 0x22 or byte == 0x27:
            before = text[at - 1] | 0x20 if at > first else 0
            if not (97 <= before <= 122 or 48 <= before <= 57):
                return True
        elif byte == 0x3E or byte == 0xC2 or byte == 0xE3 or byte == 0xEF:
            return True
        elif byte == 0xE2 and at + 2 < last:
            # Anything but ’ and dashes of the block.
            low = text[at + 2]
            if text[at + 1] == 0x80 and low >= 0x98 and low != 0x99:
                return True
    return False


@part
def window_start(text: NDArray[np.uint8], low: int, start: int) -> int:
    """Where the paragraph of a place begins: behind an empty line, at most ``WINDOW`` bytes before."""
    at = start
    floor = max(low, start - WINDOW)
    newlines = 0
    while at > floor:
        byte = text[at - 1]
        if byte == 10:
            newlines += 1
            if newlines == 2:
                return at
        elif byte != 13 and byte != 32 and byte != 9:
            newlines = 0
        at -= 1
    while at > low and text[at] & 0xC0 == 0x80:
        at -= 1
    return at


@part
def window_end(text: NDArray[np.uint8], end: int, high: int) -> int:
    """Where the paragraph of a place ends: before an empty line, at most ``WINDOW`` bytes behind."""
    at = end
    ceiling = min(high, end + WINDOW)
    newlines = 0
    while at < ceiling:
        byte = text[at]
        if byte == 10:
            newlines += 1
            if newlines == 2:
                return at
        elif byte != 13 and byte != 32 and byte != 9:
            newlines = 0
        at += 1
    return at


@part
def count_quoted(
    codes: NDArray[np.int64],
    size: int,
    first: int,
    last: int,
    kinds: NDArray[np.uint8],
    least: float,
    place: int,
    marks: NDArray[np.uint8],
) -> tuple[int, int]:
    """Words that begin from one place to another among code points, and those of them quoted.

    Stops where the words left, at most one to two characters, cannot make up for those not quoted.
    """
    total = inside = until = 0
    opens_line = True
    in_word = spaced = False
    effort = _EFFORT * size
    for at in range(last):
        code = codes[at]
        bits = kinds[code]
        begun = bits & WORD_BITS
        if code == 10 or code == 13:
            opens_line = True
        elif at >= until and begun == NO_WORD:
            if opens_line and code == 62:
                until = at
                while until < size and codes[until] != 10 and codes[until] != 13:
                    until += 1
            else:
                until, effort = closing(codes, size, at, kinds, opens_line, effort)
        if begun == NO_WORD:
            in_word = False
        elif not (in_word and (begun == MARK or (spaced and begun == SPACED))):
            in_word = True
            spaced = begun <= MARK
            if at >= first:
                if place + total < marks.size:
                    marks[place + total] = at < until
                total += 1
                inside += at < until
                if total - inside > (1.0 - least) * (total + (last - at) // 2):
                    break
        if bits & BLANK == 0:
            opens_line = False
    return total, inside


@part
def _closers(code: int) -> tuple[int, int]:
    """The marks that close what a mark opens; 0 for none."""
    one = two = 0
    if code == 0x22 or code == 0xFF02 or code == 0x27:
        one = code
    elif code == 0x201C or code == 0x201F or code == 0x201D:
        one = 0x201D
    elif code == 0x201E:
        one, two = 0x201C, 0x201D
    elif code == 0x2018:
        one = 0x2019
    elif code == 0x201A:
        one, two = 0x2018, 0x2019
    elif code == 0xAB:
        one = 0xBB
    elif code == 0xBB:
        one, two = 0xAB, 0xBB
    elif code == 0x2039:
        one = 0x203A
    elif code == 0x203A:
        one = 0x2039
    elif code == 0x300C or code == 0x300E or code == 0xFF62:
        one = code + 1
    elif code == 0x301D:
        one, two = 0x301E, 0x301F
    return one, two


@part
def closing(
    codes: NDArray[np.int64], size: int, at: int, kinds: NDArray[np.uint8], opens_line: bool, effort: int
) -> tuple[int, int]:
    """Where the quotation ends that a character opens, 0 if it opens none, and the effort left.

    One that opens a line and is closed nowhere in its paragraph lasts to the end of the line: of a
    quotation of several paragraphs each opens it anew, and only the last closes it.
    """
    code = codes[at]
    one, two = _closers(code)
    if one == 0:
        return 0, effort
    before = codes[at - 1] if at > 0 else 10
    behind = codes[at + 1] if at + 1 < size else 10
    single = code == 0x27 or code == 0x2018 or code == 0x201A
    same = code in (one, two)
    if same or single:
        # The same mark opens and closes: it opens in front of something, and not behind a word.
        if kinds[before] & WORD_BITS != NO_WORD or kinds[before] & STOP or before == 44:
            return 0, effort
        if kinds[behind] & BLANK or (single and kinds[behind] & WORD_BITS == NO_WORD):
            return 0, effort
    depth = 0
    fresh = False
    newline = size
    to = at + 1
    while to < size and effort > 0:
        effort -= 1
        here = codes[to]
        following = codes[to + 1] if to + 1 < size else 10
        if here == 10:
            newline = min(newline, to)
            if fresh:
                break
            fresh = True
        elif here in (one, two):
            if same and (kinds[codes[to - 1]] & BLANK) and not kinds[following] & BLANK:
                # It opens the next one: this one was never closed.
                break
            if not single or kinds[following] & WORD_BITS == NO_WORD:
                if depth == 0:
                    return to, effort
                depth -= 1
            fresh = False
        elif here == code:
            depth += not fresh
            fresh = False
        elif not kinds[here] & BLANK:
            fresh = False
        to += 1
    if opens_line and kinds[behind] & BLANK == 0:
        return min(newline, size), effort
    return 0, effort


class _Kinds:
    """``characters.tables().kinds`` without its table."""

    def __getitem__(self, code: int) -> int:
        return _kind(code)


@lru_cache(maxsize=4096)
def _kind(code: int) -> int:
    return kind_of(chr(code))


def quoted_words_plain(
    text: bytes,
    lows: list[int],
    highs: list[int],
    starts: list[int],
    ends: list[int],
    least: float,
    places: list[int],
    marks: NDArray[np.uint8],
) -> list[tuple[int, int, bool]]:
    """The reference of ``quoted_words``."""
    found = []
    data = np.frombuffer(text, np.uint8)
    for low, high, start, end, place in zip(lows, highs, starts, ends, places, strict=True):
        opens, closes = window_start(data, low, start), window_end(data, end, high)
        before = text[opens:start].decode()
        held = text[start:end].decode()
        # A character may be cut where the window ends.
        after = text[end:closes].decode(errors="ignore")
        codes = [ord(each) for each in before + held + after]
        first = len(before)
        total, inside = 1, 0
        if least == 0.0 or may_quote(data, opens, end):
            arguments = (len(codes), first, first + len(held), _Kinds(), least, place, marks)
            total, inside = count_quoted(codes, *arguments)  # type: ignore[arg-type]
        colon = text[low:start].decode().rstrip(" \n\r\t")[-1:] in (":", "：")
        found.append((total, inside, colon))
    return found
