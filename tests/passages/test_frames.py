"""Where a line could be cut into a constant part and what fills it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.kernels import kernel
from dedupe.passages.frames import BAR, COLON, DASH, Frame, frame, frame_of, packed, unpacked
from dedupe.passages.reference import words

_frame = kernel(frame)


def begins_of(text: str) -> list[int]:
    return [len(text[: word.start].encode()) for word in words(text)]


def of(text: str) -> Frame:
    return frame_of(text.encode(), begins_of(text))


@pytest.mark.parametrize(
    ("line", "words_before", "mark", "filling"),
    [
        ("Baca Juga: Tujuh Cara Merawat Mobil", 2, COLON, "Tujuh Cara Merawat Mobil"),
        ("JAKARTA, KOMPAS.com – Presiden bertemu", 3, DASH, "Presiden bertemu"),
        ("Suara.com - Para pejabat", 2, DASH, "Para pejabat"),
        ("NEW YORK -- Stocks fell", 2, DASH, "Stocks fell"),
        ("Home » World", 1, BAR, "World"),
        ("続きを読む：今日のニュース", 5, COLON, "今日のニュース"),
        ("Photo: A. Name / Getty", 1, COLON, "A. Name / Getty"),
    ],
)
def test_the_first_mark_parts_frame_and_filling(
    line: str, words_before: int, mark: int, filling: str
) -> None:
    found = of(line)
    assert (found.head_words, found.head_mark) == (words_before, mark)
    assert line.encode()[found.head_bytes :].decode().strip() == filling
    assert found.textual == 1


@pytest.mark.parametrize(
    "line",
    [
        "At 10:30 they left",
        "See https://example.org/a",
        "A well-known line",
        ": nothing before",
        "nothing behind:",
        "eleven words are too many for a frame to stand here: really",
        "",
    ],
)
def test_no_frame(line: str) -> None:
    assert of(line).head_words == 0


def test_figures_alone_are_told_from_text() -> None:
    assert of("Gold: 1,450 and").textual == 1
    assert of("Gold: 1,450").textual == 0


@pytest.mark.parametrize(
    ("line", "words_behind", "tail"),
    [
        ("Kementerian | Anadolu | Gambar getty", 2, "| Gambar getty"),
        ("Photo: A. Name / Getty", 1, "/ Getty"),
        ("Title of the story - Kompas.com", 2, "- Kompas.com"),
        ("One – two words", 2, "– two words"),
    ],
)
def test_the_last_mark_parts_the_tail(line: str, words_behind: int, tail: str) -> None:
    found = of(line)
    assert found.tail_words == words_behind
    assert line.encode()[-found.tail_bytes :].decode() == tail


PIECES = st.sampled_from(
    [
        "word ",
        "Ève",
        "中",
        "7",
        " ",
        ":",
        "：",
        "|",
        "»",
        "›",
        " - ",
        " -- ",
        " – ",
        " — ",
        " / ",
        "--",
        "/",
        "-",
        "\u2028",
        *("(", ")", "[", "]", "](", "![", "* ", "- "),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example(" / / x")
@example("a - - b")
@example("x" * 200 + " | y")
def test_the_kernel_gives_the_same(text: str) -> None:
    begins = begins_of(text)
    data = b"??" + text.encode() + b"?"
    shifted = np.array([begin + 2 for begin in begins], np.int64)
    held = np.frombuffer(data, np.uint8)
    number = int(_frame(held, 2, len(data) - 1, shifted, 0, shifted.size))
    assert number == packed(of(text))
    assert Frame(*(int(column[0]) for column in unpacked(np.array([number])))) == of(text)
