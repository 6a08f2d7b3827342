"""What stretches of passages say, as one number each."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.findings.from_blocks import contents, prose_weight, weight_between, words_of
from dedupe.passages.rules import PROSE
from dedupe.sketch.corpus import Passages

numbers = st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1))


def passages_of(said: list[int], weights: list[int] | None = None) -> Passages:
    """One document whose passages have these contents and weights; every second one is prose."""
    size = len(said)
    weight = np.array(weights or [4] * size, np.int64)
    words = weight // 4
    nothing = np.zeros(size, np.int64)
    columns = dict.fromkeys((field.name for field in fields(Passages)), nothing)
    columns |= {
        "first_word": np.cumsum(words) - words,
        "words": words,
        "weight": weight,
        "flags": np.arange(size) % 2 * PROSE,
        "content": np.array(said, np.uint64),
    }
    return Passages(**columns)


@given(
    st.lists(numbers, max_size=12),
    st.lists(numbers, min_size=1, max_size=6),
    st.lists(numbers, max_size=12),
)
def test_equal_stretches_have_one_number_wherever_they_stand(
    before: list[int], stretch: list[int], between: list[int]
) -> None:
    held = passages_of([*before, *stretch, *between, *stretch])
    first = np.array([len(before), len(before) + len(stretch) + len(between)])
    one, two = contents(held, first, first + len(stretch) - 1)
    assert one == two


@given(st.lists(st.integers(0, 2), min_size=2, max_size=12), st.data())
def test_different_stretches_have_different_numbers(said: list[int], data: st.DataObject) -> None:
    said = [each * 0x9E3779B97F4A7C14 % 2**64 for each in said]
    ranges = []
    for _ in range(2):
        first = data.draw(st.integers(0, len(said) - 1))
        ranges.append((first, data.draw(st.integers(first, len(said) - 1))))
    first, last = (np.array([each[side] for each in ranges]) for side in (0, 1))
    one, two = contents(passages_of(said), first, last)
    same = [said[start : end + 1] for start, end in ranges]
    assert (one == two) == (same[0] == same[1])


def test_of_no_stretches_there_are_no_numbers() -> None:
    nothing = np.empty(0, np.int64)
    assert contents(passages_of([]), nothing, nothing).size == 0
    assert contents(passages_of([1, 2]), nothing, nothing).size == 0


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12), st.data())
def test_weights_are_summed_from_the_first_passage_to_the_last(
    weights: list[int], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(weights) - 1))
    end = data.draw(st.integers(start, len(weights) - 1))
    first, last = np.array([start]), np.array([end])
    held = passages_of([0] * len(weights), weights)
    assert weight_between(held.weight, first, last).tolist() == [sum(weights[start : end + 1])]
    assert prose_weight(held, first, last).tolist() == [
        sum(weight for row, weight in enumerate(weights) if start <= row <= end and row % 2)
    ]


def test_the_words_of_a_stretch_run_from_its_first_passage_to_its_last() -> None:
    held = passages_of([1, 2, 3, 4], [8, 12, 4, 20])
    begins, ends = words_of(held, np.array([0, 1, 3]), np.array([0, 2, 3]))
    assert begins.tolist() == [0, 2, 6]
    assert ends.tolist() == [2, 6, 11]
