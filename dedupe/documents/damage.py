"""What is broken in texts that can be read: replacement characters, and letters decoded wrongly.

UTF-8 that was taken for windows-1252 and written as UTF-8 again shows as two or three letters for one:
``Ã©`` for ``é``, ``â€™`` for ``’``. Nothing is mended: the text stays as read, and the report says how
much of it is so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

_REPLACEMENT = b"\xef\xbf\xbd"
_ONE = np.zeros(256, np.bool_)
_ONE[[0x82, 0x83]] = True  # Â and Ã, behind 0xC3
_NEXT = np.zeros(256, np.bool_)
_NEXT[[0xC2, 0xC5, 0xC6, 0xCB, 0xE2]] = True  # how what 0x80 to 0xBF are in windows-1252 begins in UTF-8
_QUOTE = np.frombuffer("â€".encode(), np.uint8)


class Damage:
    """Counts it, over all batches."""

    def __init__(self) -> None:
        self._replaced = _Count("replacement characters (U+FFFD), where something could not be decoded")
        self._mistaken = _Count("letters that are UTF-8 read as windows-1252, as Ã© for é")

    def look(self, batch: pa.RecordBatch) -> None:
        """Count what is broken in these documents."""
        text = batch.column("text")
        offsets = np.frombuffer(text.buffers()[1], np.int64, len(text) + 1, text.offset * 8)
        if text.buffers()[2] is None:
            return
        data = np.frombuffer(text.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
        for count, places in ((self._replaced, _replacements(data)), (self._mistaken, _mistaken(data))):
            if len(places):
                rows = np.searchsorted(offsets, places + offsets[0], "right") - 1
                first = batch.column("id")[int(rows[0])].as_py()
                count.add(len(places), len(np.unique(rows)), first)

    def notes(self) -> list[str]:
        """What is to be said of it."""
        return [said for count in (self._replaced, self._mistaken) if (said := count.said())]


class _Count:
    def __init__(self, what: str) -> None:
        self._what = what
        self._places = 0
        self._documents = 0
        self._first = ""

    def add(self, places: int, documents: int, first: str) -> None:
        if not self._documents:
            self._first = first
        self._places += places
        self._documents += documents

    def said(self) -> str | None:
        if not self._documents:
            return None
        have = "document has" if self._documents == 1 else "documents have"
        return f"{self._documents:,} {have} {self._what}: {self._places:,} in all (first: {self._first})"


def _replacements(data: np.ndarray) -> np.ndarray:
    """Where replacement characters are."""
    at = _where(data, _REPLACEMENT[0])
    at = at[at < len(data) - 2]
    found: np.ndarray = at[(data[at + 1] == _REPLACEMENT[1]) & (data[at + 2] == _REPLACEMENT[2])]
    return found


def _mistaken(data: np.ndarray) -> np.ndarray:
    """Where a letter is that was decoded wrongly."""
    at = _where(data, 0xC3)
    at = at[at < len(data) - 2]
    if not len(at):
        return at
    pairs = at[_ONE[data[at + 1]] & _NEXT[data[at + 2]]]
    quotes = at[at < len(data) - len(_QUOTE)]
    for further in range(1, len(_QUOTE)):
        quotes = quotes[data[quotes + further] == _QUOTE[further]]
    return np.sort(np.concatenate([pairs, quotes]))


def _where(data: np.ndarray, byte: int) -> np.ndarray:
    """Where a byte is that most texts have nowhere."""
    hits = data == byte
    return np.flatnonzero(hits) if hits.any() else np.zeros(0, np.intp)
