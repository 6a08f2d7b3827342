"""Spans: how far two texts go on saying the same."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.candidates.seeds import PLACES
from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.matches.extension import NEAR, fewest_covered, gains, least_evidence
from dedupe.passages.characters import WEIGHT_OF_WORD

COMPILED, PLAIN = Compiled(), Plain()
NORMAL, NEVER = 40.0, 1e9
"""Nats that are asked for."""

Span = tuple[int, int, int, int, int]


def text(name: object, size: int) -> list[int]:
    """Words that no other text has, all of one weight."""
    chosen = random.Random(f"{name}")
    return [chosen.getrandbits(61) + 1 << 2 for _ in range(size)]


LANGUAGE = text("language", 10_000)


def prose(name: object, size: int) -> list[int]:
    """Words as often as in a language: few very often, many once."""
    weights = [1.0 / (rank + 4) for rank in range(len(LANGUAGE))]
    return random.Random(f"{name}").choices(LANGUAGE, weights, k=size)


def replaced(words: list[int], share: float, name: object = 0) -> list[int]:
    """With another word for some, but for the first and last four."""
    chosen = random.Random(f"{name}")
    inside = range(4, len(words) - 4)
    places = set(chosen.sample(inside, round(share * len(words))))
    return [
        other if place in places else word
        for place, (word, other) in enumerate(zip(words, text(("new", name), len(words)), strict=True))
    ]


def runs_of(bounds: list[int], left_out: list[bool]) -> list[tuple[int, int]]:
    """The runs of words of one document that are not left out."""
    found: list[tuple[int, int]] = []
    for begin, end in pairwise(bounds):
        first = begin
        for place in range(begin, end + 1):
            if place == end or left_out[place]:
                if place > first:
                    found.append((first, place))
                first = place + 1
    return found


def grown(
    words: list[int],
    bounds: list[int],
    left_out: list[bool],
    evidence: float,
    jobs: int = 1,
    formula: tuple[int, ...] = (),
) -> list[Span]:
    """The spans of the reference, which the kernels have to find as well."""
    runs = np.array(runs_of(bounds, left_out), np.int64).reshape(-1, 2)
    arguments = (
        np.array(words, np.uint64),
        np.array(bounds, np.int64),
        np.array(left_out, np.uint8),
        np.isin(np.arange(len(words)), formula).view(np.uint8),
        runs[:, 0].copy(),
        runs[:, 1].copy(),
        evidence,
        jobs,
    )
    plain, compiled = PLAIN.spans(*arguments), COMPILED.spans(*arguments)
    assert plain.tolist() == compiled.tolist(), "compiled it is the same"
    return [(a, b, c, d, e) for a, b, c, d, e in plain.tolist()]


def found(
    *documents: list[int],
    evidence: float = NORMAL,
    left_out: tuple[int, ...] = (),
    formula: tuple[int, ...] = (),
) -> list[tuple[int, int, int, int]]:
    """Both ranges of each span, counted through all documents."""
    bounds = [0, *np.cumsum([len(document) for document in documents]).tolist()]
    words = [word for document in documents for word in document]
    marks = [place in left_out for place in range(len(words))]
    return [span[:4] for span in grown(words, bounds, marks, evidence, formula=formula)]


class TestACopy:
    def test_is_found_from_its_first_word_to_its_last(self) -> None:
        copied = text("copied", 40)
        left = [*text(1, 30), *copied, *text(2, 50)]
        right = [*text(3, 70), *copied, *text(4, 20)]
        assert found(left, right) == [(30, 70, 120 + 70, 120 + 110)]

    def test_may_be_the_whole_text(self) -> None:
        assert found(text("copied", 40), text("copied", 40)) == [(0, 40, 40, 80)]

    def test_may_stand_in_many_documents(self) -> None:
        several = [[*text(row, 10), *text("copied", 40), *text(-row, 10)] for row in range(1, 6)]
        spans = found(*several)
        assert {span[2:] for span in spans} == {(60 * row + 10, 60 * row + 50) for row in range(1, 5)}
        assert len(spans) <= 2 * 4, "each is laid against two others"

    @pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
    def test_is_one_span_though_words_were_replaced(self, share: float) -> None:
        copied = text("copied", 100)
        left = [*text(1, 60), *copied, *text(2, 60)]
        for name in range(5):
            right = [*text(3, 40), *replaced(copied, share, name), *text(4, 60)]
            assert found(left, right) == [(60, 160, 220 + 40, 220 + 140)]

    def test_goes_on_behind_words_that_were_added_or_dropped(self) -> None:
        copied = text("copied", 80)
        left = [*text(1, 40), *copied]
        assert found(left, [*copied[:40], *text(3, 6), *copied[40:]]) == [(40, 120, 120, 206)]
        assert found(left, [*copied[:40], *copied[46:]]) == [(40, 120, 120, 194)]

    def test_is_one_span_though_words_were_moved(self) -> None:
        copied = text("copied", 80)
        moved = [
            word for at in range(0, 80, 10) for word in (*copied[at + 5 : at + 10], *copied[at : at + 5])
        ]
        assert found([*text(1, 40), *copied, *text(2, 40)], [*text(3, 40), *moved, *text(4, 40)]) == [
            (40, 120, 200, 280)
        ]

    def test_has_its_clauses_in_another_order(self) -> None:
        copied = text("copied", 40)
        assert found(copied, [*copied[28:], *copied[12:28], *copied[:12]], evidence=20.0)

    def test_is_carried_over_a_gap_by_long_neighbours_and_not_by_short_ones(self) -> None:
        def around(size: int) -> list[tuple[int, int, int, int]]:
            before, behind = text("before", size), text("behind", size)
            return found([*before, *text(1, 25), *behind], [*before, *text(2, 25), *behind])

        assert around(60) == [(0, 145, 145, 290)]
        assert around(14) == [(0, 14, 53, 67), (39, 53, 92, 106)]

    @pytest.mark.parametrize("size", [15, 16])
    def test_of_sixteen_words_in_a_row_is_one_whatever_the_evidence_asked(self, size: int) -> None:
        copied = text("copied", size)
        left, right = [*text(1, 30), *copied, *text(2, 30)], [*text(3, 30), *copied, *text(4, 30)]
        expected = [(30, 46, 60 + 46, 60 + 62)] if size == 16 else []
        assert found(left, right, evidence=NEVER) == expected


class TestInsideOneDocument:
    def test_both_sides_are_found(self) -> None:
        copied = text("copied", 40)
        assert found([*text(1, 30), *copied, *text(2, 50), *copied]) == [(30, 70, 120, 160)]

    def test_a_copy_may_follow_at_once(self) -> None:
        copied = text("copied", 40)
        assert found([*text(1, 30), *copied, *copied, *text(2, 30)]) == [(30, 70, 70, 110)]

    @pytest.mark.parametrize("size", [1, 2, 5, 12, 30])
    def test_the_sides_do_not_overlap_whatever_returns(self, size: int) -> None:
        for times in range(2, min(PLACES, 60 // size)):
            for left, left_end, right, right_end in found(text("copied", size) * times, evidence=10.0):
                assert left < left_end <= right < right_end

    @pytest.mark.parametrize("size", [40, 80, 160])
    def test_what_stands_three_times_in_a_row_makes_few_spans_however_long_it_is(
        self, size: int
    ) -> None:
        assert len(found([*text(1, 30), *text("copied", size) * 3, *text(2, 30)])) <= 3


class TestWordsThatAreLeftOut:
    def test_speak_for_no_span(self) -> None:
        copied = text("copied", 40)
        left, right = [*text(1, 30), *copied], [*copied, *text(4, 20)]
        assert found(left, right)
        assert found(left, right, left_out=tuple(range(30, 70))) == []
        assert found(left, right, left_out=tuple(range(70, 110))) == []

    def test_speak_against_none(self) -> None:
        copied = text("copied", 40)
        left, right = copied, [*copied[:20], *text("menu", 90), *copied[20:]]
        assert len(found(left, right)) == 2
        assert found(left, right, left_out=tuple(range(60, 150))) == [(0, 40, 40, 170)]
        assert found(right, left, left_out=tuple(range(20, 110))) == [(0, 130, 130, 170)]

    def test_are_no_end_of_a_span(self) -> None:
        copied = text("copied", 40)
        left_out = tuple(range(38, 49))
        assert found([*copied, *text(1, 9)], copied, left_out=left_out) == [(0, 38, 49, 87)]


class TestStrangers:
    @pytest.mark.parametrize("name", range(3))
    def test_have_none(self, name: int) -> None:
        assert found(prose((name, 1), 1500), prose((name, 2), 1500)) == []

    def test_have_none_though_they_share_a_phrase(self) -> None:
        phrase = text("phrase", 5)
        assert found([*text(1, 60), *phrase, *text(2, 60)], [*text(3, 60), *phrase, *text(4, 60)]) == []

    def test_without_words_there_is_nothing(self) -> None:
        assert found([]) == []
        assert found([], [], []) == []
        assert found(text(1, 40), [], text(2, 3)) == []


class TestFormulas:
    """Words of phrases that many sources have: here those from the 30th word of the left text on."""

    COPIED = tuple(text("copied", 40))

    def spans(self, formula: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
        left = [*text(1, 30), *self.COPIED, *text(2, 50)]
        return found(left, [*text(3, 70), *self.COPIED, *text(4, 20)], formula=formula)

    def test_are_no_span(self) -> None:
        assert self.spans(tuple(range(30, 70))) == []

    def test_are_part_of_one_that_says_more(self) -> None:
        assert self.spans(tuple(range(30, 40))) == [(30, 70, 190, 230)]

    def test_speak_against_it_twice(self) -> None:
        # Of 40 words 10 must be left: those that are none less twice those that are.
        assert self.spans(tuple(range(30, 40))) != []
        assert self.spans(tuple(range(30, 41))) == []

    def test_are_asked_for_where_the_left_text_has_them(self) -> None:
        assert self.spans(tuple(range(190, 230))) == [(30, 70, 190, 230)]

    def test_are_words_as_others_inside_one_document(self) -> None:
        both = [*text(1, 30), *self.COPIED, *text(2, 50), *self.COPIED, *text(4, 20)]
        assert found(both, formula=tuple(range(30, 70))) == [(30, 70, 120, 160)]

    def test_weigh_more_where_half_of_the_words_were_replaced(self) -> None:
        right = [*text(3, 40), *replaced(list(self.COPIED), 0.4), *text(4, 60)]
        left = [*text(1, 30), *self.COPIED, *text(2, 50)]
        (whole,) = found(left, right, evidence=28.0)
        assert whole[:2] == (30, 70)
        assert found(left, right, evidence=28.0, formula=tuple(range(30, 34))) == []


def test_the_more_seeds_are_walked_from_the_more_evidence_is_asked_for() -> None:
    sizes = [0, 1, 10, 1000, 10**4, 10**5, 10**6, 10**8]
    assert [least_evidence(size, 40.0) for size in sizes[:4]] == [40.0] * 4
    asked = [least_evidence(size, 40.0) for size in sizes[3:]]
    assert asked == sorted(set(asked))
    fewest = [fewest_covered(size) for size in sizes]
    assert fewest[0] == 4 * WEIGHT_OF_WORD
    assert fewest == sorted(fewest)


def test_a_word_says_less_the_more_often_it_stands_around_and_the_farther_away() -> None:
    table = gains()
    assert (table >= 0).all()
    assert (np.diff(table, axis=0) <= 0).all()
    assert (np.diff(table, axis=1) <= 0).all()


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[int], list[int], list[bool]]:
    """Words of a few documents, many of them copied and edited; bounds; words that are left out."""
    chosen = random.Random(draw(st.integers(0, 2**32)))
    size = draw(st.integers(0, 400))
    codes = draw(st.sampled_from([[0], [0], [0, 1, 2], [2]]))
    count = draw(st.sampled_from([4, 20, 200, 3000]))
    vocabulary = [word | chosen.choice(codes) for word in text("vocabulary", count)]
    words = chosen.choices(vocabulary, [1.0 / (rank + 3) for rank in range(count)], k=size)
    for _ in range(draw(st.integers(0, 8))):
        length = chosen.randint(4, 80)
        begin, to = (chosen.randint(0, max(0, size - length)) for _ in range(2))
        copy = words[begin : begin + length]
        share = chosen.choice([0.0, 0.0, 0.1, 0.3, 0.5])
        copy = [chosen.choice(vocabulary) if chosen.random() < share else word for word in copy]
        if chosen.random() < 0.3:
            middle = len(copy) // 2
            copy = [*copy[middle : middle + 9], *copy[:middle], *copy[middle + 9 :]]
        if chosen.random() < 0.3:
            del copy[len(copy) // 3 : len(copy) // 3 + chosen.randint(1, 9)]
        words[to : to + len(copy)] = copy
    words = words[:size]
    left_out = [False] * size
    for _ in range(draw(st.integers(0, 3))):
        begin = chosen.randint(0, size)
        for place in range(begin, min(size, begin + chosen.randint(1, 30))):
            left_out[place] = True
    cuts = draw(st.lists(st.integers(0, size), max_size=4))
    return words, [0, *sorted(cuts), size], left_out


asked = st.sampled_from([10.0, 28.0, NORMAL, NEVER])


@given(corpora(), asked, st.sampled_from([1, 2]))
@settings(max_examples=80)
@example(([], [0, 0], []), NORMAL, 2)
@example(([], [0], []), NORMAL, 2)
@example(([4] * 40, [0, 40], [False] * 40), 10.0, 2)
def test_every_span_keeps_to_its_documents_and_ends_at_words_that_match(
    corpus: tuple[list[int], list[int], list[bool]], evidence: float, jobs: int
) -> None:
    words, bounds, left_out = corpus
    spans = grown(words, bounds, left_out, evidence, jobs)
    document = [row for row, (begin, end) in enumerate(pairwise(bounds)) for _ in range(begin, end)]
    for left, left_end, right, right_end, matched in spans:
        assert left < left_end <= right < right_end, "left stands before right"
        assert document[left] == document[left_end - 1]
        assert document[right] == document[right_end - 1]
        assert not any(left_out[end] for end in (left, left_end - 1, right, right_end - 1))
        one = {words[place] for place in range(left, left_end)}
        other = {
            words[place] for place in range(right - NEAR, right_end + NEAR) if 0 <= place < len(words)
        }
        assert {words[right], words[right_end - 1]} <= one
        assert {words[left], words[left_end - 1]} <= other
        weight = sum(WEIGHT_OF_WORD >> (word & 3) for word in words[left:left_end])
        assert 0 < matched <= weight
    order = [(document[span[2]], document[span[0]]) for span in spans]
    assert order == sorted(order)


@given(corpora())
@settings(max_examples=25)
def test_where_much_evidence_is_found_less_is_found_too(
    corpus: tuple[list[int], list[int], list[bool]],
) -> None:
    if grown(*corpus, NORMAL):
        assert grown(*corpus, 10.0)


@given(corpora(), st.integers(1, 40))
@settings(max_examples=25)
def test_a_stranger_in_front_moves_the_spans_and_changes_none(
    corpus: tuple[list[int], list[int], list[bool]], size: int
) -> None:
    words, bounds, left_out = corpus
    spans = grown(words, bounds, left_out, 28.0)
    moved = grown(
        [*text("stranger", size), *words],
        [0, *(bound + size for bound in bounds)],
        [*[False] * size, *left_out],
        28.0,
    )
    assert moved == [(a + size, b + size, c + size, d + size, e) for a, b, c, d, e in spans]
