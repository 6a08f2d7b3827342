"""What has to be known of a block of JSON Lines before Arrow may parse it (see `jsonl_fast`)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe.documents.columns import ROLES, wanted
from dedupe.documents.scan import brackets, positions

if TYPE_CHECKING:
    from dedupe.settings import Settings

_QUOTE, _COLON, _LF, _CR = b'":\n\r'
_DEEP = 400
"""Brackets a line may open. Python stops below a depth of 1000, the caller's own depth included."""
_SPACES = 8


def line_ends(data: np.ndarray) -> np.ndarray | None:
    """Where the lines end, if each is an object from its first byte to its last."""
    ends = positions(data, _LF)
    if not len(ends) or ends[-1] != len(data) - 1:
        ends = np.append(ends, len(data))
    starts = np.append(0, ends[:-1] + 1)
    if (ends <= starts).any() or (data[starts] != ord("{")).any():
        return None
    last = data[ends - 1]
    returned = last == _CR
    last = np.where(returned, data[ends - 1 - returned], last)
    return None if (last != ord("}")).any() else ends


def is_shallow(data: np.ndarray, ends: np.ndarray, deepest: int) -> bool:
    """Whether no line opens so many brackets that it might be nested too deep."""
    opened = np.searchsorted(brackets(data), ends)
    return bool(np.diff(opened, prepend=0).max() < min(_DEEP, deepest))


def is_strict(data: np.ndarray) -> bool:
    """Whether there is no number that only Arrow knows: Inf, -NaN and the like."""
    if len(_at(data, b"-NaN")):
        return False
    ends = _at(data, b"Inf") + 3
    return not np.isin(data[ends[ends < len(data)]], list(b" \t\r\n,]}")).any()


@lru_cache(maxsize=8)
def findable(settings: Settings) -> frozenset[str] | None:
    """The wanted names in lower case; None if they are not such as `names_in` finds."""
    names = {name.lower() for role in ROLES for name in wanted(role, settings)}
    plain = all(name.isascii() and name.replace("_", "").isalpha() for name in names)
    return frozenset(names) if plain else None


def names_in(data: np.ndarray, names: frozenset[str]) -> list[str] | None:
    """Every spelling of the names that is a key in the block; None where an escape may hide one."""
    if _has_escaped_letter(data):
        return None
    ends = _key_ends(data)
    if ends is None:
        return None
    width = max(map(len, names)) + 1
    # The bytes before each key's closing quote, its opening one among them if the key is short.
    windows = data[np.maximum(ends[:, None] + np.arange(-width, 0), 0)]
    found = set()
    for window in np.unique(np.ascontiguousarray(windows).view(f"S{width}")).tolist():
        _, quote, name = window.rpartition(b'"')
        if quote and name.isascii() and name.decode().lower() in names:
            found.add(name.decode())
    return sorted(found)


def _key_ends(data: np.ndarray) -> np.ndarray | None:
    """The closing quote of every key: of every string before a colon; None if space is in the way."""
    at = positions(data, _COLON) - 1
    at = at[at >= 0]
    for _ in range(_SPACES):
        space = np.isin(data[at], list(b" \t\r\n"))
        if not space.any():
            ends: np.ndarray = at[data[at] == _QUOTE]
            return ends
        at = np.maximum(at - space, 0)
    return None


def _has_escaped_letter(data: np.ndarray) -> bool:
    """Whether some letter is written as its number, as no program does: it might be one of a name."""
    digits = _at(data, b"\\u00") + 4
    return bool(np.isin(data[digits[digits < len(data)]], list(b"4567")).any())


def _at(data: np.ndarray, word: bytes) -> np.ndarray:
    """Where a few bytes stand in a row."""
    at = positions(data, word[0], word[1])
    at = at[at + len(word) <= len(data)]
    for further in range(2, len(word)):
        at = at[data[at + further] == word[further]]
    return at
