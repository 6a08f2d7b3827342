"""From seeds to spans: how far two texts go on saying the same, in plain Python.

From a seed both texts are walked together, word by word. What the next word says is counted in nats:
how much better "this was copied" explains what is seen than "this is another text". A word that the
other text has right where it is expected, and hardly anywhere around, says much; one that it has
everywhere says little; one that it does not have there speaks for the end. The walk stops where the
evidence has dropped too far below the most it had, and the span ends where it had most. So no gap is
too long and no density too low by itself: a hundred equal words carry over a longer gap than ten do.

The stop is the X-drop of S. Altschul et al., *Gapped BLAST and PSI-BLAST* (1997); that words may move
by some places, and that gaps cost by what is missing, makes it robust to reordering and paraphrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.seeds import end_of_seed
from dedupe.passages.characters import WEIGHT_OF_WORD

NEAR: Final = 15
"""Words to either side of where a copied word is expected."""
AROUND: Final = 150
"""Words to either side by which it is judged how common a word is there."""
KEPT: Final = 0.5
"""Probability with which a copied text keeps a word at least."""
IN_PLACE: Final = 2
"""A copied word stands within so many words of its place,"""
OFTEN: Final = 0.8
"""with this probability, else within NEAR."""
MOST: Final = 4.0
"""Nats that one word says at most."""
COMMON: Final = 16
"""Times around from which a word counts as that often."""
GUIDES: Final = 6
"""Times around up to which a word that stands elsewhere moves the place that is expected."""
RUN: Final = 3
"""Words in a row from which on the next one in place says,"""
IN_RUN: Final = 3.0
"""so many nats, whatever word it is."""
COMMON_GAIN: Final = 0.25
"""Nats, at most, of a word that stands in a common phrase."""
LOST: Final = log(1.0 - KEPT)
"""Nats of a word that the other text does not have near."""
DROP: Final = 14.0
"""Nats below the most, and a tenth of the most, at which a walk stops."""
DROP_SHARE: Final = 0.1
DROP_INSIDE: Final = 8.0
"""The same inside one document."""
TOGETHER: Final = 32
"""Words between seeds of one cluster at most, on both sides."""
WEAK: Final = 0.65
"""A span of which less is matched is left out where another one has most of one of its sides."""
THIN: Final = 1.5
"""Times the evidence that it needs: what is thin has to be long."""
VERBATIM: Final = 16 * WEIGHT_OF_WORD
"""Quarter words in a row, common phrases aside, that are a span, whatever words they are."""
TELLING: Final = 10 * WEIGHT_OF_WORD
"""Quarter words that a span of two documents with words of formulas must have besides, and twice as many
as those."""
TELLING_WEAK: Final = 16 * WEIGHT_OF_WORD
"""The same of a weak one."""
LOOK_BACK: Final = 8
"""Spans of the same two documents on which a seed is tried before it is walked from."""
ALONE: Final = 30_000
"""Seeds of a corpus up to which one alone is walked from."""
FEW: Final = 3_000
"""Seeds of a corpus so small that chance needs no more than the evidence asked for."""
MORE: Final = 7.0
"""Nats more for each time that there are e times as many: words come in phrases, and what two texts of
one topic have in common by chance is worth a seventh of what it seems."""
RARER: Final = 3
"""So many times fewer clusters of strangers cover one word more."""


@dataclass(frozen=True, slots=True)
class Span:
    """Two stretches of words that say the same, one of each document or both of one."""

    left: int
    left_end: int
    right: int
    right_end: int
    matched: int
    """Quarter words of the left stretch that the right one has near."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a walk came in one direction."""

    score: float
    ended: int
    low: int
    high: int
    matched: int
    formula: int
    """Of what matched, quarter words of formulas."""


def least_evidence(seeds: int, evidence: float) -> float:
    """Nats that a span must have: the more seeds are walked from, the more strangers come that far.

    As the expected number of chance alignments in BLAST grows with what is searched (S. Karlin and
    S. Altschul, 1990), so must the score that means something.
    """
    return evidence + MORE * max(0.0, log(max(seeds, 1) / FEW))


def fewest_covered(seeds: int) -> int:
    """Quarter words that a cluster of seeds must cover, so that the walks stay few in any corpus."""
    words = 4
    while seeds > ALONE:
        seeds //= RARER
        words += 1
    return words * WEIGHT_OF_WORD


def gains() -> NDArray[np.float64]:
    """(COMMON, NEAR + 1): nats of a word by its times around (at least once) and its distance.

    By chance a word that stands ``times`` around stands as near as this with probability
    ``1 - (1 - share)**times``, ``share`` being that of the places as near.
    """
    table = np.zeros((COMMON, NEAR + 1))
    for times in range(1, COMMON + 1):
        for distance in range(NEAR + 1):
            share = (2 * distance + 1) / (2 * AROUND + 1)
            by_chance = 1.0 - (1.0 - share) ** times
            copied = KEPT * (OFTEN if distance <= IN_PLACE else 1.0 - OFTEN)
            table[times - 1, distance] = min(MOST, max(0.0, log(copied / by_chance)))
    return table


