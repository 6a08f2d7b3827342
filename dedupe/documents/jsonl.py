"""JSON Lines: an object a line.

Rows are the lines that are not blank, broken ones included; lines count from 1. Blocks of lines go
through Arrow's parser where that gives what Python's would (see `jsonl_fast`), else line by line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe.documents.columns import ROLES, set_name
from dedupe.documents.feed import TOO_LONG, Feed
from dedupe.documents.interface import Opened, Rows, UnreadableError, too_long
from dedupe.documents.jsonl_fast import read_block
from dedupe.documents.objects import BrokenError, Objects, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.settings import Settings

_BLANK = b" \t\r\n"


def read(opened: Opened, feed: Feed | None = None, *, fast: bool = True) -> Iterator[Rows]:
    """The rows of a file of JSON Lines (or of what is left in a feed)."""
    feed = feed or Feed(opened, skip_long=True)
    row = 0
    while block := feed.block():
        line = feed.line
        first = row == 0
        rows = _fast(opened, block, row, line, first) if fast else None
        lines = None if rows is None else rows.columns.num_rows
        if rows is None:
            rows = plain(opened, block, row, line, check_names=first)
        feed.advance(len(block), lines)
        row += rows.columns.num_rows
        rows.done = feed.done
        yield rows
    if row == 0:
        raise UnreadableError("holds no rows")


def _fast(opened: Opened, block: bytes, row: int, line: int, first: bool) -> Rows | None:
    columns = read_block(block, opened.run.settings)
    if columns is None:
        return None
    if first and any(columns.column(role).null_count == len(columns) for role in _needed(opened)):
        return None  # a column that is missing altogether: the plain path knows what there is instead

    def place(at: int) -> str:
        return f"line {line + at - row}"  # no line is blank where Arrow reads

    lines = np.arange(line, line + columns.num_rows)
    return Rows(columns, opened.file.path, 0, opened.tally, first=row, place=place, lines=lines)


def _needed(opened: Opened) -> list[str]:
    settings: Settings = opened.run.settings
    return [role for role in ROLES if role == "text" or set_name(role, settings) is not None]


def plain(opened: Opened, block: bytes, row: int, line: int, *, check_names: bool) -> Rows:
    """The rows of a block of lines, each parsed by itself."""
    objects = Objects(opened.run.settings)
    limits = opened.run.settings.limits
    lines: list[int] = []
    for number, data in enumerate(block.split(b"\n"), start=line):
        if not data.strip(_BLANK):
            continue
        lines.append(number)
        if len(data) > limits.line or data == TOO_LONG:
            objects.fail(too_long(limits))
            continue
        try:
            objects.add(parse(data.decode(), limits.depth))
        except UnicodeDecodeError:
            objects.fail("is not valid UTF-8")
        except BrokenError as broken:
            objects.fail(str(broken))
    if check_names:
        objects.require()

    def place(at: int) -> str:
        return f"line {lines[at - row]}"

    reasons = {row + at: reason for at, reason in objects.reasons.items()}
    return Rows(
        objects.batch(),
        opened.file.path,
        0,
        opened.tally,
        first=row,
        reasons=reasons,
        place=place,
        lines=np.array(lines, np.int64),
    )
