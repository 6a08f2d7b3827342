"""Documents that Python code hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.columns import ROLES
from dedupe.documents.interface import Rows, Tally, loose
from dedupe.documents.strings import text_array

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.documents.document import Document

_MANY = 1 << 16
NAME = "documents"
"""What stands for the path, where there is none."""


def read(documents: Iterable[Document], tally: Tally) -> Iterator[Rows]:
    """The rows of documents; the iterable is asked for one at a time."""
    held: list[Document] = []
    row, size = 0, 0
    for document in documents:
        held.append(document)
        size += len(document.text) if isinstance(document.text, str) else 0
        if size >= BATCH_BYTES or len(held) >= _MANY:
            yield _rows(held, row, tally)
            row, held, size = row + len(held), [], 0
    if held:
        yield _rows(held, row, tally)


def _rows(documents: list[Document], first: int, tally: Tally) -> Rows:
    columns = {
        role: text_array([_text(getattr(document, role), role) for document in documents])
        for role in ROLES
    }
    markdown = [document.markdown for document in documents]
    return Rows(loose(columns, len(documents)), NAME, 0, tally, first=first, markdown=markdown)


def _text(value: object, role: str) -> str | None:
    """A field as text: what is none is written out, save for the text, which has to be one."""
    if isinstance(value, str) or value is None:
        return value
    return None if role == "text" else str(value)
