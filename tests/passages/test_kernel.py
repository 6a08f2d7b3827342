"""The compiled segmenter finds the passages that the plain one finds, in any text."""

from __future__ import annotations

import numpy as np
import xxhash
from hypothesis import example, given, settings

from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Plan, Scan
from dedupe.passages.columns import DOCUMENT, END, FIRST_WORD, FLAGS, SIGNALS, START, WEIGHT, WORDS
from dedupe.passages.reference import hash_word, passages
from dedupe.sketch.corpus import texts_of_strings

from .texts import WORDS as WORDS_OF_MANY_SCRIPTS
from .texts import texts

PLAN = Plan(shingle=3, least_weight=48, bands=4, rows=2, permutations=8, seed=1)
COMPILED = Compiled()


def scanned(text: str) -> Scan:
    return COMPILED.scan(texts_of_strings([text]), PLAN)


def long_line(words: int, between: str = " ") -> str:
    return between.join(WORDS_OF_MANY_SCRIPTS * (1 + words // len(WORDS_OF_MANY_SCRIPTS)))


@given(texts)
@settings(max_examples=400)
@example("")
@example("\n")
@example("\r")
@example("a")
@example("\r\n" * 50)
@example("word " * 1000)
@example("a " * 1000)
@example("a-" * 1000)
@example("a.b " * 500)
@example("ก" * 2000)
@example("字。" * 700)
@example(long_line(300))
@example(long_line(300, ". "))
@example(long_line(300, "\n"))
@example(long_line(300, "\r\n-"))
@example(("x" * 59 + "\n") * 8)
@example(("x" * 121 + "\n") * 8)
@example("\n".join(["word " * 12] * 51 + ["word " * 60]))
@example("\n".join(["word " * 12 + "word"] * 50 + ["word " * 60]))
def test_columns_are_those_of_the_reference(text: str) -> None:
    found = passages(text)
    held = scanned(text)
    byte_at = np.cumsum([0, *(len(character.encode()) for character in text)])
    hashes = [[hash_word(word.normal, word.weight) for word in passage.words] for passage in found]
    flat = [each for passage in hashes for each in passage]
    first_words = np.cumsum([0, *map(len, hashes)])[:-1]
    columns = held.passages
    assert columns[DOCUMENT].tolist() == [0] * len(found)
    assert columns[START].tolist() == [byte_at[passage.start] for passage in found]
    assert columns[END].tolist() == [byte_at[passage.end] for passage in found]
    assert columns[WORDS].tolist() == [len(passage.words) for passage in found]
    assert columns[FIRST_WORD].tolist() == first_words.tolist()
    assert columns[WEIGHT].tolist() == [passage.weight for passage in found]
    assert columns[FLAGS].tolist() == [passage.flags for passage in found]
    assert columns[SIGNALS].tolist() == [passage.signals for passage in found]
    assert held.words.tolist() == flat
    assert held.contents.tolist() == [_xxh64(passage) for passage in hashes]
    whole = np.uint64(_xxh64(flat)).astype(np.int64)
    assert held.documents.tolist() == [[len(flat), len(text), len(found), whole]]


def _xxh64(hashes: list[int]) -> int:
    return xxhash.xxh64_intdigest(b"".join(each.to_bytes(8, "little") for each in hashes))
