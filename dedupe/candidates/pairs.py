"""Candidate pairs: passages that are not the same, but share a band."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute


def candidate_pairs(
    keys: NDArray[np.uint32], compute: Compute, jobs: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of rows of ``keys`` that share a band, each once, ordered.

    Args:
        keys: (n, bands): band keys of distinct passages in their order.
        compute: what computes it.
        jobs: threads.

    Returns:
        lefts, rights: (m,), lefts < rights, ascending by left, then right.
    """
    bands = range(keys.shape[1])
    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        found = list(pool.map(lambda band: compute.pairs(keys[:, band]), bands))
        # Sorted in halves by threads first: sorting is what takes longest here.
        parts = [np.concatenate(found[part::2] or [np.empty(0, np.int64)]) for part in range(2)]
        parts = list(pool.map(_distinct, parts))
    pairs = _distinct(np.concatenate(parts))
    return pairs >> 32, pairs & 0xFFFFFFFF


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Ascending and each once, in place of the argument."""
    values.sort(kind="stable")
    different = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=different[1:])
    return values[different]
