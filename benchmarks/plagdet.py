"""The measures of PAN's text alignment: recall, precision, granularity and plagdet.

M. Potthast, B. Stein, A. Barrón-Cedeño, P. Rosso, *An Evaluation Framework for Plagiarism Detection*,
COLING 2010; macro-averaged per case, as PAN's own scorer does. A case is a pair of ranges of
characters that say the same, a detection a pair that was found. A detection detects a case where the
two share a character on the left and one on the right.

- The recall of a case is the share of its characters, of both sides, that its detections cover
  together; recall is the mean over all cases.
- Precision is the same with the roles exchanged: the mean over all detections.
- Granularity is the mean number of detections of a case, over the cases that are detected.
- plagdet = F1 / log2(1 + granularity).
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


class Span(NamedTuple):
    """A range of a document's characters, one at least."""

    document: str
    start: int
    end: int


class Alignment(NamedTuple):
    """Two ranges that say the same: a case, or a detection."""

    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class Measures:
    """How well cases were detected."""

    recall: float
    precision: float
    granularity: float
    """At least 1."""

    @property
    def plagdet(self) -> float:
        """The three in one figure, in [0, 1]."""
        both = self.recall + self.precision
        f1 = 2 * self.recall * self.precision / both if both else 0.0
        return f1 / math.log2(1 + self.granularity)


class Comparison:
    """Cases beside detections; takes n log n steps, and one for each two that meet on the left.

    Args:
        cases: what there is to find.
        detections: what was found, each once.

    Raises:
        ValueError: a range without a character.
    """

    def __init__(self, cases: Sequence[Alignment], detections: Sequence[Alignment]) -> None:
        for left, right in chain(cases, detections):
            if left.start >= left.end or right.start >= right.end:
                raise ValueError(f"a range without a character: {left}, {right}")
        self.cases, self.detections = cases, detections
        self.of_case: list[list[int]] = [[] for _ in cases]
        """For each case the rows of its detections, ascending."""
        self.of_detection: list[list[int]] = [[] for _ in detections]
        """For each detection the rows of the cases that it detects, ascending."""
        for case, detection in sorted(_meeting(cases, detections)):
            self.of_case[case].append(detection)
            self.of_detection[detection].append(case)
        self.recall = [
            _covered(case, [detections[row] for row in rows])
            for case, rows in zip(cases, self.of_case, strict=True)
        ]
        """For each case the share of it that is detected."""
        self.precision = [
            _covered(detection, [cases[row] for row in rows])
            for detection, rows in zip(detections, self.of_detection, strict=True)
        ]
        """For each detection the share of it that lies in cases."""

    @property
    def false(self) -> list[Alignment]:
        """The detections that detect no case."""
        return [each for each, of in zip(self.detections, self.of_detection, strict=True) if not of]

    def measures(self) -> Measures:
        """Over all cases and all detections."""
        return self._over(range(len(self.recall)), range(len(self.precision)))

    def measures_of(self, cases: Collection[int]) -> Measures:
        """Over some cases, by row, and the detections of at least one of them.

        What detects no case is no case's: it counts in no precision but that over all. A detection
        of these cases and others has the precision it has, whichever cases it lies in.
        """
        detections = {row for case in cases for row in self.of_case[case]}
        return self._over(cases, sorted(detections))

    def _over(self, cases: Collection[int], detections: Collection[int]) -> Measures:
        if not cases and not detections:
            return Measures(1.0, 1.0, 1.0)
        found = [len(self.of_case[row]) for row in cases if self.of_case[row]]
        return Measures(
            recall=_mean([self.recall[row] for row in cases], 0.0),
            precision=_mean([self.precision[row] for row in detections], 0.0),
            granularity=_mean(found, 1.0),
        )


def _mean(values: Sequence[float], of_none: float) -> float:
    return math.fsum(values) / len(values) if values else of_none


def _meeting(cases: Sequence[Alignment], detections: Sequence[Alignment]) -> Iterator[tuple[int, int]]:
    """Rows of each case and detection that share characters on both sides, each two once.

    From left to right over the left document: what begins meets the open ones of the other kind.
    """
    together: dict[tuple[str, str], list[tuple[int, int, int]]] = defaultdict(list)
    for kind, every in enumerate((cases, detections)):
        for row, (left, right) in enumerate(every):
            together[left.document, right.document].append((left.start, kind, row))
    both = (cases, detections)
    for beginnings in together.values():
        opened: tuple[list[tuple[int, int]], ...] = ([], [])
        for start, kind, row in sorted(beginnings):
            here, others = both[kind][row], opened[1 - kind]
            while others and others[0][0] <= start:
                heapq.heappop(others)
            for _, other in others:
                there = both[1 - kind][other].right
                if here.right.start < there.end and there.start < here.right.end:
                    yield (other, row) if kind else (row, other)
            heapq.heappush(opened[kind], (here.left.end, row))


def _covered(one: Alignment, others: Sequence[Alignment]) -> float:
    """Share of the characters of both sides of one that lie in the same side of the others."""
    inside = _common(one.left, [other.left for other in others])
    inside += _common(one.right, [other.right for other in others])
    return inside / (one.left.end - one.left.start + one.right.end - one.right.start)


def _common(span: Span, others: Iterable[Span]) -> int:
    """How many characters of a span lie in any of the others, of the same document."""
    count, at = 0, span.start
    for other in sorted(others):
        end = min(other.end, span.end)
        if end > at:
            count += end - max(other.start, at)
            at = end
    return count
