"""Which file is of which format: the one table to add a format to."""

from __future__ import annotations

from typing import Final

from dedupe.clean.formats import csv, json, jsonl, text
from dedupe.clean.formats.interface import Locate
from dedupe.documents.names import packing, suffix

PARQUET: Final = ".parquet"

_FORMATS: Final[dict[str, Locate]] = {
    ".jsonl": jsonl.locate,
    ".ndjson": jsonl.locate,
    ".json": json.locate,
    ".csv": csv.locate,
    ".tsv": csv.locate,
}
FIXED: Final = (".arrow", ".html", ".htm", ".warc", ".wet")
"""Of what cannot be changed in its place; nor can what is compressed."""


def format_of(path: str) -> Locate | None:
    """How a file is changed; None if it is written anew (Parquet)."""
    ending = suffix(path)
    return None if ending == PARQUET else _FORMATS.get(ending, text.locate)


def is_text(path: str) -> bool:
    """Whether the file is the document."""
    return format_of(path) is text.locate


def is_fixed(path: str) -> bool:
    """Whether the file can only be copied as it is."""
    return packing(path) is not None or suffix(path) in FIXED
