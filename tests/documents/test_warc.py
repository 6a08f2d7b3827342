"""WARC and WET: a row a record that can hold a text."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.documents import warc
from dedupe.limits import Limits

from .everywhere import answer, page, record
from .helpers import Reading, reading, rows_by, write

if TYPE_CHECKING:
    from pathlib import Path

HTTP = "application/http; msgtype=response"
ONE = record("response", answer(page("One article of its own.").encode()), HTTP, "http://a.example/1")
TWO = record("conversion", "Zwei Wörter.".encode(), "text/plain", "http://b.example/2")


def of(tmp_path: Path, data: bytes, name: str = "a.warc", **settings: Any) -> Reading:
    return reading([write(tmp_path / name, data)], **settings)


def test_a_row_is_a_record_with_its_address_and_date(tmp_path: Path) -> None:
    info = record("warcinfo", b"software: x\r\n", "application/warc-fields")
    request = record("request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
    seen = of(tmp_path, info + request + ONE + request + TWO)
    path = tmp_path / "a.warc"
    columns = ("id", "text", "title", "source", "url", "date")
    assert [tuple(row[column] for column in columns) for row in seen.rows] == [
        (
            f"{path}#0",
            "One article of its own.",
            "A title",
            "a.example",
            "http://a.example/1",
            "2024-01-01T00:00:00Z",
        ),
        (f"{path}#1", "Zwei Wörter.", None, "b.example", "http://b.example/2", "2024-01-01T00:00:00Z"),
    ]


def test_what_holds_no_text_is_a_row_and_listed(tmp_path: Path) -> None:
    def response(*about: Any, **more: Any) -> bytes:
        return record("response", answer(*about, **more), HTTP)

    seen = of(
        tmp_path,
        response(b"\x89PNG", "image/png")
        + response(b"<p>gone</p>", status="404 Not Found")
        + response(b" ")
        + response(b"<p>Words that stay.</p>")
        + record("resource", b"A plain text.", "text/plain; charset=utf-8"),
    )
    assert [(row["id"].rpartition("#")[2], row["text"]) for row in seen.rows] == [
        ("3", "Words that stay."),
        ("4", "A plain text."),
    ]
    assert seen.reasons == [
        "record 0 holds image/png, not text",
        "record 1 is an answer with status 404",
        "record 2 has no text",
    ]


def test_a_page_is_unpacked_and_put_together(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>Packed and chopped.</p>")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
    chunks = b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    assert of(tmp_path, record("response", head + chunks, HTTP)).texts == ["Packed and chopped."]


def test_a_page_that_unpacks_to_too_much_is_left_out(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>a</p>" * (1 << 18))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    seen = of(tmp_path, record("response", head + body, HTTP) + TWO, limits=Limits(document=1 << 20))
    assert seen.texts == ["Zwei Wörter."]
    assert seen.reasons == ["record 0 is larger than 1 MB (--limit document=SIZE allows more)"]


@pytest.mark.parametrize("cut", [1, 20, len(TWO) - 4, len(TWO) - 1])
@pytest.mark.parametrize("packing", ["", ".gz"])
def test_what_is_before_a_cut_is_read_and_the_cut_is_said(
    tmp_path: Path, cut: int, packing: str
) -> None:
    data = ONE + TWO + TWO[:cut]
    if packing:
        data = gzip.compress(ONE) + gzip.compress(TWO)[:-12]
    seen = of(tmp_path, data, f"a.warc{packing}")
    assert seen.texts[0] == "One article of its own."
    if packing or cut < len(TWO) - 4:
        assert seen.skipped
    assert all("\n" not in reason for reason in seen.reasons)


def test_members_of_gzip_are_one_archive(tmp_path: Path) -> None:
    seen = of(tmp_path, gzip.compress(ONE) + gzip.compress(TWO), "a.warc.gz")
    assert len(seen.rows) == 2
    assert seen.skipped == []


def test_a_line_without_an_end_is_not_waited_for(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nX: " + b"x" * (3 << 20)
    for data in (bytes(3 << 20), b"WARC/1.0\r\nX: " + b"x" * (3 << 20), record("response", head, HTTP)):
        seen = of(tmp_path, TWO + data)
        assert seen.texts == ["Zwei Wörter."]
        assert len(seen.skipped) == 1


@pytest.mark.parametrize("data", [b"", b"garbage\n" * 100, b"WARC/1.0\r\n", b"\0" * 1000])
def test_what_is_no_archive_is_said(tmp_path: Path, data: bytes) -> None:
    ((_, reason),) = of(tmp_path, data).skipped
    assert reason.startswith(("is no WARC: ", "holds no records", "is cut short"))


def test_encodings_are_said_once_a_file(tmp_path: Path) -> None:
    body = answer("<p>Привет, мир</p>".encode("koi8-r"), "text/html; charset=koi8-r")
    seen = of(tmp_path, 3 * record("response", body, HTTP))
    assert seen.texts == ["Привет, мир"] * 3
    assert seen.notes == [f"{tmp_path / 'a.warc'}: read as koi8-r, in a part of its records"]


@settings(max_examples=150)
@given(at=st.integers(0, len(ONE) - 1), byte=st.integers(0, 255))
def test_a_broken_byte_breaks_nothing_else(at: int, byte: int) -> None:
    data = bytearray(TWO + ONE + TWO)
    data[len(TWO) + at] = byte
    rows, _ = rows_by(warc.read, bytes(data))
    assert rows[0][1]["text"] == "Zwei Wörter."
