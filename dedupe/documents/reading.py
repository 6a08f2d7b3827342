"""Reading: from paths or documents to the stream of batches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from typing import TYPE_CHECKING, TypeAlias

from dedupe.documents import memory
from dedupe.documents.ahead import ahead
from dedupe.documents.document import Document
from dedupe.documents.find import find
from dedupe.documents.formats import reader_of
from dedupe.documents.ids import Seen
from dedupe.documents.interface import Encodings, File, Rows, Run, Tally
from dedupe.documents.pack import pack
from dedupe.documents.settle import Piece, settle
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from dedupe.documents.batches import DocumentStream, Intake
    from dedupe.settings import Settings

Path: TypeAlias = "str | os.PathLike[str]"
Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with the path being read, and how many bytes of how many have been read."""


def read(
    documents: Path | Iterable[Path] | Iterable[Document],
    settings: Settings,
    intake: Intake,
    progress: Progress | None = None,
) -> DocumentStream:
    """Read documents, from files or as Python code hands them over.

    Files are read ahead in a thread; an iterable of documents is used where this stream is. What
    cannot be read is listed in the intake and costs only itself: when nothing could be, the stream
    is empty. Documents of an archive (``settings.against``) come first, but do not take an id that
    one of the others has; a file that is among these, too, is not read as a part of the archive.

    Args:
        documents: paths of files and folders (``-`` is standard input), or documents.
        settings: which columns to read.
        intake: gets what was skipped, and what is to be said about the input; complete at the end.
        progress: called before each batch is handed on.

    Raises:
        DedupeError: an item is neither a path nor a document, or nothing of the archive could be read
            (raised by the stream).

    """
    items = iter([documents] if isinstance(documents, str | os.PathLike) else documents)
    first = next(items, None)
    everything = items if first is None else chain([first], items)
    seen = Seen()
    files: list[File] = []
    if isinstance(first, Document):
        own: DocumentStream = (piece.batch for piece in pack(_of_memory(everything, intake, seen)))
    else:
        files = find([_path(item) for item in everything], intake, settings)
        own = _stream(files, settings, intake, seen, progress)
    if not settings.against:
        yield from own
    else:
        held = list(own)
        if held:
            for batch in _archive(files, settings, intake, seen, progress):
                intake.archive += len(batch)
                yield batch
        yield from held
    intake.notes += intake.damage.notes()


def _archive(
    files: list[File], settings: Settings, intake: Intake, seen: Seen, progress: Progress | None
) -> DocumentStream:
    """What documents are compared with; ``files`` are read already."""
    read_already = {os.path.realpath(file.where) for file in files}
    before = len(intake.skipped)
    found = find(settings.against, intake, settings)
    held = [file for file in found if os.path.realpath(file.where) not in read_already]
    # A path that was skipped is skipped once.
    skipped = set(intake.skipped[:before])
    intake.skipped[before:] = [each for each in intake.skipped[before:] if each not in skipped]
    empty = True
    for batch in _stream(held, settings, intake, seen, progress):
        empty = False
        yield batch
    if empty:
        where = ", ".join(settings.against)
        if found and not held:
            raise DedupeError(f"--against {where}: every file there is among the PATHs: name others")
        why = f": {intake.skipped[-1].reason}" if len(intake.skipped) > before else ""
        raise DedupeError(f"--against {where}: no document could be read there{why}")


def _stream(
    files: list[File], settings: Settings, intake: Intake, seen: Seen, progress: Progress | None
) -> DocumentStream:
    total = sum(file.size for file in files)
    stream = ahead(pack(_of_files(files, settings, intake, seen)))
    try:
        for piece in stream:
            if progress is not None:
                progress(piece.path, piece.done, total)
            yield piece.batch
    finally:
        stream.close()


def _of_files(files: list[File], settings: Settings, intake: Intake, seen: Seen) -> Iterator[Piece]:
    run = Run(settings, intake, Encodings(intake))

    def rows() -> Iterator[Rows]:
        for reader, some in groupby(files, key=lambda file: reader_of(file.path)):
            yield from reader(some, run)

    yield from settle(rows(), intake, seen)
    run.encodings.close()


def _of_memory(items: Iterable[object], intake: Intake, seen: Seen) -> Iterator[Piece]:
    tally = Tally(memory.NAME, intake)
    yield from settle(memory.read(map(_document, items), tally), intake, seen)
    tally.close()


def _path(item: object) -> str:
    if isinstance(item, str | os.PathLike):
        return os.fsdecode(item)
    raise DedupeError(f"documents are paths or Document objects, not both, and no {type(item).__name__}")


def _document(item: object) -> Document:
    if isinstance(item, Document):
        return item
    raise DedupeError(f"documents are paths or Document objects, not both, and no {type(item).__name__}")
