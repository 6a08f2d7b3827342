"""Ids are used once in a run; who comes first keeps an id."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.documents.ids import Seen, hashes_of, named

ids = st.none() | st.sampled_from(["a", "b", "f#0", "f#1", "f#2", "f#1#2", "f#3"])


def expected(ids: list[str | None]) -> tuple[list[str], list[bool]]:
    """The rule, word for word."""
    used: set[str] = set()
    given, renamed = [], []
    for row, own in enumerate(ids):
        name = own
        count = 1
        while name is None or name in used:
            name = f"f#{row}" if count == 1 else f"f#{row}#{count}"
            count += 1
        used.add(name)
        given.append(name)
        renamed.append(own is not None and name != own)
    return given, renamed


@given(st.lists(ids, max_size=12), st.lists(st.integers(0, 12), max_size=3))
@example([None, "f#0"], [])
@example(["f#1", None], [1])
def test_ids_are_given_by_the_rule_however_rows_are_cut(
    found: list[str | None], cuts: list[int]
) -> None:
    seen = Seen()
    given: list[str] = []
    renamed: list[bool] = []
    edges = sorted({0, len(found), *(cut for cut in cuts if cut < len(found))})
    for start, end in itertools.pairwise(edges):

        def fallback(places: np.ndarray, start: int = start) -> pa.Array:
            return pa.array([f"f#{start + place}" for place in places], pa.large_string())

        some, changed = named(pa.array(found[start:end], pa.large_string()), fallback, seen)
        given += some.to_pylist()
        renamed += changed.tolist()
    assert (given, renamed) == expected(found)


@given(st.lists(st.lists(st.integers(0, 50), max_size=30), max_size=10))
def test_what_was_added_is_seen(batches: list[list[int]]) -> None:
    seen = Seen()
    known: set[int] = set()
    for batch in batches:
        hashes = np.array(batch, np.uint64)
        assert seen.among(hashes).tolist() == [value in known for value in batch]
        seen.add(hashes)
        known.update(batch)


def test_hashes_are_those_of_the_strings_wherever_they_stand() -> None:
    ids = pa.array(["", "a", None, "b" * 1000, "a"], pa.large_string())
    hashes = hashes_of(ids)
    assert hashes[1] == hashes[4] == hashes_of(ids[4:])[0]
    assert len(set(hashes.tolist())) == 4
