"""What interrupts running text: brackets and capitals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.kernels import kernel
from dedupe.passages.characters import tables
from dedupe.passages.markers import MARKER_COLUMNS, Marker, markers, markers_of
from dedupe.passages.reference import Word, words

_markers = kernel(markers)


def of(text: str) -> list[str]:
    return [text[each.start : each.end] for each in markers_of(text, tuple(words(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kata dia. [Gambas:Video 20detik] Presiden bertemu", ["[Gambas:Video 20detik]"]),
        ("dia. SCROLL TO CONTINUE WITH CONTENT Presiden", ["SCROLL TO CONTINUE WITH CONTENT"]),
        ("Он сказал. ЧИТАЙТЕ ТАКЖЕ НОВОСТИ Потом", ["ЧИТАЙТЕ ТАКЖЕ НОВОСТИ"]),
        ("one [a] two [b] three", ["[a]", "[b]"]),
    ],
)
def test_what_is_one(text: str, expected: list[str]) -> None:
    assert of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "NATO AND allies met",
        "a source [12] says",
        "a [link](https://example.org) here",
        "an image ![of it] here",
        "[everything in brackets]",
        "EVERYTHING IN CAPITALS",
        "UN, EU, NATO and others",
        "an open [bracket",
        "lines [broken\nin two] here",
        "all " + "IN CAPITALS " * 6 + "and on",
        "nested [a [b c",
        "",
    ],
)
def test_what_is_none(text: str) -> None:
    assert of(text) == []


PIECES = st.sampled_from(
    [
        *("ABC", "DE", "F", "Abc", "def", "ÈVE", "ПРИ", "при", "中", "ǅ", "12", "é"),
        *(" ", "  ", "[", "]", "(", "!", ",", ":", "\n", "\r", "\u00a0", "E\u0301"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@example("ABC DE F [ABC DE F] ABC DE F]")
@example("[" + "A" * 95 + "] b")
@example("[" + "A" * 94 + "] b")
@example("ABC " * 11 + "def")
def test_the_kernel_gives_the_same(text: str) -> None:
    held: list[Word] = [replace(word) for word in words(text)]
    data = np.frombuffer(b"[" + text.encode() + b"]", np.uint8)
    begins = np.array([len(text[: word.start].encode()) + 1 for word in held], np.int64)
    found = np.zeros((len(held) + 1, MARKER_COLUMNS), np.int64)
    count = _markers(data, 1, data.size - 1, tables().kinds, begins, 0, begins.size, 7, found, 0)
    assert found[:count, 0].tolist() == [7] * count
    raw = text.encode()
    got = [
        Marker(first, number, len(raw[:start].decode()), len(raw[:end].decode()), label)
        for _, first, number, start, end, label in found[:count].tolist()
    ]
    assert got == markers_of(text, tuple(held))
