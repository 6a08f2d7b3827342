"""Shingles and signatures in plain Python."""

from __future__ import annotations

import numpy as np
import pytest
import xxhash
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from dedupe.passages.reference import hash_word, words
from dedupe.sketch.reference import (
    shingle_set,
    shingles,
    signature,
    signature_by_datasketch,
    windows,
)


def of(text: str, shingle: int = 3) -> list[str]:
    return shingles(list(words(text)), shingle)


class TestShingles:
    def test_are_three_words_one_behind_the_other(self) -> None:
        assert of("The old mill, by the river.") == [
            "the old mill",
            "old mill by",
            "mill by the",
            "by the river",
        ]

    def test_of_fewer_words_are_one(self) -> None:
        assert of("The mill!") == ["the mill"]
        assert of("Mill") == ["mill"]

    def test_of_no_words_are_none(self) -> None:
        assert of("…") == of("") == []

    def test_are_six_clusters_of_han_and_twelve_of_thai(self) -> None:
        assert of("一二三四五六七") == ["一 二 三 四 五 六", "二 三 四 五 六 七"]
        assert [len(each.split(" ")) for each in of("ก" * 14)] == [12, 12, 12]

    def test_take_of_mixed_scripts_what_weighs_three_words(self) -> None:
        assert of("abc 中文 def ghi") == ["abc 中 文 def", "中 文 def ghi"]
        # From the second cluster on, less than three words are left.
        assert of("中 a b 文") == ["中 a b 文"]

    @given(st.lists(st.sampled_from([4, 2, 1]), max_size=60), st.integers(1, 8))
    def test_begin_at_every_word_from_which_enough_follows_and_are_no_longer_than_needed(
        self, weights: list[int], shingle: int
    ) -> None:
        found = windows(weights, shingle)
        if sum(weights) < shingle * 4:
            assert found == ([(0, len(weights))] if weights else [])
            return
        assert [start for start, _ in found] == list(range(len(found)))
        for start, end in found:
            assert sum(weights[start:end]) >= shingle * 4 > sum(weights[start : end - 1])
        assert sum(weights[len(found) :]) < shingle * 4


class TestSignature:
    @given(
        st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]), max_size=40)
    )
    def test_is_what_datasketch_makes_of_the_shingles(self, several: list[str]) -> None:
        text = ", ".join(several)
        sketch = MinHash(num_perm=64, seed=3, scheme="affine32", hashfunc=xxhash.xxh32_intdigest)
        runs = [several[at : at + 3] for at in range(len(several) - 2)] or ([several] if several else [])
        sketch.update_batch([" ".join(run).encode() for run in runs])
        assert signature(text, 3, 64, 3).tolist() == sketch.hashvalues.tolist()
        assert signature_by_datasketch(text, 3, 64, 3).tolist() == sketch.hashvalues.tolist()

    def test_without_a_word_is_all_ones(self) -> None:
        assert (signature("?", 3, 16, 1) == 2**32 - 1).all()
        assert (signature_by_datasketch("?", 3, 16, 1) == 2**32 - 1).all()

    def test_does_not_depend_on_case_punctuation_spacing_or_spelling(self) -> None:
        one = signature("“The Café”, in the old STRASSE.", 3, 16, 1)
        two = signature("the cafe\u0301 \n in the old straße", 3, 16, 1)
        assert np.array_equal(one, two)

    def test_estimates_how_many_shingles_are_shared(self) -> None:
        left, right = ([f"w{number}" for number in range(start, start + 300)] for start in (0, 100))
        one, two = (signature(" ".join(side), 1, 4096, 1) for side in (left, right))
        assert (one == two).mean() == pytest.approx(0.5, abs=0.03)


class TestShingleSet:
    def hashes(self, text: str) -> list[int]:
        return [hash_word(word.normal, word.weight) for word in words(text)]

    @given(st.text(" abé中ก,\u0301", max_size=60), st.integers(1, 4))
    def test_has_one_hash_for_each_shingle_there_is(self, text: str, shingle: int) -> None:
        # The weights are part of the words' hashes, so that a mark and a letter are not mixed up.
        assert len(shingle_set(self.hashes(text), shingle)) == len(set(of(text, shingle)))

    def test_depends_on_the_order_of_words(self) -> None:
        assert shingle_set(self.hashes("a b c"), 3) != shingle_set(self.hashes("c b a"), 3)

    def test_of_two_texts_overlaps_as_their_shingles_do(self) -> None:
        one, two = "a b c d e f g", "x b c d e f g y"
        sets = [shingle_set(self.hashes(text), 3) for text in (one, two)]
        strings = [{text[at : at + 5] for at in range(0, len(text) - 4, 2)} for text in (one, two)]
        assert len(sets[0] & sets[1]) == len(strings[0] & strings[1]) == 4
        assert len(sets[0] | sets[1]) == len(strings[0] | strings[1])
