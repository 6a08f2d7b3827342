"""Compressed files: their members in turn, and no more than the limits allow."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING

import pytest

from dedupe.documents import unpack
from dedupe.documents.interface import UnreadableError
from dedupe.documents.unpack import Unpacked
from dedupe.limits import Limits

from .everywhere import PACKINGS, packed
from .helpers import reading, write

if TYPE_CHECKING:
    from pathlib import Path

ALL = PACKINGS[1:]
LINES = "".join(json.dumps({"text": f"text {at}"}) + "\n" for at in range(20_000)).encode()


def unpacked(data: bytes, packing: str, **limits: int) -> bytes:
    return Unpacked(io.BytesIO(data), packing, Limits(**limits)).read()


@pytest.mark.parametrize("packing", ALL)
class TestEachKind:
    def test_it_gives_back_what_was_packed(self, packing: str) -> None:
        assert unpacked(packed(LINES, packing), packing) == LINES

    def test_members_are_read_one_after_the_other(self, packing: str) -> None:
        assert unpacked(packed(b"a", packing) + packed(b"b", packing), packing) == b"ab"

    def test_it_is_read_a_piece_at_a_time(self, packing: str) -> None:
        stream = Unpacked(io.BytesIO(packed(LINES, packing)), packing, Limits())
        pieces = []
        while piece := stream.read(1000):
            assert len(piece) <= 1000
            pieces.append(piece)
        assert b"".join(pieces) == LINES

    def test_what_is_before_a_break_is_read_and_the_break_is_said(
        self, tmp_path: Path, packing: str
    ) -> None:
        data = packed(LINES, packing)
        seen = reading([write(tmp_path / f"a.jsonl{packing}", data[: len(data) * 9 // 10])])
        ((_, reason),) = seen.skipped
        assert reason.startswith(f"is no whole {packing} file: ")
        if packing in (".gz", ".zst"):
            assert 10_000 < len(seen.rows) < 20_000  # the others hold all of it in one block
        assert seen.texts == [f"text {at}" for at in range(len(seen.rows))]

    def test_garbage_is_said(self, tmp_path: Path, packing: str) -> None:
        seen = reading([write(tmp_path / f"a.txt{packing}", "no such thing")])
        assert seen.rows == []
        assert seen.reasons[0].startswith(f"is no whole {packing} file: ")

    def test_it_unpacks_to_so_much_and_no_more(self, packing: str) -> None:
        data = packed(bytes(1 << 20), packing)
        assert len(unpacked(data, packing, unpacked=1 << 20)) == 1 << 20
        with pytest.raises(UnreadableError, match=r"unpacks to more than 1023 KB \(--limit unpacked"):
            unpacked(data, packing, unpacked=1023 << 10)

    def test_it_unpacks_to_so_many_times_its_size(
        self, monkeypatch: pytest.MonkeyPatch, packing: str
    ) -> None:
        monkeypatch.setattr(unpack, "_FREE", 1 << 18)
        data = packed(bytes(1 << 20), packing)
        with pytest.raises(UnreadableError, match=r"more than 20 times its size \(--limit ratio=N"):
            unpacked(data, packing, ratio=20)
        # What is small may be anything.
        assert len(unpacked(packed(bytes(1 << 18), packing), packing, ratio=20)) == 1 << 18


def test_rows_before_a_limit_are_read(tmp_path: Path) -> None:
    bomb = LINES + bytes(4 << 20)
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(bomb))
    seen = reading([path], limits=Limits(unpacked=2 << 20))
    assert len(seen.rows) == 20_000
    assert seen.reasons == ["unpacks to more than 2 MB (--limit unpacked=SIZE allows more)"]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.md.gz", "a.html.gz"])
def test_a_document_is_not_unpacked_beyond_what_a_document_may_be(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, gzip.compress(b"a " * (1 << 20)))
    assert reading([path], limits=Limits(document=1 << 20)).reasons == [
        "is larger than 1 MB (--limit document=SIZE allows more)"
    ]


@pytest.mark.parametrize("name", ["a.parquet.gz", "a.csv.gz", "a.json.gz", "a.arrow.gz", "a.warc.gz"])
def test_no_format_goes_beyond_a_limit(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, gzip.compress(b"[" + b" " * (1 << 20)))
    (reason,) = reading([path], limits=Limits(unpacked=1 << 19)).reasons
    assert "unpacks to more than 512 KB" in reason or "is no " in reason
