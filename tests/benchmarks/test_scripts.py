"""The same choices in every script, and what is found of them."""

from __future__ import annotations

import random
import unicodedata

import pytest

from benchmarks.scripts import SCRIPTS, Outcome, Script, Writer, outcome
from dedupe.passages.reference import words


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_letters_are_letters_of_the_script(script: Script) -> None:
    assert all(unicodedata.category(letter)[0] == "L" for letter in script.letters)
    assert all(unicodedata.category(mark)[0] == "M" for mark in script.marks)
    writer = Writer(script)
    text = writer.text(writer.words(random.Random(1)))
    weight = sum(script.weight for _ in words(text))
    assert 88 <= weight <= 100


@pytest.mark.parametrize("name", ["Arabic", "Khmer", "Kana"])
def test_copies_are_found_and_strangers_are_not(name: str) -> None:
    (script,) = (each for each in SCRIPTS if each.name == name)
    found = outcome(script, rounds=1)
    assert found == Outcome(1.0, 1.0, found.similarity, 0)
    assert 0.3 < found.similarity < 0.6
