"""Which places of a group are laid against each other."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.matches.links import links


@st.composite
def grouped(draw: st.DrawFn) -> tuple[list[int], list[int], dict[int, int]]:
    """Places in order, the group of each, and the place of each group's anchor."""
    places = sorted(draw(st.sets(st.integers(0, 60), max_size=25)))
    groups = [draw(st.integers(0, 5)) for _ in places]
    anchors = {
        group: draw(
            st.sampled_from([place for place, held in zip(places, groups, strict=True) if held == group])
        )
        for group in set(groups)
    }
    return places, groups, anchors


def linked(places: list[int], groups: list[int], anchors: dict[int, int]) -> list[tuple[int, int]]:
    of_group = np.array([anchors.get(group, -1) for group in range(6)], np.int64)
    lefts, rights = links(
        np.array(places, np.int64), np.array(groups, np.int64), of_group, lambda loop: loop
    )
    return list(zip(lefts.tolist(), rights.tolist(), strict=True))


@given(grouped())
def test_each_place_is_linked_with_its_anchor_and_with_the_next_place_and_no_other(
    example: tuple[list[int], list[int], dict[int, int]],
) -> None:
    places, groups, anchors = example
    found = linked(*example)
    expected = set()
    for group, anchor in anchors.items():
        held = [place for place, of in zip(places, groups, strict=True) if of == group]
        expected |= {(min(anchor, place), max(anchor, place)) for place in held if place != anchor}
        expected |= set(pairwise(held))
    assert set(found) == expected
    assert len(found) == len(expected), "each once"
    assert all(left < right for left, right in found)


@given(grouped())
def test_links_are_fewer_than_twice_the_places(
    example: tuple[list[int], list[int], dict[int, int]],
) -> None:
    places, *_ = example
    assert len(linked(*example)) < 2 * max(len(places), 1)


def test_an_anchor_may_stand_anywhere_in_its_group() -> None:
    assert linked([1, 4, 9], [0, 0, 0], {0: 1}) == [(1, 4), (1, 9), (4, 9)]
    assert linked([1, 4, 9], [0, 0, 0], {0: 4}) == [(1, 4), (4, 9)]
    assert linked([1, 4, 9], [0, 0, 0], {0: 9}) == [(1, 4), (1, 9), (4, 9)]


def test_one_place_alone_has_no_link() -> None:
    assert linked([3], [0], {0: 3}) == []
    assert linked([], [], {}) == []
