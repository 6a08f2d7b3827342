"""What one file, row or document may ask of the machine; and files that change while they are read."""

from __future__ import annotations

import io
import json
import os
import struct
import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.documents import Intake, opening, parquet, read
from dedupe.documents.interface import File, UnreadableError
from dedupe.limits import Limits
from dedupe.settings import Settings

from .helpers import Reading, reading, write


def of(path: Path, content: str | bytes, **limits: int) -> Reading:
    return reading([write(path, content)], limits=Limits(**limits))


class TestDocuments:
    REASON = "is larger than 10 bytes (--limit document=SIZE allows more)"

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
    def test_a_file(self, tmp_path: Path, name: str) -> None:
        assert of(tmp_path / name, "x" * 11, document=10).skipped == [
            (str(tmp_path / name), self.REASON)
        ]
        assert of(tmp_path / name, "x" * 10, document=10).texts == ["x" * 10]

    @pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.parquet"])
    def test_a_row(self, tmp_path: Path, name: str) -> None:
        texts = ["x" * 10, "y" * 11, "ä" * 6, "z"]
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table({"text": texts}), sink)
        content: Any = {
            "a.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in texts),
            "a.csv": "\n".join(["text", *texts]),
            "a.json": json.dumps([{"text": text} for text in texts]),
            "a.parquet": sink.getvalue().to_pybytes(),
        }[name]
        seen = of(tmp_path / name, content, document=10)
        assert seen.texts == ["x" * 10, "z"]
        assert [reason.split(" ", 2)[2] for reason in seen.reasons] == [self.REASON, self.REASON]


class TestLines:
    LONG = '{"text": "' + "x" * (5 << 20) + '"}'
    REASON = "is longer than 1 MB (--limit line=SIZE allows more)"

    def test_a_line_of_json_lines_costs_itself(self, tmp_path: Path) -> None:
        lines = ['{"text": "a"}', self.LONG, '{"text": "b"}', self.LONG]
        seen = of(tmp_path / "a.jsonl", "\n".join(lines), line=1 << 20)
        assert seen.texts == ["a", "b"]
        assert seen.reasons == [f"line 2 {self.REASON}", f"line 4 {self.REASON}"]

    def test_so_does_a_shorter_one(self, tmp_path: Path) -> None:
        lines = ['{"text": "a"}', '{"text": "' + "x" * 100 + '"}', '{"text": "b"}']
        seen = of(tmp_path / "a.jsonl", "\n".join(lines), line=50)
        assert seen.texts == ["a", "b"]
        assert seen.reasons == ["line 2 is longer than 50 bytes (--limit line=SIZE allows more)"]

    def test_it_is_never_in_memory(self, tmp_path: Path) -> None:
        path = tmp_path / "a.jsonl"
        with path.open("wb") as file:
            file.write(b'{"text": "')
            for _ in range(64):
                file.write(b"x" * (1 << 20))
            file.write(b'"}\n{"text": "b"}\n')
        tracemalloc.start()
        try:
            assert of_path(path, line=4 << 20).texts == ["b"]
            assert tracemalloc.get_traced_memory()[1] < 24 << 20
        finally:
            tracemalloc.stop()

    def test_a_record_of_csv_costs_itself_or_ends_the_file(self, tmp_path: Path) -> None:
        endless = "text\na\n" + '"' + f"{'x' * 9999}\n" * 2000
        seen = of(tmp_path / "a.csv", endless, line=1 << 20)
        assert seen.texts == ["a"]
        assert seen.reasons == [f"breaks off at line 3, which begins a record that {self.REASON}"]
        short = "text\na\n" + '"' + f"{'x' * 99}\n" * 100 + '"\nb\n'
        seen = of(tmp_path / "c.csv", short, line=1 << 10)
        assert seen.texts == ["a", "b"]
        assert seen.reasons == ["line 3 is longer than 1 KB (--limit line=SIZE allows more)"]
        seen = of(tmp_path / "b.csv", f"text\na\n{'x' * (5 << 20)}\n", line=1 << 20)
        assert seen.texts == ["a"]
        assert seen.reasons == [f"breaks off at a line that {self.REASON}"]

    def test_an_item_of_an_array_ends_it(self, tmp_path: Path) -> None:
        seen = of(tmp_path / "a.json", f'[{{"text": "a"}},{self.LONG},{{"text": "b"}}]', line=1 << 20)
        assert seen.texts == ["a"]
        assert seen.reasons == [f"has an item that {self.REASON}; 1 item was read before that"]

    def test_an_array_is_longer_than_its_items(self, tmp_path: Path) -> None:
        items = [{"text": f"{at} " + "x" * 50_000} for at in range(200)]
        path = write(tmp_path / "a.json", json.dumps(items))
        del items
        tracemalloc.start()
        try:
            intake = Intake()
            stream = read([path], Settings(limits=Limits(line=1 << 20)), intake)
            assert sum(len(batch) for batch in stream) == 200
            assert intake.skipped == []
            assert tracemalloc.get_traced_memory()[1] < 30 << 20  # of 10 MB three times, without
        finally:
            tracemalloc.stop()


