"""Batches of about the same size, whatever sizes they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dedupe.documents.batches import BATCH_BYTES, SCHEMA
from dedupe.documents.settle import Piece

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

_MANY = 1 << 17


def pack(pieces: Iterable[Piece], size: int = BATCH_BYTES) -> Generator[Piece, None, None]:
    """The same documents in batches of about ``size`` bytes of text: joined if small, else sliced."""
    held: list[Piece] = []
    bytes_held, rows_held = 0, 0
    for whole in pieces:
        for piece, weight in _slices(whole, size):
            rows = len(piece.batch)
            if held and (bytes_held + weight > size or rows_held + rows > _MANY):
                yield _joined(held)
                held, bytes_held, rows_held = [], 0, 0
            held.append(piece)
            bytes_held, rows_held = bytes_held + weight, rows_held + rows
    if held:
        yield _joined(held)


def _joined(pieces: list[Piece]) -> Piece:
    if len(pieces) == 1:
        return pieces[0]
    table = pa.Table.from_batches([piece.batch for piece in pieces], SCHEMA).combine_chunks()
    (batch,) = table.to_batches()
    return Piece(batch, pieces[-1].path, pieces[-1].done)


def _slices(piece: Piece, size: int) -> Iterator[tuple[Piece, int]]:
    """Slices of equal weight, none much larger than ``size`` unless a text is; nothing is copied."""
    offsets = text_offsets(piece.batch)
    total = int(offsets[-1] - offsets[0])
    share = max(1, -(-total // max(1, -(-total // size))))
    start = 0
    while start < len(piece.batch):
        end = int(np.searchsorted(offsets, offsets[start] + share, "right")) - 1
        end = min(max(end, start + 1), len(piece.batch))
        part = piece if end - start == len(piece.batch) else piece._replace(batch=piece.batch[start:end])
        yield part, int(offsets[end] - offsets[start])
        start = end


def text_offsets(batch: pa.RecordBatch) -> np.ndarray:
    """Where each text starts in its column's data, and where the last one ends."""
    text = batch.column("text")
    return np.frombuffer(text.buffers()[1], np.int64, len(text) + 1, text.offset * 8)
