"""What of a place can go so that no half sentence is left: whole lines, whole sentences, markers.

Sentence ends are told more carefully here than where texts are cut into passages. There a wrong one
costs nothing; here it would leave half a sentence behind.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from dedupe.passages.characters import (
    BLANK,
    BULLETS,
    CLOSER,
    LOWER,
    MARK,
    NO_WORD,
    SPACED,
    STOP,
    STOPS_WITHOUT_SPACE,
    UPPER,
    WORD_BITS,
    kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_kind = lru_cache(maxsize=4096)(kind)

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_ABBREVIATION: Final = 5
"""A capitalised word of at most so many letters before a full stop may be an abbreviation."""
_NUMBER: Final = 3
"""And a number of at most so many digits that of an item of a list."""
_SMALL_ABBREVIATIONS: Final = frozenset(
    [
        "al",
        "approx",
        "art",
        "bzw",
        "ca",
        "cf",
        "col",
        "dll",
        "dsb",
        "ed",
        "eds",
        "eq",
        "est",
        "etc",
        "ex",
        "fig",
        "figs",
        "hal",
        "hlm",
        "jl",
        "no",
        "nr",
        "ph",
        "pp",
        "resp",
        "sec",
        "sect",
        "st",
        "tel",
        "tgl",
        "vol",
        "vs",
    ]
)
_BRACKETS: Final = {
    "[": "]",
    "(": ")",
    "{": "}",
    "<": ">",
    "【": "】",
    "［": "］",
    "（": "）",
    "〔": "〕",
}
_PAIRS: Final = ("“”", "«»", "()", "[]", "{}", "「」", "『』", "【】", "（）")
_DASHES: Final = "-–—―:|»›>•·/："
"""What a frame ends with before the sentence it stands in front of."""
_BARS: Final = "|/»›•·／｜"
"""What parts a line into pieces of their own; a dash may stand inside a sentence."""
_OPENERS: Final = "\"'“‘«‹„‚(["
Range = tuple[int, int]


@dataclass(slots=True)
class Lines:
    """The lines of a text."""

    text: str
    starts: list[int] = field(init=False)
    ends: list[int] = field(init=False)
    """Where each ends, its line end not included."""

    def __post_init__(self) -> None:
        found = [match.span() for match in _LINE_END.finditer(self.text)]
        self.starts = [0, *(end for _, end in found)]
        self.ends = [*(start for start, _ in found), len(self.text)]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, place: int) -> int:
        """The line a character is in."""
        return bisect_right(self.starts, place) - 1

    def stripped(self, line: int) -> Range:
        """A line without the blanks at both ends."""
        return stripped(self.text, self.starts[line], self.ends[line])

    def is_bullet(self, line: int) -> bool:
        """Whether it holds one bullet and nothing else."""
        start, end = self.stripped(line)
        return end - start == 1 and self.text[start] in BULLETS

    def is_blank(self, line: int) -> bool:
        """Whether nothing can be seen on it."""
        start, end = self.stripped(line)
        return start == end


def stripped(text: str, start: int, end: int) -> Range:
    """A stretch without the blanks at both ends."""
    while start < end and _kind(text[start]) & BLANK:
        start += 1
    while end > start and _kind(text[end - 1]) & BLANK:
        end -= 1
    return start, end


def removable(lines: Lines, start: int, end: int, *, furniture: bool) -> list[Range] | None:
    """What goes of a place, line by line, without line ends; None if it would leave half a sentence.

    Args:
        lines: of the document.
        start: of the place.
        end: behind it.
        furniture: whether it was never written for the article: then a line is a unit by itself, and
            a marker or a frame may go from within one.
    """
    text = lines.text
    start, end = stripped(text, max(start, 0), min(end, len(text)))
    if start >= end:
        return []
    first, last = lines.at(start), lines.at(end - 1)
    ranges = []
    for line in range(first, last + 1):
        line_start, line_end = lines.stripped(line)
        low, high = max(start, line_start), min(end, line_end)
        if low >= high:
            continue
        if (low, high) == (line_start, line_end):
            ranges.append((low, high))
            continue
        part = _inside(text, line_start, line_end, low, high, furniture=furniture)
        if part is None:
            return None
        ranges.append(part)
    if not furniture and (_goes_on_before(lines, first, start) or _goes_on_behind(lines, last, end)):
        return None
    return ranges


def _inside(
    text: str, line_start: int, line_end: int, start: int, end: int, *, furniture: bool
) -> Range | None:
    """A part of a line with the blanks that go with it; None if it is not whole sentences."""
    marker = furniture and _is_marker(text, start, end)
    if not marker:
        opens = start == line_start or ends_sentence(text, line_start, start, line_end)
        if furniture and end == line_end:
            opens = opens or _is_tail(text, start)
        closes = end == line_end or ends_sentence(text, line_start, end, line_end)
        if furniture and opens and not closes:
            closes = _is_frame(text, start, end, line_end)
        if not (opens and closes and _is_balanced(text, start, end)):
            return None
    after = end
    while after < line_end and _kind(text[after]) & BLANK:
        after += 1
    before = start
    while before > line_start and _kind(text[before - 1]) & BLANK:
        before -= 1
    if after == line_end:
        return before, end
    if before < start and after == end and _kind(text[end]) & WORD_BITS == NO_WORD:
        return (start, end) if text[end] in _OPENERS else (before, end)
    if before == line_start or before < start:
        return start, after
    if after > end:
        return start, end  # a blank is left between the two sides
    return (start, end) if _may_touch(text[start - 1], text[end]) else None


def ends_sentence(text: str, start: int, at: int, end: int) -> bool:
    """Whether a sentence surely ends before a place inside a line (``start`` to ``end``)."""
    spaceless = blank = False
    place = at
    while place > start and _kind(text[place - 1]) & BLANK:
        place -= 1
        blank = True
    behind = place
    stop = -1
    while place > start and _kind(text[place - 1]) & (STOP | CLOSER):
        place -= 1
        if _kind(text[place]) & STOP:
            stop = place
            spaceless = spaceless or text[place] in STOPS_WITHOUT_SPACE
    if stop < 0:
        return False
    following = at
    while following < end and _kind(text[following]) & BLANK:
        following += 1
        blank = True
    if following == end or spaceless:
        return True
    if not blank or _kind(text[following]) & (LOWER | STOP):
        return False
    opened = following
    while opened < end and text[opened] in _OPENERS:
        opened += 1
    if opened < end and _kind(text[opened]) & LOWER:
        return False
    # "Prof. Smith", "p. 5", "U.S. Army": a full stop alone, behind what may be short for something.
    return behind - place > 1 or text[stop] != "." or not _may_be_short(text, start, stop)


def _may_be_short(text: str, start: int, stop: int) -> bool:
    begin = stop
    while begin > start and _kind(text[begin - 1]) & WORD_BITS != NO_WORD:
        begin -= 1
    length = stop - begin
    word = text[begin:stop]
    if length == 0:
        return False
    if word.isdigit():
        return length <= _NUMBER
    if length == 1 or (length == 2 and begin > start and text[begin - 1] == "."):
        return True
    if word in _SMALL_ABBREVIATIONS:
        return True
    return length <= _ABBREVIATION and bool(_kind(text[begin]) & UPPER)


def _is_marker(text: str, start: int, end: int) -> bool:
    """Something in brackets of its own: ``[Gambas:Video 20detik]``."""
    close = _BRACKETS.get(text[start])
    if close is None or text[end - 1] != close:
        return False
    depth = 0
    for place in range(start, end):
        depth += (text[place] == text[start]) - (text[place] == close)
        if depth == 0:
            return place == end - 1
    return False


def _is_frame(text: str, start: int, end: int, line_end: int) -> bool:
    """Something in front of a sentence that begins behind it: a dateline, a call in capitals."""
    if not _kind(text[end]) & BLANK:
        return False  # it may be the first half of a word
    following = end
    while following < line_end and (_kind(text[following]) & BLANK or text[following] in _OPENERS):
        following += 1
    if following < line_end and _kind(text[following]) & LOWER:
        return False
    if text[end - 1] in _DASHES:
        return True
    bits = [_kind(character) for character in text[start:end]]
    capitals = sum(bool(each & UPPER) for each in bits)
    return capitals > 1 and not any(each & LOWER for each in bits)


def _is_tail(text: str, start: int) -> bool:
    """Something behind a bar at the end of a line, as in "Title | Name of the site"."""
    return text[start] in _BARS and bool(_kind(text[start - 1]) & BLANK)


def _is_balanced(text: str, start: int, end: int) -> bool:
    """Whether no quotation or bracket is opened in a stretch and closed outside it."""
    stretch = text[start:end]
    if stretch.count('"') % 2:
        return False
    return all(stretch.count(pair[0]) == stretch.count(pair[1]) for pair in _PAIRS)


def _may_touch(left: str, right: str) -> bool:
    """Whether two characters that come to stand side by side stay what they were."""
    if left in STOPS_WITHOUT_SPACE:
        return True
    spaced = (SPACED, MARK)
    return not (_kind(left) & WORD_BITS in spaced or _kind(right) & WORD_BITS in spaced) and not (
        _kind(left) & STOP
    )


def _goes_on_before(lines: Lines, first: int, start: int) -> bool:
    """Whether a place begins in the middle of a sentence that the line before it began."""
    if first == 0 or start != lines.stripped(first)[0] or lines.is_blank(first - 1):
        return False
    low, high = lines.stripped(first - 1)
    return bool(_kind(lines.text[start]) & LOWER) and not _stops(lines.text, low, high)


def _goes_on_behind(lines: Lines, last: int, end: int) -> bool:
    """Whether a place ends in the middle of a sentence that the line behind it ends."""
    low, high = lines.stripped(last)
    if last + 1 == len(lines) or end != high or lines.is_blank(last + 1):
        return False
    following = lines.stripped(last + 1)[0]
    return bool(_kind(lines.text[following]) & LOWER) and not _stops(lines.text, low, high)


def _stops(text: str, start: int, end: int) -> bool:
    """Whether a stretch ends with a stop, quotes and brackets aside."""
    while end > start and _kind(text[end - 1]) & (CLOSER | BLANK):
        end -= 1
    return end > start and bool(_kind(text[end - 1]) & STOP)


def with_line_ends(lines: Lines, ranges: list[Range]) -> list[Range]:
    """The ranges, with the end of each whole line, and the blank lines that would be doubled.

    They come in sorted, and come out sorted and apart; those that touch are one.
    """
    ranges = [_with_blanks_before(lines, start, end) for start, end in ranges]
    gone = _lines_gone(lines, ranges)
    # A bullet on a line of its own goes with what it stood before.
    gone |= {line - 1 for line in gone if line > 0 and lines.is_bullet(line - 1)}
    extra = [line for line in _doubled(lines, gone) if line not in gone]
    whole = sorted([*gone, *extra])
    held = set(whole)
    cuts = list(ranges)
    cuts += [(lines.starts[line], _line_stop(lines, line)) for line in whole]
    # The last line has no end of its own: the one before it goes.
    last = len(lines) - 1
    if last in held:
        above = last
        while above >= 0 and above in held:
            above -= 1
        if above >= 0:
            cuts.append((lines.ends[above], lines.starts[above + 1]))
            # Unless the text ended with a line end: then it still does.
            if lines.starts[last] == lines.ends[last]:
                cuts.pop()
    return unite(cuts)


def _with_blanks_before(lines: Lines, start: int, end: int) -> Range:
    """A range that reaches to the end of a line leaves no blanks there."""
    line = lines.at(max(start, end - 1))
    low, high = lines.stripped(line)
    if end == high:
        while start > low and _kind(lines.text[start - 1]) & BLANK:
            start -= 1
    return start, end


def _line_stop(lines: Lines, line: int) -> int:
    return lines.starts[line + 1] if line + 1 < len(lines) else lines.ends[line]


def _lines_gone(lines: Lines, ranges: list[Range]) -> set[int]:
    """Lines of which nothing is left that can be seen; the ranges are sorted and apart."""
    gone = set()
    ends = [end for _, end in ranges]
    for line in sorted({line for low, high in ranges for line in _span(lines, low, high)}):
        at, high = lines.stripped(line)
        if at == high:
            continue
        for number in range(bisect_right(ends, at), len(ranges)):
            start, end = ranges[number]
            if start > at and stripped(lines.text, at, min(start, high))[0] < min(start, high):
                break
            at = max(at, end)
            if at >= high:
                break
        if stripped(lines.text, min(at, high), high)[0] == high:
            gone.add(line)
    return gone


def _span(lines: Lines, low: int, high: int) -> Iterator[int]:
    return iter(range(lines.at(low), lines.at(max(low, high - 1)) + 1))


def _doubled(lines: Lines, gone: set[int]) -> list[int]:
    """Blank lines that only parted a line that goes from its neighbours."""
    doubled: list[int] = []
    for first, last in _gaps(lines, gone):
        inner = [line for line in range(first, last) if line in gone]
        if not inner:
            continue
        runs: list[list[int]] = [[]]
        for line in range(first, last):
            if line in gone:
                runs.append([])
            else:
                runs[-1].append(line)
        if first == 0:
            keep = 0
        elif last == len(lines):
            keep = len(runs) - 1
        else:
            keep = max(range(len(runs)), key=lambda run: (len(runs[run]), -run))
        doubled += [line for number, run in enumerate(runs) if number != keep for line in run]
    return doubled


def _gaps(lines: Lines, gone: set[int]) -> Iterator[Range]:
    """Runs of lines between those that stay, as far as any of them goes."""
    seen = -1
    for line in sorted(gone):
        if line < seen:
            continue
        first, last = line, line + 1
        while first > 0 and (first - 1 in gone or lines.is_blank(first - 1)):
            first -= 1
        while last < len(lines) and (last in gone or lines.is_blank(last)):
            last += 1
        seen = last
        yield first, last


def unite(ranges: list[Range]) -> list[Range]:
    """Ranges that touch or overlap, as one; empty ones are left out."""
    united: list[Range] = []
    for start, end in sorted(ranges):
        if start >= end:
            continue
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united
