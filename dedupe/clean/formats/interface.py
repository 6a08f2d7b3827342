"""What a format of text is given, and what it tells: which bytes hold what goes of a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedupe.documents.interface import Opened

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """What goes of one row."""

    ranges: Sequence[Range] | None
    """Code points of its text, sorted and apart; None if the whole row goes."""


@dataclass(slots=True)
class Located:
    """Where in the file that is."""

    ranges: dict[int, list[Range]] = field(default_factory=dict)
    """By row, one for each range asked for, in bytes of the file's content as UTF-8."""
    unsafe: set[int] = field(default_factory=set)
    """Rows that would not be read as they should be without it."""


class Locate(Protocol):
    """Finds what goes, in a file of one format."""

    def __call__(self, content: bytes, opened: Opened, changes: Mapping[int, Change], /) -> Located:
        """Where the changes of rows are; rows that are not found are unsafe.

        Args:
            content: of the file, as UTF-8 without a byte order mark.
            opened: the file, for pieces of its reader.
            changes: by row.
        """
        ...


def byte_places(text: str, places: Sequence[int], before: int = 0) -> list[int]:
    """Places of a text, ascending, as bytes of it in UTF-8; ``before`` is where it starts."""
    found = []
    at = 0
    for place in places:
        before += len(text[at:place].encode("utf-8", "surrogateescape"))
        found.append(before)
        at = place
    return found


def pairs(places: Sequence[int]) -> list[Range]:
    """Every two of them as a range."""
    return list(zip(places[::2], places[1::2], strict=True))


def flat(ranges: Sequence[Range]) -> list[int]:
    """The opposite."""
    return [place for each in ranges for place in each]


def remaining(text: str, ranges: Sequence[Range]) -> str:
    """A text without some ranges of it."""
    ends = [0, *(end for _, end in ranges)]
    starts = [*(start for start, _ in ranges), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))
