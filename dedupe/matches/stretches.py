"""Stretches: what stands twice, as pairs of ranges of words, wherever they begin and end.

Blocks of passages and spans grown from seeds see the same copy in two ways. Laid on top of each other
they are one: what follows closely on both sides is one passage with an edit in between, and what lies
beside each other in another order is one passage with its sentences moved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.order import ordered
from dedupe.matches.blocks import Blocks
from dedupe.matches.extension import LOOK_BACK
from dedupe.passages.characters import WEIGHT_OF_WORD

GAP: Final = 20
"""Words that may stand between two stretches that are one, on either side,"""
GAP_SHARE: Final = 0.5
"""and this share of the shorter one besides: longer ones carry over more;"""
GAP_DENSE: Final = 1.0
"""this one where both sides of the whole are dense,"""
DENSE: Final = 6
"""so many tenths of them matched."""
FULL: Final = 9
"""Tenths of a stretch that are matched where it has no room for another."""
ROUNDS: Final = 4
"""Times that what was joined is looked at again."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Pairs of ranges of words, columns of (n,); the left one stands first."""

    left: NDArray[np.int64]
    left_end: NDArray[np.int64]
    """Behind its last word; likewise on the right."""
    right: NDArray[np.int64]
    right_end: NDArray[np.int64]
    grown: NDArray[np.bool_]
    """Words were compared with words, not only passages with what they are both similar to."""
    matched: NDArray[np.int64]
    """About how many words of either side the other one has."""

    def __len__(self) -> int:
        return self.left.size

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Stretches:
        """Some of them, by mask or index."""
        return Stretches(
            self.left[rows],
            self.left_end[rows],
            self.right[rows],
            self.right_end[rows],
            self.grown[rows],
            self.matched[rows],
        )


def empty() -> Stretches:
    """None."""
    nothing = np.empty(0, np.int64)
    return Stretches(nothing, nothing, nothing, nothing, np.empty(0, np.bool_), nothing)


def of_blocks(blocks: Blocks, first_word: NDArray[np.int64], words: NDArray[np.int64]) -> Stretches:
    """Blocks as ranges of words; ``first_word`` and ``words`` (p,) are columns of passages."""
    left, right = first_word[blocks.left_first], first_word[blocks.right_first]
    left_end = first_word[blocks.left_last] + words[blocks.left_last]
    right_end = first_word[blocks.right_last] + words[blocks.right_last]
    matched = np.minimum(left_end - left, right_end - right)
    return Stretches(left, left_end, right, right_end, np.zeros(len(blocks), np.bool_), matched)


def joined(
    parts: Sequence[Stretches], bounds: NDArray[np.int64], run: Callable[..., Callable[..., int]]
) -> Stretches:
    """All stretches, those of the same two documents that touch, overlap or nearly do as one.

    Args:
        parts: what is laid together.
        bounds: (d + 1,): where the words of each document begin.
        run: what makes ``join_neighbours`` callable: compiles it, or hands it back.
    """
    table = np.stack(
        [
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("left", "left_end", "right", "right_end", "grown", "matched")
        ]
    ).T
    documents = np.searchsorted(bounds, table[:, [0, 2]], "right") - 1
    pair = documents[:, 0] << 32 | documents[:, 1]
    for _ in range(ROUNDS):
        order = ordered((table[:, 2], table[:, 0], pair), run)
        table, pair = np.ascontiguousarray(table[order]), pair[order]
        count = run(join_neighbours)(table, pair)
        done = count == len(table)
        table, pair = table[:count], pair[:count]
        if done:
            break
    left, left_end, right, right_end, grown, matched = np.ascontiguousarray(table.T)
    return Stretches(left, left_end, right, right_end, grown > 0, matched)


