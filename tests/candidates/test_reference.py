"""Which passages are compared, in plain Python."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.candidates.reference import NEIGHBOURS, REPRESENTATIVES, band_key, candidates

MOST = REPRESENTATIVES + NEIGHBOURS


def test_passages_that_share_no_band_are_not_compared() -> None:
    assert candidates([[1, 2], [2, 1], [3, 4]]) == []
    assert candidates([]) == candidates([[]]) == []


def test_passages_that_share_several_bands_are_compared_once() -> None:
    assert candidates([[1, 2, 3], [1, 2, 3]]) == [(0, 1)]


@pytest.mark.parametrize("size", range(MOST + 1))
def test_in_a_small_bucket_every_two_are_compared(size: int) -> None:
    assert candidates([[7]] * size) == list(combinations(range(size), 2))


def test_in_a_large_bucket_each_is_compared_with_the_first_and_with_those_right_before_it() -> None:
    pairs = candidates([[7]] * 40)
    before = [left for left, right in pairs if right == 39]
    assert before == [*range(REPRESENTATIVES), *range(39 - NEIGHBOURS, 39)]


def test_representatives_are_more_than_one() -> None:
    # Otherwise one stranger that opens a bucket would hide what the others have in common.
    assert REPRESENTATIVES > 1
    assert NEIGHBOURS > 1


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), max_size=40))
def test_pairs_are_ordered_distinct_share_a_band_and_are_few(keys: list[list[int]]) -> None:
    pairs = candidates(keys)
    assert pairs == sorted(set(pairs))
    assert all(left < right for left, right in pairs)
    assert all(any(a == b for a, b in zip(keys[one], keys[two], strict=True)) for one, two in pairs)
    assert len(pairs) <= MOST * 2 * len(keys)
    # Nobody in a bucket is left out.
    met = {row for pair in pairs for row in pair}
    sizes = Counter((band, key) for row in keys for band, key in enumerate(row))
    for row, held in enumerate(keys):
        assert (row in met) == any(sizes[band, key] > 1 for band, key in enumerate(held))


@given(st.lists(st.integers(0, 2**32 - 1), max_size=8), st.integers(0, 2**32 - 1))
def test_the_key_of_a_band_is_32_bits_and_depends_on_every_value(values: list[int], other: int) -> None:
    key = band_key(values)
    assert 0 <= key < 2**32
    assert key == band_key(list(values))
    for place, value in enumerate(values):
        if value != other:
            assert band_key([*values[:place], other, *values[place + 1 :]]) != key
