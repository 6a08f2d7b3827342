"""Foreign text is shown, never obeyed."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.formats.shared.visible import ACTING, HIDDEN, visible, write_out

ANY = st.text(st.characters(exclude_categories=()))


@cache
def inside(ranges: tuple[tuple[int, int], ...]) -> frozenset[int]:
    return frozenset(code for first, last in ranges for code in range(first, last + 1))


def test_every_control_format_surrogate_private_and_separator_character_acts() -> None:
    acting = inside(ACTING)
    categories = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    missed = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in categories and code not in acting
    ]
    assert missed == []


def test_nothing_that_is_printable_acts() -> None:
    assert [hex(code) for code in inside(ACTING) if chr(code).isprintable()] == []
    assert all(chr(code).isprintable() or code >= 0x30000 for code in inside(HIDDEN))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b]0;title\x07", r"\x1b[31mred\x1b]0;title\x07"),
        ("a\x9b2Jb", r"a\x9b2Jb"),
        ("evil\u202etxt.exe", r"evil\u202etxt.exe"),
        ("\u2066a\u2069\u200e\u200f\u061c", r"\u2066a\u2069\u200e\u200f\u061c"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("line\u2028paragraph\u2029", r"line\u2028paragraph\u2029"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("two\nlines\tand\r", r"two\nlines\tand\r"),
        ("lone \udcff byte", r"lone \udcff byte"),
        ("hangul filler \u3164", r"hangul filler \u3164"),
    ],
)
def test_what_acts_or_hides_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        r'"\Ada pertukaran',
        "[bold]not markup[/bold] :smile:",
        "“Ada” – 普京 Путин مرحبا नमस्ते e\u0301 👍🏽 ❤\ufe0f",
    ],
)
def test_text_of_every_script_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


def test_what_the_stream_cannot_encode_is_written_out() -> None:
    assert visible("“Ada” é", "ascii") == r"\u201cAda\u201d \xe9"
    assert visible("“Ada” é", "latin-1") == r"\u201cAda\u201d é"


@given(ANY)
def test_nothing_acts_after_visible(text: str) -> None:
    shown = visible(text)
    unseen = inside(ACTING + HIDDEN) if shown != text else inside(ACTING)
    assert not unseen & set(map(ord, shown))
    assert visible(shown) == shown
    shown.encode()


@given(ANY)
def test_written_out_characters_are_those_that_act(text: str) -> None:
    acting = inside(ACTING)
    assert write_out(text, lambda _: "") == "".join(c for c in text if ord(c) not in acting)
