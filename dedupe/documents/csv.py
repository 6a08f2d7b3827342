"""CSV and TSV: a header, then a record a row; quoted cells may hold line ends.

Rows are the records after the header that are not blank, ragged ones included. Blocks of records
go through Arrow's parser where that gives what Python's would (see `csv_fast`), else through
Python's.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.columns import choose
from dedupe.documents.csv_fast import read_block
from dedupe.documents.feed import Feed
from dedupe.documents.interface import Opened, Rows, UnreadableError, loose, too_long
from dedupe.documents.problems import one_line
from dedupe.documents.strings import text_array

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.settings import Settings

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
LONGEST_CELL = (1 << 31) - 1
_UNCLOSED = "opens a quote that is never closed: all that follows is in it"


@dataclass(frozen=True, slots=True)
class Layout:
    """How the records of a file are made."""

    delimiter: str
    width: int
    """Cells of a record."""
    columns: dict[str, int]
    """Which cell is what."""


def read(opened: Opened, *, fast: bool = True) -> Iterator[Rows]:
    """The rows of a file of CSV."""
    feed = Feed(opened)
    # Python's limit of 128 kB a cell is for the whole process; articles are longer.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    layout = read_header(feed, opened.run.settings, opened.file.path)
    row = 0
    while block := feed.block(feed.held + 1):
        quick = (
            read_block(block, layout.delimiter, layout.width, layout.columns, feed.limits.line)
            if fast
            else None
        )
        if quick is None:
            rows = _plain(opened, feed, layout, row)
        else:
            starts = feed.line + quick.starts
            feed.advance(quick.passed, quick.lines)
            rows = Rows(quick.columns, opened.file.path, 0, opened.tally, first=row, lines=starts)
        row += rows.columns.num_rows
        rows.done = feed.done
        yield rows
    if row == 0:
        raise UnreadableError("holds no rows")


def read_header(feed: Feed, settings: Settings, path: str) -> Layout:
    """The first record; the delimiter is the first of the usual ones that makes its columns fit."""
    block = feed.block()
    if not block:
        raise UnreadableError("holds no rows")
    failed: list[tuple[int, UnreadableError]] = []
    for delimiter in "\t,;|" if path.lower().endswith(".tsv") else ",;\t|":
        lines = Lines(block)
        try:
            names = next(filter(None, csv.reader(lines, delimiter=delimiter)), [])
            chosen = choose(names, settings)
        except UnreadableError as unreadable:
            failed.append((len(names), unreadable))
            continue
        except csv.Error as error:
            raise UnreadableError(f"has no header that could be read: {one_line(error)}") from None
        feed.advance(lines.passed, lines.count)
        return Layout(delimiter, len(names), {role: names.index(name) for role, name in chosen.items()})
    raise max(failed, key=lambda tried: tried[0])[1]


class Lines:
    """The lines of a block for `csv.reader`, which takes one only when it needs it."""

    def __init__(self, block: bytes) -> None:
        self._found = _LINE.finditer(block)
        self.passed = 0
        """Bytes taken."""
        self.count = 0
        self.asked = False
        """Whether a line was taken since the caller reset this: whether a record has begun."""
        self.cut = False
        """Whether the block ended inside a record: the reader asked for more than there was."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            found = next(self._found)
        except StopIteration:
            self.cut = self.asked
            raise
        self.asked = True
        self.passed = found.end()
        self.count += 1
        return found[0].decode("utf-8", "surrogateescape")


def _plain(opened: Opened, feed: Feed, layout: Layout, row: int) -> Rows:
    """The rows of the next records, about a block of them."""
    cells: dict[str, list[str | None]] = {role: [] for role in layout.columns}
    reasons: dict[int, str] = {}
    starts: list[int] = []
    for start, record, trouble in _records(feed, layout):
        reason = trouble or _wrong(record, layout)
        if reason:
            reasons[row + len(starts)] = reason
        starts.append(start)
        for role, column in layout.columns.items():
            cells[role].append(None if reason else record[column])
    columns = loose({role: text_array(values) for role, values in cells.items()}, len(starts))

    def place(at: int) -> str:
        return f"line {starts[at - row]}"

    return Rows(
        columns,
        opened.file.path,
        0,
        opened.tally,
        first=row,
        reasons=reasons,
        place=place,
        lines=np.array(starts, np.int64),
    )


def _records(feed: Feed, layout: Layout) -> Iterator[tuple[int, list[str], str | None]]:
    """The records of about one block, each with the line it starts on and why it is none."""
    least = BATCH_BYTES
    while True:
        block = feed.block(least)
        lines = Lines(block)
        found, passed, count = [], 0, 0
        try:
            for record in csv.reader(lines, delimiter=layout.delimiter):
                if lines.cut and len(block) >= least:
                    break  # it ends in the next block
                if record:
                    trouble = _UNCLOSED if lines.cut else None
                    if lines.passed - passed > feed.limits.line:
                        trouble = too_long(feed.limits)
                    found.append((feed.line + count, record, trouble))
                lines.asked = False
                passed, count = lines.passed, lines.count
        except csv.Error as error:
            raise UnreadableError(f"breaks off at line {feed.line + count}: {one_line(error)}") from None
        if passed:
            yield from found
            feed.advance(passed, count)
            return
        if len(block) > feed.limits.line:
            raise UnreadableError(
                f"breaks off at line {feed.line}, which begins a record that {too_long(feed.limits)}"
            )
        least = 2 * len(block)  # one record is longer than the block


def _wrong(record: list[str], layout: Layout) -> str | None:
    """Why a record is no row."""
    if len(record) != layout.width:
        cells = "cell" if len(record) == 1 else "cells"
        return f"has {len(record)} {cells}, the header has {layout.width}"
    if any(_ESCAPED_BYTE.search(record[column]) for column in layout.columns.values()):
        return "is not valid UTF-8"
    return None
