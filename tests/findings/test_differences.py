"""Differences between two runs of words, and of what sort they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.findings.differences import (
    COUNTS,
    EQUAL,
    EXAMPLES,
    FIGURES,
    LEFT_SLOTS,
    NAMES_BY_CAPITALS,
    OTHER_NAMES,
    PLAINS,
    align,
    screen,
    weigh,
)
from dedupe.findings.kinds import slot_words
from dedupe.passages.looks import looks_of
from dedupe.passages.reference import hash_word, words

WORDS = st.lists(st.sampled_from([*"abcdefg12", "Budi", "Siti", "monday", "friday"]), max_size=40)
EDITS = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 3), WORDS), max_size=5)


def edited(held: list[str], edits: list[tuple[int, int, list[str]]]) -> list[str]:
    for at, size, new in edits:
        place = at % (len(held) + 1)
        held = [*held[:place], *new[:4], *held[place + size :]]
    return held


def columns(*texts: str) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.int64]]:
    held = [list(words(text)) for text in texts]
    hashes = [hash_word(word.normal, word.weight) for each in held for word in each]
    looks = [bits for text in texts for bits in looks_of(text)]
    bounds = np.cumsum([0, *map(len, held)])
    return np.array(hashes, np.uint64), np.array(looks, np.uint8), bounds


def gaps_of(compute: Plain | Compiled, *texts: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    held, _, bounds = columns(*texts)
    gaps = np.zeros((int(bounds[-1]) + 4, 4), np.int64)
    ends = np.zeros(2, np.int64)
    pair = np.array([0]), np.array([1])
    compute.run(align)(held, bounds[:-1], bounds[1:], *pair, ends, gaps)
    return ends, gaps[: ends[1]]


def weighed(compute: Plain | Compiled, *texts: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    held, looks, bounds = columns(*texts)
    ends, gaps = gaps_of(compute, *texts)
    counts, examples = np.zeros((1, COUNTS), np.int64), np.zeros((1, EXAMPLES, 5), np.int64)
    opens = np.zeros(held.size + 1, np.bool_)
    opens[bounds] = True
    compute.run(weigh)(
        held,
        looks,
        opens,
        slot_words(),
        bounds[:-1],
        bounds[1:],
        np.full(2, NAMES_BY_CAPITALS),
        np.array([0]),
        np.array([1]),
        ends,
        gaps,
        counts,
        examples,
    )
    return counts[0], examples[0]


@given(WORDS, EDITS)
def test_what_is_outside_of_the_gaps_is_the_same(held: list[str], edits: list[tuple]) -> None:  # type: ignore[type-arg]
    left, right = " ".join(held), " ".join(edited(held, edits))
    hashes, _, bounds = columns(left, right)
    _, gaps = gaps_of(Plain(), left, right)
    kept = [
        np.delete(hashes[low:high], [at - low for a, b in sides for at in range(a, b)])
        for low, high, sides in (
            (bounds[0], bounds[1], gaps[:, :2].tolist()),
            (bounds[1], bounds[2], gaps[:, 2:].tolist()),
        )
    ]
    assert kept[0].tolist() == kept[1].tolist()
    assert gaps.shape[0] <= min(np.diff(bounds)) // 3 + 2
    screened = np.zeros((1, 4), np.int64)
    ends = np.array([0, gaps.shape[0]])
    screen(bounds[:-1], bounds[1:], np.array([0]), np.array([1]), ends, gaps, screened)
    assert screened[0, 0] == kept[0].size
    assert screened[0, 1] <= kept[0].size


@given(WORDS, EDITS)
def test_compiled_and_plain_are_equal(held: list[str], edits: list[tuple]) -> None:  # type: ignore[type-arg]
    left, right = " ".join(held), " ".join(edited(held, edits))
    for plain, compiled in zip(
        (*gaps_of(Plain(), left, right), *weighed(Plain(), left, right)),
        (*gaps_of(Compiled(), left, right), *weighed(Compiled(), left, right)),
        strict=True,
    ):
        assert plain.tolist() == compiled.tolist()


def test_equal_texts_have_no_gap() -> None:
    assert gaps_of(Plain(), "one two three four", "one two three four")[1].size == 0


def test_figures_names_and_the_rest_are_told_apart() -> None:
    left = "the price of gold rose to 512 dollars on monday said Miller at the old exchange in town"
    right = "the price of gold fell to 498 dollars on friday said Weber at the new exchange in town"
    counts, _ = weighed(Plain(), left, right)
    assert counts[FIGURES] == 1
    assert counts[OTHER_NAMES] == 3
    assert counts[PLAINS] == 1
    assert counts[LEFT_SLOTS] == 4
    assert counts[EQUAL] == len(left.split()) - 5


def test_a_name_that_the_other_document_knows_is_no_slot() -> None:
    left = "as Jokowi said in the morning and then Widodo left the hall"
    right = "as Widodo said in the morning and then Widodo left the hall"
    assert weighed(Plain(), left, right)[0][OTHER_NAMES] == 0
    assert weighed(Plain(), left, right)[0][PLAINS] == 1


def test_figures_of_different_length_are_one_difference() -> None:
    counts, _ = weighed(Plain(), "it cost Rp 1.027.000 per gram", "it cost Rp 998.500 per gram")
    assert (counts[FIGURES], counts[PLAINS]) == (1, 0)
