"""The hashes of words and of runs of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xxhash
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.kernels import kernel
from dedupe.passages.hashing import hash_word, xxh64_words
from dedupe.passages.reference import hash_word as reference_hash_word

from .texts import words

if TYPE_CHECKING:
    from numpy.typing import NDArray


@kernel
def _hash_word(data: NDArray[np.uint8], start: int, end: int) -> np.uint64:
    return hash_word(data, start, end)


@kernel
def _xxh64(words: NDArray[np.uint64], start: int, end: int) -> np.uint64:
    return xxh64_words(words, start, end)


def by_kernel(word: bytes, before: bytes = b"", behind: bytes = b"\xff" * 7) -> int:
    data = np.frombuffer(before + word + behind, np.uint8)
    return int(_hash_word(data, len(before), len(before) + len(word)))


@given(st.one_of(words, st.text(min_size=1, max_size=40)), st.sampled_from([4, 2, 1]))
@example("a" * 7, 4)
@example("a" * 8, 4)
@example("a" * 9, 4)
@example("a" * 16, 4)
@example("a" * 17, 4)
def test_the_kernel_hashes_a_word_as_the_reference_does(word: str, weight: int) -> None:
    code = {4: 0, 2: 1, 1: 2}[weight]
    assert by_kernel(word.encode()) & ~3 | code == reference_hash_word(word, weight)


@given(st.binary(min_size=1, max_size=40), st.binary(max_size=9), st.binary(min_size=7, max_size=9))
def test_a_words_hash_does_not_depend_on_what_stands_around_it(
    word: bytes, before: bytes, behind: bytes
) -> None:
    assert by_kernel(word, before, behind) == by_kernel(word)


@given(st.sets(st.text(max_size=12), max_size=200))
def test_different_words_have_different_hashes(several: set[str]) -> None:
    assert len({reference_hash_word(word, 4) for word in several}) == len(several)
    assert len(
        {reference_hash_word(word, weight) for word in several for weight in (4, 2, 1)}
    ) == 3 * len(several)


def test_words_that_differ_only_in_zeroes_at_their_ends_have_different_hashes() -> None:
    several = ["\0" * count for count in range(1, 30)]
    assert len({reference_hash_word(word, 4) for word in several}) == len(several)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=24), st.integers(0, 3))
def test_runs_of_words_are_hashed_as_xxh64_of_their_bytes(values: list[int], start: int) -> None:
    held = np.array(values, np.uint64)
    start = min(start, len(values))
    assert int(_xxh64(held, start, held.size)) == xxhash.xxh64_intdigest(
        held[start:].astype("<u8").tobytes()
    )
