"""From bytes to code points and lines."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Plan
from dedupe.documents import Document, Intake, read
from dedupe.findings.places import locate, walk
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus, scan, texts_of_strings

COMPILED = Compiled()
texts = st.text(st.sampled_from("aé中𠀀 \n\r\x85\u2028"), max_size=12)


def positions(text: str) -> list[tuple[int, int, int]]:
    """Byte, code point and line of every place between two characters."""
    broken = [found.end() for found in re.finditer(r"\r\n|\r|\n", text)]
    return [
        (len(text[:place].encode()), place, 1 + sum(end <= place for end in broken))
        for place in range(len(text) + 1)
        # Between the two characters of one line end there is no line.
        if text[place - 1 : place + 1] != "\r\n"
    ]


@given(st.lists(texts, min_size=1, max_size=4))
@example(["", "\r\n", "\r", "\n", "a\r"])
def test_positions_of_any_texts_are_those_that_python_counts(several: list[str]) -> None:
    expected = [(row, *position) for row, text in enumerate(several) for position in positions(text)]
    documents, places, characters, lines = (np.array(column) for column in zip(*expected, strict=True))
    held = texts_of_strings(several)
    ways: list[Any] = [walk, COMPILED.run(walk)]
    for way in ways:
        found = np.empty(documents.size, np.int64), np.empty(documents.size, np.int64)
        way(held.data, held.offsets, documents, places, *found)
        assert found[0].tolist() == characters.tolist()
        assert found[1].tolist() == lines.tolist()


def corpus_of(several: list[str]) -> Corpus:
    stream = read(
        [Document(str(row), text) for row, text in enumerate(several)], Settings(), Intake(), None
    )
    # A batch a document.
    single = (batch.slice(row, 1) for batch in stream for row in range(len(batch)))
    return scan(single, Plan(3, 48, 2, 2, 4, 1), 1)[0]


@pytest.mark.parametrize("jobs", [1, 3])
def test_positions_may_be_asked_for_in_any_order_and_twice(jobs: int) -> None:
    several = ["één\r\ntwee\n", "", "中文\n\n字"]
    expected = [(row, *position) for row, text in enumerate(several) for position in positions(text)] * 2
    order = np.random.RandomState(1).permutation(len(expected))
    documents, places, characters, lines = (
        np.array(column)[order] for column in zip(*expected, strict=True)
    )
    found = locate(corpus_of(several), documents, places, walk, jobs)
    assert found[0].tolist() == characters.tolist()
    assert found[1].tolist() == lines.tolist()


def test_of_no_positions_there_is_nothing() -> None:
    nothing = np.empty(0, np.int64)
    assert [column.size for column in locate(corpus_of(["a"]), nothing, nothing, walk)] == [0, 0]
    assert [column.size for column in locate(corpus_of([]), nothing, nothing, walk)] == [0, 0]
