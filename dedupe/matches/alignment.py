"""Two stretches of text word by word: what is the same, replaced, added, left out.

For showing a find, never for finding it. The shortest edit script (E. Myers, *An O(ND) Difference
Algorithm and Its Variations*, 1986) as long as few words differ; beyond that the texts are first cut at
runs of words that each holds once, in an order both have (the idea of B. Cohen's *patience diff*), so
that work grows with the length of the texts and not with how much they differ.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

EQUAL: Final = 0
REPLACE: Final = 1
DELETE: Final = 2
INSERT: Final = 3

DIFFERENCES: Final = 100
"""Words left out and added up to which a stretch is aligned as well as can be."""
ANCHORS: Final = (8, 4, 2, 1)
"""Words in a run that may be an anchor, the surest first."""
DEEPEST: Final = 24
"""How often a stretch between anchors is cut again."""
NO_CHANCE: Final = 5
"""Words in a row that are no accident, whatever stands around them."""


@dataclass(frozen=True, slots=True)
class Opcodes:
    """How one sequence becomes the other: columns of (n,), int64, that cover both without a gap.

    Kinds that are not EQUAL never follow each other.
    """

    kind: NDArray[np.int64]
    """EQUAL, REPLACE, DELETE (only in the left one) or INSERT (only in the right one)."""
    left_start: NDArray[np.int64]
    left_end: NDArray[np.int64]
    right_start: NDArray[np.int64]
    right_end: NDArray[np.int64]

    def __len__(self) -> int:
        return self.kind.size

    def __iter__(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Kind, left start and end, right start and end, one row after the other."""
        columns = (self.kind, self.left_start, self.left_end, self.right_start, self.right_end)
        return zip(*(column.tolist() for column in columns), strict=True)


class _Run(NamedTuple):
    """Words that are the same in both."""

    left: int
    right: int
    length: int


class _Area(NamedTuple):
    """A stretch of both."""

    left: int
    left_end: int
    right: int
    right_end: int


def align(
    left: Sequence[Hashable],
    right: Sequence[Hashable],
    *,
    sizes: tuple[Sequence[int], Sequence[int]] | None = None,
    seams: tuple[Sequence[int], Sequence[int]] | None = None,
    tidy: bool = True,
) -> Opcodes:
    """Align two sequences of words.

    Where at most ``DIFFERENCES`` words differ, and without tidying, the words that are EQUAL are a
    longest common subsequence. The same input always gives the same output.

    Args:
        left: words, as they are compared (hashes, or normal forms).
        right: the same of the other.
        sizes: characters of the words of both, for tidying; 1 each by default.
        seams: of both, one more than there are words: how good a place for a cut there is before each
            word and at the end. What was only added or left out moves to the best place, where it has
            a choice.
        tidy: give up short matches amid changes that are larger than they are. (N. Fraser's *semantic
            cleanup*: a lone "the" in a sentence that was rewritten tells nobody anything.)
    """
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(word, len(numbers)) for word in left]
    b = [numbers.setdefault(word, len(numbers)) for word in right]
    runs = _joined(_common(a, b))
    if tidy:
        runs = _tidied(runs, *(_sums(sizes, side, words) for side, words in enumerate((a, b))))
        runs = _grown(runs, a, b)
    if seams is not None:
        runs = _slid(runs, a, b, seams)
    return _opcodes(runs, len(a), len(b))


def _common(a: list[int], b: list[int]) -> list[_Run]:
    """Runs that both have in the same order."""
    runs: list[_Run] = []
    areas = [(_Area(0, len(a), 0, len(b)), 0)]
    while areas:
        area, depth = areas.pop()
        left, left_end, right, right_end = area
        start = left
        while left < left_end and right < right_end and a[left] == b[right]:
            left, right = left + 1, right + 1
        if left > start:
            runs.append(_Run(start, right - (left - start), left - start))
        end = left_end
        while left_end > left and right_end > right and a[left_end - 1] == b[right_end - 1]:
            left_end, right_end = left_end - 1, right_end - 1
        if end > left_end:
            runs.append(_Run(left_end, right_end, end - left_end))
        if left == left_end or right == right_end:
            continue
        area = _Area(left, left_end, right, right_end)
        found = _shortest_edit(a, b, area)
        if found is not None:
            runs.extend(found)
        elif depth < DEEPEST:
            for anchor_left, anchor_right in _anchors(a, b, area):
                areas.append((_Area(left, anchor_left, right, anchor_right), depth + 1))
                runs.append(_Run(anchor_left, anchor_right, 1))
                left, right = anchor_left + 1, anchor_right + 1
            if left > area.left:
                areas.append((_Area(left, left_end, right, right_end), depth + 1))
    return sorted(runs)


