"""Ids: each is used once in a run. A row without one, or with one used before, gets PATH#ROW."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from xxhash import xxh3_64_intdigest

if TYPE_CHECKING:
    from collections.abc import Callable


class Seen:
    """The ids used so far, as hashes of 64 bits: eight bytes an id, where strings take 150 and more.

    Two ids of one hash (there are some in one of 300,000 runs over ten million) cost one its name.
    """

    def __init__(self) -> None:
        # Sorted runs, each at least twice as long as the next: few to search, seldom merged.
        self._runs: list[np.ndarray] = []

    def among(self, hashes: np.ndarray) -> np.ndarray:
        """Which of them are used."""
        used = np.zeros(len(hashes), bool)
        for run in self._runs:
            at = np.searchsorted(run, hashes)
            used |= run[np.minimum(at, len(run) - 1)] == hashes
        return used

    def add(self, hashes: np.ndarray) -> None:
        """Use them from now on."""
        new = np.sort(hashes)
        while self._runs and len(self._runs[-1]) < 2 * len(new):
            new = np.sort(np.concatenate([self._runs.pop(), new]), kind="stable")
        if len(new):
            self._runs.append(new)


def named(
    ids: pa.Array, fallback: Callable[[np.ndarray], pa.Array], seen: Seen
) -> tuple[pa.Array, np.ndarray]:
    """The ids with nulls and used ones replaced, and which they are.

    Args:
        ids: as found, null where there is none.
        fallback: makes the names of the rows at the given places.
        seen: those used before; it learns the new ones.

    """
    hashes = hashes_of(ids)
    has = np.asarray(ids.is_valid()) if ids.null_count else np.ones(len(ids), bool)
    replaced = ~has
    first = np.zeros(len(ids), bool)
    first[np.flatnonzero(has)[np.unique(hashes[has], return_index=True)[1]]] = True
    replaced |= has & (~first | seen.among(hashes))
    if replaced.any():
        places = np.flatnonzero(replaced)
        names = fallback(places)
        given = hashes_of(names)
        if seen.among(given).any() or np.isin(given, hashes[has]).any():
            return _one_by_one(ids, fallback(np.arange(len(ids))), seen)
        at = np.arange(len(ids))
        at[places] = len(ids) + np.arange(len(places))
        ids = pa.concat_arrays([ids, names]).take(pa.array(at))
        hashes[places] = given
    seen.add(hashes)
    return ids, has & replaced


def _one_by_one(ids: pa.Array, names: pa.Array, seen: Seen) -> tuple[pa.Array, np.ndarray]:
    """The same where somebody's id looks like a name we give: what comes first keeps it."""
    found = ids.to_pylist()
    given: list[str] = []
    renamed = np.zeros(len(found), bool)
    for row, (own, name) in enumerate(zip(found, names.to_pylist(), strict=True)):
        tries = [own] if own is not None else []
        chosen = next((text for text in tries if _take(text, seen)), None)
        count = 1
        while chosen is None:
            text = name if count == 1 else f"{name}#{count}"
            chosen = text if _take(text, seen) else None
            count += 1
        renamed[row] = own is not None and chosen != own
        given.append(chosen)
    return pa.array(given, pa.large_string()), renamed


def _take(text: str, seen: Seen) -> bool:
    value = hashes_of(pa.array([text], pa.large_string()))
    if seen.among(value)[0]:
        return False
    seen.add(value)
    return True


def hashes_of(ids: pa.Array) -> np.ndarray:
    """A hash of each id, the same in every run; 0 where there is none."""
    values = ids.view(pa.large_binary()).to_pylist()
    hashes = (0 if value is None else xxh3_64_intdigest(value) for value in values)
    return np.fromiter(hashes, np.uint64, len(values))
