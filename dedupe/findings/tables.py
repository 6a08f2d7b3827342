"""Findings as columns, before anything of them becomes an object."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dedupe.report import Evidence
from dedupe.sketch.corpus import Passages
from dedupe.sketch.ranges import rows_of

About = Callable[[int], tuple[str | None, tuple[Evidence, ...]] | None]
"""Gives the template and the evidence of a finding by its ``about``; None where it is another's."""


@dataclass(frozen=True, slots=True)
class Finds:
    """Findings of one or several kinds: f findings, their l locations grouped by finding.

    A location is a stretch of a document's passages, first to last, both included; a whole
    document is its first to its last passage.
    """

    code: NDArray[np.str_]
    """(f,)"""
    severity: NDArray[np.int64]
    """(f,): index into ``report.SEVERITIES``."""
    bounds: NDArray[np.int64]
    """(f + 1,): the locations of finding i are rows ``bounds[i]`` to ``bounds[i + 1]``."""
    first: NDArray[np.int64]
    """(l,): first passage; ordered within a finding."""
    last: NDArray[np.int64]
    anchor: NDArray[np.bool_]
    keep: NDArray[np.bool_]
    exact: NDArray[np.bool_]
    """Says word for word what the anchor says."""
    jaccard: NDArray[np.float64]
    in_anchor: NDArray[np.float64]
    """Share of the location's shingles that stand in the anchor,"""
    of_anchor: NDArray[np.float64]
    """and of the anchor's that stand in the location."""
    whole: NDArray[np.bool_]
    """Runs from the first to the last character of its document."""
    cut: NDArray[np.int64]
    """(l, 4): words and bytes left out at the start of the first passage, words and bytes left out at
    the end of the last; a location without words left out runs from its first to its last character."""
    about: NDArray[np.int64]
    """(f,): what there is to say of each finding besides, a row of its kind's list; -1 for nothing."""
    name: NDArray[np.uint64]
    """(f,): what a finding is known by where it is not its places, so that a further one changes
    nothing; else 0."""

    def __len__(self) -> int:
        return self.code.size

    @property
    def containment(self) -> NDArray[np.float64]:
        """(l,): the larger of the two containments."""
        larger: NDArray[np.float64] = np.maximum(self.in_anchor, self.of_anchor)
        return larger

    def words(self, passages: Passages) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(l,): first word of each location, and the one behind its last."""
        begins = passages.first_word[self.first] + self.cut[:, 0]
        ends = passages.first_word[self.last] + passages.words[self.last] - self.cut[:, 2]
        return begins, ends

    def take(self, rows: NDArray[np.int64]) -> Finds:
        """Some of the findings, in this order."""
        sizes = np.diff(self.bounds)[rows]
        bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        places = rows_of(self.bounds[:-1][rows], sizes)
        return replace(
            self,
            bounds=bounds,
            **{name: getattr(self, name)[rows] for name in _OF_FINDINGS},
            **{name: getattr(self, name)[places] for name in _OF_LOCATIONS},
        )


_OF_FINDINGS = ("code", "severity", "about", "name")
_OF_LOCATIONS = (
    *("first", "last", "anchor", "keep", "exact", "jaccard", "in_anchor", "of_anchor", "whole", "cut"),
)


def finds_of(
    code: NDArray[np.str_],
    severity: NDArray[np.int64],
    finding: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    anchor: NDArray[np.bool_],
    keep: NDArray[np.bool_],
    exact: NDArray[np.bool_],
    jaccard: NDArray[np.float64],
    in_anchor: NDArray[np.float64],
    of_anchor: NDArray[np.float64],
    whole: NDArray[np.bool_],
    cut: NDArray[np.int64] | None = None,
    about: NDArray[np.int64] | None = None,
    name: NDArray[np.uint64] | None = None,
) -> Finds:
    """Order locations by finding and place; ``finding`` (l,) is the row of each location's finding."""
    if cut is None:
        cut = np.zeros((first.size, 4), np.int64)
    order = np.lexsort((cut[:, 0], last, first, finding))
    bounds = np.searchsorted(finding[order], np.arange(code.size + 1))
    return Finds(
        code,
        severity,
        bounds,
        first[order],
        last[order],
        anchor[order],
        keep[order],
        exact[order],
        jaccard[order],
        in_anchor[order],
        of_anchor[order],
        whole[order],
        cut[order],
        np.full(code.size, -1) if about is None else about,
        np.zeros(code.size, np.uint64) if name is None else name,
    )


def together(parts: Sequence[Finds]) -> Finds:
    """Several tables as one."""
    bounds = np.concatenate([[0], *(np.diff(part.bounds) for part in parts)]).cumsum()
    columns: dict[str, NDArray[Any]] = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in (*_OF_FINDINGS, *_OF_LOCATIONS)
    }
    return Finds(bounds=bounds, **columns)


def empty() -> Finds:
    """No findings."""
    nothing, flags = np.empty(0, np.int64), np.empty(0, np.bool_)
    fractions = np.empty(0, np.float64)
    return Finds(
        np.empty(0, "<U6"),
        nothing,
        np.zeros(1, np.int64),
        nothing,
        nothing,
        flags,
        flags,
        flags,
        fractions,
        fractions,
        fractions,
        flags,
        np.zeros((0, 4), np.int64),
        nothing,
        np.empty(0, np.uint64),
    )