def of_path(path: Path, **limits: int) -> Reading:
    return reading([path], limits=Limits(**limits))


class TestNesting:
    @pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
    def test_objects_and_lists(self, tmp_path: Path, name: str) -> None:
        def row(text: str, depth: int) -> str:
            return f'{{"text": "{text}", "x": {"[" * (depth - 1)}{"]" * (depth - 1)}}}'

        seen = of(tmp_path / name, f"{row('a', 5)}\n{row('c', 4)}\n{row('d [[[[[[', 2)}\n", depth=5)
        assert seen.texts == ["a", "c", "d [[[[[["]
        seen = of(tmp_path / name, f"{row('a', 5)}\n{row('b', 6)}\n", depth=5)
        assert seen.texts == ["a"]
        assert "is nested too deep: more than 5 levels (--limit depth=N)" in seen.reasons[0]


class TestRowsWithoutText:
    def test_after_so_many_the_file_is_left(self, tmp_path: Path) -> None:
        lines = ['{"text": "a"}'] + [f'{{"a": "{"x" * 200}"}}'] * 20_000 + ['{"text": "z"}']
        seen = of(tmp_path / "a.jsonl", "\n".join(lines), empty=5_000)
        assert seen.texts == ["a"]
        assert seen.reasons[-2:] == [
            "has more than 5,000 rows that are no documents: the rest of it is not read "
            "(--limit empty=N allows more)",
            seen.reasons[-1],
        ]
        assert seen.reasons[-1].endswith("more rows could not be read")


