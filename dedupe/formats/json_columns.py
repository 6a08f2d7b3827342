"""Findings as JSON straight from columns: the same bytes as from objects, a report of millions at once.

What stands once a finding is encoded as ever. Its locations are written by a kernel, which takes numbers
from their columns and excerpts from the documents' bytes.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from dedupe.formats.shared.encode import encoded
from dedupe.formats.shared.excerpts_of import excerpts_of
from dedupe.formats.shared.visible import ACTING
from dedupe.kernels import kernel, part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from dedupe.report import Columns, Finding, Places

CHUNK: Final = 1 << 23
"""Bytes of excerpts and names that are written at a time, about."""
_FIXED: Final = 440
"""Bytes of a location beside its name and excerpt, at most: 209 of keys, four numbers of 19 digits, four
similarities of 24."""
_LONGEST_ESCAPE: Final = 6
_PIECES: Final = (
    b'{"document": ',
    b', "start": ',
    b', "end": ',
    b', "line": ',
    b', "end_line": ',
    b', "anchor": ',
    b', "keep": ',
    b', "jaccard": ',
    b', "containment": ',
    b', "containment_in_anchor": ',
    b', "containment_of_anchor": ',
    b', "text": ',
    b"true",
    b"false",
    b"null",
    b", ",
)
"""What stands between the values of a location, in the order in which ``write_places`` names it."""
_SHORT: Final = {8: b"b", 9: b"t", 10: b"n", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}
_PLAIN: Final = 0
_LONG: Final = 1
_SEVERAL: Final = 2


def findings(
    held: Columns, places: Places, head: Callable[[Finding], str], *, text: bool
) -> Iterator[bytes]:
    """The lines of the array of findings, several at a time.

    Args:
        held: the findings.
        places: all of their locations.
        head: a finding without locations as JSON.
        text: whether excerpts are written.
    """
    writer = _Writer(places, text=text)
    with ThreadPoolExecutor(1) as beside:
        # While one chunk is written, the findings of the next are encoded.
        waiting: Future[bytes] | None = None
        for first, last in writer.chunks():
            heads = [_opened(head(held.without_places(row)), row == 0) for row in range(first, last)]
            following = beside.submit(writer.write, first, last, heads)
            if waiting is not None:
                yield waiting.result()
            waiting = following
        if waiting is not None:
            yield waiting.result()


class _Writer:
    """All that locations are written from, as bytes."""

    def __init__(self, places: Places, *, text: bool) -> None:
        self._places, self._text = places, text
        self._names = _joined([encoded(name).encode() for name in places.names])
        columns = (places.jaccard, places.containment, places.in_anchor, places.of_anchor)
        values, of = np.unique(np.concatenate(columns), return_inverse=True)
        self._similarities = _joined(
            [b"null" if value != value else encoded(value).encode() for value in values.tolist()]
        )
        self._similar = of.astype(np.int64).reshape(4, -1)
        sizes = np.diff(self._names[1])[places.document] + _FIXED
        if text:
            sizes += places.last_byte - places.first_byte
        self._sizes = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])[places.bounds]
        self._pieces = _joined(list(_PIECES))

    def chunks(self) -> Iterator[tuple[int, int]]:
        """Runs of findings of about a chunk each."""
        first, count = 0, self._sizes.size - 1
        while first < count:
            last = int(np.searchsorted(self._sizes, self._sizes[first] + CHUNK, "right")) - 1
            last = min(max(last, first + 1), count)
            yield first, last
            first = last

    def write(self, first: int, last: int, heads: list[bytes]) -> bytes:
        """A run of findings."""
        places, pieces = self._places, self._pieces
        rows = slice(int(places.bounds[first]), int(places.bounds[last]))
        count = rows.stop - rows.start
        opened = _joined(heads)
        if self._text:
            excerpts = excerpts_of(places, rows)
        else:
            excerpts = np.empty(0, np.uint8), np.zeros(count + 1, np.int64)
        room = opened[0].size + int(self._sizes[last] - self._sizes[first])
        room += (_LONGEST_ESCAPE - 1) * excerpts[0].size + 2 * (last - first)
        out = np.empty(room, np.uint8)
        size = write_places(
            out,
            opened,
            places.bounds[first : last + 1] - places.bounds[first],
            self._names,
            places.document[rows],
            (places.start[rows], places.end[rows], places.line[rows], places.end_line[rows]),
            (places.anchor[rows].view(np.uint8), places.keep[rows].view(np.uint8)),
            self._similarities,
            tuple(self._similar[each, rows] for each in range(4)),
            excerpts,
            int(self._text),
            pieces,
            _tables(),
        )
        return out[:size].tobytes()


def _opened(line: str, first: bool) -> bytes:
    """A finding up to its locations."""
    return f"{'' if first else ',' + chr(10)}    {line.removesuffix(']}')}".encode()


def _joined(parts: list[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Bytes in one array, and where each begins and the last ends."""
    bounds = np.zeros(len(parts) + 1, np.int64)
    np.cumsum([len(part) for part in parts], out=bounds[1:])
    # Not of bytes themselves, which cannot be written to: kernels would be compiled for both.
    return np.frombuffer(bytearray(b"".join(parts)), np.uint8), bounds


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """What a byte becomes: itself, the letter behind a backslash, ``_LONG`` or part of ``_SEVERAL``.

    And which code points act on a screen, for bytes that are part of several.
    """
    of_byte = np.zeros(256, np.uint8)
    of_byte[:32] = of_byte[127] = _LONG
    of_byte[128:] = _SEVERAL
    for byte, letter in _SHORT.items():
        of_byte[byte] = letter[0]
    acting = np.zeros(0x110000, np.uint8)
    for low, high in ACTING:
        acting[low : high + 1] = 1
    return of_byte, acting


