"""Which places of a group are laid against each other: a number linear in the places."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.order import ordered
from dedupe.candidates.pairs import distinct


def links(
    places: NDArray[np.int64],
    groups: NDArray[np.int64],
    anchors: NDArray[np.int64],
    run: Callable[..., Callable[..., None]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of places (smaller first): each place with its group's anchor and with the next place.

    The anchor joins a group in one step. The next place joins two documents also where a third,
    earlier one holds the anchors of what they share.

    Args:
        places: (n,): passages that take part, ascending.
        groups: (n,): the group of each.
        anchors: (g,): for each group the place of its anchor.
        run: what makes a loop callable: compiles it, or hands it back.

    Returns:
        lefts, rights: (m,) with m < 2 n, without doubles.
    """
    order = ordered((groups,), run)
    sorted_places, sorted_groups = places[order], groups[order]
    same = sorted_groups[1:] == sorted_groups[:-1]
    lefts, rights = sorted_places[:-1][same], sorted_places[1:][same]
    of_anchor = anchors[groups]
    apart = of_anchor != places
    first = np.concatenate([lefts, np.minimum(of_anchor[apart], places[apart])])
    second = np.concatenate([rights, np.maximum(of_anchor[apart], places[apart])])
    keys = distinct(first << 32 | second)
    return keys >> 32, keys & 0xFFFFFFFF
