"""The stream of documents: Arrow record batches of one schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.documents.damage import Damage
from dedupe.report import Skipped

SCHEMA = pa.schema(
    [
        pa.field("id", pa.large_string(), nullable=False),
        pa.field("text", pa.large_string(), nullable=False),
        pa.field("title", pa.large_string()),
        pa.field("source", pa.large_string()),
        pa.field("url", pa.large_string()),
        pa.field("date", pa.large_string()),
        pa.field("group", pa.large_string()),
        pa.field("markdown", pa.bool_(), nullable=False),
    ]
)
"""One row a document. The text is valid UTF-8, as read: offsets in a report are offsets into it.
Markdown is what comes from a file whose name says so.

Batches may be slices: who looks into a column's buffers has to start at its ``offset``.
"""

FIELDS: tuple[str, ...] = tuple(field.name for field in SCHEMA if field.type == pa.large_string())
"""What a document says of itself, or its row."""
MARKDOWN = r"(?i)\.(?:md|markdown|mdx)(?:\.(?:gz|zst|bz2|xz))?(?:#[0-9]+)?$"
"""Ids of Markdown files; one whose path was used before as an id is named ``PATH#0``."""

BATCH_BYTES = 2 << 20
"""Text bytes after which a reader closes a batch: enough to keep threads busy, little to hold."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where documents that were read one after the other come from."""

    documents: int
    path: str | None
    """The table that they are rows of; None where each is a file of its own, or in none."""
    rows: NDArray[np.int64]
    """(documents,): their numbers in it, from 0,"""
    lines: NDArray[np.int64] | None
    """and the lines on which they begin, from 1; None where rows are not lines."""


@dataclass(slots=True)
class Intake:
    """What reading left behind besides the documents; complete once the stream is used up."""

    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    """All documents in the order in which they were read: those of an archive last."""
    archive: int = 0
    """Documents of the archive, which come first."""
    damage: Damage = field(default_factory=Damage)
    """What is broken in the texts that were read."""

    def skip(self, path: str, reason: str) -> None:
        """List what could not be read, once, with its reason in one line."""
        self.skipped.append(Skipped(path, reason))


DocumentStream = Iterator[pa.RecordBatch]
"""Batches of SCHEMA, documents by path, rows in file order."""
