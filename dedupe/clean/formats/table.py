"""Which file is of which format: the one table to add a format to."""

from __future__ import annotations

from typing import Final

from dedupe.clean.formats import csv, json, jsonl, text
from dedupe.clean.formats.interface import Locate
from dedupe.documents.formats import suffix

PARQUET: Final = ".parquet"

_FORMATS: Final[dict[str, Locate]] = {
    ".jsonl": jsonl.locate,
    ".ndjson": jsonl.locate,
    ".json": json.locate,
    ".csv": csv.locate,
    ".tsv": csv.locate,
}


def format_of(path: str) -> Locate | None:
    """How a file is changed; None if it is written anew (Parquet)."""
    ending = suffix(path)
    return None if ending == PARQUET else _FORMATS.get(ending, text.locate)


def is_text(path: str) -> bool:
    """Whether the file is the document."""
    return format_of(path) is text.locate
