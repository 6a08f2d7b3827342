"""Arrow IPC: files and streams of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.documents import arrow

from .helpers import reading, rows_by, write

if TYPE_CHECKING:
    from pathlib import Path


def written(table: pa.Table, *, stream: bool = False, **options: Any) -> bytes:
    sink = pa.BufferOutputStream()
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with new(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table, max_chunksize=10)
    data: bytes = sink.getvalue().to_pybytes()
    return data


TABLE = pa.table({"id": [str(at) for at in range(30)], "text": [f"text {at}" for at in range(30)]})


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("compression", [None, "lz4", "zstd"])
def test_rows_are_read(tmp_path: Path, stream: bool, compression: str | None) -> None:
    path = write(tmp_path / "a.arrow", written(TABLE, stream=stream, compression=compression))
    assert [(row["id"], row["text"]) for row in reading([path]).rows] == [
        (str(at), f"text {at}") for at in range(30)
    ]


@pytest.mark.parametrize("stream", [False, True])
def test_what_is_before_a_cut_is_read(tmp_path: Path, stream: bool) -> None:
    data = written(TABLE, stream=stream)
    seen = reading([write(tmp_path / "a.arrow", data[: data.rindex(b"text 25")])])
    assert len(seen.rows) == 20
    assert seen.reasons[0].startswith("is broken after row 19: ")


def test_a_footer_that_lies_costs_no_rows(tmp_path: Path) -> None:
    data = written(TABLE)
    seen = reading([write(tmp_path / "a.arrow", data[:-40] + b"\xff" * 40)])
    assert len(seen.rows) == 30
    assert seen.reasons == ["is broken after row 29: what follows is not its end"]


def test_a_text_that_is_not_utf8_costs_its_row(tmp_path: Path) -> None:
    text = pa.array([b"a", b"\xff", b"c"], pa.binary()).view(pa.string())
    seen = reading([write(tmp_path / "a.arrow", written(pa.table({"text": text})))])
    assert seen.texts == ["a", "c"]
    assert seen.reasons == ["row 1 is not valid UTF-8"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no Arrow file, or is cut short: "),
        (b"ARROW1\0\0", "is no Arrow file, or is cut short: "),
        (b"no such thing at all", "is no Arrow file, or is cut short: "),
        (written(TABLE.slice(0, 0)), "holds no rows"),
        (written(pa.table({"a": ["x"]})), "has no column text, content, body or article; it has a"),
    ],
)
def test_what_is_none_is_said(tmp_path: Path, data: bytes, reason: str) -> None:
    ((_, said),) = reading([write(tmp_path / "a.arrow", data)]).skipped
    assert said.startswith(reason)


@settings(max_examples=150)
@given(at=st.integers(0, len(written(TABLE)) - 1), byte=st.integers(0, 255), stream=st.booleans())
def test_a_broken_byte_breaks_nothing_else(at: int, byte: int, stream: bool) -> None:
    data = bytearray(written(TABLE, stream=stream))
    data[at % len(data)] = byte
    rows, trouble = rows_by(arrow.read, bytes(data))
    assert trouble is not None or len(rows) == 30
