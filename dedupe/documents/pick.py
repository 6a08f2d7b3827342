"""Single documents by name: a file, a row of a table file, or an id as a report gives it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from dedupe.addresses import scheme
from dedupe.documents.batches import Intake
from dedupe.documents.document import Document
from dedupe.documents.find import find
from dedupe.documents.formats import reader_of
from dedupe.documents.interface import Encodings, Run
from dedupe.documents.settle import settle
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from dedupe.documents.interface import Rows
    from dedupe.settings import Settings


@dataclass(frozen=True, slots=True)
class Reference:
    """What a user calls a document: ``PATH``, or ``PATH#ROW`` or ``PATH#ID``."""

    given: str
    path: str
    row: str | None
    """What follows the ``#``; None where the file is the document."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document, and the file and row that it is: two names may mean the same one."""

    document: Document
    place: tuple[str, int]


def parse(given: str) -> Reference:
    """Take a name apart: the file is the longest beginning that is one.

    Raises:
        DedupeError: there is no such file.
    """
    if scheme(given):
        path, _, row = given.partition("#")
        return Reference(given, path, row or None)
    at = len(given)
    while at > 0:
        path = given[:at]
        if path == "-" or os.path.lexists(path):
            return Reference(given, path, given[at + 1 :] if at < len(given) else None)
        at = given.rfind("#", 0, at)
    path = given.split("#")[0] or given
    raise DedupeError(f"{path}: there is no such file (an id of a table's row goes with --in TABLE)")


def named(references: Sequence[Reference], settings: Settings) -> list[Found]:
    """The documents of these names.

    After ``#`` stands an id as a report gives it, whole or behind its ``PATH#``, or else the number of
    a row, counted from 0; an id comes before a number.

    Raises:
        DedupeError: a file cannot be read, holds more than one document and no row is named, or has no
            such row.
    """
    found: dict[Reference, Found] = {}
    for path in dict.fromkeys(each.path for each in references):
        here = [each for each in references if each.path == path]
        found.update(_in_file(path, here, settings))
    return [found[each] for each in references]


def ids(wanted: Sequence[str], paths: Sequence[str], settings: Settings) -> list[Found]:
    """The documents that an audit of these paths gives these ids.

    Raises:
        DedupeError: nothing could be read, or there is no such id.
    """
    intake = Intake()
    found: dict[str, Found] = {}
    read = False
    for batch, rows, numbers in _read(paths, settings, intake):
        read = True
        names = batch.column("id").to_pylist()
        for at, name in enumerate(names):
            if name in wanted:
                path = name if rows.tally is None else rows.path
                found[name] = Found(_document(batch, at), (path, int(numbers[at])))
        if len(found) == len(set(wanted)):
            break
    where = paths[0] if len(paths) == 1 else f"these {len(paths)} paths"
    if not read:
        raise DedupeError(f"no document could be read: {_reason(intake, where)}")
    for each in wanted:
        if each not in found:
            raise DedupeError(f"no document of {where} has the id {each}: ids are those of a report")
    return [found[each] for each in wanted]


def _in_file(path: str, references: list[Reference], settings: Settings) -> dict[Reference, Found]:
    if os.path.isdir(path):
        raise DedupeError(f"{path} is a folder: name one document, or give its id and --in {path}")
    intake = Intake()
    best: dict[Reference, tuple[int, Found]] = {}
    only: Found | None = None
    documents = 0
    wanted = {each.row for each in references} | {each.given for each in references}
    rows_wanted = {int(each.row) for each in references if each.row and each.row.isdecimal()}
    for batch, rows, numbers in _read([path], settings, intake):
        names = batch.column("id").to_pylist()
        whole = rows.tally is None
        for at, (name, number) in enumerate(zip(names, numbers.tolist(), strict=True)):
            if documents == 0 or name in wanted or number in rows_wanted:
                one = Found(_document(batch, at), (os.path.realpath(path), number))
                only = only or one
                for each in references:
                    rank = _rank(each, name, number, whole=whole)
                    if rank and rank > best.get(each, (0, one))[0]:
                        best[each] = rank, one
            documents += 1
    if only is None:
        raise DedupeError(f"no document could be read: {_reason(intake, path)}")
    for each in references:
        if each.row is None:
            if documents > 1:
                raise DedupeError(
                    f"{path} holds {documents:,} documents: name one as {path}#ROW (from 0) or {path}#ID"
                )
            best[each] = 1, only
        elif each not in best:
            raise DedupeError(
                f"{each.given}: no document in {path} has the id or row {each.row}"
                f" (it holds {documents:,}; rows count from 0)"
            )
    return {each: one for each, (_, one) in best.items()}


def _rank(reference: Reference, name: str, number: int, *, whole: bool) -> int:
    """How well a document answers to a name; 0 if not at all."""
    if reference.row is None or whole:
        return 0
    if name == reference.given:
        return 3
    if name == reference.row:
        return 2
    return int(reference.row.isdecimal() and int(reference.row) == number)


def _read(
    paths: Sequence[str], settings: Settings, intake: Intake
) -> Iterator[tuple[pa.RecordBatch, Rows, np.ndarray]]:
    """The documents, the rows they come from, and their numbers in their file."""
    run = Run(settings, intake, Encodings(intake))
    now: list[Rows] = []

    def watched() -> Iterator[Rows]:
        for reader, some in groupby(
            find(paths, intake, settings), key=lambda file: reader_of(file.path)
        ):
            for rows in reader(some, run):
                now[:] = [rows]
                yield rows

    for piece in settle(watched(), intake):
        rows = now[0]
        valid = np.flatnonzero(np.asarray(rows.columns.column("text").is_valid()))
        yield piece.batch, rows, valid + rows.first


def _document(batch: pa.RecordBatch, row: int) -> Document:
    return Document(*(column[row].as_py() for column in batch.columns))


def _reason(intake: Intake, path: str) -> str:
    if intake.skipped:
        return f"{intake.skipped[0].path}: {intake.skipped[0].reason}"
    return f"there is none at {path}"