def join_neighbours(table: NDArray[np.int64], pair: NDArray[np.int64]) -> int:
    """Join rows (left, end, right, end, grown, matched), sorted by pair and place, into those before.

    What is left stands first in ``table`` and ``pair``; their number.
    """
    written = 0
    for row in range(len(table)):
        left, left_end, right, right_end = table[row, 0], table[row, 1], table[row, 2], table[row, 3]
        same = pair[row] >> 32 == pair[row] & 0xFFFFFFFF
        held = -1
        for other in range(written - 1, max(-1, written - 1 - LOOK_BACK), -1):
            if pair[other] != pair[row]:
                break
            shorter = min(left_end - left, table[other, 1] - table[other, 0])
            other_shorter = min(right_end - right, table[other, 3] - table[other, 2])
            gap = max(left, table[other, 0]) - min(left_end, table[other, 1])
            other_gap = max(right, table[other, 2]) - min(right_end, table[other, 3])
            whole = max(left_end, table[other, 1]) - min(left, table[other, 0])
            other_whole = max(right_end, table[other, 3]) - min(right, table[other, 2])
            matched = table[row, 5] + table[other, 5]
            dense = 10 * matched >= DENSE * max(whole, other_whole)
            most = GAP + (GAP_DENSE if dense else GAP_SHARE) * min(shorter, other_shorter)
            # Side by side on one side, on top of each other on the other: two copies of one thing,
            # where there is more than room for; else a sentence that was moved out of the other one.
            twice = (
                gap >= 0 and -5 * other_gap > 4 * other_shorter and FULL * matched > 10 * other_whole
            ) or (other_gap >= 0 and -5 * gap > 4 * shorter and FULL * matched > 10 * whole)
            # Passages in another order are blocks of their own; words that moved are one span.
            moved = (left < table[other, 0]) != (right < table[other, 2])
            inside = -5 * gap > 4 * shorter or -5 * other_gap > 4 * other_shorter
            moved = moved and not inside and not (table[row, 4] and table[other, 4])
            # In one document the sides must stay apart.
            apart = not same or max(left_end, table[other, 1]) <= min(right, table[other, 2])
            if gap <= most and other_gap <= most and apart and not twice and not moved:
                held = other
                break
        if held >= 0:
            table[held, 0] = min(left, table[held, 0])
            table[held, 1] = max(left_end, table[held, 1])
            table[held, 2] = min(right, table[held, 2])
            table[held, 3] = max(right_end, table[held, 3])
            table[held, 4] |= table[row, 4]
            table[held, 5] = min(
                table[held, 5] + table[row, 5],
                table[held, 1] - table[held, 0],
                table[held, 3] - table[held, 2],
            )
        else:
            table[written, 0] = left
            table[written, 1] = left_end
            table[written, 2] = right
            table[written, 3] = right_end
            table[written, 4] = table[row, 4]
            table[written, 5] = table[row, 5]
            pair[written] = pair[row]
            written += 1
    return written


def weight_of(
    words: NDArray[np.uint64],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    run: Callable[..., None],
) -> NDArray[np.int64]:
    """(n,): quarter words of ranges of words; ``run`` is ``add_weights``, compiled or not."""
    weights = np.empty(begins.size, np.int64)
    run(words, begins, ends, weights)
    return weights


def add_weights(
    words: NDArray[np.uint64],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    weights: NDArray[np.int64],
) -> None:
    """Write ``weights``."""
    for row in range(begins.size):
        total = np.int64(0)
        for word in range(begins[row], ends[row]):
            total += WEIGHT_OF_WORD >> np.int64(words[word] & np.uint64(3))
        weights[row] = total


def covered(
    words: int,
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    asked: NDArray[np.int64],
    asked_ends: NDArray[np.int64],
    run: Callable[..., None],
) -> NDArray[np.int64]:
    """(n,): how many words of the ranges that are asked for stand in the others.

    ``words`` are those of the whole corpus; ``run`` is ``count_covered``, compiled or not.
    """
    counts = np.empty(asked.size, np.int64)
    # Zeros cost nothing where nobody writes.
    run(np.zeros(words, np.uint8), begins, ends, asked, asked_ends, counts)
    return counts


def count_covered(
    painted: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    asked: NDArray[np.int64],
    asked_ends: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Write ``counts``; ``painted`` (w,), all 0, is used up."""
    for row in range(begins.size):
        for word in range(begins[row], ends[row]):
            painted[word] = 1
    for row in range(asked.size):
        total = np.int64(0)
        for word in range(asked[row], asked_ends[row]):
            total += np.int64(painted[word])
        counts[row] = total
