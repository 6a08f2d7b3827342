"""Findings as columns, before anything of them becomes an object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


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
    containment: NDArray[np.float64]
    whole: NDArray[np.bool_]
    """Runs from the first to the last character of its document."""

    def __len__(self) -> int:
        return self.code.size


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
    containment: NDArray[np.float64],
    whole: NDArray[np.bool_],
) -> Finds:
    """Order locations by finding and place; ``finding`` (l,) is the row of each location's finding."""
    order = np.lexsort((last, first, finding))
    bounds = np.searchsorted(finding[order], np.arange(code.size + 1))
    columns: tuple[NDArray[Any], ...] = (first, last, anchor, keep, exact, jaccard, containment, whole)
    return Finds(code, severity, bounds, *(column[order] for column in columns))


def together(parts: Sequence[Finds]) -> Finds:
    """Several tables as one."""
    bounds = np.concatenate([[0], *(np.diff(part.bounds) for part in parts)]).cumsum()
    return Finds(
        np.concatenate([part.code for part in parts]),
        np.concatenate([part.severity for part in parts]),
        bounds,
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("first", "last", "anchor", "keep", "exact", "jaccard", "containment", "whole")
        ),
    )


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
        flags,
    )