@part
def _copy(
    out: NDArray[np.uint8], size: int, held: tuple[NDArray[np.uint8], NDArray[np.int64]], row: int
) -> int:
    """One of many strings, behind what is written."""
    data, bounds = held
    for place in range(bounds[row], bounds[row + 1]):
        out[size] = data[place]
        size += 1
    return size


@part
def _number(out: NDArray[np.uint8], size: int, value: int) -> int:
    """The digits of a number that is not negative."""
    digits = 1
    above = 10
    while above <= value:
        digits += 1
        above *= 10
    for place in range(size + digits - 1, size - 1, -1):
        out[place] = 48 + value % 10
        value //= 10
    return size + digits


@part
def _unit(out: NDArray[np.uint8], size: int, value: int) -> int:
    r"""A unit of UTF-16 written out, ``\\u202e``."""
    out[size] = 92
    out[size + 1] = 117
    for place in range(4):
        digit = (value >> (12 - 4 * place)) & 15
        out[size + 2 + place] = 48 + digit if digit < 10 else 87 + digit
    return size + 6


@part
def _string(
    out: NDArray[np.uint8],
    size: int,
    text: NDArray[np.uint8],
    at: int,
    end: int,
    tables: tuple[NDArray[np.uint8], NDArray[np.uint8]],
) -> int:
    """A stretch of UTF-8 as JSON, what acts on a screen written out."""
    of_byte, acting = tables
    out[size] = 34
    size += 1
    while at < end:
        byte = text[at]
        becomes = of_byte[byte]
        if becomes == _PLAIN:
            out[size] = byte
            size += 1
            at += 1
        elif becomes == _SEVERAL:
            length = 2 + (byte >= 0xE0) + (byte >= 0xF0)
            code = np.int64(byte) & (0xFF >> (length + 1))
            for place in range(at + 1, at + length):
                code = code << 6 | (np.int64(text[place]) & 0x3F)
            if acting[code] == 0:
                for place in range(at, at + length):
                    out[size] = text[place]
                    size += 1
            elif code < 0x10000:
                size = _unit(out, size, code)
            else:
                size = _unit(out, size, 0xD800 + ((code - 0x10000) >> 10))
                size = _unit(out, size, 0xDC00 + (code & 0x3FF))
            at += length
        elif becomes == _LONG:
            size = _unit(out, size, int(byte))
            at += 1
        else:
            out[size] = 92
            out[size + 1] = becomes
            size += 2
            at += 1
    out[size] = 34
    return size + 1


@kernel
def write_places(
    out: NDArray[np.uint8],
    heads: tuple[NDArray[np.uint8], NDArray[np.int64]],
    bounds: NDArray[np.int64],
    names: tuple[NDArray[np.uint8], NDArray[np.int64]],
    document: NDArray[np.int64],
    numbers: tuple[NDArray[np.int64], ...],
    flags: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    similarities: tuple[NDArray[np.uint8], NDArray[np.int64]],
    similar: tuple[NDArray[np.int64], ...],
    excerpts: tuple[NDArray[np.uint8], NDArray[np.int64]],
    text: int,
    pieces: tuple[NDArray[np.uint8], NDArray[np.int64]],
    tables: tuple[NDArray[np.uint8], NDArray[np.uint8]],
) -> int:
    """Write findings with their locations; how many bytes they are.

    Args:
        out: has room for all of them.
        heads: the JSON of each finding up to its locations, and where each begins.
        bounds: (f + 1,): where the locations of each begin.
        names: the JSON of documents' ids, and where each begins.
        document: (l,): the document of each location.
        numbers: (l,): start, end, line and last line of each.
        flags: (l,): whether each is the anchor, and whether it is kept.
        similarities: the JSON of different similarities, and where each begins.
        similar: (l,): which of them are the Jaccard and the three containments of each.
        excerpts: the text of all locations, and where each begins.
        text: 0 writes null in place of each.
        pieces: ``_PIECES``.
        tables: ``_tables``.
    """
    size = 0
    for finding in range(bounds.size - 1):
        size = _copy(out, size, heads, finding)
        for row in range(bounds[finding], bounds[finding + 1]):
            if row > bounds[finding]:
                size = _copy(out, size, pieces, 15)
            size = _copy(out, size, pieces, 0)
            size = _copy(out, size, names, document[row])
            size = _number(out, _copy(out, size, pieces, 1), numbers[0][row])
            size = _number(out, _copy(out, size, pieces, 2), numbers[1][row])
            size = _number(out, _copy(out, size, pieces, 3), numbers[2][row])
            size = _number(out, _copy(out, size, pieces, 4), numbers[3][row])
            size = _copy(out, _copy(out, size, pieces, 5), pieces, 13 - flags[0][row])
            size = _copy(out, _copy(out, size, pieces, 6), pieces, 13 - flags[1][row])
            size = _copy(out, _copy(out, size, pieces, 7), similarities, similar[0][row])
            size = _copy(out, _copy(out, size, pieces, 8), similarities, similar[1][row])
            size = _copy(out, _copy(out, size, pieces, 9), similarities, similar[2][row])
            size = _copy(out, _copy(out, size, pieces, 10), similarities, similar[3][row])
            size = _copy(out, size, pieces, 11)
            if text:
                size = _string(out, size, excerpts[0], excerpts[1][row], excerpts[1][row + 1], tables)
            else:
                size = _copy(out, size, pieces, 14)
            out[size] = 125  # }
            size += 1
        out[size] = 93  # ]
        out[size + 1] = 125
        size += 2
    return size
