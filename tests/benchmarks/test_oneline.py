"""Words of documents with newlines and without are the same words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.oneline import compare, covering, without_newlines
from benchmarks.words import WORD, count, places
from dedupe import Document

SAID = "a paragraph of a dozen words or more that stands in both of these documents"
texts = st.text(st.sampled_from("ab1 ,.é\n\r\t"), max_size=60)


@given(texts)
def test_the_nth_word_is_the_same_word(text: str) -> None:
    flat = without_newlines(text)
    assert not set(flat) & {"\n", "\r"}
    assert WORD.findall(flat) == WORD.findall(text)
    assert [text[start:end] for start, end in places(text)] == WORD.findall(text)
    assert count(text) == len(places(text))


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted), max_size=5))
def test_a_word_is_covered_where_it_begins_in_a_stretch(text: str, stretches: list[list[int]]) -> None:
    words = places(text)
    expected = [any(start <= at < end for start, end in stretches) for at, _ in words]
    assert covering(words, [(start, end) for start, end in stretches]).tolist() == expected


def test_words_are_counted_that_either_audit_covers() -> None:
    documents = [
        Document("a", f"Something else\n\n{SAID}\n\nAnd here, some more of it."),
        Document("b", f"{SAID}\nand nothing."),
    ]
    result = compare(documents)
    figures = {row.name: row.values[0] for row in result.rows}
    assert figures["documents"] == 2
    assert figures["words that are boilerplate in neither"] == sum(
        len(places(each.text)) for each in documents
    )
    assert figures["of them covered with newlines"] == 2 * count(SAID)
    both = figures["of them covered in both"]
    assert both is not None
    assert figures["of those covered with newlines, covered without"] == both / (2 * count(SAID))


def test_documents_without_findings_have_no_share() -> None:
    result = compare([Document("a", "a few words\nof no use"), Document("b", "others\nhere")])
    assert [row.shown for row in result.rows][-2:] == [[""], [""]]
    assert result.details["worst"] == []


def test_stretches_may_touch_and_overlap() -> None:
    words = places("one two three four")
    assert covering(words, [(0, 5), (4, 8), (8, 9)]).tolist() == [True, True, True, False]
    assert covering(words, []).tolist() == [False] * 4
    assert covering(places(""), [(0, 1)]).tolist() == []
    assert places("").dtype == np.int64
    assert places("").shape == (0, 2)


@pytest.mark.parametrize("text", ["one\ntwo", "one \r\n\r\n two", "one\n \ntwo"])
def test_newlines_become_one_space(text: str) -> None:
    assert without_newlines(text) == "one two"
