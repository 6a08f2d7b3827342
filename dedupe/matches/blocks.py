"""Blocks: maximal runs of passages that match passages in the same order, in one document or two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.order import ordered

GAP: Final = 2
"""Passages that may stand between two runs of a block on either side: inserted, dropped or edited."""
HOPS: Final = 3
"""Runs that one link may give: its own, and those found behind the gaps that follow."""
LOOK_BACK: Final = 8
"""Blocks of the same two documents before a run on which it is tried."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Pairs of stretches, as ranges of passages (first to last, both included), columns of (b,)."""

    left_first: NDArray[np.int64]
    left_last: NDArray[np.int64]
    right_first: NDArray[np.int64]
    right_last: NDArray[np.int64]
    matched: NDArray[np.int64]
    """Quarter words that stand in matching passages, on the side where they are fewer."""

    def __len__(self) -> int:
        return self.left_first.size

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Blocks:
        """Some of the blocks, by mask or index."""
        return Blocks(
            self.left_first[rows],
            self.left_last[rows],
            self.right_first[rows],
            self.right_last[rows],
            self.matched[rows],
        )


def blocks(
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    groups: NDArray[np.int64],
    taking_part: NDArray[np.bool_],
    documents: NDArray[np.int64],
    weights: NDArray[np.int64],
    run: Callable[..., Callable[..., int]],
) -> Blocks:
    """The blocks that links between passages grow into, ordered by their places.

    Args:
        lefts: (m,) and
        rights: (m,): linked passages, left < right.
        groups: (p,): group of every passage, -1 where it stands alone.
        taking_part: (p,): passages with which a run may go on behind a gap.
        documents: (p,): document of every passage, ascending.
        weights: (p,): quarter words of every passage.
        run: what makes ``grow`` and ``join`` callable: compiles them, or hands them back.
    """
    pair = documents[lefts] << 32 | documents[rights]
    order = ordered((lefts, rights - lefts, pair), run)
    room = HOPS * lefts.size
    runs = np.empty((room, 3), np.int64)
    found = run(grow)(lefts[order], rights[order], groups, taking_part, documents, runs)
    runs = runs[:found]
    pair = documents[runs[:, 0]] << 32 | documents[runs[:, 1]]
    # Of runs that begin at the same places the longest comes first, and is the one that stays.
    order = ordered((-runs[:, 2], runs[:, 1], runs[:, 0], pair), run)
    runs, pair = runs[order], pair[order]
    different = np.ones(found, np.bool_)
    different[1:] = (runs[1:, :2] != runs[:-1, :2]).any(axis=1)
    runs, pair = runs[different], pair[different]
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(weights)])
    joined = np.empty((len(runs), 5), np.int64)
    joined = joined[: run(join)(runs, pair, groups, sums, joined)]
    return Blocks(*joined.T.copy())


def grow(
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    groups: NDArray[np.int64],
    taking_part: NDArray[np.bool_],
    documents: NDArray[np.int64],
    runs: NDArray[np.int64],
) -> int:
    """Grow links into runs of neighbours of the same groups; write (left, right, length), their number.

    Links come sorted by documents, then diagonal (right - left), then place, so that one already
    inside the run before it is known by looking at that run alone. Behind a run the next few
    passages are searched for one that goes on, which no link may have joined. In one document a
    run ends where its own copy begins, and everywhere before it repeats its first passage: what
    stands three times is a group of three, not a longer block.
    """
    written = 0
    pair = covered_diagonal = covered_until = -1
    for link in range(lefts.size):
        left, right = lefts[link], rights[link]
        document, other = documents[left], documents[right]
        same_diagonal = pair == document << 32 | other and covered_diagonal == right - left
        if same_diagonal and left <= covered_until:
            continue
        pair = document << 32 | other
        # In one document the run before is a copy of its own; what ends it begins no other.
        floor = covered_until + 1 if same_diagonal and document == other else 0
        for hop in range(HOPS):
            # In one document the two sides must not overlap.
            longest = right - left if document == other else documents.size
            first, second, length = left, right, 1
            while (
                length < longest
                and second + length < documents.size
                and groups[first + length] >= 0
                and groups[first + length] == groups[second + length]
                and documents[first + length] == document
                and documents[second + length] == other
                and groups[first + length] != groups[first]
            ):
                length += 1
            while (
                length < longest
                and first > floor
                and groups[first - 1] >= 0
                and groups[first - 1] == groups[second - 1]
                and documents[first - 1] == document
                and documents[second - 1] == other
                and groups[first - 1] != groups[first + length - 1]
            ):
                first -= 1
                second -= 1
                length += 1
            runs[written, 0] = first
            runs[written, 1] = second
            runs[written, 2] = length
            written += 1
            if hop == 0:
                covered_diagonal = right - left
                covered_until = first + length - 1
            fewest = 2 * GAP + 1
            for skip_left in range(GAP + 1):
                for skip_right in range(GAP + 1):
                    one, two = first + length + skip_left, second + length + skip_right
                    if (
                        0 < skip_left + skip_right < fewest
                        and max(one, two) < documents.size
                        and groups[one] >= 0
                        and groups[one] == groups[two]
                        and taking_part[one]
                        and taking_part[two]
                        and documents[one] == document
                        and documents[two] == other
                        and (document != other or one < second)
                    ):
                        returning = False
                        for place in range(first, first + length):
                            returning = returning or groups[place] == groups[one]
                        if not returning:
                            fewest = skip_left + skip_right
                            left, right = one, two
            if fewest > 2 * GAP:
                break
    return written


def join(
    runs: NDArray[np.int64],
    pairs: NDArray[np.int64],
    groups: NDArray[np.int64],
    sums: NDArray[np.int64],
    blocks: NDArray[np.int64],
) -> int:
    """Join runs that follow each other on both sides into blocks; write the columns of ``Blocks``.

    Two are joined where at most GAP passages stand between them on either side, and at least half
    of the words of the whole, on both sides, match; not one that begins as the block does. A run is
    tried on the few blocks before it.
    """
    written = 0
    opened = 0
    for at in range(len(runs)):
        left, right, length = runs[at, 0], runs[at, 1], runs[at, 2]
        left_last, right_last = left + length - 1, right + length - 1
        matched = min(sums[left_last + 1] - sums[left], sums[right_last + 1] - sums[right])
        if at > 0 and pairs[at] != pairs[at - 1]:
            opened = written
        same = pairs[at] >> 32 == pairs[at] & 0xFFFFFFFF
        done = False
        for block in range(written - 1, max(opened, written - LOOK_BACK) - 1, -1):
            gap_left = left - blocks[block, 1] - 1
            gap_right = right - blocks[block, 3] - 1
            if (
                left_last <= blocks[block, 1]
                and blocks[block, 2] <= right <= right_last <= blocks[block, 3]
            ):
                done = True
                break
            together = matched + blocks[block, 4]
            if (
                0 <= gap_left <= GAP
                and 0 <= gap_right <= GAP
                and 2 * together >= sums[left_last + 1] - sums[blocks[block, 0]]
                and 2 * together >= sums[right_last + 1] - sums[blocks[block, 2]]
                and groups[left] != groups[blocks[block, 0]]
                and not (same and left_last >= blocks[block, 2])
            ):
                blocks[block, 1] = left_last
                blocks[block, 3] = right_last
                blocks[block, 4] = together
                done = True
                break
        if not done:
            blocks[written, 0] = left
            blocks[written, 1] = left_last
            blocks[written, 2] = right
            blocks[written, 3] = right_last
            blocks[written, 4] = matched
            written += 1
    return written
