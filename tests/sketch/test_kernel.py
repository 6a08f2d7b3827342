"""Compiled signatures: bit for bit those of datasketch and xxhash."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import xxhash
from hypothesis import example, given, settings
from hypothesis import strategies as st
from passages.texts import WORDS, texts

import dedupe.compute
from dedupe.audit import signatures
from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.kernels import kernel
from dedupe.passages.reference import hash_word, words
from dedupe.settings import Settings
from dedupe.sketch.corpus import texts_of_strings
from dedupe.sketch.kernel import hash_shingles, xxh32
from dedupe.sketch.reference import hash_shingle, signature_by_datasketch, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe.compute.interface import Compute

BOTH = pytest.mark.parametrize("compute", [Plain(), Compiled()], ids=["plain", "compiled"])
CHOICES = [(3, 128, 1), (1, 16, 7), (5, 64, 42), (2, 1, 0), (64, 200, 2**32 - 1)]
"""Shingle, permutations, seed."""


@kernel
def _xxh32(data: NDArray[np.uint8], start: int, end: int) -> np.uint32:
    return xxh32(data, start, end)


@kernel
def _hash_shingles(
    words: NDArray[np.uint64], first: int, last: int, shingle: int, hashes: NDArray[np.uint64]
) -> int:
    return hash_shingles(words, first, last, shingle, hashes)


class TestXxh32:
    def by_kernel(self, data: bytes, before: bytes = b"", behind: bytes = b"\xff" * 16) -> int:
        held = np.frombuffer(before + data + behind, np.uint8)
        return int(_xxh32(held, len(before), len(before) + len(data)))

    def test_is_xxhashs_for_every_length(self) -> None:
        data = random.Random(1).randbytes(200)
        for size in range(201):
            assert self.by_kernel(data[:size]) == xxhash.xxh32_intdigest(data[:size]), size

    @given(st.binary(max_size=200), st.binary(max_size=7), st.binary(min_size=16, max_size=20))
    def test_is_xxhashs_for_any_bytes_whatever_stands_around_them(
        self, data: bytes, before: bytes, behind: bytes
    ) -> None:
        assert self.by_kernel(data, before, behind) == xxhash.xxh32_intdigest(data)


@given(st.lists(texts, max_size=4), st.sampled_from(CHOICES))
@settings(max_examples=150)
@example([" ".join(WORDS)], (3, 128, 1))
@example([""], (3, 128, 1))
@example([], (3, 128, 1))
@example(["a", "", "…", "a b", "a b c", "a b c d"], (3, 128, 1))
@example(["word " * 5000, "x" * 20000], (3, 128, 1))
def test_compiled_and_plain_signatures_are_those_of_datasketch(
    several: list[str], choice: tuple[int, int, int]
) -> None:
    expected = [signature_by_datasketch(text, *choice).tolist() for text in several]
    held = texts_of_strings(several)
    assert Compiled().signatures(held, *choice).tolist() == expected
    assert Plain().signatures(held, *choice).tolist() == expected


@pytest.mark.parametrize("seed", [0, 1, 42, 2**32 - 1])
@pytest.mark.parametrize("permutations", [1, 2, 128, 1000])
@pytest.mark.parametrize("shingle", [1, 3, 7])
def test_they_are_for_all_settings(shingle: int, permutations: int, seed: int) -> None:
    several = [f"{' '.join(WORDS)} {number}" for number in range(3)]
    held = texts_of_strings(several)
    found = Compiled().signatures(held, shingle, permutations, seed)
    expected = [signature_by_datasketch(text, shingle, permutations, seed) for text in several]
    assert np.array_equal(found, np.array(expected))


@BOTH
class TestSignatures:
    """``dedupe.signatures``, computed either way."""

    @pytest.fixture(autouse=True)
    def computed_by(self, compute: Compute, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.modules[signatures.__module__], "choose", lambda _: compute)

    def test_of_many_texts_are_a_row_each(self) -> None:
        several = [f"the {number} old {number} mills by the river {number}" for number in range(300)]
        found = signatures(several)
        assert found.shape == (300, 128)
        assert found.dtype == np.uint32
        for row in range(0, 300, 37):
            assert np.array_equal(found[row], signature_by_datasketch(several[row], 3, 128, 1))

    def test_of_nothing_are_no_rows(self) -> None:
        assert signatures([]).shape == (0, 128)

    def test_of_texts_without_a_word_are_all_ones(self) -> None:
        assert (signatures(["", "…", " \n"]) == 2**32 - 1).all()

    def test_take_any_iterable(self) -> None:
        found = signatures(text for text in ("a b c d", "e f g h"))
        assert np.array_equal(found, signatures(["a b c d", "e f g h"]))

    def test_follow_the_settings(self) -> None:
        found = signatures(["a b c d e"], Settings(permutations=9, shingle=2, seed=5))
        assert np.array_equal(found, [signature_by_datasketch("a b c d e", 2, 9, 5)])

    def test_take_a_whole_text_as_one_passage(self) -> None:
        text = "One line. Another.\n\n" * 200
        assert np.array_equal(signatures([text])[0], signature_by_datasketch(text, 3, 128, 1))

    def test_read_a_lone_surrogate_as_no_word(self) -> None:
        assert np.array_equal(signatures(["a \ud800b c"]), signatures(["a \ufffdb c"]))


def test_only_large_input_is_computed_by_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = ["The old mill by the river."], ["The old mill by the river."] * 10
    expected = signature_by_datasketch(few[0], 3, 128, 1)
    monkeypatch.setattr(dedupe.compute, "SMALL", 100)
    monkeypatch.setattr(dedupe.compute, "SMALL_UNCOMPILED", 100)
    assert type(dedupe.compute.choose(len(few[0]))).__name__ == "Plain"
    assert type(dedupe.compute.choose(10 * len(few[0]))).__name__ == "Compiled"
    assert np.array_equal(signatures(few), [expected])
    assert np.array_equal(signatures(many), [expected] * 10)


@given(texts, st.sampled_from([1, 2, 3, 8]))
def test_the_kernel_hashes_shingles_as_the_reference_does(text: str, shingle: int) -> None:
    held = list(words(text))
    hashes = [hash_word(word.normal, word.weight) for word in held]
    ranges = windows([word.weight for word in held], shingle)
    expected = [hash_shingle(hashes[start:end]) for start, end in ranges]
    out = np.zeros(len(hashes) + 1, np.uint64)
    count = _hash_shingles(np.array(hashes, np.uint64), 0, len(hashes), shingle, out)
    assert out[:count].tolist() == expected