def spans(
    words: Sequence[int],
    bounds: Sequence[int],
    left_out: Sequence[bool],
    common: AbstractSet[int],
    formula: AbstractSet[int],
    seeds: Sequence[tuple[int, int]],
    fewest: int,
    least: float,
) -> list[Span]:
    """The spans that seeds grow into.

    Args:
        words: hash of each word, the code of its weight in the two lowest bits.
        bounds: where the words of each document begin, and their number.
        left_out: words that neither speak for a span nor against it (boilerplate).
        common: words of phrases that stand in many places: to have them in common says little.
        formula: words of phrases that many sources have in common: a span must say more than these.
        seeds: pairs of places, as ``candidates.seeds`` gives them.
        fewest: quarter words that a cluster of seeds must cover.
        least: nats that a span must have: ``least_evidence``.

    Returns:
        Ordered by the right document, then the left one.
    """
    table = gains().tolist()
    document = [row for row, size in enumerate(np.diff(bounds)) for _ in range(size)]
    clusters: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for left, right in seeds:
        clusters.setdefault((document[right], document[left]), []).append((left, right))
    found: list[Span] = []
    for (right_document, left_document), held in sorted(clusters.items()):
        inside = (bounds[left_document], bounds[left_document + 1])
        other = (bounds[right_document], bounds[right_document + 1])
        walk = _Walk(words, left_out, common, formula, table, inside, other, inside == other)
        kept: list[Span] = []
        failed: Span | None = None
        for left, right in _together(sorted(held), words, inside[1], fewest):
            if any(_covers(span, left, right, inside == other) for span in kept[-LOOK_BACK:]):
                continue
            # Where a walk led nowhere, those from the other seeds that it passed lead nowhere too.
            if failed is not None and _passed(failed, left, right):
                continue
            span, enough = walk.from_seed(left, right, least)
            failed = None if enough else span
            if enough and not (
                walk.is_weak(span) and any(_has(other, span) for other in kept[-LOOK_BACK:])
            ):
                kept.append(span)
        found += kept
    return found


def _covers(span: Span, left: int, right: int, same: bool) -> bool:
    if span.left <= left < span.left_end:
        return span.right - NEAR <= right < span.right_end + NEAR
    # What stands three times in a row in one document is at the same distance from its next copy.
    further = same and span.left_end <= left < span.right_end
    return further and abs(right - left - (span.right - span.left)) <= NEAR


def _passed(failed: Span, left: int, right: int) -> bool:
    distance = right - left - (failed.right - failed.left)
    return failed.left <= left < failed.left_end and -NEAR <= distance <= NEAR


def _has(one: Span, other: Span) -> bool:
    """Whether a span has most of one side of another."""
    left = min(one.left_end, other.left_end) - max(one.left, other.left)
    right = min(one.right_end, other.right_end) - max(one.right, other.right)
    return 5 * left > 4 * (other.left_end - other.left) or 5 * right > 4 * (
        other.right_end - other.right
    )


def _together(
    seeds: Sequence[tuple[int, int]], words: Sequence[int], last: int, fewest: int
) -> list[tuple[int, int]]:
    """Seeds in clusters that cover enough."""
    chosen: list[tuple[int, int]] = []
    cluster: list[tuple[int, int]] = []
    covered = behind = 0
    for left, right in seeds:
        if cluster:
            one, other = cluster[-1]
            if left - one > TOGETHER or abs(right - other) > TOGETHER:
                chosen += cluster if covered >= fewest else []
                cluster = []
        if not cluster:
            covered = behind = 0
        end = end_of_seed(words, left, last)
        covered += sum(_weight(word) for word in words[max(left, behind) : end])
        behind = max(end, behind)
        cluster.append((left, right))
    return chosen + (cluster if covered >= fewest else [])


def _weight(word: int) -> int:
    return WEIGHT_OF_WORD >> (word & 3)


