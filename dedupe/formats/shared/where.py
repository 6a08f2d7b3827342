"""Where a place is in the files of the reader: what editors, hooks and CI follow.

A report names documents by id. The id of a file is its path; a row without an id of its own is called
PATH#ROW. Any other id says nothing of the file its document came from, even where it looks like a path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe.report import Finding, Location

TEXT: Final = (".txt", ".text", ".md", ".markdown", ".mdx")
"""Files that are one document, read as they are: offsets and lines are those of the file."""
PAGES: Final = (".html", ".htm")
"""Files that are one document, of which the text is taken out."""
LINES: Final = (".jsonl", ".ndjson")
"""Files with a document a line."""
TABLES: Final = (".json", ".csv", ".tsv", ".parquet", ".arrow", ".warc", ".wet")
"""Other files with many documents."""
_PACKED: Final = (".gz", ".zst", ".bz2", ".xz")
_ROW: Final = re.compile(r"(.+?)#([0-9]{1,18})(?:#[0-9]+)?", re.DOTALL)
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


class Spot(NamedTuple):
    """Where a document is."""

    path: str | None
    """Its file, where the id tells."""
    row: int | None
    """Its row in it, from 0."""
    as_read: bool
    """Whether the file's characters and lines are the document's."""


class Range(NamedTuple):
    """Lines of a file."""

    first: int
    last: int


class Files:
    """Which files documents are in.

    Args:
        is_file: whether there is a file of a name, for who can look; without, names alone tell.
    """

    def __init__(self, is_file: Callable[[str], bool] | None = None) -> None:
        self._is_file = is_file
        self._spots: dict[str, Spot] = {}

    def spot(self, document: str) -> Spot:
        """The file and row that an id names, as far as it does."""
        found = self._spots.get(document)
        if found is None:
            found = self._spots[document] = self._look(document)
        return found

    def lines(self, place: Location) -> Range | None:
        """The lines of its file that a place is in; None where they are not known.

        A row of JSON Lines is taken for the line of its number, as it is where no line is blank.
        """
        at = self.spot(place.document)
        if at.as_read:
            return Range(place.line, place.end_line)
        if at.path and at.row is not None and at.path.lower().endswith(LINES):
            return Range(at.row + 1, at.row + 1)
        return None

    def _look(self, document: str) -> Spot:
        if self._is_one(document, TEXT + PAGES):
            name = document.lower()
            return Spot(document, None, not name.endswith(_PACKED) and not _ends(name, PAGES))
        row = _ROW.fullmatch(document)
        if row and self._is_one(row[1], LINES + TABLES):
            return Spot(row[1], int(row[2]), False)
        return Spot(None, None, False)

    def _is_one(self, name: str, suffixes: tuple[str, ...]) -> bool:
        if self._is_file is not None:
            return self._is_file(name)
        return _ends(name.lower(), suffixes) and not _SCHEME.match(name)


def foremost(finding: Finding) -> Location:
    """The place that a reader is led to: the first that need not stay, else the anchor."""
    if any(place.keep for place in finding.locations):
        for place in finding.locations:
            if not place.keep:
                return place
    return next((place for place in finding.locations if place.anchor), finding.locations[0])


def _ends(name: str, suffixes: tuple[str, ...]) -> bool:
    for packed in _PACKED:
        name = name.removesuffix(packed)
    return name.endswith(suffixes)
