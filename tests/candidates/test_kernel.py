"""The compiled join of one band is the plain one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.candidates.reference import NEIGHBOURS, REPRESENTATIVES, candidates
from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain

COMPILED, PLAIN = Compiled(), Plain()
_KEYS = st.one_of(
    st.integers(0, 5), st.integers(0, 2**32 - 1), st.sampled_from([0, 1, 2**31, 2**32 - 1])
)


@given(st.lists(_KEYS, max_size=120))
@settings(max_examples=200)
@example([])
@example([0])
@example([0, 0])
@example([0] * 200)
@example([*range(64), *range(64)])
@example([5, 6] * 40)
def test_the_kernel_gives_the_pairs_of_the_reference(keys: list[int]) -> None:
    held = np.array(keys, np.uint32)
    expected = candidates([[key] for key in keys])
    for compute in (COMPILED, PLAIN):
        pairs = compute.pairs(held)
        # One half of the number is the smaller row: either order of the halves sorts them.
        rows = sorted(
            (min(pair), max(pair)) for pair in zip(pairs >> 32, pairs & 0xFFFFFFFF, strict=True)
        )
        assert rows == expected
    assert np.array_equal(np.sort(COMPILED.pairs(held)), np.sort(PLAIN.pairs(held)))


def test_keys_may_be_a_column_of_a_matrix() -> None:
    matrix = np.random.RandomState(1).randint(0, 20, (100, 3)).astype(np.uint32)
    column = matrix[:, 1]
    assert np.array_equal(COMPILED.pairs(column), COMPILED.pairs(column.copy()))


@pytest.mark.parametrize("kinds", [1, 2, 1000])
def test_the_pairs_of_large_buckets_are_linear_in_their_members(kinds: int) -> None:
    members = 100_000
    keys = (np.arange(members) % kinds).astype(np.uint32)
    pairs = COMPILED.pairs(keys)
    assert pairs.size <= (REPRESENTATIVES + NEIGHBOURS) * members
    assert REPRESENTATIVES + NEIGHBOURS <= 6
    # Every member has met somebody.
    assert np.unique(np.concatenate([pairs >> 32, pairs & 0xFFFFFFFF])).size == members


def test_keys_that_all_differ_make_no_pairs() -> None:
    keys = np.random.RandomState(1).permutation(1 << 17).astype(np.uint32) << 15
    assert COMPILED.pairs(keys).size == 0
