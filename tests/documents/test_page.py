"""HTML files and the pages of archives: main text or all of it, in whatever encoding."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.documents import page
from dedupe.documents.interface import UnreadableError
from dedupe.limits import Limits
from dedupe.settings import Settings

from .everywhere import page as page_of
from .helpers import reading, write

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "The first paragraph of an article has some words.\n\nThe second one has a few more of them."


def read(markup: str | bytes, charset: str | None = None, **choices: object) -> page.Page:
    data = markup.encode() if isinstance(markup, str) else markup
    return page.read(data, Settings(**choices), charset)  # type: ignore[arg-type]


def test_the_main_text_is_without_what_stands_around_it() -> None:
    found = read(page_of(ARTICLE, "Head &amp; line"))
    assert found == page.Page(ARTICLE, "Head & line", None)


def test_all_is_all_that_is_shown() -> None:
    text = read(page_of(ARTICLE) + "<script>no()</script>", html="all").text
    assert ARTICLE in text
    assert "News" in text
    assert "All rights reserved." in text
    assert "no()" not in text


def test_a_page_without_main_text_says_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", "<nav><a href=/>Home of it all</a></nav>")
    (reason,) = reading([path]).reasons
    assert reason == "has no main text (--html all reads all of the page)"
    assert reading([path], html="all").texts == ["Home of it all"]
    assert reading([write(tmp_path / "b.html", "<p> </p>")]).reasons == ["has no text"]


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("windows-1252", "<meta charset='iso-8859-1'>", None),  # the web means windows-1252 by it
        ("windows-1252", "", "ISO-8859-1"),
        ("koi8-r", "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", None),
        ("gb18030", "<meta charset=gb2312>", None),
        ("shift_jis", "", "Shift_JIS"),
        ("utf-8", "<meta charset='iso-8859-1'>", "iso-8859-1"),  # says one thing and is another
        ("utf-8-sig", "", None),
        ("utf-16", "", None),
    ],
)
def test_the_encoding_is_what_the_page_says(encoding: str, declared: str, charset: str | None) -> None:
    words = {"koi8-r": "Привет, мир", "gb18030": "你好世界", "shift_jis": "こんにちは"}.get(
        encoding, "Café “x”"
    )
    found = read(f"<html><head>{declared}</head><body><p>{words}</p></body>".encode(encoding), charset)
    assert found.text == words
    assert (found.encoding is None) == encoding.startswith("utf-8")


def test_another_encoding_is_noted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", "<meta charset=koi8-r><p>Привет, мир</p>".encode("koi8-r"))
    assert reading([path]).notes == [f"{path}: read as koi8-r"]


def test_what_cannot_be_decoded_is_replaced_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.html", b"<meta charset=utf-8><p>Caf\xe9 au lait \xff</p>")
    seen = reading([path])
    assert seen.texts == ["Caf\ufffd au lait \ufffd"]
    assert seen.notes == [
        "1 document has replacement characters (U+FFFD), where something could not be decoded: "
        f"2 in all (first: {path})"
    ]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * 30_000 + "x", "is nested too deep: more than 500 elements (--limit depth=N)"),
        ("".join(f"<b x={n}>" for n in range(400)) + "<div>x</div>" * 9000, "is no page: formatting"),
    ],
)
def test_what_would_take_the_square_of_time_is_refused(markup: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read(markup)
    assert str(refused.value).startswith(reason)


def test_long_pages_are_none_of_these() -> None:
    text = "\n\n".join(f"Paragraph number {at} says something of its own." for at in range(4000))
    assert read(page_of(text)).text == text
    lists = "<ul>" + "<li>one <b>and</b> <a href=x>two</a>" * 4000 + "</ul>"
    assert read(lists, html="all").text.count("and") == 4000


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"<p>{text}</p>".encode()))
@example(b"<p>a\0b\x01</p>")
@example(b"<p>&#xD800;</p>")
def test_whatever_it_is_it_is_text_or_refused(data: bytes) -> None:
    try:
        text = read(data, html="all").text
    except UnreadableError:
        return
    assert text.encode().strip()
    assert not set(text) & set(map(chr, [*range(9), 11, *range(14, 32)]))


def test_the_limit_of_nesting_is_as_set() -> None:
    assert read("<div>" * 600 + "x", limits=Limits(depth=700)).text == "x"


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resiliparse.extract.html2text", None)
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    write(tmp_path / "a.html", page_of(ARTICLE))
    write(tmp_path / "b.warc", "WARC/1.0\r\n")
    write(tmp_path / "c.txt", "A text.")
    seen = reading([tmp_path])
    assert seen.texts == ["A text."]
    assert seen.reasons == ["needs what reads web pages: pip install 'dedupe-corpus[web]'"] * 2
