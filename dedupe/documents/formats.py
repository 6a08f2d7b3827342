"""Which reader reads which file: the one table to add a format to."""

from __future__ import annotations

import posixpath
from typing import Final

from dedupe.documents import csv, jsonfile, jsonl, parquet, text
from dedupe.documents.interface import Reader, one_by_one

_JSON_LINES: Final[Reader] = one_by_one(jsonl.read)
_CSV: Final[Reader] = one_by_one(csv.read)

READERS: Final[dict[str, Reader]] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": text.read,
    ".markdown": text.read,
    ".mdx": text.read,
    ".jsonl": _JSON_LINES,
    ".ndjson": _JSON_LINES,
    ".json": one_by_one(jsonfile.read),
    ".csv": _CSV,
    ".tsv": _CSV,
    ".parquet": one_by_one(parquet.read),
}
"""By suffix, in lower case."""

LATER: Final[dict[str, str]] = {
    ".arrow": "files ending in .arrow cannot be read yet: write Parquet instead",
    ".html": "files ending in .html cannot be read yet: extract their text first",
    ".htm": "files ending in .htm cannot be read yet: extract their text first",
    ".warc": "files ending in .warc cannot be read yet: extract their text first",
    ".wet": "files ending in .wet cannot be read yet: extract their text first",
}
"""Formats that are promised and have no reader yet, and what to tell who has such a file."""

PACKED: Final = (".gz", ".zst", ".bz2", ".xz")
"""Compressed files: the suffix before tells what is in them."""


def reader_of(path: str) -> Reader:
    """The reader of a file that is to be read: what is not known by its suffix is taken for text."""
    return _JSON_LINES if path == "-" else READERS.get(suffix(path), text.read)


def is_known(name: str) -> bool:
    """Whether a file in a folder is meant for us, by its name."""
    ending = suffix(name)
    if ending in PACKED:
        ending = suffix(posixpath.splitext(name)[0])
    return ending in READERS or ending in LATER


def not_yet(name: str) -> str | None:
    """Why a file cannot be read, where its format has no reader yet."""
    ending = suffix(name)
    if ending in PACKED:
        return f"files ending in {ending} cannot be read yet: decompress it first"
    return LATER.get(ending)


def suffix(name: str) -> str:
    """What a name ends in, from its last dot, in lower case."""
    return posixpath.splitext(name)[1].lower()
