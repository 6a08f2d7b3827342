"""CSV and TSV: of a record only what is in its text's cell changes."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Final

from dedupe.clean.formats.interface import (
    Change,
    Located,
    Range,
    byte_places,
    flat,
    pairs,
    remaining,
)
from dedupe.documents.csv import LONGEST_CELL, Lines, read_header
from dedupe.documents.feed import Feed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedupe.documents.interface import Opened

_ENDS: Final = "\r\n"


def locate(content: bytes, opened: Opened, changes: Mapping[int, Change], /) -> Located:
    """What goes of records; blank ones and the header are not counted."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    feed = Feed(opened)
    layout = read_header(feed, opened.run.settings, opened.file.path)
    data = feed.block(sys.maxsize)
    header = len(content) - len(data)
    located = Located(unsafe=set(changes))
    for row, (start, end) in enumerate(_records(data, layout.delimiter)):
        change = changes.get(row)
        if change is None:
            continue
        if change.ranges is None:
            located.ranges[row] = [(header + start, header + end)]
        else:
            record = data[start:end].decode("utf-8", "surrogateescape")
            found = _in_cell(record, layout.delimiter, layout.columns["text"], change)
            if found is None:
                continue
            located.ranges[row] = pairs(byte_places(record, flat(found), header + start))
        located.unsafe.discard(row)
    return located


def _records(data: bytes, delimiter: str) -> Iterator[Range]:
    lines = Lines(data)
    start = 0
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            if record:
                yield start, lines.passed
            start = lines.passed
    except csv.Error:
        return


def _in_cell(record: str, delimiter: str, column: int, change: Change) -> list[Range] | None:
    """Where ranges of a cell's text are in its record; None if it would be read differently."""
    ranges = change.ranges or ()
    places = _places(record, delimiter, column, flat(ranges))
    if places is None:
        return None
    found = pairs(places)
    try:
        before = next(csv.reader(_split(record), delimiter=delimiter))
        after = list(csv.reader(_split(remaining(record, found)), delimiter=delimiter))
    except (csv.Error, StopIteration):
        return None
    before[column] = remaining(before[column], ranges)
    return found if after == [before] else None


def _split(record: str) -> list[str]:
    """Its lines, cut where a file is: only there a quoted cell may go on."""
    lines: list[str] = []
    data = Lines(record.encode("utf-8", "surrogateescape"))
    lines.extend(data)
    return lines


def _places(record: str, delimiter: str, column: int, wanted: list[int]) -> list[int] | None:
    """Where characters of a cell, ascending, are in its record: the rules of Python's reader."""
    places: list[int] = []
    cell = count = 0
    state = "start"
    for at, character in enumerate(record):
        if state == "closing" and character == '"':
            state = "quoted"  # two quotes in a quoted cell are one
        elif state == "start" and character == '"':
            state = "quoted"
            continue
        elif state == "quoted" and character == '"':
            state = "closing"
            continue
        elif state != "quoted" and character in _ENDS:
            break
        elif state != "quoted" and character == delimiter:
            if cell == column:
                return _closed(places, wanted, count, at - (state == "closing"))
            cell, state = cell + 1, "start"
            continue
        elif state != "quoted":
            state = "plain"
        if cell == column:
            while len(places) < len(wanted) and wanted[len(places)] == count:
                # Before a doubled quote, not between the two.
                doubled = character == '"' and state == "quoted"
                places.append(at - doubled)
            count += 1
    else:
        at = len(record)
    return _closed(places, wanted, count, at - (state == "closing")) if cell == column else None


def _closed(places: list[int], wanted: list[int], count: int, end: int) -> list[int] | None:
    """With those that are the end of the cell."""
    rest = wanted[len(places) :]
    return [*places, *[end] * len(rest)] if all(place == count for place in rest) else None
