"""Groups around anchors: nobody is joined to somebody he is not next to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.matches.stars import cover, stars

if TYPE_CHECKING:
    import random

COMPILED = Compiled()

Edge = tuple[int, int, float]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[Edge], list[int]]:
    """Nodes, edges with few different similarities, so that there are ties, and weights."""
    count = draw(st.integers(1, 14))
    pairs = [(left, right) for left in range(count) for right in range(left + 1, count)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    edges = [(*pair, draw(st.sampled_from([0.5, 0.6, 0.75, 1.0]))) for pair in chosen]
    weights = draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
    return count, edges, weights


def starred(
    count: int, edges: list[Edge], weights: list[int], run: Any = cover
) -> tuple[list[int], list[int]]:
    lefts, rights, similarities = ([edge[column] for edge in edges] for column in range(3))
    centres, partners = stars(
        count,
        np.array(lefts, np.int64),
        np.array(rights, np.int64),
        np.array(similarities, np.float64),
        np.array(weights, np.int64),
        run,
    )
    return centres.tolist(), partners.tolist()


def test_of_two_with_as_much_around_them_the_one_with_more_copies_leads() -> None:
    assert starred(2, [(0, 1, 0.9)], [1, 2])[0] == [1, 1]
    assert starred(2, [(0, 1, 0.9)], [1, 1])[0] == [0, 0]


@given(graphs())
@settings(max_examples=300)
def test_every_member_is_next_to_its_centre_and_nobody_with_a_neighbour_is_left_out(
    graph: tuple[int, list[Edge], list[int]],
) -> None:
    count, edges, weights = graph
    near = {(left, right): similarity for left, right, similarity in edges}
    near |= {(right, left): similarity for (left, right), similarity in near.items()}
    centres, partners = starred(count, edges, weights)
    for node in range(count):
        neighbours = {other: near[node, other] for other in range(count) if (node, other) in near}
        centre = centres[node]
        assert centres[centre] == centre, "a centre belongs to itself"
        if centre != node:
            # To the most similar of the centres with members next to it, of equals the first.
            led = {centres[each] for each in range(count) if centres[each] != each}
            best = max((value, -other) for other, value in neighbours.items() if other in led)
            assert (neighbours[centre], -centre) == best
            assert partners[node] == -1
        elif node in centres[:node] + centres[node + 1 :]:
            assert partners[node] == -1
        elif neighbours:
            # No member is left for it: it shares its nearest neighbour.
            best = max((value, -other) for other, value in neighbours.items())
            assert (neighbours[partners[node]], -partners[node]) == best
        else:
            assert partners[node] == -1


@given(graphs())
def test_compiled_it_is_the_same(graph: tuple[int, list[Edge], list[int]]) -> None:
    assert starred(*graph, COMPILED.run(cover)) == starred(*graph)


@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_and_direction_of_edges_do_not_matter(
    graph: tuple[int, list[Edge], list[int]], chance: random.Random
) -> None:
    count, edges, weights = graph
    turned = [
        (right, left, value) if chance.random() < 0.5 else (left, right, value)
        for left, right, value in edges
    ]
    chance.shuffle(turned)
    assert starred(count, turned, weights) == starred(count, edges, weights)


def test_without_edges_everybody_stands_alone() -> None:
    assert starred(3, [], [1, 1, 1]) == ([0, 1, 2], [-1, -1, -1])
    assert starred(0, [], []) == ([], [])


def test_the_one_with_most_copies_around_it_is_the_centre() -> None:
    edges = [(0, 1, 0.8), (1, 2, 0.9), (2, 3, 0.6)]
    assert starred(4, edges, [1, 1, 1, 1]) == ([1, 1, 1, 3], [-1, -1, -1, 2])
    assert starred(4, edges, [1, 1, 1, 5]) == ([0, 2, 2, 2], [1, -1, -1, -1])


def test_a_chain_is_cut_into_stars() -> None:
    count = 1000
    edges = [(node, node + 1, 0.9) for node in range(count - 1)]
    centres, partners = starred(count, edges, [1] * count)
    sizes = np.bincount(centres, minlength=count)
    assert sizes.max() <= 3
    assert all(abs(node - centre) <= 1 for node, centre in enumerate(centres))
    assert all(sizes[node] > 1 or partners[node] >= 0 for node in range(count) if centres[node] == node)


def test_one_whose_neighbours_all_went_elsewhere_shares_the_nearest() -> None:
    # 1 is the middle of a star; 4 hangs on 3 only.
    edges = [(1, 0, 0.9), (1, 2, 0.9), (1, 3, 0.9), (3, 4, 0.6)]
    assert starred(5, edges, [1] * 5) == ([1, 1, 1, 1, 4], [-1, -1, -1, -1, 3])
