"""Candidate pairs: passages that are not the same, but share a band."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute


def candidate_pairs(
    keys_of_band: Callable[[int], NDArray[np.uint32]], bands: int, compute: Compute, jobs: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of distinct passages that share a band, each once, ordered.

    Args:
        keys_of_band: gives (n,), the band's key of each passage in their order.
        bands: how many there are.
        compute: what computes it.
        jobs: threads.

    Returns:
        lefts, rights: (m,), lefts < rights, ascending by right, then left.
    """
    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        found = list(pool.map(lambda band: compute.pairs(keys_of_band(band)), range(bands)))
    pairs = distinct(np.concatenate(found))
    return pairs & 0xFFFFFFFF, pairs >> 32


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values ascending and each once; sorts the argument itself.

    The stable sort merges runs that are in order already, as the pairs of each band are.
    ``numpy.unique`` would hash first, which takes several times as long on millions of numbers.
    """
    values.sort(kind="stable")
    different = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=different[1:])
    return values[different]
