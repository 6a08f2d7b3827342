"""Which reader reads which file: the one table to add a format to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dedupe.documents import arrow, csv, html, jsonfile, jsonl, parquet, text, warc
from dedupe.documents.names import suffix
from dedupe.documents.opening import one_by_one

if TYPE_CHECKING:
    from dedupe.documents.interface import Reader

_JSON_LINES: Final[Reader] = one_by_one(jsonl.read)
_CSV: Final[Reader] = one_by_one(csv.read)
_WARC: Final[Reader] = one_by_one(warc.read)

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
    ".arrow": one_by_one(arrow.read),
    ".html": html.read,
    ".htm": html.read,
    ".warc": _WARC,
    ".wet": _WARC,
}
"""By suffix, in lower case; that of compression, and what is elsewhere, are for ``opening``."""


def reader_of(path: str) -> Reader:
    """The reader of a file that is to be read: what is not known by its suffix is taken for text."""
    return _JSON_LINES if path == "-" else READERS.get(suffix(path), text.read)


def is_known(name: str) -> bool:
    """Whether a file in a folder is meant for us, by its name."""
    return suffix(name) in READERS
