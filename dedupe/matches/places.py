"""Places: the stretches of documents that are laid against others, each written one way.

Stretches between many documents name nearly the same part of one of them again and again, a sentence
longer here, shorter there. Those are one place, so that what stands in N articles is one finding
with N locations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.order import ordered, renumbered
from dedupe.candidates.pairs import distinct
from dedupe.matches.stretches import Stretches


@dataclass(frozen=True, slots=True)
class Places:
    """Distinct ranges of words, (n,), ordered by place, and the pairs between them."""

    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    left: NDArray[np.int64]
    """(b,): row of each pair's left place; pairs whose sides fell together are left out."""
    right: NDArray[np.int64]
    grown: NDArray[np.bool_]
    """(b,): words were compared with words, as in ``Stretches``."""

    def take(self, rows: NDArray[np.bool_]) -> Places:
        """Some of the ranges, and the pairs of which both sides are among them."""
        if rows.all():
            return self
        to = np.cumsum(rows) - 1
        pairs = rows[self.left] & rows[self.right]
        return Places(
            self.begin[rows],
            self.end[rows],
            to[self.left[pairs]],
            to[self.right[pairs]],
            self.grown[pairs],
        )


def gaps_before(begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,): how many words that no range covers stand before each of them.

    Without these, ranges lie as they did to each other, and a column of what they cover is as long as
    that and no longer: a column of all words is slow where they are first written to, page by page.

    ``begin`` (n,) ascends.
    """
    reached = np.concatenate([np.zeros(1, np.int64), np.maximum.accumulate(end)[:-1]])[: end.size]
    return np.cumsum(np.maximum(begin - reached, 0))


def places(stretches: Stretches, run: Callable[..., Callable[..., None]]) -> Places:
    """Name each of the two ranges of a pair by a range that they mostly cover.

    Of several such ranges that in which most pairs agree, of these the longest: where a sentence stands
    in many documents, some two of them have a word beside it in common by chance.

    Args:
        stretches: of one kind (inside documents, or across them).
        run: what makes ``settle`` callable: compiles it, or hands it back.
    """
    begins = np.concatenate([stretches.left, stretches.right])
    ends = np.concatenate([stretches.left_end, stretches.right_end])
    order = ordered((ends, begins), run)
    different = np.ones(order.size, np.bool_)
    different[1:] = (begins[order][1:] != begins[order][:-1]) | (ends[order][1:] != ends[order][:-1])
    row_of = np.empty(order.size, np.int64)
    row_of[order] = np.cumsum(different) - 1
    begin, end = begins[order][different], ends[order][different]
    times = np.bincount(row_of, minlength=begin.size)
    in_turn = ordered((begin, begin - end, -times), run)
    named = np.arange(begin.size)
    gaps = gaps_before(begin, end)
    room = int((end - gaps).max(initial=0))
    run(settle)(begin - gaps, end - gaps, in_turn, np.zeros(room, np.int32), named)
    kept, row = renumbered(named, named.size)
    left, right = row[row_of[: len(stretches)]], row[row_of[len(stretches) :]]
    apart = left != right
    keys = (np.minimum(left, right) << 32 | np.maximum(left, right))[apart]
    grown = keys[stretches.grown[apart]]
    edges = distinct(keys)
    return Places(begin[kept], end[kept], edges >> 32, edges & 0xFFFFFFFF, np.isin(edges, grown))


def settle(
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    order: NDArray[np.int64],
    owner: NDArray[np.int32],
    named: NDArray[np.int64],
) -> None:
    """Give each range in turn the name of one before it that it shares most of its words with.

    ``owner`` (all 0) holds for each word the first range that covers it, counted from 1: a range is
    compared with those at its two ends and in its middle.
    """
    for span in order:
        first, last = begin[span], end[span] - 1
        for probe in range(3):
            place = first if probe == 0 else (first + last) // 2 if probe == 1 else last
            other = np.int64(owner[place]) - 1
            if other < 0:
                continue
            common = min(last + 1, end[other]) - max(first, begin[other])
            union = max(last + 1, end[other]) - min(first, begin[other])
            if 3 * common >= 2 * union:
                named[span] = other
                break
        if named[span] == span:
            for place in range(first, last + 1):
                if owner[place] == 0:
                    owner[place] = span + 1
