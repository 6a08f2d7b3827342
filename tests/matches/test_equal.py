"""Passages that say the same get one number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.matches.equal import collapse, hash_runs, hashes_of, number

CONTENTS = st.lists(
    st.integers(0, 12) | st.integers(0, 2**64 - 1) | st.integers(0, 12).map(lambda n: n << 60)
)


@given(CONTENTS)
def test_numbers_follow_the_first_places(contents: list[int]) -> None:
    kinds, firsts = collapse(np.array(contents, np.uint64), number)
    order = list(dict.fromkeys(contents))
    assert kinds.tolist() == [order.index(content) for content in contents]
    assert firsts.tolist() == [contents.index(content) for content in order]


@given(CONTENTS)
def test_the_kernel_gives_the_same(contents: list[int]) -> None:
    held = np.array(contents, np.uint64)
    plain, compiled = collapse(held, number), collapse(held, Compiled().run(number))
    assert [each.tolist() for each in plain] == [each.tolist() for each in compiled]


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_few_passages(size: int) -> None:
    kinds, firsts = collapse(np.zeros(size, np.uint64), number)
    assert kinds.tolist() == [0] * size
    assert firsts.tolist() == [0] * min(size, 1)


@given(st.lists(st.integers(0, 3), max_size=12), st.integers(0, 4), st.integers(0, 2))
def test_runs_have_one_hash_where_they_say_the_same(words: list[int], size: int, salt: int) -> None:
    held = np.array(words, np.uint64)
    begins = np.arange(max(len(words) - size + 1, 0))
    runs = [tuple(words[begin : begin + size]) for begin in begins.tolist()]
    columns = (held, begins, np.full(begins.size, size), np.full(begins.size, salt))
    plain = hashes_of(*columns, hash_runs)
    assert len(set(plain.tolist())) == len(set(runs))
    assert plain.tolist() == hashes_of(*columns, Compiled().run(hash_runs)).tolist()
