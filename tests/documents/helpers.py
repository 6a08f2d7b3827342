"""What the tests of reading share: read something, and look at all that came of it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dedupe.documents import SCHEMA, Intake, read
from dedupe.documents.interface import Encodings, File, Opened, Run, Tally, UnreadableError
from dedupe.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from dedupe.documents.interface import Rows


@dataclass
class Reading:
    """Everything that came of reading something."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    batches: list[pa.RecordBatch] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [row["id"] for row in self.rows]

    @property
    def texts(self) -> list[str]:
        return [row["text"] for row in self.rows]

    @property
    def reasons(self) -> list[str]:
        return [reason for _, reason in self.skipped]


def reading(documents: Any, **settings: Any) -> Reading:
    """Read it all; every batch has to be what the schema promises."""
    intake = Intake()
    seen = Reading()
    for batch in read(documents, Settings(**settings), intake):
        assert batch.schema == SCHEMA
        assert len(batch) > 0
        batch.validate(full=True)
        assert not batch.column("id").null_count
        assert not batch.column("text").null_count
        seen.batches.append(batch)
        seen.rows += batch.to_pylist()
    seen.skipped = [(skipped.path, skipped.reason) for skipped in intake.skipped]
    seen.notes = intake.notes
    assert len(set(seen.ids)) == len(seen.ids)
    return seen


def write(path: Path, content: str | bytes = "A text.") -> Path:
    """A file with this content, and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rows_by(
    reader: Callable[..., Iterator[Rows]], data: bytes, settings: Settings | None = None, **options: Any
) -> tuple[list[tuple[int, dict[str, Any], str | None]], str | None]:
    """What one reader makes of a file: each row's number, fields and trouble; and the file's trouble."""
    intake = Intake()
    run = Run(settings or Settings(), intake, Encodings(intake))
    opened = Opened(File("f", "f", len(data)), io.BytesIO(data), run, Tally("f", intake))
    found = []
    try:
        for rows in reader(opened, **options):
            lines = [None] * len(rows.columns) if rows.lines is None else rows.lines.tolist()
            assert len(lines) == len(rows.columns)
            for number, row in enumerate(rows.columns.to_pylist(), start=rows.first):
                row["line"] = lines[number - rows.first]
                reason = f"{rows.place(number)} {rows.reasons.get(number, 'has no text')}"
                found.append((number, row, None if row["text"] is not None else reason))
    except UnreadableError as error:
        return found, str(error)
    return found, None
