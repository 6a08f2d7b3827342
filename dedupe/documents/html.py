"""HTML: a file is a document, its text what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.documents import page
from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.interface import File, Rows, Run, UnreadableError, loose
from dedupe.documents.opening import read_whole, trouble
from dedupe.documents.strings import text_array

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MANY = 1 << 12
"""Files after which a batch is closed, however small they are."""


def read(files: Iterable[File], run: Run, /) -> Iterator[Rows]:
    """The documents of a run of HTML files."""
    held: list[tuple[File, page.Page]] = []
    size = 0
    for file in files:
        try:
            found = page.read(read_whole(file, run.settings.limits), run.settings)
        except UnreadableError as unreadable:
            run.intake.skip(file.path, str(unreadable))
            continue
        except OSError as error:
            run.intake.skip(file.path, trouble(error))
            continue
        if found.encoding:
            run.encodings.note(file.path, found.encoding)
        held.append((file, found))
        size += len(found.text)
        if size >= BATCH_BYTES or len(held) >= _MANY:
            yield _rows(held)
            held, size = [], 0
    if held:
        yield _rows(held)


def _rows(held: list[tuple[File, page.Page]]) -> Rows:
    last = held[-1][0]
    columns = {
        "id": text_array([file.path for file, _ in held]),
        "text": text_array([found.text for _, found in held]),
        "title": text_array([found.title for _, found in held]),
    }
    return Rows(loose(columns, len(held)), last.path, last.before + last.size, tally=None)