def _shortest_edit(a: list[int], b: list[int], area: _Area) -> list[_Run] | None:
    """The runs that a shortest edit script keeps; None where it leaves out and adds too many words."""
    left, left_end, right, right_end = area
    rows, columns = left_end - left, right_end - right
    if abs(rows - columns) > DIFFERENCES:
        return None
    # Furthest row reached on each diagonal (row - column), as it was before each round.
    reached = {1: 0}
    rounds: list[dict[int, int]] = []
    for differences in range(min(DIFFERENCES, rows + columns) + 1):
        rounds.append(reached)
        following: dict[int, int] = {}
        for diagonal in range(-differences, differences + 1, 2):
            if not -columns <= diagonal <= rows:
                continue
            down = reached.get(diagonal + 1, -1)
            over = reached.get(diagonal - 1, -2) + 1
            row = over if over > down else down
            column = row - diagonal
            if row < 0 or row > rows or column > columns:
                continue
            while row < rows and column < columns and a[left + row] == b[right + column]:
                row, column = row + 1, column + 1
            following[diagonal] = row
            if row == rows and column == columns:
                return _traced(rounds, rows, columns, left, right)
        reached = following
    return None


def _traced(rounds: list[dict[int, int]], row: int, column: int, left: int, right: int) -> list[_Run]:
    """The runs on the way back from the end."""
    runs = []
    for reached in reversed(rounds):
        diagonal = row - column
        down = reached.get(diagonal + 1, -1)
        over = reached.get(diagonal - 1, -2) + 1
        start = over if over > down else down
        if row > start:
            runs.append(_Run(left + start, right + start - diagonal, row - start))
        if over > down:
            row, column = over - 1, over - diagonal
        else:
            row, column = down, down - diagonal - 1
    return runs


def _anchors(a: list[int], b: list[int], area: _Area) -> list[tuple[int, int]]:
    """Words of an area that both have, in the same order: those that begin a run each has once."""
    left, left_end, right, right_end = area
    for length in ANCHORS:
        once = _once(a, left, left_end, length)
        others = _once(b, right, right_end, length)
        pairs = [(place, others[run]) for run, place in once.items() if run in others]
        if pairs:
            return increasing(sorted(pairs))
    return []


def _once(words: list[int], start: int, end: int, length: int) -> dict[tuple[int, ...], int]:
    """Runs of so many words that stand once in a stretch, and where."""
    found: dict[tuple[int, ...], int] = {}
    for place, run in enumerate(zip(*(words[start + n : end] for n in range(length)), strict=False)):
        found[run] = -1 if run in found else start + place
    return {run: place for run, place in found.items() if place >= 0}


def increasing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs (ascending by the first) that ascends by the second, too."""
    tops: list[int] = []
    at_top: list[int] = []
    before = [-1] * len(pairs)
    for row, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        if pile == len(tops):
            tops.append(place)
            at_top.append(row)
        else:
            tops[pile], at_top[pile] = place, row
        before[row] = at_top[pile - 1] if pile else -1
    chosen = []
    row = at_top[-1] if at_top else -1
    while row >= 0:
        chosen.append(pairs[row])
        row = before[row]
    return chosen[::-1]


def _joined(runs: list[_Run]) -> list[_Run]:
    """The same with runs that continue each other as one."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and last.left + last.length == run.left and last.right + last.length == run.right:
            joined[-1] = last._replace(length=last.length + run.length)
        else:
            joined.append(run)
    return joined


