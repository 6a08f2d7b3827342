"""CSV through Arrow's parser, only where it gives the same rows as Python's.

The two agree on text that keeps to the rules, and differ in what they make of the rest. So a block
goes this way only if it is valid UTF-8, its lines end in LF or CRLF, and every quote is in its
place: each that opens stands at the start of a cell, each that closes at the end of one or before
another quote. Then a line end is the end of a record exactly where the quotes before it are even.
What is ragged, Arrow refuses itself.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from dedupe.documents.decode import is_utf8
from dedupe.documents.interface import loose
from dedupe.documents.scan import positions

_QUOTE, _LF, _CR = b'"\n\r'
_LEAST_BLOCK = 1 << 20


class Found(NamedTuple):
    """The records that end in a block."""

    columns: pa.RecordBatch
    passed: int
    """Bytes they take."""
    lines: int
    starts: np.ndarray
    """The lines on which the records begin, the first line of the block being 0."""


def read_block(
    block: bytes, delimiter: str, width: int, columns: dict[str, int], most: int
) -> Found | None:
    """The records that end in a block; None where the plain path has to read them."""
    data = np.frombuffer(block, np.uint8)
    if not is_utf8(block) or _returns_alone(data):
        return None
    lines = positions(data, _LF)
    quotes = positions(data, _QUOTE)
    ends = _record_ends(data, lines, quotes)
    if not len(ends):
        return None
    passed = int(min(ends[-1] + 1, len(data)))
    if not _in_place(data[:passed], quotes[: np.searchsorted(quotes, passed)], ord(delimiter)):
        return None
    longest = int(np.diff(ends, prepend=-1).max())
    if longest > most:
        return None
    table = _parsed(block[:passed] if passed < len(block) else block, delimiter, width, columns, longest)
    starts = np.append(0, ends[:-1] + 1)
    starts = starts[~_blank(data, starts, ends)]
    if table is None or table.num_rows != len(starts):
        return None
    batch = table.combine_chunks().to_batches()
    texts = {role: batch[0].column(str(column)) for role, column in columns.items()} if batch else {}
    return Found(
        loose(texts, table.num_rows),
        passed,
        int(np.searchsorted(lines, passed)),
        np.searchsorted(lines, starts),
    )


def _returns_alone(data: np.ndarray) -> bool:
    """Whether a carriage return stands anywhere but before a line feed."""
    at = positions(data, _CR)
    return bool(len(at)) and (at[-1] == len(data) - 1 or bool((data[at + 1] != _LF).any()))


def _record_ends(data: np.ndarray, lines: np.ndarray, quotes: np.ndarray) -> np.ndarray:
    """Where records end: line ends outside quotes, and the end of a file without one."""
    ends = lines if len(data) and data[-1] == _LF else np.append(lines, len(data))
    outside: np.ndarray = ends[np.searchsorted(quotes, ends) % 2 == 0]
    return outside


def _in_place(data: np.ndarray, quotes: np.ndarray, delimiter: int) -> bool:
    """Whether quotes stand only where a cell starts and ends, or in pairs inside one."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = data[opening[opening > 0] - 1]
    after = data[closing[closing < len(data) - 1] + 1]
    starts = np.isin(before, (delimiter, _LF, _QUOTE)).all()
    return bool(starts and np.isin(after, (delimiter, _LF, _CR, _QUOTE)).all())


def _blank(data: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Which records are empty lines."""
    lengths = ends - starts
    returned = (lengths == 1) & (data[np.minimum(starts, len(data) - 1)] == _CR)
    blank: np.ndarray = (lengths == 0) | returned
    return blank


def _parsed(
    block: bytes, delimiter: str, width: int, columns: dict[str, int], longest: int
) -> pa.Table | None:
    import pyarrow.csv

    names = [str(column) for column in range(width)]
    wanted = [names[column] for column in sorted(set(columns.values()))]
    try:
        return pyarrow.csv.read_csv(
            pa.BufferReader(block),
            pyarrow.csv.ReadOptions(column_names=names, block_size=max(_LEAST_BLOCK, longest + 2)),
            pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            pyarrow.csv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(wanted, pa.large_string()),
                null_values=[],
                strings_can_be_null=False,
                include_columns=wanted,
            ),
        )
    except ValueError:  # ArrowInvalid is one
        return None
