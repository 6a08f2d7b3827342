"""What a reader of a format is given, and what it hands on.

A reader is called with a run of files of its format, in order, and yields their rows. Most formats
hold many rows a file and only need `opening.one_by_one` around a function that reads one file; formats
that are one document a file pack many files into one batch (see `text.py`). Neither knows whether a file
is packed, or on another machine: that is for `opening.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol

import pyarrow as pa

from dedupe.documents.batches import FIELDS, Intake
from dedupe.limits import size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dedupe.limits import Limits
    from dedupe.settings import Settings

LISTED = 20
"""Troubles of one kind that are listed one by one; the rest are counted."""

LOOSE = pa.schema([pa.field(name, pa.large_string()) for name in FIELDS])
"""SCHEMA before ids are given and rows without text are taken out: everything may be null."""


class UnreadableError(Exception):
    """One file cannot be read, or not further; the message is the reason in one line."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read."""

    path: str
    """Its name in reports and ids: as given, with ``/``."""
    where: str
    """What the operating system calls it."""
    size: int
    before: int = 0
    """Bytes of the files that are read before it."""


class Tally:
    """The troubles of one file's rows: the first are listed one by one, the rest counted."""

    def __init__(self, path: str, intake: Intake, limits: Limits | None = None) -> None:
        self.path = path
        self.limits = limits
        """Bounds of its rows; None where they are in memory already."""
        self._intake = intake
        self.skipped = 0
        """Rows that are no documents."""
        self._renamed = 0
        self._first = ""

    def skip(self, reason: str) -> None:
        """A row that is no document, and why."""
        self.skipped += 1
        if self.skipped <= LISTED:
            self._intake.skip(self.path, reason)

    def check(self) -> None:
        """Leave a file that holds hardly anything but rows that are no documents.

        Raises:
            UnreadableError: it has too many of them.
        """
        if self.limits is not None and self.skipped > self.limits.empty:
            raise UnreadableError(
                f"has more than {self.limits.empty:,} rows that are no documents: the rest of it is not "
                "read (--limit empty=N allows more)"
            )

    def rename(self, count: int, first: str) -> None:
        """That many rows had an id used before; the first of them is now called so."""
        self._first = self._first or first
        self._renamed += count

    def close(self) -> None:
        """Say what was only counted."""
        rest = self.skipped - LISTED
        if rest > 0:
            self._intake.skip(
                self.path, f"{rest} more {'row' if rest == 1 else 'rows'} could not be read"
            )
        if self._renamed:
            one = self._renamed == 1
            self._intake.notes.append(
                f"{self.path}: {self._renamed} {'row has' if one else 'rows have'} an id used before; "
                f"{'it is' if one else 'they are'} named {self.path}#ROW (first: {self._first})"
            )


class Encodings:
    """The files that are not UTF-8 and were read all the same: the first are noted one by one."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._count = 0

    def note(self, path: str, encoding: str) -> None:
        """Note what a file was read in."""
        self._count += 1
        if self._count <= LISTED:
            self._intake.notes.append(f"{path}: read as {encoding}")

    def close(self) -> None:
        """Say what was only counted."""
        rest = self._count - LISTED
        if rest > 0:
            what = "file was" if rest == 1 else "files were"
            self._intake.notes.append(f"{rest} more {what} read in an encoding other than UTF-8")


@dataclass(frozen=True, slots=True)
class Run:
    """What the readers of one run share."""

    settings: Settings
    intake: Intake
    encodings: Encodings


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is open, for a reader of one file."""

    file: File
    stream: BinaryIO
    run: Run
    tally: Tally

    def done(self, read: int) -> int:
        """Bytes of the whole run that are read, where so many came out of this file."""
        consumed = getattr(self.stream, "consumed", read)
        return self.file.before + min(consumed, self.file.size)


def too_large(limits: Limits) -> str:
    """Why a document is left out."""
    return f"is larger than {size(limits.document)} (--limit document=SIZE allows more)"


def too_long(limits: Limits) -> str:
    """Why a line is left out."""
    return f"is longer than {size(limits.line)} (--limit line=SIZE allows more)"


def in_row(row: int) -> str:
    """How a row is called in a reason, where rows are not lines."""
    return f"row {row}"


@dataclass(slots=True)
class Rows:
    """Rows as a reader found them, of LOOSE. A null text means: this row is no document."""

    columns: pa.RecordBatch
    path: str
    """The file they come from (of several, the last)."""
    done: int
    """Bytes of the whole run read up to here."""
    tally: Tally | None
    """Of the file; None where every row is a file of its own, its id the file's path."""
    first: int = 0
    """Number of the first row in its file: it counts rows that are no documents, too."""
    reasons: Mapping[int, str] = field(default_factory=dict)
    """Why a row (counted from ``first``) is no document, where it is not just without text."""
    markdown: Sequence[bool | None] = ()
    """Whether each row is Markdown, where it says so; None goes by its id, as files do."""
    place: Callable[[int], str] = in_row
    """What a row (counted from 0 in the file) is called in a reason."""
    lines: NDArray[np.int64] | None = None
    """The line of the file on which each row begins, from 1, where that is known exactly."""


class Reader(Protocol):
    """Reads a run of files of one format, in order."""

    def __call__(self, files: Iterable[File], run: Run, /) -> Iterator[Rows]:
        """Yield their rows; what cannot be read goes to ``run.intake`` and costs only itself."""
        ...


def loose(columns: Mapping[str, pa.Array], rows: int) -> pa.RecordBatch:
    """A batch of LOOSE from the columns there are; the others are null."""
    return pa.RecordBatch.from_arrays(
        [
            columns[name] if name in columns else pa.nulls(rows, pa.large_string())
            for name in LOOSE.names
        ],
        schema=LOOSE,
    )
