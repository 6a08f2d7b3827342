"""What one file, row or document may ask of the machine before it is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from dedupe.errors import DedupeError

_UNITS: Final = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_SIZES: Final = ("document", "line", "unpacked")
_LARGEST: Final = 1 << 50
_DEEPEST: Final = 900
"""Python stops a little below 1000, what called it included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of what is read, sizes in bytes. What is over one costs only itself, and is listed.

    Raises:
        DedupeError: a value is out of its range.
    """

    document: int = 64 << 20
    """The text of a document as UTF-8, or the page it is taken from."""
    line: int = 256 << 20
    """A line of JSON Lines, a record of CSV, an item of a JSON array."""
    unpacked: int = 32 << 30
    """What one compressed file unpacks to,"""
    ratio: int = 200
    """and how many times its own size that is, once it is more than a few hundred megabytes."""
    depth: int = 500
    """Objects and lists of JSON, elements of HTML inside each other."""
    empty: int = 10_000_000
    """Rows of one file that are no documents."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            most = _DEEPEST if each.name == "depth" else _LARGEST
            if not isinstance(value, int) or not 1 <= value <= most:
                raise DedupeError(f"--limit {each.name}={value} is out of range: it takes 1 to {most}")

    @property
    def changed(self) -> dict[str, int]:
        """Those that are not the usual ones."""
        usual = Limits()
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) != getattr(usual, each.name)
        }


NAMES: Final = tuple(each.name for each in fields(Limits))


def limits_of(given: Iterable[str]) -> Limits:
    """The usual limits but for those given as ``NAME=VALUE``; of one name the last counts.

    Raises:
        DedupeError: there is no such limit, or the value is none.
    """
    values = {}
    for each in given:
        name, _, value = each.partition("=")
        if name not in NAMES:
            raise DedupeError(
                f"--limit {each} is not a limit: it takes NAME=VALUE, NAME one of {', '.join(NAMES)}"
            )
        values[name] = _number(each, name, value)
    return Limits(**values)


def size(value: int) -> str:
    """A size in bytes as people write it, and as ``limits_of`` reads it."""
    for unit, bytes_of in reversed(_UNITS.items()):
        if value >= bytes_of and value % bytes_of == 0:
            return f"{value // bytes_of} {unit}B" if unit else f"{value} bytes"
    return f"{value} bytes"


def _number(given: str, name: str, value: str) -> int:
    units = "[KMGT]?" if name in _SIZES else ""
    found = re.fullmatch(rf"(\d{{1,16}}) ?({units})(?:i?B)?", value.strip(), re.IGNORECASE)
    if not found:
        wanted = "a size as in 64MB" if name in _SIZES else "a whole number"
        raise DedupeError(f"--limit {given} is out of range: {name} takes {wanted}")
    return int(found[1]) * _UNITS[found[2].upper() if units else ""]
