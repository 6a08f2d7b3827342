"""Reading as a whole: the stream, its progress, standard input, and that nothing depends on chance."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dedupe.documents import Intake, read
from dedupe.settings import Settings

from .helpers import reading, write

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One file of each format, and some that cannot be read."""
    monkeypatch.chdir(tmp_path)
    write(Path("a.csv"), "text\ncsv\n")
    write(Path("b.json"), '{"text": "json"}')
    write(Path("c.jsonl"), '{"text": "jsonl"}\nbroken\n')
    write(Path("d.md"), "md")
    write(Path("e.ndjson"), '{"text": "ndjson"}')
    pq.write_table(pa.table({"text": ["parquet"]}), "f.parquet")
    write(Path("g.parquet"), "not a table")
    write(Path("h.text"), "text")
    write(Path("i.tsv"), "id\ttext\n1\ttsv\n")
    write(Path("j.txt"), b"\0")
    write(Path("k.txt"), "txt")
    return tmp_path


@pytest.mark.usefixtures("corpus")
def test_every_format_is_read_and_what_cannot_be_costs_only_itself() -> None:
    seen = reading(".")
    assert seen.texts == ["csv", "json", "jsonl", "md", "ndjson", "parquet", "text", "tsv", "txt"]
    assert seen.ids[3:6] == ["d.md", "e.ndjson#0", "f.parquet#0"]
    assert [path for path, _ in seen.skipped] == ["c.jsonl", "g.parquet", "j.txt"]
    assert all("\n" not in reason for reason in seen.reasons)


def test_the_seeds_are_read() -> None:
    seen = reading([SEEDS])
    assert len(seen.rows) == 5
    assert all(row["text"] == Path(row["id"]).read_bytes().decode() for row in seen.rows)


@pytest.mark.usefixtures("corpus")
def test_twice_gives_the_same() -> None:
    assert reading(".").rows == reading(".").rows


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize("paths", ["d.md", Path("d.md"), ["d.md"], iter([Path("d.md")])])
def test_paths_come_in_any_form(paths: Any) -> None:
    assert reading(paths).ids == ["d.md"]


@pytest.mark.usefixtures("corpus")
def test_nothing_readable_gives_an_empty_stream() -> None:
    seen = reading(["j.txt", "gone.txt"])
    assert seen.batches == []
    assert len(seen.skipped) == 2


@pytest.mark.usefixtures("corpus")
def test_progress_counts_the_bytes_of_the_files() -> None:
    calls: list[tuple[str, int, int]] = []
    batches = list(read(".", Settings(), Intake(), lambda *call: calls.append(call)))
    total = sum(os.path.getsize(name) for name in os.listdir("."))
    assert len(calls) == len(batches)
    assert [done for _, done, _ in calls] == sorted(done for _, done, _ in calls)
    assert all(0 <= done <= all_of_it == total for _, done, all_of_it in calls)
    assert calls[-1] == ("k.txt", total, total)


@pytest.mark.usefixtures("corpus")
def test_a_stream_that_is_closed_early_leaves_no_thread() -> None:
    before = threading.active_count()
    stream = read(".", Settings(), Intake())
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before


class TestStandardInput:
    @pytest.mark.usefixtures("corpus")
    def test_it_is_json_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.TextIOWrapper(io.BytesIO(b'{"text": "a"}\n{"id": "x", "text": "b"}\nno\n'))
        monkeypatch.setattr(sys, "stdin", stream)
        seen = reading(["d.md", "-", "-"])
        assert seen.ids == ["-#0", "x", "d.md"]
        assert seen.skipped == [("-", "line 3 is not valid JSON: Expecting value at column 1")]

    def test_it_may_be_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", None)
        assert reading("-").skipped == [("-", "there is no standard input")]

    def test_it_comes_through_a_pipe(self) -> None:
        code = (
            "from dedupe.documents import *\nfrom dedupe.settings import Settings\n"
            "for b in read('-', Settings(), Intake()): print(b.num_rows, b.column('text').nbytes > 0)"
        )
        lines = "\n".join(json.dumps({"text": "x" * 1000}) for _ in range(500))
        done = subprocess.run([sys.executable, "-c", code], input=lines, capture_output=True, text=True)
        assert (done.stdout, done.stderr) == ("500 True\n", "")

    def test_an_interrupt_ends_it(self) -> None:
        """The reading thread waits for input that does not come; the process must end all the same."""
        code = (
            "import signal\nfrom dedupe.documents import *\nfrom dedupe.settings import Settings\n"
            "signal.setitimer(signal.ITIMER_REAL, 0.5)\n"
            "signal.signal(signal.SIGALRM, signal.default_int_handler)\n"
            "try: next(read('-', Settings(), Intake()))\n"
            "except KeyboardInterrupt: print('interrupted')"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.wait(30) == 0
            assert process.stdout.read() == b"interrupted\n"
            assert process.stderr.read() == b""
