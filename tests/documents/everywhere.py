"""The same articles in every format and compression there is."""

from __future__ import annotations

import bz2
import csv
import gzip
import html
import io
import json
import lzma
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Rows = Sequence[dict[str, Any]]


def packed(data: bytes, packing: str) -> bytes:
    """Bytes, compressed."""
    return {
        "": lambda: data,
        ".gz": lambda: gzip.compress(data, mtime=0),
        ".bz2": lambda: bz2.compress(data),
        ".xz": lambda: lzma.compress(data),
        ".zst": lambda: pa.compress(data, codec="zstd", asbytes=True),
    }[packing]()


PACKINGS: Final = ("", ".gz", ".bz2", ".xz", ".zst")


def record(kind: str, payload: bytes, about: str, url: str = "http://a.example/") -> bytes:
    """A record of a WARC."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: {about}\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def answer(page: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """What a server sends."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + page


def page(text: str, title: str = "A title") -> str:
    """A web page with an article and what stands around it."""
    paragraphs = "".join(f"<p>{html.escape(each)}</p>\n" for each in text.split("\n\n"))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
        f"<article>\n{paragraphs}</article><footer>All rights reserved.</footer></body></html>"
    )


def _lines(rows: Rows) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _separated(delimiter: str) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        held = io.StringIO()
        writer = csv.DictWriter(held, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        return held.getvalue().encode()

    return write


def _parquet(kind: pa.DataType) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        table = pa.Table.from_pylist(list(rows))
        text = table.column("text").cast(pa.large_string())
        if pa.types.is_dictionary(kind):
            text = text.dictionary_encode()
        table = table.set_column(table.schema.names.index("text"), "text", text.cast(kind))
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, row_group_size=7)
        held: bytes = sink.getvalue().to_pybytes()
        return held

    return write


def _arrow(new: Callable[..., Any]) -> Callable[[Rows], bytes]:
    def write(rows: Rows) -> bytes:
        table = pa.Table.from_pylist(list(rows))
        sink = pa.BufferOutputStream()
        with new(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=7)
        held: bytes = sink.getvalue().to_pybytes()
        return held

    return write


def _wet(rows: Rows) -> bytes:
    info = record("warcinfo", b"software: none\r\n", "application/warc-fields")
    return info + b"".join(
        record("conversion", row["text"].encode(), "text/plain", row["url"]) for row in rows
    )


def _warc(rows: Rows) -> bytes:
    http = "application/http; msgtype="
    return b"".join(
        record("request", b"GET / HTTP/1.1\r\n\r\n", f"{http}request", row["url"])
        + record("response", answer(page(row["text"]).encode()), f"{http}response", row["url"])
        for row in rows
    )


TABLES: Final[dict[str, Callable[[Rows], bytes]]] = {
    "lines.jsonl": _lines,
    "lines.ndjson": _lines,
    "array.json": lambda rows: json.dumps(list(rows)).encode(),
    "indented.json": lambda rows: json.dumps(list(rows), indent=1).encode(),
    "comma.csv": _separated(","),
    "tab.tsv": _separated("\t"),
    "string.parquet": _parquet(pa.string()),
    "large.parquet": _parquet(pa.large_string()),
    "view.parquet": _parquet(pa.string_view()),
    "dictionary.parquet": _parquet(pa.dictionary(pa.int32(), pa.large_string())),
    "file.arrow": _arrow(pa.ipc.new_file),
    "stream.arrow": _arrow(pa.ipc.new_stream),
    "pages.warc": _warc,
    "texts.wet": _wet,
}
"""What a file that holds many documents is made of, by a name for it."""
DOCUMENTS: Final[dict[str, Callable[[dict[str, Any]], bytes]]] = {
    ".txt": lambda row: row["text"].encode(),
    ".md": lambda row: row["text"].encode(),
    ".html": lambda row: page(row["text"]).encode(),
}
"""The same of a file that is one document, by its suffix."""


def write_table(folder: Path, name: str, packing: str, rows: Rows) -> str:
    """Write articles into one file; its name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}{packing}").write_bytes(packed(TABLES[name](rows), packing))
    return f"{name}{packing}"


def write_documents(folder: Path, suffix: str, packing: str, rows: Rows) -> None:
    """Write articles into a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, row in enumerate(rows):
        data = packed(DOCUMENTS[suffix](row), packing)
        (folder / f"{number:04}{suffix}{packing}").write_bytes(data)
