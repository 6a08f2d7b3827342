"""``manifest.jsonl``: what was removed, for which finding, and all it takes to put it back.

Lines in this order: ``header``; for each file ``file`` and then its ``removal``s in the order of the
file and what was ``left``; ``end``, with a digest of all lines before it. No line has a key that could
be the text of a document: an audit of the folder finds none in here.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import xxhash

from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

NAME: Final = "manifest.jsonl"
SCHEMA: Final = "dedupe-clean/1"
Line = dict[str, Any]


class Writer:
    """Writes a manifest, line by line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = xxhash.xxh3_128()
        self._lines = 0

    def write(self, record: str, **values: Any) -> None:
        """One line."""
        line = _line({"record": record, **values})
        self._stream.write(line)
        self._digest.update(line)
        self._lines += 1

    def close(self) -> None:
        """The last line."""
        self._stream.write(
            _line({"record": "end", "lines": self._lines, "digest": self._digest.hexdigest()})
        )


def _line(value: Line) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a file's name that is no valid text
        return json.dumps(value).encode() + b"\n"


@dataclass(slots=True)
class FileLines:
    """What a manifest says of one file."""

    file: Line
    removals: list[Line] = field(default_factory=list)


def is_manifest(path: str | os.PathLike[str]) -> bool:
    """Whether a file is one, by its name and first line."""
    if os.path.basename(path) != NAME:
        return False
    try:
        with open(path, "rb") as file:
            first = json.loads(file.readline(1 << 20))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and first.get("schema") == SCHEMA


def read(folder: Path) -> Iterator[FileLines]:
    """What the manifest of a folder says, file by file, after seeing that it is whole.

    Raises:
        DedupeError: there is none, or it is damaged.
    """
    path = folder / NAME
    header = _check(path)
    if header.get("schema") != SCHEMA:
        raise DedupeError(
            f"{path} is of schema {header.get('schema')}, not {SCHEMA}: use its version of dedupe"
        )
    return _files(path)


def _check(path: Path) -> Line:
    """The first line, after seeing that the last one agrees with all before it."""
    digest = xxhash.xxh3_128()
    first: Line = {}
    lines = 0
    try:
        with open(path, "rb") as file:
            previous = b""
            for data in file:
                if previous:
                    digest.update(previous)
                    first = first or _parsed(previous, path)
                    lines += 1
                previous = data
    except FileNotFoundError:
        raise DedupeError(
            f"{path} is not there: this is no folder that dedupe clean has written"
        ) from None
    except OSError as error:
        raise DedupeError(f"{path} cannot be read: {error.strerror or error}") from error
    end = _parsed(previous, path)
    if not previous.endswith(b"\n") or (end.get("record"), end.get("lines"), end.get("digest")) != (
        "end",
        lines,
        digest.hexdigest(),
    ):
        raise damaged(path)
    return first


def _files(path: Path) -> Iterator[FileLines]:
    held: FileLines | None = None
    for line in _lines(path):
        record = line.get("record")
        if record == "file":
            if held is not None:
                yield held
            held = FileLines(line)
        elif record == "removal":
            if held is None:
                raise damaged(path)
            held.removals.append(line)
    if held is not None:
        yield held


def _lines(path: Path) -> Iterable[Line]:
    with open(path, "rb") as file:
        for data in file:
            yield _parsed(data, path)


def _parsed(data: bytes, path: Path) -> Line:
    try:
        line = json.loads(data)
    except (ValueError, RecursionError):
        raise damaged(path) from None
    if not isinstance(line, dict):
        raise damaged(path)
    return line


def damaged(path: Path) -> DedupeError:
    """A manifest that is not as it was written."""
    return DedupeError(f"{path} is damaged: what was removed cannot be put back with it")
