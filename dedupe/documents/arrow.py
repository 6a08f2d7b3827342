"""Arrow IPC, files and streams: a record batch at a time.

A file is a stream with a mark before it and a footer behind it, and is read as one: so a footer that is
missing or lies costs no rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final, cast

import pyarrow as pa

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.interface import Opened, Rows, UnreadableError
from dedupe.documents.problems import one_line
from dedupe.documents.table import choose_columns, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = b"ARROW1\0\0"
_FOOTER: Final = 64 << 20
"""Bytes that a footer may have."""
_MOST_ROWS: Final = 1 << 13
_BYTES: Final = {"string": pa.binary(), "large_string": pa.large_binary()}


def read(opened: Opened) -> Iterator[Rows]:
    """The rows of an Arrow file or stream."""
    stream = _Buffered(opened.stream)
    row = 0
    try:
        is_file = stream.skip(_MARK)
        reader = pa.ipc.open_stream(pa.PythonFile(cast("BinaryIO", stream), mode="r"))
        chosen = choose_columns(reader.schema, opened.run.settings)
        columns = sorted({name.split(".")[0] for name in chosen.values()} | set(chosen.values()))
        for batch in reader:
            for part in _parts(_checked(batch, columns)):
                found, reasons = rows_of(part, chosen, row)
                done = opened.done(stream.read_so_far)
                yield Rows(found, opened.file.path, done, opened.tally, first=row, reasons=reasons)
                row += len(part)
        if not _is_end(stream.read(_FOOTER), is_file):
            raise pa.ArrowInvalid("what follows is not its end")
    except (pa.ArrowException, OSError, UnicodeDecodeError, OverflowError, MemoryError) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # of the file system; Arrow's own carry no number
        if row:
            raise UnreadableError(f"is broken after row {row - 1}: {one_line(error)}") from None
        raise UnreadableError(f"is no Arrow file, or is cut short: {one_line(error)}") from None
    if row == 0:
        raise UnreadableError("holds no rows")


def _is_end(rest: bytes, is_file: bool) -> bool:
    """Whether no rows were passed over: behind the last there is nothing, or the footer of a file."""
    if not is_file:
        return not rest
    return rest[-6:] == _MARK[:6] and int.from_bytes(rest[-10:-6], "little") == len(rest) - 10


def _checked(batch: pa.RecordBatch, columns: list[str]) -> pa.RecordBatch:
    """These columns, and that nothing in them leads out of the batch."""
    arrays = []
    names = [name for name in columns if name in batch.schema.names]
    for name in names:
        column = batch.column(batch.schema.names.index(name))
        # As bytes: a text that is not UTF-8 costs only its row.
        as_bytes = _BYTES.get(str(column.type))
        column = column if as_bytes is None else column.view(as_bytes)
        column.validate(full=True)
        arrays.append(column)
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """The batch in pieces of bearable size; nothing is copied."""
    pieces = max(1, -(-batch.nbytes // BATCH_BYTES))
    rows = min(max(1, len(batch) // pieces), _MOST_ROWS)
    for start in range(0, len(batch), rows):
        yield batch.slice(start, rows)


class _Buffered:
    """A stream that gives as much as it is asked for, never more: Arrow has no room for that."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._ahead = b""
        self.read_so_far = 0
        self.closed = False

    def skip(self, mark: bytes) -> bool:
        """Pass over the mark, if it begins with that; whether it does."""
        start = self.read(len(mark))
        self._ahead = b"" if start == mark else start
        return not self._ahead

    def read(self, size: int) -> bytes:
        pieces, self._ahead = [self._ahead[:size]], self._ahead[size:]
        missing = size - len(pieces[0])
        while missing and (piece := self._stream.read(missing)):
            pieces.append(piece)
            missing -= len(piece)
            self.read_so_far += len(piece)
        return b"".join(pieces)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True
