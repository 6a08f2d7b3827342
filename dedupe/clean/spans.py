"""What goes of a text, and where a place of what is left stood before."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedupe.clean.select import Mark

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch that goes, in code points of the text as read, and what for."""

    start: int
    end: int
    mark: Mark
    also: tuple[str, ...] = ()
    """Ids of further findings that ask for it, or for a part of it."""


def without(text: str, cuts: Iterable[Cut]) -> str:
    """The text without what goes; cuts are sorted and apart."""
    parts = []
    at = 0
    for cut in cuts:
        parts.append(text[at : cut.start])
        at = cut.end
    parts.append(text[at:])
    return "".join(parts)


class Original:
    """From places of a cleaned text to those of the text as read."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        self._cuts = cuts
        self._ends = [cut.end for cut in cuts]
        self._at: list[int] = []
        self._gone: list[int] = []
        gone = 0
        for cut in cuts:
            self._at.append(cut.start - gone)
            gone += cut.end - cut.start
            self._gone.append(gone)

    def place(self, at: int, *, behind: bool = False) -> int:
        """A place as it was; where something went, the one behind it, or before it for an end."""
        number = bisect_right(self._at, at - 1 if behind else at)
        return at + (self._gone[number - 1] if number else 0)

    def ranges(self, start: int, end: int) -> list[Range]:
        """A stretch as it was: the parts of it, where something between them went already."""
        if start >= end:
            return []
        low, high = self.place(start), self.place(end, behind=True)
        parts = []
        for number in range(bisect_right(self._ends, low), len(self._cuts)):
            cut = self._cuts[number]
            if cut.start >= high:
                break
            if cut.start > low:
                parts.append((low, cut.start))
            low = max(low, cut.end)
        if low < high:
            parts.append((low, high))
        return parts


def add(cuts: Sequence[Cut], more: Sequence[Cut]) -> tuple[Cut, ...]:
    """Cuts of a text as read, with those of what they leave of it."""
    original = Original(cuts)
    moved = [
        Cut(start, end, cut.mark, cut.also)
        for cut in more
        for start, end in original.ranges(cut.start, cut.end)
    ]
    return tuple(sorted([*cuts, *moved], key=lambda cut: cut.start))


def owned(ranges: Sequence[Range], wanted: Sequence[tuple[Range, Mark]]) -> tuple[Cut, ...]:
    """Ranges divided among those who asked for them.

    Args:
        ranges: all that goes, sorted and apart.
        wanted: what each finding asked for, each within one of the ranges; the first has it. What
            nobody asked for (line ends) goes with what is before it, else behind it.
    """
    pieces = _pieces(wanted)
    cuts: list[Cut] = []
    at = 0
    for start, end in ranges:
        low = start
        first = len(cuts)
        while at < len(pieces) and pieces[at][0] < end:
            _, mark, also = pieces[at]
            at += 1
            high = pieces[at][0] if at < len(pieces) and pieces[at][0] < end else end
            if len(cuts) > first and cuts[-1].mark == mark:
                before = cuts.pop()
                low, also = before.start, tuple(dict.fromkeys((*before.also, *also)))
            cuts.append(Cut(low, high, mark, also))
            low = high
    return tuple(cuts)


def _pieces(wanted: Sequence[tuple[Range, Mark]]) -> list[tuple[int, Mark, tuple[str, ...]]]:
    """Where each piece starts that the same findings ask for, whose it is, and who else asks."""
    events = sorted(
        [(start, number, True) for number, ((start, _), _) in enumerate(wanted)]
        + [(end, number, False) for number, ((_, end), _) in enumerate(wanted)]
    )
    pieces: list[tuple[int, Mark, tuple[str, ...]]] = []
    active: set[int] = set()
    for index, (place, number, opens) in enumerate(events):
        if opens:
            active.add(number)
        else:
            active.discard(number)
        if active and (index + 1 == len(events) or events[index + 1][0] > place):
            mark = wanted[min(active)][1]
            names = dict.fromkeys(wanted[each][1].id for each in sorted(active))
            pieces.append((place, mark, tuple(name for name in names if name != mark.id)))
    return pieces
