"""Which documents there are, and where each stands: the file, and the row in it.

The same readers as an audit's, so that a document is the same text with the same id here and there.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedupe.addresses import scheme
from dedupe.documents import Document, Intake
from dedupe.documents.find import find
from dedupe.documents.formats import reader_of
from dedupe.documents.interface import Encodings, File, Rows, Run
from dedupe.documents.settle import settle
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import pyarrow as pa

    from dedupe.settings import Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands."""

    file: int
    """Its number in ``Corpus.files``."""
    row: int | None
    """Counted from 0, rows that are no documents included; None where the file is the document."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document that findings name."""

    order: int
    """Its number among all documents."""
    text: str
    source: str | None
    date: str | None
    place: Place


class Found(NamedTuple):
    """Documents that were read together."""

    batch: pa.RecordBatch
    places: list[Place]
    first: int
    """Number of the first among all documents."""


class _Told(Encodings):
    """Remembers what every file was read in."""

    def __init__(self, told: dict[str, str]) -> None:
        super().__init__(Intake())
        self._told = told

    def note(self, path: str, encoding: str) -> None:
        self._told[path] = encoding


@dataclass(slots=True)
class Corpus:
    """The files to clean, and how they are read."""

    paths: list[str]
    """What an audit of it is given."""
    files: list[File]
    others: list[str]
    """Files met on the way that no reader takes: they are copied."""
    settings: Settings
    encodings: dict[str, str] = field(default_factory=dict)
    """What files were read in, by path, where it is not UTF-8; complete after one reading."""
    _states: dict[str, tuple[int, int]] = field(default_factory=dict)

    def remember(self) -> None:
        """Note what the files look like, so that a change is told."""
        for where in [*(file.where for file in self.files), *self.others]:
            self._states[where] = _state(where)

    def check(self) -> None:
        """See that nobody has changed a file since ``remember``.

        Raises:
            DedupeError: somebody has.
        """
        for where, state in self._states.items():
            if _state(where) != state:
                raise changed(where)

    def read(self) -> Iterator[Found]:
        """All documents, in the order of an audit."""
        intake = Intake()
        run = Run(self.settings, intake, _Told(self.encodings))
        numbers = {file.path: number for number, file in enumerate(self.files)}
        now: list[Rows] = []

        def watched() -> Iterator[Rows]:
            for reader, some in groupby(self.files, key=lambda file: reader_of(file.path)):
                for rows in reader(some, run):
                    now[:] = [rows]
                    yield rows

        first = 0
        for piece in settle(watched(), intake):
            yield Found(piece.batch, _places(now[0], numbers), first)
            first += len(piece.batch)

    def documents(self) -> Iterator[tuple[Document, Place]]:
        """All documents as objects."""
        for found in self.read():
            columns = [column.to_pylist() for column in found.batch.columns]
            for place, values in zip(found.places, zip(*columns, strict=True), strict=True):
                yield Document(*values), place

    def articles(self, wanted: Collection[str]) -> dict[str, Article]:
        """The documents of these ids."""
        articles = {}
        for found in self.read():
            names = found.batch.column("id").to_pylist()
            text, source, date = (found.batch.column(name) for name in ("text", "source", "date"))
            for at, name in enumerate(names):
                if name in wanted:
                    articles[name] = Article(
                        found.first + at,
                        text[at].as_py(),
                        source[at].as_py(),
                        date[at].as_py(),
                        found.places[at],
                    )
        return articles


def open_corpus(paths: Sequence[str], settings: Settings, overlooked: Collection[str] = ()) -> Corpus:
    """The corpus at these paths, without the files that are overlooked (real paths).

    Raises:
        DedupeError: two of its files cannot be told apart.
    """
    intake = Intake()
    files = find(paths, intake, settings)
    names: set[str] = set()
    for file in files:
        if scheme(file.where):
            raise DedupeError(f"{file.path} is not on this machine: fetch it first")
        if file.path in names:
            raise DedupeError(f"two files are called {file.path} here: rename one of them")
        names.add(file.path)
    kept = [file for file in files if os.path.realpath(file.where) not in overlooked]
    audited = list(paths) if len(kept) == len(files) else [file.where for file in kept]
    others = sorted({skipped.path for skipped in intake.skipped if os.path.isfile(skipped.path)})
    corpus = Corpus(audited, kept, others, settings)
    corpus.remember()
    return corpus


def changed(path: str) -> DedupeError:
    """Somebody writes to the corpus while it is read."""
    return DedupeError(f"{path} was changed while it was read: run it again when nobody writes there")


def _places(rows: Rows, numbers: dict[str, int]) -> list[Place]:
    """Where the documents among rows stand."""
    if rows.tally is None:
        return [Place(numbers[path], None) for path in rows.columns.column("id").to_pylist()]
    valid = np.flatnonzero(np.asarray(rows.columns.column("text").is_valid()))
    file = numbers[rows.path]
    return [Place(file, rows.first + at) for at in valid.tolist()]


def _state(where: str) -> tuple[int, int]:
    try:
        status = os.stat(where)
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns
