"""Any bytes as a file of any format: read, or listed as skipped; never an error, never invalid text."""

from __future__ import annotations

import os
import tempfile

from dedupe.documents import SCHEMA, Intake
from dedupe.documents.formats import READERS, reader_of
from dedupe.documents.interface import Encodings, File, Run
from dedupe.documents.names import PACKED
from dedupe.documents.settle import settle
from dedupe.limits import Limits
from dedupe.settings import Settings

NAMES = sorted(
    [*READERS, *(f"{suffix}{packing}" for suffix in (".txt", ".jsonl", ".warc") for packing in PACKED)]
)
SETTINGS = (
    Settings(),
    Settings(
        text_column="body.text",
        html="all",
        limits=Limits(document=200, line=300, unpacked=4096, depth=5, empty=3),
    ),
)


def one_input(data: bytes) -> None:
    """Read one: its first byte says what it is called, its second with which settings."""
    if len(data) < 2:
        return
    name = NAMES[data[0] % len(NAMES)]
    settings = SETTINGS[data[1] % len(SETTINGS)]
    with tempfile.TemporaryDirectory(prefix="dedupe-fuzz-") as folder:
        path = os.path.join(folder, f"a{name}")
        with open(path, "wb") as file:
            file.write(data[2:])
        check(path, settings)


def check(path: str, settings: Settings) -> None:
    """Read a file, and see that what comes of it is what everything behind relies on."""
    intake = Intake()
    run = Run(settings, intake, Encodings(intake))
    ids: set[str] = set()
    documents = 0
    reader = reader_of(path)
    for piece in settle(reader([File(path, path, os.path.getsize(path))], run), intake):
        batch = piece.batch
        batch.validate(full=True)
        assert batch.schema == SCHEMA
        assert not batch.column("text").null_count
        ids.update(batch.column("id").to_pylist())
        documents += len(batch)
        for text in batch.column("text").to_pylist():
            assert len(text.encode()) <= settings.limits.document
    assert len(ids) == documents
    assert documents or intake.skipped
    assert all("\n" not in each.reason for each in intake.skipped)


if __name__ == "__main__":
    from benchmarks.fuzz.run import fuzz

    fuzz("benchmarks.fuzz.readers")