def _sums(sizes: tuple[Sequence[int], Sequence[int]] | None, side: int, words: list[int]) -> list[int]:
    """Sums of the sizes of all words before each one, and of all."""
    sums = [0]
    for size in sizes[side] if sizes else [1] * len(words):
        sums.append(sums[-1] + size)
    return sums


def _tidied(runs: list[_Run], lefts: list[int], rights: list[int]) -> list[_Run]:
    """The runs that are not noise: those longer than the changes on one of their sides."""

    def change(one: _Run, other: _Run) -> int:
        return max(
            lefts[other.left] - lefts[one.left + one.length],
            rights[other.right] - rights[one.right + one.length],
        )

    def is_noise(before: _Run, run: _Run, after: _Run) -> bool:
        size = lefts[run.left + run.length] - lefts[run.left]
        return run.length < NO_CHANCE and size <= min(change(before, run), change(run, after))

    kept = [_Run(0, 0, 0)]
    for run in [*runs, _Run(len(lefts) - 1, len(rights) - 1, 0)]:
        # What goes makes the change before the next one larger: look at the last one again.
        while len(kept) > 1 and is_noise(kept[-2], kept[-1], run):
            kept.pop()
        kept.append(run)
    return kept[1:-1]


def _grown(runs: list[_Run], a: list[int], b: list[int]) -> list[_Run]:
    """The runs, longer where a short one that went had a word of theirs."""
    grown: list[_Run] = []
    left_end = right_end = 0
    ends = [*((run.left, run.right) for run in runs[1:]), (len(a), len(b))]
    for (left, right, length), (left_most, right_most) in zip(runs, ends, strict=False):
        while left > left_end and right > right_end and a[left - 1] == b[right - 1]:
            left, right, length = left - 1, right - 1, length + 1
        left_end, right_end = left + length, right + length
        while left_end < left_most and right_end < right_most and a[left_end] == b[right_end]:
            left_end, right_end, length = left_end + 1, right_end + 1, length + 1
        grown.append(_Run(left, right, length))
    return _joined(grown)


def _slid(
    runs: list[_Run], a: list[int], b: list[int], seams: tuple[Sequence[int], Sequence[int]]
) -> list[_Run]:
    """Move what was only added or left out to the best seams."""
    kept = list(runs)
    for number in range(1, len(kept)):
        before, after = kept[number - 1], kept[number]
        left_gap = after.left - before.left - before.length
        right_gap = after.right - before.right - before.length
        if (left_gap == 0) == (right_gap == 0):
            continue
        if left_gap:
            words, start, end, seam = a, before.left + before.length, after.left, seams[0]
        else:
            words, start, end, seam = b, before.right + before.length, after.right, seams[1]
        # A run may be used up only where it begins or ends both texts.
        back_most = before.length - (before.left + before.right > 0)
        on_most = after.length - (
            after.left + after.length < len(a) or after.right + after.length < len(b)
        )
        back = on = 0
        while back < back_most and words[start - back - 1] == words[end - back - 1]:
            back += 1
        while on < on_most and words[start + on] == words[end + on]:
            on += 1

        def worth(
            move: int, seam: Sequence[int] = seam, start: int = start, end: int = end
        ) -> tuple[int, int]:
            return seam[start + move] + seam[end + move], -abs(move)

        best = max(range(-back, on + 1), key=worth)
        kept[number - 1] = before._replace(length=before.length + best)
        kept[number] = _Run(after.left + best, after.right + best, after.length - best)
    return [run for run in kept if run.length > 0]


def _opcodes(runs: list[_Run], lefts: int, rights: int) -> Opcodes:
    rows: list[tuple[int, int, int, int, int]] = []
    left = right = 0
    for run in [*runs, _Run(lefts, rights, 0)]:
        if run.left > left or run.right > right:
            kind = (
                REPLACE
                if run.left > left and run.right > right
                else DELETE
                if run.left > left
                else INSERT
            )
            rows.append((kind, left, run.left, right, run.right))
        left, right = run.left + run.length, run.right + run.length
        if run.length:
            rows.append((EQUAL, run.left, left, run.right, right))
    table = np.array(rows, np.int64).reshape(-1, 5)
    return Opcodes(*(np.ascontiguousarray(column) for column in table.T))
