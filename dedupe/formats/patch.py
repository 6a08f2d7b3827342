"""What goes of text files as a patch: a unified diff, which ``git apply`` and ``patch -p1`` take.

What goes is known, so that nothing is compared: cuts become the lines they touch, before and after.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Range = tuple[int, int]

CONTEXT: Final = 3
"""Lines that are shown before and behind a change."""
_NO_END: Final = "\n\\ No newline at end of file\n"
_AWKWARD: Final = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT: Final = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


@dataclass(slots=True)
class _Change:
    """Lines from number ``first`` on, and what takes their place."""

    first: int
    old: list[str]
    new: list[str]

    @property
    def behind(self) -> int:
        return self.first + len(self.old)


def patch(path: str, text: str, cuts: Sequence[Range]) -> str:
    """The patch that takes stretches out of a file; empty where nothing goes.

    Args:
        path: of the file, relative to where the patch is applied.
        text: all of the file, a byte order mark included.
        cuts: what goes, in code points; sorted and apart.
    """
    lines = _lines(text)
    changes = list(_changes(text, lines, cuts))
    if not changes:
        return ""
    parts = [f"--- {_name(f'a/{path}')}\n+++ {_name(f'b/{path}')}\n"]
    shift = 0
    for group in _grouped(changes):
        parts += _hunk(lines, group, shift)
        shift += sum(len(each.new) - len(each.old) for each in group)
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """The lines with their line feeds; nothing else ends one, here."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _changes(text: str, lines: list[str], cuts: Sequence[Range]) -> Iterator[_Change]:
    """The lines that cuts touch, and what is left of them."""
    starts = [0, *accumulate(map(len, lines))]
    number = 0
    while number < len(cuts):
        first = bisect_right(starts, cuts[number][0]) - 1
        at = starts[first]
        left: list[str] = []
        behind = first + 1
        while True:
            while number < len(cuts) and cuts[number][0] < starts[behind]:
                left.append(text[at : cuts[number][0]])
                at = cuts[number][1]
                behind = max(behind, bisect_left(starts, at))
                number += 1
            rest = "".join([*left, text[at : starts[behind]]])
            if not rest or rest.endswith("\n") or behind == len(lines):
                break
            behind += 1  # without its end, what is left of a line runs into the next one
        change = _trimmed(_Change(first, lines[first:behind], _lines(rest)))
        if change.old or change.new:
            yield change


def _trimmed(change: _Change) -> _Change:
    """The change without lines that stay as they are at its ends."""
    old, new = change.old, change.new
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    old, new = old[same:], new[same:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    return _Change(change.first + same, old, new)


def _grouped(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes whose context would touch, together."""
    group = [changes[0]]
    for change in changes[1:]:
        if change.first - group[-1].behind > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _hunk(lines: list[str], group: Sequence[_Change], shift: int) -> Iterator[str]:
    begin = max(group[0].first - CONTEXT, 0)
    end = min(group[-1].behind + CONTEXT, len(lines))
    size = end - begin
    new_size = size + sum(len(each.new) - len(each.old) for each in group)
    # A side without lines is said to be before the first.
    old_at = begin + 1 if size else begin
    new_at = begin + shift + 1 if new_size else begin + shift
    yield f"@@ -{old_at},{size} +{new_at},{new_size} @@\n"
    at = begin
    for change in group:
        yield from (_line(" ", line) for line in lines[at : change.first])
        yield from (_line("-", line) for line in change.old)
        yield from (_line("+", line) for line in change.new)
        at = change.behind
    yield from (_line(" ", line) for line in lines[at:end])


def _line(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}{_NO_END}"


def _name(path: str) -> str:
    """A path as patches name it: quoted where it would not end where it ends."""
    if _AWKWARD.search(path):
        quoted = _AWKWARD.sub(lambda match: _SHORT.get(match[0], f"\\{ord(match[0]):03o}"), path)
        return f'"{quoted}"'
    return f"{path}\t" if " " in path else path
