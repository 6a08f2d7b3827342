"""Parquet, a row group at a time, several at once where there are processors for it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.interface import Opened, Rows, UnreadableError
from dedupe.documents.opening import at_random
from dedupe.documents.problems import one_line
from dedupe.documents.table import choose_columns, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyarrow.parquet import ParquetFile

    Source = Callable[[], pa.NativeFile]

_SMALL = 32 << 20
"""Row groups are decoded whole and ahead, up to so many bytes at once; larger ones batch by batch."""
_UNPACKED = 4
"""How many times that they may come to, unpacked: a text that is repeated takes hardly any space."""
_MOST_ROWS = 1 << 13
_AT_ONCE = 512 << 20
"""Bytes that the rows of a batch may come to at most."""
_FEW_ROWS = 512
"""Rows of a batch that are taken without a look at how long their texts may be: a look takes time."""
_BROKEN = (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError, MemoryError)
"""What Arrow makes of a file that is broken or lies."""
_DICTIONARY = 2
"""How Thrift calls a page that is a dictionary."""
_WORKERS = 2
"""How many of these at once."""
_BUFFER = 1 << 20


def read(opened: Opened) -> Iterator[Rows]:
    """The rows of a Parquet file."""
    with at_random(opened) as source:
        yield from _read(opened, source)


def _read(opened: Opened, source: Source) -> Iterator[Rows]:
    row = 0
    try:
        file = _open(source)
        chosen = choose_columns(file.schema_arrow, opened.run.settings)
        total = file.metadata.num_rows
        if total <= 0:
            raise UnreadableError("holds no rows")
        for batch in _batches(source, file, sorted(set(chosen.values()))):
            columns, reasons = rows_of(batch, chosen, row)
            done = opened.file.before + opened.file.size * (row + len(batch)) // total
            yield Rows(columns, opened.file.path, done, opened.tally, first=row, reasons=reasons)
            row += len(batch)
        if row != total:
            raise UnreadableError(f"says that it holds {total} rows, but {row} could be read")
    except _BROKEN as error:
        if isinstance(error, OSError) and error.errno:
            raise  # of the file system; Arrow's own carry no number
        if row:
            raise UnreadableError(f"is broken after row {row - 1}: {one_line(error)}") from None
        raise UnreadableError(f"is no Parquet file, or is cut short: {one_line(error)}") from None


def _open(source: Source, like: ParquetFile | None = None, *, buffered: bool = False) -> ParquetFile:
    """The file, for one thread to read; ``like`` spares reading its metadata again."""
    from pyarrow.parquet import ParquetFile

    return ParquetFile(
        source(),
        metadata=None if like is None else like.metadata,
        buffer_size=_BUFFER if buffered else 0,
        pre_buffer=not buffered,  # or a whole group would be in memory
    )


def _batches(source: Source, file: ParquetFile, columns: list[str]) -> Iterator[pa.RecordBatch]:
    """All rows in order."""
    runs = list(_runs(file))
    ahead = iter(runs)
    waiting: deque[Future[list[pa.RecordBatch] | None]] = deque()
    with ThreadPoolExecutor(_WORKERS, "parquet") as pool:
        try:
            for run in runs:
                for further in islice(ahead, _WORKERS - len(waiting)):
                    waiting.append(pool.submit(_decode_small, source, file, further, columns))
                batches = waiting.popleft().result()
                if batches is None:
                    # Large: a batch at a time. Or broken: to save the groups before the broken one.
                    for group in run:
                        opened = _open(source, file, buffered=True)
                        yield from _decode(source, opened, [group], columns)
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
    source: Source, file: ParquetFile, groups: list[int], columns: list[str]
) -> list[pa.RecordBatch] | None:
    """The batches of these groups; None if they are too large to hold, or broken."""
    if _size(file, groups) > _SMALL:
        return None
    batches, total = [], 0
    try:
        for batch in _decode(source, _open(source, file), groups, columns):
            batches.append(batch)
            total += batch.nbytes
            if total > _UNPACKED * _SMALL:
                return None
    except _BROKEN:
        return None
    return batches


def _decode(
    source: Source, file: ParquetFile, groups: list[int], columns: list[str]
) -> Iterator[pa.RecordBatch]:
    rows = sum(file.metadata.row_group(group).num_rows for group in groups)
    each = max(1, _size(file, groups) // max(1, rows))
    most = min(max(BATCH_BYTES // each, 64), _MOST_ROWS)
    if most > _FEW_ROWS:
        # Rows that take hardly any space in the file: each may be one long text, again and again.
        most = max(1, min(most, _AT_ONCE // _longest(source, file, groups, columns)))
    # Batches of the same size, without a small one at the end.
    size = max(1, -(-rows // max(1, -(-rows // most))))
    yield from file.iter_batches(size, row_groups=groups, columns=columns)


def _longest(source: Source, file: ParquetFile, groups: list[int], columns: list[str]) -> int:
    """Bytes that a value may have which stands once in a file, and again in every row.

    The size of a dictionary is what counts: it is the one figure in which a file cannot lie, since its
    page would not unpack. Everything else is as long in memory as it is in its page.
    """
    longest = 1
    paths = [file.schema.column(number).path for number in range(len(file.schema))]
    numbers = [number for number, path in enumerate(paths) if path in columns]
    looking = _open(source, file, buffered=True)
    with source() as stream:
        for group in groups:
            # Arrow ends the process where a column is described wrongly, unless it is asked for a row.
            next(looking.iter_batches(1, row_groups=[group], columns=columns), None)
            for number in numbers:
                chunk = file.metadata.row_group(group).column(number)
                starts = (chunk.data_page_offset, chunk.dictionary_page_offset or 0)
                stream.seek(min((start for start in starts if start > 0), default=0))
                longest = max(longest, _page_size(stream.read(16)))
    return longest


def _page_size(header: bytes) -> int:
    """Bytes a page unpacks to, if it is a dictionary: the second number of its header, in Thrift."""
    at = 0
    numbers: list[int] = []
    while len(numbers) < 2 and header[at : at + 1] == b"\x15":
        value = shift = 0
        at += 1
        while at < len(header):
            value |= (header[at] & 0x7F) << shift
            shift += 7
            at += 1
            if header[at - 1] < 0x80:
                break
        numbers.append(value >> 1)
    return numbers[1] if len(numbers) == 2 and numbers[0] == _DICTIONARY else 1
