"""Back to the corpus as it was, from a cleaned one and its manifest."""

from __future__ import annotations

import base64
import os
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from dedupe.clean import folder as folders
from dedupe.clean import manifest
from dedupe.clean.formats import parquet
from dedupe.documents.legacy import python_name
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def restore(cleaned: Path, target: Path) -> int:
    """Write the originals; the number of files.

    Raises:
        DedupeError: the manifest is damaged, a file was changed since, or the folder cannot be written.
    """
    if not cleaned.is_dir():
        raise DedupeError(f"{cleaned} is no folder: name one that dedupe clean has written")
    folders.check(target, [str(cleaned)])
    # All is looked at before anything is written.
    for held in manifest.read(cleaned):
        _check(cleaned, held.file)
    files = 0
    with folders.appearing(target) as draft:
        for held in manifest.read(cleaned):
            try:
                _restore(cleaned, draft, held)
            except (KeyError, TypeError, ValueError, LookupError) as error:
                raise manifest.damaged(cleaned / manifest.NAME) from error
            files += 1
    return files


def _check(cleaned: Path, file: manifest.Line) -> None:
    """See that a file is as it was written."""
    try:
        name, state, size, digest = (file[key] for key in ("file", "state", "size", "digest"))
    except KeyError:
        raise manifest.damaged(cleaned / manifest.NAME) from None
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise manifest.damaged(cleaned / manifest.NAME)
    if state == "left out":
        return
    try:
        found = folders.digest_of(cleaned / name)
    except FileNotFoundError:
        raise DedupeError(f"{cleaned / name} is missing: what it was cannot be restored") from None
    except OSError as error:
        raise DedupeError(f"{cleaned / name} cannot be read: {error.strerror or error}") from error
    if found != (size, digest):
        raise _changed(cleaned / name)


def _changed(path: Path) -> DedupeError:
    return DedupeError(f"{path} was changed since it was cleaned: what it was cannot be restored")


def _restore(cleaned: Path, draft: Path, held: manifest.FileLines) -> None:
    file = held.file
    source, target = cleaned / file["file"], draft / file["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    if file["state"] == "same":
        if folders.copy(source, target) != (file["size"], file["digest"]):
            raise _changed(source)
    elif file["state"] == "rewritten":
        _restore_parquet(source, target, held)
    else:
        with open(target, "xb") as output:
            data = b"" if file["state"] == "left out" else source.read_bytes()
            found = folders.pour(_merged(data, held), output.write)
        if found != (file["original_size"], file["original_digest"]):
            raise ValueError(target)


def _merged(data: bytes, held: manifest.FileLines) -> Iterator[bytes]:
    """The bytes with those that were removed, each at its place in the original."""
    view = memoryview(data)
    at = taken = 0
    for line in held.removals:
        low, high = line["bytes"]
        yield bytes(view[taken : taken + low - at])
        taken += low - at
        piece = _bytes(line, held.file["encoding"])
        if len(piece) != high - low:
            raise ValueError(line["file"])
        yield piece
        at = high
    yield bytes(view[taken:])


def _bytes(line: manifest.Line, encoding: str) -> bytes:
    if "base64" in line:
        return base64.b64decode(line["base64"])
    text = str(line["raw"] if "raw" in line else line["removed"])
    return text.encode(python_name(encoding))


def _restore_parquet(source: Path, target: Path, held: manifest.FileLines) -> None:
    removed: dict[int, list[tuple[int, str]]] = {}
    gone: dict[int, str] = {}
    for line in held.removals:
        if "arrow" in line:
            gone[line["row"]] = line["arrow"]
        else:
            removed.setdefault(line["row"], []).append((line["start"], line["removed"]))
    texts: dict[int, Any] = {row: partial(_with, pieces=pieces) for row, pieces in removed.items()}
    try:
        parquet.restore(os.fspath(source), os.fspath(target), held.file["column"], texts, gone)
    except parquet.UnlikeError as error:
        raise DedupeError(f"{source} cannot be restored: {error}") from error


def _with(text: str, pieces: Sequence[tuple[int, str]]) -> str:
    """The text with what was removed, each at its place in the original."""
    parts = []
    at = taken = 0
    for start, piece in pieces:
        parts.append(text[taken : taken + start - at])
        taken += start - at
        parts.append(piece)
        at = start + len(piece)
    parts.append(text[taken:])
    return "".join(parts)
