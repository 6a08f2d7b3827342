"""Parquet, a row group at a time, several at once where there are processors for it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyarrow as pa

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.interface import Opened, Rows, UnreadableError
from dedupe.documents.problems import one_line
from dedupe.documents.table import choose_columns, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyarrow.parquet import ParquetFile

_SMALL_GROUP = 64 << 20
"""Row groups up to so many bytes are decoded whole and ahead; larger ones batch by batch."""
_WORKERS = 2
"""Row groups decoded at once: one more than is needed to keep the readers of the batches busy."""
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


def _open(opened: Opened, *, buffered: bool = False) -> ParquetFile:
    import os

    from pyarrow.parquet import ParquetFile

    # As bytes: names that are not UTF-8 are names all the same.
    source = pa.OSFile(os.fsencode(opened.file.where))
    return ParquetFile(source, buffer_size=_BUFFER if buffered else 0)


def _batches(opened: Opened, file: ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """All rows in order; groups that are small are decoded ahead of the one that is asked for."""
    groups = range(file.num_row_groups)
    waiting: deque[Future[list[pa.RecordBatch]]] = deque()
    with ThreadPoolExecutor(_WORKERS, "parquet") as pool:
        ahead = iter(groups)

        def fill() -> None:
            while len(waiting) < _WORKERS and (group := next(ahead, None)) is not None:
                waiting.append(pool.submit(_decode_small, opened, group, columns))

        try:
            for group in groups:
                fill()
                batches = waiting.popleft().result()
                yield from batches or _decode(_open(opened, buffered=True), group, columns)
        finally:
            pool.shutdown(cancel_futures=True)


def _decode_small(opened: Opened, group: int, columns: list[str]) -> list[pa.RecordBatch]:
    """A row group's batches; none if it is too large to hold (or has no rows)."""
    file = _open(opened)
    if file.metadata.row_group(group).total_byte_size > _SMALL_GROUP:
        return []
    return list(_decode(file, group, columns))


def _decode(file: ParquetFile, group: int, columns: list[str]) -> Iterator[pa.RecordBatch]:
    about = file.metadata.row_group(group)
    each = about.total_byte_size // max(1, about.num_rows)
    size = min(max(BATCH_BYTES // max(1, each), 64), 1 << 17)
    yield from file.iter_batches(size, row_groups=[group], columns=columns)
