"""Plain text: a file is a document. Many small files become one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.decode import MARK_STARTS, checked, to_utf8
from dedupe.documents.interface import File, Rows, Run, UnreadableError, loose, too_large
from dedupe.documents.opening import read_whole, trouble
from dedupe.documents.strings import text_array

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MANY = 1 << 16
"""Files after which a batch is closed, however small they are."""


def read(files: Iterable[File], run: Run, /) -> Iterator[Rows]:
    """The documents of a run of text files."""
    held: list[tuple[File, bytes]] = []
    size = 0
    for file in files:
        try:
            data = read_whole(file, run.settings.limits)
        except UnreadableError as unreadable:
            run.intake.skip(file.path, str(unreadable))
            continue
        except OSError as error:
            run.intake.skip(file.path, trouble(error))
            continue
        held.append((file, data))
        size += len(data)
        if size >= BATCH_BYTES or len(held) >= _MANY:
            yield _rows(held, run)
            held, size = [], 0
    if held:
        yield _rows(held, run)


def _rows(held: list[tuple[File, bytes]], run: Run) -> Rows:
    last = held[-1][0]
    texts = _as_they_are([data for _, data in held])
    if texts is None:
        held = list(_decoded(held, run))
        texts = checked(pa.array([data for _, data in held], pa.large_binary()))
    columns = loose({"id": text_array([file.path for file, _ in held]), "text": texts}, len(held))
    return Rows(columns, last.path, last.before + last.size, tally=None)


def _as_they_are(texts: list[bytes]) -> pa.Array | None:
    """The texts, if all are UTF-8 without more ado: nearly always, and checked at a stroke."""
    if any(data[:1] in MARK_STARTS or b"\0" in data for data in texts):
        return None
    try:
        return checked(pa.array(texts, pa.large_binary()))
    except pa.ArrowInvalid:
        return None


def _decoded(held: list[tuple[File, bytes]], run: Run) -> Iterator[tuple[File, bytes]]:
    """The same one by one, without those that are no text."""
    for file, data in held:
        try:
            text, encoding = to_utf8(data)
        except UnreadableError as unreadable:
            run.intake.skip(file.path, str(unreadable))
            continue
        if len(text) > run.settings.limits.document:
            run.intake.skip(file.path, too_large(run.settings.limits))
            continue
        if encoding:
            run.encodings.note(file.path, encoding)
        yield file, text
