"""Addresses: read from a server as if they were here."""

from __future__ import annotations

import gzip
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pyarrow.fs
import pytest

from dedupe.documents import remote
from dedupe.limits import Limits

from .everywhere import PACKINGS, TABLES, write_table
from .helpers import reading, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = [{"text": f"text {at}", "url": f"http://a.example/{at}"} for at in range(9)]


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/cut.jsonl":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"text": "a"}\n')
        else:
            super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server of the files in the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(tmp_path))) as serving:
        thread = threading.Thread(target=serving.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("name", "packing"),
    [(name, PACKINGS[at % len(PACKINGS)]) for at, name in enumerate(TABLES)] + [("string.parquet", "")],
)
def test_tables_are_read(tmp_path: Path, server: str, name: str, packing: str) -> None:
    path = write_table(tmp_path, name, packing, ROWS)
    seen = reading([f"{server}/{path}"])
    assert seen.skipped == []
    assert [(row["id"], row["text"]) for row in seen.rows] == [
        (f"{server}/{path}#{at}", f"text {at}") for at in range(9)
    ]


def test_the_format_is_told_by_the_path_alone(tmp_path: Path, server: str) -> None:
    write(tmp_path / "a.txt.gz", gzip.compress(b"A text."))
    address = f"{server}/a.txt.gz?download=a.parquet#top"
    seen = reading([address, f"{server}/a.txt.gz"])
    assert seen.texts == ["A text.", "A text."]
    assert address in seen.ids


def test_troubles_cost_only_themselves(tmp_path: Path, server: str) -> None:
    write(tmp_path / "a.txt", "A text.")
    gone, refused, cut = f"{server}/gone.txt", "http://127.0.0.1:9/a.txt", f"{server}/cut.jsonl"
    seen = reading([f"{server}/a.txt", gone, refused, cut])
    assert "A text." in seen.texts
    assert {path: reason.partition(":")[0] for path, reason in seen.skipped} == {
        refused: "cannot be reached",
        gone: "does not exist",
        cut: "breaks off",
    }


def test_limits_count(tmp_path: Path, server: str) -> None:
    write(tmp_path / "a.txt", "A text. " * 1000)
    write(tmp_path / "a.parquet", b"x" * 5000)
    seen = reading(
        [f"{server}/a.txt", f"{server}/a.parquet"], limits=Limits(document=1000, unpacked=4096)
    )
    assert seen.reasons == [
        "is larger than 4 KB (--limit unpacked=SIZE allows more)",
        "is larger than 1000 bytes (--limit document=SIZE allows more)",
    ]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    remote._client.cache_clear()
    monkeypatch.setitem(sys.modules, "fsspec.implementations.http", None)
    assert reading(["https://a.example/a.txt"]).skipped == [
        ("https://a.example/a.txt", "needs what reads addresses: pip install 'dedupe-corpus[remote]'")
    ]


class TestStores:
    """Stores as Arrow has them; a folder stands in for one here."""

    @pytest.fixture(autouse=True)
    def _store(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "bucket").mkdir()
        store = pyarrow.fs.SubTreeFileSystem(str(tmp_path), pyarrow.fs.LocalFileSystem())
        monkeypatch.setattr(remote, "_store_of", lambda _, __: store)

    @pytest.mark.parametrize(("name", "packing"), [("string.parquet", ""), ("lines.jsonl", ".gz")])
    def test_files_are_read(self, tmp_path: Path, name: str, packing: str) -> None:
        path = write_table(tmp_path / "bucket", name, packing, ROWS)
        seen = reading([f"s3://bucket/{path}"])
        assert seen.ids[0] == f"s3://bucket/{path}#0"
        assert seen.texts == [row["text"] for row in ROWS]

    def test_a_folder_is_searched(self, tmp_path: Path) -> None:
        for name in ("a/b.txt", "a/c/d.md", "a/e.png", "a/.hidden/f.txt", "a/old/g.txt", "ab.txt"):
            write(tmp_path / "bucket" / name)
        assert reading(["gs://bucket/a"], exclude=("old/",)).ids == [
            "gs://bucket/a/b.txt",
            "gs://bucket/a/c/d.md",
        ]

    def test_what_is_not_there_is_said(self, tmp_path: Path) -> None:
        write(tmp_path / "bucket/a/b.png")
        seen = reading(["s3://bucket/gone", "s3://bucket/a/"])
        assert seen.skipped[1] == ("s3://bucket/gone", "does not exist")
        assert seen.skipped[0][1].startswith("holds no readable documents: ")
