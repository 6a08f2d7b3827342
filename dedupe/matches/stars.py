"""Groups in which every member is similar to one anchor: no chain of small changes joins strangers.

The star cover of J. Aslam, E. Pelekhov and D. Rus, *The star clustering algorithm* (2004): nodes are
taken by the weight around them; one that belongs nowhere yet becomes a centre and takes its
neighbours. Linear in the edges.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


def stars(
    count: int,
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    similarities: NDArray[np.float64],
    weights: NDArray[np.int64],
    run: Callable[..., None],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The centre of each node, and for a centre that no node is left for, one that it shares.

    Args:
        count: number of nodes n.
        lefts: (m,) and
        rights: (m,): the edges, each once.
        similarities: (m,): how alike the two are.
        weights: (n,): how many copies stand behind a node.
        run: ``cover``, compiled or not.

    Returns:
        centres, (n,): the node's centre, itself where it is one or has no edge; a node with
        several centres next to it belongs to the most similar, of equals to the first; one that
        found nobody left for it takes none from another.
        partners, (n,): for a centre with edges but no member, its most similar neighbour, a member
        of another group; else -1.
    """
    around = np.bincount(lefts, weights[rights], count) + np.bincount(rights, weights[lefts], count)
    # Of nodes with as much around them the one with more copies of its own leads.
    order = np.lexsort((np.arange(count), -weights, -(around + weights)))
    centres = np.full(count, -1, np.int64)
    partners = np.full(count, -1, np.int64)
    run(lefts, rights, similarities, order, centres, partners)
    return centres, partners


def cover(
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    similarities: NDArray[np.float64],
    order: NDArray[np.int64],
    centres: NDArray[np.int64],
    partners: NDArray[np.int64],
) -> None:
    """Fill ``centres`` and ``partners`` (both all -1), nodes taken in the given order."""
    count = order.size
    bounds = np.zeros(count + 1, np.int64)
    for edge in range(lefts.size):
        bounds[lefts[edge] + 1] += 1
        bounds[rights[edge] + 1] += 1
    for node in range(count):
        bounds[node + 1] += bounds[node]
    neighbours = np.empty(2 * lefts.size, np.int64)
    edges = np.empty(2 * lefts.size, np.int64)
    filled = bounds[:-1].copy()
    for edge in range(lefts.size):
        left, right = lefts[edge], rights[edge]
        neighbours[filled[left]] = right
        edges[filled[left]] = edge
        filled[left] += 1
        neighbours[filled[right]] = left
        edges[filled[right]] = edge
        filled[right] += 1
    alone = np.ones(count, np.bool_)
    for node in order:
        if centres[node] >= 0:
            continue
        centres[node] = node
        for at in range(bounds[node], bounds[node + 1]):
            if centres[neighbours[at]] < 0:
                centres[neighbours[at]] = node
                alone[node] = False
    members = np.zeros(count, np.int64)
    for node in range(count):
        if centres[node] == node:
            continue
        best = -1.0
        for at in range(bounds[node], bounds[node + 1]):
            other = neighbours[at]
            similarity = similarities[edges[at]]
            if (
                centres[other] == other
                and not alone[other]
                and (similarity > best or (similarity == best and other < centres[node]))
            ):
                best = similarity
                centres[node] = other
        members[centres[node]] += 1
    for node in range(count):
        if centres[node] != node or members[node] > 0:
            continue
        best = -1.0
        for at in range(bounds[node], bounds[node + 1]):
            other = neighbours[at]
            similarity = similarities[edges[at]]
            if similarity > best or (similarity == best and other < partners[node]):
                best = similarity
                partners[node] = other
