"""JSON Lines: of a line only what is between the quotes of its text changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dedupe.clean.formats.interface import Change, Located, byte_places, flat, pairs
from dedupe.clean.formats.literals import text_ranges
from dedupe.documents.objects import skip_space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedupe.documents.interface import Opened

_BLANK: Final = b" \t\r\n"


def locate(content: bytes, opened: Opened, changes: Mapping[int, Change], /) -> Located:
    """What goes of lines; blank ones are not counted."""
    located = Located(unsafe=set(changes))
    for row, (start, end) in enumerate(_lines(content)):
        change = changes.get(row)
        if change is None:
            continue
        if change.ranges is None:
            located.ranges[row] = [(start, end)]
        else:
            line = content[start:end].decode()
            found = text_ranges(line, skip_space(line, 0), change.ranges, opened.run.settings)
            if found is None:
                continue
            located.ranges[row] = pairs(byte_places(line, flat(found), start))
        located.unsafe.discard(row)
    return located


def _lines(data: bytes) -> Iterator[tuple[int, int]]:
    """Where the lines are that are not blank, their ends included."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        if data[start:end].strip(_BLANK):
            yield start, end
        start = end
