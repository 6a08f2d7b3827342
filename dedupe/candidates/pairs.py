"""Candidate pairs: passages that are not the same, but share a band."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute

NONE: Final = (1 << 63) - 1
"""Behind every row."""
_FEW: Final = 1 << 12
"""Pairs of a band that are not worth a second thread."""


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
        merged = list(pool.map(lambda part: _merged(part, compute), _by_rows(found, jobs)))
    lefts, rights = zip(*merged, strict=True)
    return np.concatenate(lefts), np.concatenate(rights)


def _by_rows(found: list[NDArray[np.int64]], parts: int) -> list[list[NDArray[np.int64]]]:
    """The bands' pairs cut at the same larger rows, into parts that can be merged one by one."""
    longest = max(found, key=len)
    if longest.size < _FEW:
        return [found]
    cuts = longest[np.linspace(0, longest.size, parts + 1)[1:-1].astype(np.int64)] >> 32 << 32
    return [
        [pairs[begin:end] for pairs, begin, end in zip(found, begins, ends, strict=True)]
        for begins, ends in pairwise(
            [
                [0] * len(found),
                *([int(np.searchsorted(pairs, cut)) for pairs in found] for cut in cuts),
                [pairs.size for pairs in found],
            ]
        )
    ]


def _merged(
    found: list[NDArray[np.int64]], compute: Compute
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    bounds = np.cumsum([0, *(pairs.size for pairs in found)])
    lefts, rights = np.empty(bounds[-1], np.int64), np.empty(bounds[-1], np.int64)
    count = compute.run(merge)(np.concatenate(found), bounds, lefts, rights)
    return lefts[:count], rights[:count]


def merge(
    pairs: NDArray[np.int64],
    bounds: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
) -> int:
    """Merge the bands' pairs, which are sorted each, into pairs that stand once; their number.

    Args:
        pairs: (n,): larger row << 32 | smaller row, band behind band, ascending within a band.
        bounds: (bands + 1,): where the bands begin.
        lefts: out, (n,): smaller rows.
        rights: out, (n,): larger rows.
    """
    bands = bounds.size - 1
    at = bounds[:-1].copy()
    heads = np.empty(bands, np.int64)  # the next larger row of each band
    for band in range(bands):
        heads[band] = pairs[at[band]] >> 32 if at[band] < bounds[band + 1] else NONE
    written = 0
    while True:
        row = NONE
        for band in range(bands):
            row = min(row, heads[band])
        if row == NONE:
            return written
        kept = written
        for band in range(bands):
            while heads[band] == row:
                other = pairs[at[band]] & 0xFFFFFFFF
                at[band] += 1
                heads[band] = pairs[at[band]] >> 32 if at[band] < bounds[band + 1] else NONE
                # Few: each is put in its place at once, unless it is there.
                place = written
                while place > kept and lefts[place - 1] > other:
                    place -= 1
                if place > kept and lefts[place - 1] == other:
                    continue
                for moved in range(written, place, -1):
                    lefts[moved] = lefts[moved - 1]
                lefts[place] = other
                rights[written] = row
                written += 1


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """The values ascending and each once; sorts the argument itself.

    ``numpy.unique`` hashes first, which takes several times as long on millions of numbers.
    """
    values.sort()
    different = np.ones(values.size, np.bool_)
    np.not_equal(values[1:], values[:-1], out=different[1:])
    return values[different]