class TestChanges:
    def test_a_file_that_vanished(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.jsonl", "c.parquet", "d.txt"):
            write(tmp_path / name)
        stream = read([tmp_path], Settings(), intake := Intake())
        found = []

        def vanish(file: File, limits: Limits) -> Any:
            if os.path.exists(file.where) and not file.where.endswith("d.txt"):
                os.remove(file.where)
            return opened(file, limits)

        opened = opening.open_file
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "open_file", vanish)
            found = [row["text"] for batch in stream for row in batch.to_pylist()]
        assert found == ["A text."]
        assert [each.reason for each in intake.skipped] == [opening.VANISHED] * 3

    @pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
    def test_a_file_that_grows_is_said(self, tmp_path: Path, name: str) -> None:
        line = '{"text": "a"}\n' if name == "a.jsonl" else "a\n"
        path = write(tmp_path / name, ("text\n" if name == "a.csv" else "") + line * 3)
        seen = self.while_read(path, lambda: path.open("a").write(line))
        assert seen.skipped == [(str(path), opening.CHANGED)]
        assert len(seen.rows) >= 3

    def test_a_text_that_changed_is_left_out(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.txt", "x" * 100)
        seen = self.while_read(path, lambda: path.write_text("y" * 50))
        assert seen.rows == []
        assert seen.reasons[0].startswith("was changed while it was read: ")

    @pytest.mark.parametrize("name", ["a.jsonl", "a.txt"])
    def test_a_file_that_is_replaced_is_read_as_it_was_opened(self, tmp_path: Path, name: str) -> None:
        path = write(tmp_path / name, '{"text": "old"}\n' * 3)
        other = write(tmp_path / "other", '{"text": "new"}\n' * 3)
        seen = self.while_read(path, lambda: os.replace(other, path))
        assert seen.skipped == []
        assert not any("new" in text for text in seen.texts)

    def test_a_table_that_is_replaced_is_left(self, tmp_path: Path) -> None:
        path, other = tmp_path / "a.parquet", tmp_path / "other"
        pq.write_table(pa.table({"text": ["old"] * 3}), path)
        pq.write_table(pa.table({"text": ["new"] * 9}), other)
        seen = self.while_read(path, lambda: os.replace(other, path))
        assert seen.rows == []
        assert seen.reasons[0].startswith("was replaced while it was read: ")

    def test_what_has_become_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        os.mkfifo(path)
        with pytest.raises(UnreadableError, match="is no ordinary file any more"):
            opening.open_file(File(str(path), str(path), 0), Limits())

    def while_read(self, path: Path, change: Any) -> Reading:
        """Read a file, with a change to it as soon as it is open."""
        opened = opening.open_file

        def open_and_change(file: File, limits: Limits) -> Any:
            stream = opened(file, limits)
            state = opening.state_of(stream)
            done = []

            class Changing(io.RawIOBase):
                def read(self, size: int | None = -1, /) -> bytes:
                    if not done:
                        done.append(change())
                    return stream.read(-1 if size is None else size)

                def fileno(self) -> int:
                    if not done and name.endswith(".parquet"):
                        done.append(change())
                    return stream.fileno()

            name = file.where
            assert state is not None
            return Changing()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "open_file", open_and_change)
            return reading([path])


class TestParquetThatLies:
    def written(self, texts: list[str], **options: Any) -> bytes:
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table({"text": texts}), sink, **options)
        data: bytes = sink.getvalue().to_pybytes()
        return data

    @pytest.mark.parametrize("length", [0, 1, 7, 1 << 20, (1 << 31) - 1, (1 << 32) - 1])
    def test_about_the_length_of_its_footer(self, tmp_path: Path, length: int) -> None:
        data = self.written(["a", "b"])
        lying = data[:-8] + struct.pack("<I", length) + b"PAR1"
        seen = reading([write(tmp_path / "a.parquet", lying)])
        assert seen.rows == []
        assert seen.reasons[0].startswith("is no Parquet file, or is cut short: ")

    def test_about_how_little_its_texts_are(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One text many times is a few bytes in a file, and many times as much in memory."""
        monkeypatch.setattr(parquet, "_AT_ONCE", 8 << 20)
        texts = pa.DictionaryArray.from_arrays(pa.array([0] * 600, pa.int32()), ["x" * (1 << 20)])
        path = tmp_path / "a.parquet"
        pq.write_table(pa.table({"text": texts}), path, compression="zstd")
        assert path.stat().st_size < 1 << 15
        before, most, rows = pa.total_allocated_bytes(), 0, 0
        for batch in read([path], Settings(), Intake()):
            rows += len(batch)
            most = max(most, pa.total_allocated_bytes() - before)
        assert rows == 600
        assert most < 400 << 20

    @given(at=st.integers(4), byte=st.integers(0, 255))
    @settings(max_examples=200)
    def test_in_any_byte(self, at: int, byte: int) -> None:
        data = bytearray(SMALL)
        data[at % len(data)] = byte
        with tempfile.TemporaryDirectory() as folder:
            seen = reading([write(Path(folder, "a.parquet"), bytes(data))])
        assert len(seen.rows) == 3 or seen.skipped


def _small() -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": ["a", "b", "b"]}), sink)
    data: bytes = sink.getvalue().to_pybytes()
    return data


SMALL = _small()
