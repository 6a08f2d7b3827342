"""Parquet, a row group at a time, several at once where there are processors for it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.interface import Opened, Rows, UnreadableError
from dedupe.documents.problems import one_line
from dedupe.documents.table import choose_columns, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyarrow.parquet import ParquetFile

_SMALL = 32 << 20
"""Row groups are decoded whole and ahead, up to so many bytes at once; larger ones batch by batch."""
_UNPACKED = 4
"""How many times that they may come to, unpacked: a text that is repeated takes hardly any space."""
_MOST_ROWS = 1 << 13
_WORKERS = 2
"""How many of these at once."""
_BUFFER = 1 << 20


def read(opened: Opened) -> Iterator[Rows]:
    """The rows of a Parquet file."""
    row = 0
    try:
        file = _open(opened)
        chosen = choose_columns(file.schema_arrow, opened.run.settings)
        total = file.metadata.num_rows
        if total == 0:
            raise UnreadableError("holds no rows")
        for batch in _batches(opened, file, sorted(set(chosen.values()))):
            columns, reasons = rows_of(batch, chosen, row)
            done = opened.file.before + opened.file.size * (row + len(batch)) // total
            yield Rows(columns, opened.file.path, done, opened.tally, first=row, reasons=reasons)
            row += len(batch)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # of the file system; Arrow's own carry no number
        if row:
            raise UnreadableError(f"is broken after row {row - 1}: {one_line(error)}") from None
        raise UnreadableError(f"is no Parquet file, or is cut short: {one_line(error)}") from None


def _open(opened: Opened, like: ParquetFile | None = None, *, buffered: bool = False) -> ParquetFile:
    """The file, for one thread to read; ``like`` spares reading its metadata again."""
    import os

    from pyarrow.parquet import ParquetFile

    return ParquetFile(
        pa.OSFile(os.fsencode(opened.file.where)),  # as bytes: a name need not be UTF-8
        metadata=None if like is None else like.metadata,
        buffer_size=_BUFFER if buffered else 0,
        pre_buffer=not buffered,  # or a whole group would be in memory
    )


def _batches(opened: Opened, file: ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """All rows in order."""
    runs = list(_runs(file))
    ahead = iter(runs)
    waiting: deque[Future[list[pa.RecordBatch] | None]] = deque()
    with ThreadPoolExecutor(_WORKERS, "parquet") as pool:
        try:
            for run in runs:
                for further in islice(ahead, _WORKERS - len(waiting)):
                    waiting.append(pool.submit(_decode_small, opened, file, further, columns))
                batches = waiting.popleft().result()
                if batches is None:
                    # Large: a batch at a time. Or broken: to save the groups before the broken one.
                    for group in run:
                        yield from _decode(_open(opened, file, buffered=True), [group], columns)
                else:
                    yield from batches
        finally:
            pool.shutdown(cancel_futures=True)


def _runs(file: ParquetFile) -> Iterator[list[int]]:
    """Row groups to decode in one go: as many as are small together, or one that is large.

    The first comes alone, for others to start on its rows.
    """
    run: list[int] = []
    total = 0
    for group in range(file.num_row_groups):
        size = _size(file, [group])
        if run and (run == [0] or total + size > _SMALL):
            yield run
            run, total = [], 0
        run.append(group)
        total += size
    if run:
        yield run


def _size(file: ParquetFile, groups: list[int]) -> int:
    return sum(file.metadata.row_group(group).total_byte_size for group in groups)


def _decode_small(
    opened: Opened, file: ParquetFile, groups: list[int], columns: list[str]
) -> list[pa.RecordBatch] | None:
    """The batches of these groups; None if they are too large to hold, or broken."""
    if _size(file, groups) > _SMALL:
        return None
    batches, total = [], 0
    try:
        for batch in _decode(_open(opened, file), groups, columns):
            batches.append(batch)
            total += batch.nbytes
            if total > _UNPACKED * _SMALL:
                return None
    except (pa.ArrowException, OSError):
        return None
    return batches


def _decode(file: ParquetFile, groups: list[int], columns: list[str]) -> Iterator[pa.RecordBatch]:
    rows = sum(file.metadata.row_group(group).num_rows for group in groups)
    each = max(1, _size(file, groups) // max(1, rows))
    most = min(max(BATCH_BYTES // each, 64), _MOST_ROWS)
    # Batches of the same size, without a small one at the end.
    size = max(1, -(-rows // max(1, -(-rows // most))))
    yield from file.iter_batches(size, row_groups=groups, columns=columns)
