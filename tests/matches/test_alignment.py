"""The alignment for readers: true, shortest where that is promised, without noise."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.matches import alignment
from dedupe.matches.alignment import DELETE, EQUAL, INSERT, REPLACE, Opcodes, align

FEW = st.lists(st.sampled_from("abcd"), max_size=40)
WORDS = st.lists(st.sampled_from(["the", "of", *(f"w{number}" for number in range(40))]), max_size=200)
SEAMS = st.lists(st.integers(0, 3), min_size=201, max_size=201)


def longest_common_subsequence(left: list[str], right: list[str]) -> int:
    """Its length, by the textbook's table."""
    row = [0] * (len(right) + 1)
    for one in left:
        above, row = row, [0]
        for place, other in enumerate(right):
            row.append(above[place] + 1 if one == other else max(above[place + 1], row[place]))
    return row[-1]


def equal(codes: Opcodes) -> int:
    return sum(end - start for kind, start, end, _, _ in codes if kind == EQUAL)


def applied(left: list[str], right: list[str], codes: Opcodes) -> list[str]:
    """The right sequence, from what is the same on the left and what was added."""
    made: list[str] = []
    for kind, start, end, other_start, other_end in codes:
        made += left[start:end] if kind == EQUAL else right[other_start:other_end]
    return made


def shown(left: str, right: str) -> str:
    """Both as one line, as ``wdiff`` has it."""
    a, b = left.split(), right.split()
    sizes = ([len(word) for word in a], [len(word) for word in b])
    said = []
    for kind, start, end, other_start, other_end in align(a, b, sizes=sizes):
        old, new = " ".join(a[start:end]), " ".join(b[other_start:other_end])
        both = f"[-{old}-]" * bool(old) + f"{{+{new}+}}" * bool(new)
        said.append(old if kind == EQUAL else both)
    return " ".join(said)


@pytest.mark.parametrize("tidy", [True, False])
@pytest.mark.parametrize("few", [alignment.DIFFERENCES, 3])
@given(left=WORDS, right=WORDS, seams=st.one_of(st.none(), st.tuples(SEAMS, SEAMS)))
def test_one_becomes_the_other(
    few: int, tidy: bool, left: list[str], right: list[str], seams: tuple[list[int], list[int]] | None
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "DIFFERENCES", few)
        codes = align(left, right, seams=seams, tidy=tidy)
    assert applied(left, right, codes) == right
    at, other_at, before = 0, 0, EQUAL
    for kind, start, end, other_start, other_end in codes:
        assert (start, other_start) == (at, other_at)
        at, other_at = end, other_end
        if kind == EQUAL:
            assert left[start:end] == right[other_start:other_end]
            assert end > start
        else:
            assert before == EQUAL
            assert (
                kind
                == {(1, 1): REPLACE, (1, 0): DELETE, (0, 1): INSERT}[
                    (int(end > start), int(other_end > other_start))
                ]
            )
        before = kind
    assert (at, other_at) == (len(left), len(right))


@given(FEW, FEW)
def test_of_few_differences_as_many_words_as_can_be_are_equal(left: list[str], right: list[str]) -> None:
    assert equal(align(left, right, tidy=False)) == longest_common_subsequence(left, right)


@given(FEW, FEW, SEAMS)
def test_seams_move_changes_and_make_none(left: list[str], right: list[str], seams: list[int]) -> None:
    moved = align(left, right, seams=(seams, seams), tidy=False)
    assert equal(moved) == longest_common_subsequence(left, right)


@given(FEW)
def test_the_same_is_one_run(words: list[str]) -> None:
    assert [tuple(code) for code in align(words, words)] == [
        (EQUAL, 0, len(words), 0, len(words))
    ] * bool(words)


def test_nothing_becomes_something() -> None:
    assert list(align([], ["a"])) == [(INSERT, 0, 0, 0, 1)]
    assert list(align(["a"], [])) == [(DELETE, 0, 1, 0, 0)]
    assert len(align([], [])) == 0


def test_a_lone_word_in_a_rewritten_sentence_is_no_match() -> None:
    assert shown("so nobody expected the ministers to stay", "so all of them left the building") == (
        "so [-nobody expected the ministers to stay-]{+all of them left the building+}"
    )


def test_a_word_between_small_changes_is_one() -> None:
    assert shown("a big wooden house", "a small wooden hut") == (
        "a [-big-]{+small+} wooden [-house-]{+hut+}"
    )


def test_a_word_that_a_lone_match_took_goes_back_to_its_run() -> None:
    line = shown(
        "for almost twenty years twenty three came", "for two decades it rained twenty three came"
    )
    assert line == "for [-almost twenty years-]{+two decades it rained+} twenty three came"


def test_words_in_a_row_are_no_chance_however_large_the_changes_around() -> None:
    kept = "one two three four five"
    line = shown(f"a {'b ' * 50} {kept} {'c ' * 50} d", f"a {'x ' * 50} {kept} {'y ' * 50} d")
    assert f" {kept} " in line


def test_a_change_goes_to_the_seam() -> None:
    left, right = (
        ["the", "dog", ".", "the", "end", "."],
        ["the", "dog", ".", "the", "cat", ".", "the", "end", "."],
    )
    seams = tuple([3, *(2 * (word == ".") for word in words)] for words in (left, right))
    assert list(align(left, right, seams=(seams[0], seams[1])))[1] == (INSERT, 3, 3, 3, 6)


def words_of(seed: int, count: int) -> list[int]:
    """As often as words of a language: few very often, many once."""
    chosen = random.Random(seed)
    return [int(chosen.paretovariate(0.6)) for _ in range(count)]


def test_long_texts_with_many_differences_are_aligned() -> None:
    chosen = random.Random(0)
    left = words_of(1, 20_000)
    right = [word if chosen.random() > 0.1 else -chosen.randrange(1 << 30) for word in left]
    unchanged = sum(one == other for one, other in zip(left, right, strict=True))
    assert equal(align(left, right)) > 0.97 * unchanged


def test_strangers_have_next_to_nothing_in_common() -> None:
    codes = align(words_of(1, 20_000), words_of(2, 20_000))
    assert equal(codes) < 0.05 * 20_000
