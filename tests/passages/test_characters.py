"""What characters are: every one of them, by the rule and in the tables."""

from __future__ import annotations

import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.passages.characters import (
    BLANK,
    CLOSER,
    HALF,
    LOWER,
    MARK,
    NO_WORD,
    QUARTER,
    SPACED,
    STOP,
    UPPER,
    WORD_BITS,
    kind,
    normalise,
    tables,
)

from .texts import runs_of_marks, words


def test_the_tables_say_of_every_code_point_what_the_rule_says() -> None:
    by_rule = np.array([kind(chr(code)) for code in range(sys.maxunicode + 1)], np.uint8)
    assert np.flatnonzero(tables().kinds != by_rule).tolist() == []


def test_a_character_that_the_table_folds_is_folded_as_the_rule_folds_it() -> None:
    folds = tables().folds
    wrong = [
        code for code in np.flatnonzero(folds >= 0).tolist() if normalise(chr(code)) != chr(folds[code])
    ]
    assert wrong == []


def test_only_characters_of_words_are_folded() -> None:
    held = tables()
    assert not (held.folds[(held.kinds & WORD_BITS) == NO_WORD] >= 0).any()


def test_words_are_made_of_letters_marks_and_decimal_digits_of_all_of_unicode() -> None:
    makes_words = tables().kinds & WORD_BITS != NO_WORD
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        assert makes_words[code] == (category[0] in "LM" or category == "Nd"), hex(code)


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("a", SPACED | LOWER),
        ("A", SPACED | UPPER),
        ("ǅ", SPACED | UPPER),
        ("7", SPACED),
        ("٣", SPACED),
        ("한", SPACED),
        ("ع", SPACED),
        ("ह", SPACED),
        ("\u0301", MARK),
        ("中", HALF),
        ("\U00020000", HALF),
        ("々", HALF),
        ("〇", NO_WORD),  # a letter number, neither letter nor decimal digit
        ("か", HALF),
        ("カ", HALF),
        ("ｶ", HALF),
        ("ﾞ", MARK),
        ("ก", QUARTER),
        ("๒", QUARTER),
        ("ำ", MARK),
        ("ລ", QUARTER),
        ("ក", QUARTER),
        ("မ", QUARTER),
        (".", STOP),
        ("。", STOP),
        ("؟", STOP),
        ("।", STOP),
        ("”", CLOSER),
        (")", CLOSER),
        ('"', CLOSER),
        ("'", CLOSER),
        (" ", BLANK),
        ("\u00a0", BLANK),
        ("\u3000", BLANK),
        ("\u200b", BLANK),
        ("\ufeff", BLANK),
        ("_", NO_WORD),
        ("½", NO_WORD),
        ("²", NO_WORD),
        ("🙂", NO_WORD),
        ("\ue000", NO_WORD),
        ("\u0378", NO_WORD),
        ("\ud800", NO_WORD),
    ],
)
def test_a_character_is(character: str, expected: int) -> None:
    assert kind(character) == expected


@pytest.mark.parametrize(
    ("spelling", "normal"),
    [
        ("WORD", "word"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("ẞ", "ss"),
        ("ﬁne", "fine"),
        ("oﬃce", "office"),
        ("Σοφός", "σοφόσ"),
        ("İ", "i\u0307"),
        ("I", "i"),
        ("ı", "ı"),
        ("K", "k"),
        ("A\u030a", "å"),
        ("Å", "å"),
        ("ŉ", "ʼn"),
        ("\u1112\u1161\u11ab", "한"),
        ("क़", "क\u093c"),
        ("ᾳ", "αι"),
        ("α\u0345\u0301", "άι"),
        ("a\u0327\u0301", "á\u0327"),
        ("a\u0301\u0327", "á\u0327"),
    ],
)
def test_a_word_is_compared_as(spelling: str, normal: str) -> None:
    assert normalise(spelling) == normal


@given(st.one_of(words, runs_of_marks()))
def test_composed_and_decomposed_spellings_are_compared_as_one(word: str) -> None:
    composed = unicodedata.normalize("NFC", word)
    assert normalise(unicodedata.normalize("NFD", word)) == normalise(composed)
    assert normalise(word) == normalise(composed)


@given(st.one_of(words, runs_of_marks()))
def test_case_is_folded_in_full_and_the_result_is_composed(word: str) -> None:
    normal = normalise(word)
    assert unicodedata.is_normalized("NFC", normal)
    assert normal == unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())
