"""The measures of text alignment, on examples worked by hand and beside a plain reference."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.plagdet import Alignment, Comparison, Measures, Span


def alignment(left: tuple[int, int], right: tuple[int, int], documents: str = "ab") -> Alignment:
    return Alignment(Span(documents[0], *left), Span(documents[1], *right))


CASE = alignment((100, 200), (0, 100))

spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda each: (each[0], sum(each)))
alignments = st.lists(
    st.builds(alignment, spans, spans, st.sampled_from(["ab", "ac", "bb"])), max_size=8, unique=True
)


def test_what_is_found_to_the_character_is_found_wholly() -> None:
    compared = Comparison([CASE], [CASE])
    assert compared.of_case == [[0]]
    assert compared.of_detection == [[0]]
    assert compared.measures() == Measures(1.0, 1.0, 1.0)
    assert compared.measures().plagdet == 1.0


def test_half_a_case_and_twice_a_case() -> None:
    half = Comparison([CASE], [alignment((100, 150), (0, 50))]).measures()
    assert half == Measures(recall=0.5, precision=1.0, granularity=1.0)
    assert half.plagdet == pytest.approx(2 / 3)
    twice = Comparison([CASE], [alignment((100, 300), (0, 200))]).measures()
    assert twice == Measures(recall=1.0, precision=0.5, granularity=1.0)


def test_both_sides_count_by_their_characters() -> None:
    # 10 of 20 on the left and 60 of 60 on the right: 70 of 80.
    (recall,) = Comparison([alignment((0, 20), (0, 60))], [alignment((10, 30), (0, 60))]).recall
    assert recall == 70 / 80


def test_a_detection_must_touch_both_sides() -> None:
    for missed in (
        alignment((100, 200), (100, 200)),  # ends where the case begins, on the right
        alignment((0, 100), (0, 100)),  # and on the left
        alignment((100, 200), (0, 100), "ac"),
        alignment((100, 200), (0, 100), "cb"),
    ):
        compared = Comparison([CASE], [missed])
        assert compared.of_case == [[]]
        assert compared.measures() == Measures(0.0, 0.0, 1.0)
        assert compared.measures().plagdet == 0.0


def test_the_mean_is_over_cases_and_over_detections() -> None:
    cases = [CASE, alignment((500, 1500), (500, 1500))]
    compared = Comparison(cases, [CASE, alignment((120, 140), (10, 30)), alignment((0, 9), (0, 9))])
    assert compared.recall == [1.0, 0.0]
    assert compared.precision == [1.0, 1.0, 0.0]
    # One case of two; two detections of three; two detections of the one case that is detected.
    assert compared.measures() == Measures(recall=1 / 2, precision=2 / 3, granularity=2.0)
    assert compared.measures().plagdet == pytest.approx(4 / 7 / math.log2(3))


def test_detections_that_overlap_count_their_characters_once() -> None:
    compared = Comparison([CASE], [alignment((100, 160), (0, 60)), alignment((140, 200), (40, 100))])
    assert compared.recall == [1.0]
    assert compared.measures().granularity == 2.0


def test_some_cases_have_the_detections_that_touch_them() -> None:
    cases = [CASE, alignment((200, 300), (100, 200)), alignment((900, 950), (900, 950))]
    both, false = alignment((100, 300), (0, 200)), alignment((600, 700), (600, 700))
    compared = Comparison(cases, [both, false])
    # The one detection lies in cases throughout, whichever they are; the false one is no case's.
    assert compared.measures_of([0]) == Measures(1.0, 1.0, 1.0)
    assert compared.measures_of([0, 2]) == Measures(0.5, 1.0, 1.0)
    assert compared.measures_of([2]) == Measures(0.0, 0.0, 1.0)
    assert compared.measures() == Measures(pytest.approx(2 / 3), 0.5, 1.0)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert Comparison([], []).measures() == Measures(1.0, 1.0, 1.0)
    assert Comparison([], [CASE]).measures() == Measures(0.0, 0.0, 1.0)
    assert Comparison([CASE], []).measures() == Measures(0.0, 0.0, 1.0)


def test_a_range_has_a_character() -> None:
    with pytest.raises(ValueError, match="without a character"):
        Comparison([CASE], [alignment((5, 5), (0, 9))])


@given(alignments.filter(bool))
def test_perfect_detections_give_one_in_recall_and_precision(cases: list[Alignment]) -> None:
    measures = Comparison(cases, cases).measures()
    assert (measures.recall, measures.precision) == (1.0, 1.0)
    apart = [alignment((100 * row, 100 * row + 9), (7, 20)) for row in range(len(cases))]
    assert Comparison(apart, apart).measures() == Measures(1.0, 1.0, 1.0)


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_detection_in_n_pieces_has_granularity_n(pieces: int, others: int) -> None:
    cases = [alignment((1000 * row, 1000 * row + 80), (0, 80)) for row in range(others)]
    cuts = [round(80 * piece / pieces) for piece in range(pieces + 1)]
    broken = [alignment(each, each) for each in pairwise(cuts)]
    measures = Comparison(cases, [*broken, *cases[1:]]).measures()
    assert (measures.recall, measures.precision) == (1.0, 1.0)
    assert measures.granularity == (pieces + others - 1) / others
    assert measures.plagdet == 1 / math.log2(1 + measures.granularity)


@given(alignments, alignments)
def test_recall_and_precision_change_places_with_the_roles(
    cases: list[Alignment], detections: list[Alignment]
) -> None:
    one, other = Comparison(cases, detections), Comparison(detections, cases)
    assert one.measures().recall == other.measures().precision
    assert one.measures().precision == other.measures().recall
    assert one.of_case == other.of_detection


@given(alignments, alignments)
def test_the_sweep_is_the_plain_comparison_of_all_with_all(
    cases: list[Alignment], detections: list[Alignment]
) -> None:
    compared = Comparison(cases, detections)
    assert compared.of_case == [
        [row for row, each in enumerate(detections) if meet(case, each)] for case in cases
    ]
    assert compared.recall == [share(case, detections) for case in cases]
    assert compared.precision == [share(each, cases) for each in detections]
    mirrored = [Alignment(right, left) for left, right in cases]
    turned = [Alignment(right, left) for left, right in detections]
    assert Comparison(mirrored, turned).measures() == compared.measures()


def characters(span: Span) -> set[int]:
    return set(range(span.start, span.end))


def meet(one: Alignment, other: Alignment) -> bool:
    return all(
        here.document == there.document and bool(characters(here) & characters(there))
        for here, there in zip(one, other, strict=True)
    )


def share(one: Alignment, others: list[Alignment]) -> float:
    """By sets of characters."""
    meeting = [other for other in others if meet(one, other)]
    held = [
        characters(one[side]) & set().union(*(characters(other[side]) for other in meeting))
        for side in (0, 1)
    ]
    return sum(map(len, held)) / sum(len(characters(span)) for span in one)
