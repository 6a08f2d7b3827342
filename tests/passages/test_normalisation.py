"""Words out of bytes: the kernel makes the words that the plain reference makes, of any text."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dedupe.kernels import kernel
from dedupe.passages.characters import NO_WORD, WORD_BITS, Tables, kind, tables
from dedupe.passages.normalisation import tokenise
from dedupe.passages.reference import words as reference_words

from .texts import MARKS, WORDS, runs_of_marks, texts
from .texts import words as single_words

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel
def _tokenise(
    text: NDArray[np.uint8],
    tables: Tables,
    buffer: NDArray[np.uint8],
    begins: NDArray[np.int64],
    bounds: NDArray[np.int64],
    codes: NDArray[np.uint8],
) -> int:
    return tokenise(text, 0, text.size, tables, buffer, begins, bounds, codes)


def by_kernel(text: str) -> list[tuple[int, str, int]]:
    """Each word's first byte, normal form, and weight in quarter words."""
    data = text.encode()
    room = len(data) // 2 + 1
    buffer = np.empty(4 * len(data) + 32, np.uint8)
    begins, bounds, codes = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.uint8)
    count = _tokenise(np.frombuffer(data, np.uint8), tables(), buffer, begins, bounds, codes)
    starts = [0, *(bounds[: max(count - 1, 0)] + 1).tolist()]
    return [
        (int(begins[row]), bytes(buffer[starts[row] : bounds[row]]).decode(), 4 >> int(codes[row]))
        for row in range(count)
    ]


def by_reference(text: str) -> list[tuple[int, str, int]]:
    bytes_before = np.cumsum([0, *(len(character.encode()) for character in text)]).tolist()
    return [(bytes_before[word.start], word.normal, word.weight) for word in reference_words(text)]


@given(texts)
@settings(max_examples=300)
@example("".join(f"{word} " for word in WORDS))
@example("".join(WORDS))
@example("")
@example("a")
@example("\u0345")
@example("x" * 5000)
@example("\u0390" * 1000)
@example("\u0301" * 1000)
@example("a" + "\u0345\u0323\u0301" * 400)
def test_the_kernel_makes_the_words_of_the_reference(text: str) -> None:
    assert by_kernel(text) == by_reference(text)


@given(st.lists(st.one_of(single_words, runs_of_marks()), max_size=4).map("".join))
@settings(max_examples=300)
def test_words_that_run_into_each_other_are_those_of_the_reference(text: str) -> None:
    assert by_kernel(text) == by_reference(text)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", ""),
        ("", "\u0301"),
        ("a", "\u0323\u0301"),
        ("", "\u0345\u0301"),
        ("\u1100", "\u11a8"),
        ("α\u0345", ""),
    ],
)
def test_every_character_there_is_makes_the_words_of_the_reference(before: str, behind: str) -> None:
    alike = (
        range(0x3400, 0x9FFF),
        range(0x17000, 0x18CFF),
        range(0x20000, 0x2F7FF),
        range(0x30000, 0x3FFFD),
    )
    passed_over = {code for block in alike for code in block[64:-64]}
    every = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if code not in passed_over and unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
    ]
    text = "".join(f"{before}{character}{behind} " for character in every)
    assert by_kernel(text) == by_reference(text)


@given(texts)
def test_composed_and_decomposed_texts_have_the_same_words(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    # A symbol that decomposes (≮ is < with a mark) leaves a mark of its own, which is a word.
    assume(
        all(
            kind(character) & WORD_BITS != NO_WORD or len(unicodedata.normalize("NFD", character)) == 1
            for character in composed
        )
    )
    decomposed = unicodedata.normalize("NFD", text)
    assert [word[1:] for word in by_kernel(composed)] == [word[1:] for word in by_kernel(decomposed)]
    assert [word[1:] for word in by_kernel(composed)] == [word[1:] for word in by_reference(decomposed)]


@given(st.text(MARKS, max_size=300), st.text(MARKS, max_size=300))
def test_runs_of_marks_of_any_length_are_put_in_order(first: str, second: str) -> None:
    text = f"a{first} ก{second} {first}{second}"
    assert by_kernel(text) == by_reference(text)


class TestWords:
    def of(self, text: str) -> list[str]:
        return [word.normal for word in reference_words(text)]

    def test_are_maximal_runs_of_letters_marks_and_digits(self) -> None:
        assert self.of("Don't: re-read 3,5 of it_2!") == [
            "don",
            "t",
            "re",
            "read",
            "3",
            "5",
            "of",
            "it",
            "2",
        ]

    def test_stand_where_they_stand_in_the_text_as_read(self) -> None:
        text = "“E\u0301te\u0301”, Straße."
        assert [text[word.start : word.end] for word in reference_words(text)] == [
            "E\u0301te\u0301",
            "Straße",
        ]

    def test_in_scripts_without_spaces_are_clusters(self) -> None:
        assert self.of("กำลัง") == ["กำ", "ลั", "ง"]
        assert self.of("中文字") == ["中", "文", "字"]
        assert self.of("がか\u3099") == ["が", "が"]
        assert self.of("មែរ") == ["មែ", "រ"]

    def test_of_different_kinds_end_each_other(self) -> None:
        assert self.of("abc中文def") == ["abc", "中", "文", "def"]
        assert self.of("2024年ที่7") == ["2024", "年", "ที่", "7"]

    def test_may_be_a_mark_that_has_nothing_to_follow(self) -> None:
        assert self.of("\u0301 \u0301a") == ["\u0301", "\u0301a"]

    @pytest.mark.parametrize(
        ("text", "quarters"),
        [
            *[("word", 4), ("한국어", 4), ("हिन्दी", 4), ("\u0301", 4)],
            *[("中", 2), ("カ", 2), ("か", 2), ("ｶﾞ", 2)],
            *[("ก", 1), ("ກ", 1), ("ក", 1), ("က", 1), ("กำ", 1)],
        ],
    )
    def test_weigh_less_where_they_are_clusters(self, text: str, quarters: int) -> None:
        assert [word.weight for word in reference_words(text)] == [quarters]
        assert [weight for _, _, weight in by_kernel(text)] == [quarters]

    def test_are_none_in_punctuation(self) -> None:
        assert self.of("… — ½ ² 🙂 _ \u200b") == []
