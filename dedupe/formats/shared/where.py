"""Where a place is in the files of the reader: what editors, hooks and CI follow.

A report names documents by id, and knows of rows which file they are in and, where rows are lines, which
line. The id of a file is its path. Where a report does not say, PATH#ROW is what a row without an id of
its own is called; any other id says nothing of a file, even where it looks like a path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dedupe.report import Finding, Location, Origin

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
    line: int | None = None
    """The line that its row begins on, where that is known."""


class Range(NamedTuple):
    """Lines of a file."""

    first: int
    last: int


class Files:
    """Which files documents are in.

    Args:
        is_file: whether there is a file of a name, for who can look; without, names alone tell.
        origins: what the report knows of rows.
    """

    def __init__(
        self,
        is_file: Callable[[str], bool] | None = None,
        origins: Mapping[str, Origin] | None = None,
    ) -> None:
        self._is_file = is_file
        self._origins = origins if origins is not None else {}
        self._spots: dict[str, Spot] = {}

    def spot(self, document: str) -> Spot:
        """The file and row that an id names, as far as it does."""
        found = self._spots.get(document)
        if found is None:
            found = self._spots[document] = self._look(document)
        return found

    def lines(self, place: Location) -> Range | None:
        """The lines of its file that a place is in, of a row the first; None where nobody knows."""
        at = self.spot(place.document)
        if at.as_read:
            return Range(place.line, place.end_line)
        return Range(at.line, at.line) if at.line is not None else None

    def _look(self, document: str) -> Spot:
        origin = self._origins.get(document)
        if origin is not None:
            line = None if origin.path.lower().endswith(_PACKED) else origin.line
            return Spot(origin.path, origin.row, False, line)
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
