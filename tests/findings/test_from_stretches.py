"""From ranges of words to findings: what they weigh, where they are cut, which are said once."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.compute.interface import Plan
from dedupe.compute.plain import Plain
from dedupe.documents import SCHEMA
from dedupe.findings.from_stretches import (
    at_sentences,
    documents_of,
    is_a_passage,
    long_enough,
    own,
    prose_weight,
    weight_between,
    words_of,
)
from dedupe.matches.stretches import Stretches
from dedupe.passages.cuts import HANGING
from dedupe.passages.rules import PROSE
from dedupe.sketch.corpus import Corpus, Passages, scan
from findings.corpora import line, text_of

PLAIN = Plain()
PLAN = Plan(shingle=3, least_weight=48, bands=4, rows=2, permutations=8, seed=1)


def corpus_of(*texts: str) -> Corpus:
    nothing: list[None] = [None] * len(texts)
    columns = {"id": [str(row) for row in range(len(texts))], "text": list(texts)}
    batch = pa.RecordBatch.from_arrays(
        [pa.array(columns.get(each.name, nothing), each.type) for each in SCHEMA],
        schema=SCHEMA,
    )
    return scan(iter([batch]), PLAN, 1)[0]


def passages_of(weights: list[int]) -> Passages:
    """One document whose passages have these weights, of whole words; every second one is prose."""
    weight = np.array(weights, np.int64)
    words = weight // 4
    nothing = np.zeros(len(weights), np.int64)
    columns = dict.fromkeys((field.name for field in fields(Passages)), nothing)
    columns |= {
        "first_word": np.cumsum(words) - words,
        "words": words,
        "weight": weight,
        "flags": np.arange(len(weights)) % 2 * PROSE,
    }
    return Passages(**columns)


def one(*values: int) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    return tuple(np.array([value], np.int64) for value in values)


class TestWords:
    def test_of_passages_run_from_the_first_to_the_last(self) -> None:
        held = passages_of([8, 12, 4, 20])
        begins, ends = words_of(held, np.array([0, 1, 3]), np.array([0, 2, 3]))
        assert begins.tolist() == [0, 2, 6]
        assert ends.tolist() == [2, 6, 11]

    def test_stand_in_documents(self) -> None:
        corpus = corpus_of("one two three", "", "…", "four five")
        assert documents_of(corpus, np.arange(5)).tolist() == [0, 0, 0, 3, 3]

    def test_are_a_passage_from_its_first_to_its_last(self) -> None:
        corpus = corpus_of(text_of(line(1, 20), "…", line(2, 25)), line(3, 25))
        ranges = np.array([(0, 20), (20, 45), (45, 70), (0, 19), (1, 20), (0, 45), (20, 70), (19, 21)])
        whole = is_a_passage(corpus, ranges[:, 0], ranges[:, 1])
        assert whole.tolist() == [True] * 3 + [False] * 5


class TestWeights:
    def test_are_those_of_the_words_in_quarters(self) -> None:
        corpus = corpus_of("two words", "两个 two")
        begin, end = np.array([0, 1, 2, 0]), np.array([2, 1, 5, 5])
        assert weight_between(corpus, begin, end, PLAIN).tolist() == [8, 0, 8, 16]

    def test_both_sides_have_to_be_long_enough(self) -> None:
        corpus = corpus_of(line(1, 40), line(2, 40))
        sides = np.array([(0, 12, 40, 52), (0, 11, 40, 60), (0, 20, 40, 51)])
        held = Stretches(*sides.T.copy(), np.ones(3, np.bool_), sides[:, 1] - sides[:, 0])
        kept = long_enough(held, corpus, Settings(min_words=12), PLAIN)
        assert kept.left_end.tolist() == [12]

    @given(st.lists(st.integers(1, 10), min_size=1, max_size=12), st.data())
    def test_of_running_prose_are_those_of_its_words(
        self, sizes: list[int], data: st.DataObject
    ) -> None:
        held = passages_of([4 * size for size in sizes])
        corpus = corpus_of(" ".join("a" for _ in range(sum(sizes))))
        corpus = Corpus(
            **{
                field.name: held if field.name == "passages" else getattr(corpus, field.name)
                for field in fields(Corpus)
                if field.init
            }
        )
        is_prose = [bool(row % 2) for row, size in enumerate(sizes) for _ in range(size)]
        begin = data.draw(st.integers(0, sum(sizes) - 1))
        end = data.draw(st.integers(begin, sum(sizes)))
        assert prose_weight(corpus, *one(begin, end)).tolist() == [4 * sum(is_prose[begin:end])]


class TestAtSentences:
    CORPUS = corpus_of(text_of(line(1), line(2), line(3)), line(4))

    def cut(self, begin: int, end: int) -> tuple[int, int]:
        begins, ends = at_sentences(self.CORPUS, *one(begin, end), PLAIN, 1)
        return int(begins[0]), int(ends[0])

    def test_passages_stay_as_they_are(self) -> None:
        for begin, end in ((0, 25), (25, 75), (0, 75), (75, 100)):
            assert self.cut(begin, end) == (begin, end)

    @pytest.mark.parametrize("few", range(1, HANGING + 1))
    def test_a_few_words_that_reach_into_another_passage_are_left_out(self, few: int) -> None:
        assert self.cut(25 - few, 50) == (25, 50)
        assert self.cut(25, 50 + few) == (25, 50)
        assert self.cut(25 - few, 50 + few) == (25, 50)

    def test_more_of_them_are_not(self) -> None:
        more = HANGING + 1
        assert self.cut(25 - more, 50 + more) == (25 - more, 50 + more)

    def test_a_few_words_that_would_hang_are_taken_along(self) -> None:
        assert self.cut(25 + HANGING, 50) == (25, 50)
        assert self.cut(25, 50 - HANGING) == (25, 50)
        assert self.cut(25 + HANGING + 1, 49 - HANGING) == (25 + HANGING + 1, 49 - HANGING)

    @given(st.integers(0, 74), st.integers(1, 75))
    def test_what_is_cut_is_some_words_of_the_same_document(self, begin: int, size: int) -> None:
        end = min(begin + size, 75)
        cut_begin, cut_end = self.cut(begin, end)
        assert 0 <= cut_begin < cut_end <= 75
        assert abs(cut_begin - begin) <= HANGING
        assert abs(cut_end - end) <= HANGING
        assert self.cut(cut_begin, cut_end) == (cut_begin, cut_end)


def test_words_belong_to_the_last_finding_that_has_them() -> None:
    owner = np.zeros(10, np.int32)
    own(np.array([1, 6, 3]), np.array([5, 9, 4]), np.array([0, 0, 4]), owner)
    assert owner.tolist() == [0, 1, 1, 5, 1, 0, 1, 1, 1, 0]


class TestSaidOnce:
    def test_what_many_places_share_is_one_finding_of_them_all(self) -> None:
        copied = line("copied", 30)
        several = [
            text_of(line((row, 1)), f"{copied} {line((row, 2), 8 + row)}", line((row, 3)))
            for row in range(6)
        ]
        report = audit([Document(str(row), text) for row, text in enumerate(several)], Settings())
        (finding,) = report.findings
        assert [where.document for where in finding.locations] == [str(row) for row in range(6)]