class _Walk:
    """Walks from seeds of two documents."""

    def __init__(
        self,
        words: Sequence[int],
        left_out: Sequence[bool],
        common: AbstractSet[int],
        formula: AbstractSet[int],
        table: Sequence[Sequence[float]],
        inside: tuple[int, int],
        other: tuple[int, int],
        same: bool,
    ) -> None:
        self._words = words
        self._left_out = left_out
        self._common = common
        self._formula = formula
        self._table = table
        self._inside = inside
        self._other = other
        self._same = same
        self._used: set[int] = set()
        self._places: dict[int, list[int]] = {}
        for place in range(*other):
            if not left_out[place]:
                self._places.setdefault(words[place], []).append(place)

    def from_seed(self, left: int, right: int, least: float) -> tuple[Span, bool]:
        """The span around a seed, and whether there is enough evidence."""
        end = end_of_seed(self._words, left, self._inside[1])
        right_end = right + end - left
        nothing = Span(left, left + 1, right, right + 1, 0)
        if self._words[left:end] != self._words[right:right_end] or right_end > self._other[1]:
            return nothing, False
        if self._same and end > right:
            return nothing, False
        self._used = set(range(right, right_end)) if self._same else set()
        weight = sum(_weight(word) for word in self._words[left:end])
        score = weight / WEIGHT_OF_WORD * self._table[0][0]
        # In one document the two sides must not overlap.
        floor = end if self._same else self._other[0]
        back = self._go(left, right, -1, self._inside[0], floor, self._other[1])
        low, high = min(back.low, right), max(back.high, right_end - 1)
        limit = low if self._same else self._inside[1]
        floor = low if self._same else self._other[0]
        on = self._go(end - 1, right_end - 1, 1, limit, floor, self._other[1])
        low, high = min(low, on.low), max(high, on.high)
        score += back.score + on.score
        formula = self._in_formulas(range(left, end)) + back.formula + on.formula
        span = Span(back.ended, on.ended + 1, low, high + 1, weight + back.matched + on.matched)
        weak = self.is_weak(span)
        telling = span.matched - 3 * formula
        if formula and not self._same and telling < (TELLING_WEAK if weak else TELLING):
            return span, False
        return span, score >= (least * THIN if weak else least) or (
            self._verbatim(left, right) >= VERBATIM
        )

    def _in_formulas(self, places: Iterable[int]) -> int:
        return sum(_weight(self._words[place]) for place in places if place in self._formula)

    def _is_free(self, place: int, word: int) -> bool:
        return self._words[place] == word and place not in self._used

    def _take(self, place: int) -> None:
        # An author says alike what was said before: there a word speaks for one word only.
        if self._same:
            self._used.add(place)

    def is_weak(self, span: Span) -> bool:
        """Whether too little of the longer side is matched to be a copy of its own."""
        sides = self._words[span.left : span.left_end], self._words[span.right : span.right_end]
        return span.matched < WEAK * max(sum(map(_weight, side)) for side in sides)

    def _verbatim(self, left: int, right: int) -> int:
        """Quarter words around a seed that both documents have in a row."""
        weight = 0
        end, right_end = left, right
        limit = right if self._same else self._inside[1]
        while end < limit and right_end < self._other[1] and self._equal(end, right_end):
            weight += 0 if end in self._common else _weight(self._words[end])
            end, right_end = end + 1, right_end + 1
        floor = max(self._other[0], end if self._same else 0)
        while left > self._inside[0] and right > floor and self._equal(left - 1, right - 1):
            left, right = left - 1, right - 1
            weight += 0 if left in self._common else _weight(self._words[left])
        return weight

    def _equal(self, left: int, right: int) -> bool:
        left_out = self._left_out[left] or self._left_out[right]
        return self._words[left] == self._words[right] and not left_out

    def _go(self, left: int, right: int, step: int, limit: int, floor: int, ceiling: int) -> _Reach:
        """Walk from a word in one direction."""
        best = _Reach(0.0, left, right, right, 0, 0)
        score = 0.0
        lowest, highest = right, right
        expected = right
        weight = formula = 0
        run = RUN
        at = left + step
        while at < limit if step > 0 else at >= limit:
            if self._left_out[at]:
                at += step
                continue
            expected += step
            while floor <= expected < ceiling and self._left_out[expected]:
                expected += step
            word = self._words[at]
            if run >= RUN and floor <= expected < ceiling and self._is_free(expected, word):
                self._take(expected)
                gain = COMMON_GAIN if at in self._common else IN_RUN
                score += gain * _weight(word) / WEIGHT_OF_WORD
                weight += _weight(word)
                formula += self._in_formulas((at,))
                lowest, highest = min(lowest, expected), max(highest, expected)
                if score > best.score:
                    best = _Reach(score, at, lowest, highest, weight, formula)
                at += step
                continue
            around = [
                place
                for place in self._places.get(word, ())
                if max(floor, expected - AROUND) <= place < min(ceiling, expected + AROUND + 1)
            ]
            free = [place for place in around if place not in self._used]
            nearest = min(free, key=lambda place: (abs(place - expected), place), default=None)
            run = run + 1 if nearest == expected else 0
            if nearest is not None and abs(nearest - expected) <= NEAR:
                distance = abs(nearest - expected)
                self._take(nearest)
                times = min(len(around), COMMON)
                gain = self._table[times - 1][distance]
                gain = min(gain, COMMON_GAIN) if at in self._common else gain
                score += gain * _weight(word) / WEIGHT_OF_WORD
                weight += _weight(word)
                formula += self._in_formulas((at,))
                if distance <= IN_PLACE or times <= GUIDES:
                    expected = nearest
                    lowest, highest = min(lowest, nearest), max(highest, nearest)
            else:
                score += LOST * _weight(word) / WEIGHT_OF_WORD
            if score > best.score:
                best = _Reach(score, at, lowest, highest, weight, formula)
            drop = DROP_INSIDE if self._same else DROP
            if score < best.score - drop - DROP_SHARE * best.score:
                break
            at += step
        return best
