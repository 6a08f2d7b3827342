"""All pairs of sets with their exact Jaccard similarity: no hashing, no sketching, no pruning.

For each set, the earlier sets that hold each of its members are listed and counted: how often a set
is listed is how many members the two have in common.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray


def similar_pairs(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int, float]]:
    """Every pair (left < right) whose Jaccard similarity is at least ``least`` (above 0), with it."""
    holders = _holders(sets)
    sizes = np.array([len(each) for each in sets], np.int64)
    for right, members in enumerate(sets):
        # Postings are ascending: only the sets before this one are wanted.
        listed = [holders[member] for member in members]
        earlier = [each[: np.searchsorted(each, right)] for each in listed]
        if not earlier:
            continue
        common = np.bincount(np.concatenate(earlier), minlength=1)
        others = np.flatnonzero(common)
        union = sizes[others] + len(members) - common[others]
        jaccard = common[others] / union
        for at in np.flatnonzero(jaccard >= least).tolist():
            yield int(others[at]), right, float(jaccard[at])


def _holders(sets: Sequence[frozenset[str]]) -> dict[str, NDArray[np.int64]]:
    """For each member the rows of the sets that hold it, ascending."""
    rows: dict[str, list[int]] = {}
    for row, members in enumerate(sets):
        for member in members:
            rows.setdefault(member, []).append(row)
    return {member: np.array(each, np.int64) for member, each in rows.items()}
