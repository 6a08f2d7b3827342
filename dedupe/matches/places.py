"""Places: the stretches of documents that blocks name, each written one way.

Blocks between many documents name nearly the same stretch of one of them again and again, a passage
longer here, shorter there. Those are one place, so that what stands in N articles is one finding
with N locations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.matches.blocks import Blocks


@dataclass(frozen=True, slots=True)
class Places:
    """Distinct stretches as ranges of passages, (n,), ordered by place, and the blocks between them."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    left: NDArray[np.int64]
    """(b,): row of each block's left place; blocks whose sides fell together are left out."""
    right: NDArray[np.int64]


def places(
    blocks: Blocks, documents: NDArray[np.int64], weights: NDArray[np.int64], run: Callable[..., None]
) -> Places:
    """Name each block's two stretches by the longest stretch that they mostly cover.

    Args:
        blocks: of one kind (inside documents, or across them).
        documents: (p,): document of every passage.
        weights: (p,): quarter words of every passage.
        run: ``settle``, compiled or not.
    """
    firsts = np.concatenate([blocks.left_first, blocks.right_first])
    lasts = np.concatenate([blocks.left_last, blocks.right_last])
    keys, spans = np.unique(firsts << 32 | lasts, return_inverse=True)
    first, last = keys >> 32, keys & 0xFFFFFFFF
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(weights)])
    size = sums[last + 1] - sums[first]
    order = np.lexsort((first, -size))
    named = np.arange(keys.size)
    run(first, last, sums, order, np.full(documents.size, -1, np.int64), named)
    kept, row = np.unique(named, return_inverse=True)
    left, right = row[spans[: len(blocks)]], row[spans[len(blocks) :]]
    apart = left != right
    smaller, larger = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    edges = distinct(smaller << 32 | larger)
    return Places(first[kept], last[kept], edges >> 32, edges & 0xFFFFFFFF)


def settle(
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    sums: NDArray[np.int64],
    order: NDArray[np.int64],
    owner: NDArray[np.int64],
    named: NDArray[np.int64],
) -> None:
    """Give each stretch, longest first, the name of one that it shares most of its words with.

    ``owner`` (all -1) holds for each passage the longest stretch that covers it: a stretch is
    compared with those at its two ends and in its middle.
    """
    for span in order:
        a, b = first[span], last[span]
        for place in (a, (a + b) // 2, b):
            other = owner[place]
            if other < 0:
                continue
            common = sums[min(b, last[other]) + 1] - sums[max(a, first[other])]
            union = sums[max(b, last[other]) + 1] - sums[min(a, first[other])]
            if 3 * common >= 2 * union:
                named[span] = other
                break
        if named[span] == span:
            for place in range(a, b + 1):
                if owner[place] < 0:
                    owner[place] = span
