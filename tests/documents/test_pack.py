"""Batches are of about one size, and hold what came in, in order."""

from __future__ import annotations

import functools
import operator

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents import SCHEMA
from dedupe.documents.pack import pack, text_offsets
from dedupe.documents.settle import Piece


def piece(texts: list[str], done: int) -> Piece:
    held, no = pa.array(texts, pa.large_string()), pa.array([False] * len(texts))
    columns = [no if each.type == pa.bool_() else held for each in SCHEMA]
    return Piece(pa.RecordBatch.from_arrays(columns, schema=SCHEMA), "f", done)


@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=8), max_size=8), st.integers(1, 60))
def test_nothing_is_lost_and_sizes_are_kept(batches: list[list[str]], size: int) -> None:
    packed = list(pack((piece(texts, at) for at, texts in enumerate(batches)), size))
    assert [text for one in packed for text in one.batch.column("text").to_pylist()] == functools.reduce(
        operator.iadd, batches, []
    )
    assert [one.done for one in packed] == sorted(one.done for one in packed)
    for one in packed:
        offsets = text_offsets(one.batch)
        lengths = [len(text.encode()) for text in one.batch.column("text").to_pylist()]
        assert offsets[-1] - offsets[0] == sum(lengths)
        assert len(one.batch) == 1 or sum(lengths) <= size + max(lengths)


def test_small_batches_are_joined_and_large_ones_sliced() -> None:
    small = [piece(["x" * 10], at) for at in range(10)]
    assert [len(one.batch) for one in pack(small, 50)] == [5, 5]
    assert [len(one.batch) for one in pack([piece(["x" * 10] * 10, 0)], 60)] == [5, 5]


def test_slices_are_not_copies() -> None:
    whole = piece(["x" * 10] * 10, 0)
    data = whole.batch.column("text").buffers()[2].address
    assert all(one.batch.column("text").buffers()[2].address == data for one in pack([whole], 30))
