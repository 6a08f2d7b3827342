"""From blocks to findings: the places they name, grouped around anchors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.matches.blocks import Blocks
from dedupe.matches.groups import similarity_of
from dedupe.matches.places import places, settle
from dedupe.matches.stars import cover, stars
from dedupe.passages.rules import PROSE
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus, Passages

_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


@dataclass(frozen=True, slots=True)
class Grouped:
    """Places in findings, columns of (l,); a place may stand in two findings."""

    count: int
    """Number of findings."""
    finding: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    anchor: NDArray[np.bool_]
    exact: NDArray[np.bool_]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]

    def take(self, rows: NDArray[np.bool_]) -> Grouped:
        """Some of the places; findings of which one is left are none."""
        numbers = np.bincount(self.finding[rows], minlength=self.count)
        kept = np.flatnonzero(rows & (numbers[self.finding] > 1))
        names, finding = np.unique(self.finding[kept], return_inverse=True)
        return Grouped(
            names.size,
            finding,
            self.first[kept],
            self.last[kept],
            self.anchor[kept],
            self.exact[kept],
            self.jaccard[kept],
            self.containment[kept],
        )


def group_blocks(
    blocks: Blocks,
    corpus: Corpus,
    settings: Settings,
    compute: Compute,
    jobs: int,
    *,
    apart: bool,
) -> Grouped:
    """Group the stretches that blocks lay against each other.

    Equal stretches are one thing, as equal passages are; similar ones gather around the one with
    most copies near it. Similarities are exact, each to its finding's anchor.

    Args:
        blocks: of one kind.
        corpus: what they are of.
        settings: the threshold and shingle.
        compute: what computes it.
        jobs: threads.
        apart: equal stretches of different documents are different things (repetition).
    """
    passages = corpus.passages
    named = places(blocks, passages.document, passages.weight, compute.run(settle))
    content = contents(passages, named.first, named.last)
    if apart:
        content ^= (passages.document[named.first] + 1).astype(np.uint64) * _BASE
    _, first, kind, copies = np.unique(
        content, return_index=True, return_inverse=True, return_counts=True
    )
    left, right = kind[named.left], kind[named.right]
    edges = distinct(np.minimum(left, right) << 32 | np.maximum(left, right))
    edges = edges[edges >> 32 != edges & 0xFFFFFFFF]
    left, right = edges >> 32, edges & 0xFFFFFFFF
    begins, ends = words_of(passages, named.first[first], named.last[first])
    jaccard, containment = similarity_of(
        corpus.words, begins, ends, left, right, settings, compute, jobs
    )
    match = jaccard >= settings.threshold
    centres, partners = stars(
        copies.size, left[match], right[match], jaccard[match], copies, compute.run(cover)
    )
    # An aligned span of several passages is kept for its length, whatever its similarity, but only
    # as a pair: what is not similar enough to an anchor joins no group. Single passages of one group
    # need not be similar to each other, only to their anchor: no such pair.
    single = named.first[first] == named.last[first]
    spans = np.flatnonzero(~match & ~(single[left] & single[right]))
    partners = _with_nearest(partners, centres, left[spans], right[spans], jaccard[spans])
    rows = np.arange(kind.size)
    centre = centres[kind]
    alone = np.flatnonzero((partners >= 0) & (copies == 1))
    rows = np.concatenate([rows, first[partners[alone]]])
    centre = np.concatenate([centre, alone])
    # A centre without another place of its own or of a member is no finding.
    numbers = np.bincount(centre, minlength=copies.size)
    held = numbers[centre] > 1
    rows, centre = rows[held], centre[held]
    _, finding = np.unique(centre, return_inverse=True)
    own = kind[rows] == centre
    edge = np.searchsorted(edges, np.minimum(kind[rows], centre) << 32 | np.maximum(kind[rows], centre))
    edge = np.minimum(edge, max(edges.size - 1, 0))
    count = int(finding.max()) + 1 if finding.size else 0
    anchor = np.zeros(rows.size, np.bool_)
    candidates = np.flatnonzero(own)
    candidates = candidates[np.argsort(named.first[rows[candidates]], kind="stable")]
    _, leading = np.unique(finding[candidates], return_index=True)
    anchor[candidates[leading]] = True
    one = np.ones(rows.size)
    grouped = Grouped(
        count,
        finding,
        named.first[rows],
        named.last[rows],
        anchor,
        own,
        np.where(own, one, jaccard[edge] if edges.size else one),
        np.where(own, one, containment[edge] if edges.size else one),
    )
    return _without_overlaps(grouped)


def with_left_out(
    grouped: Grouped,
    rows: NDArray[np.int64],
    key: NDArray[np.int64],
    covered: NDArray[np.bool_],
) -> Grouped:
    """Also give equal passages a finding of which one stands in none.

    Where a text repeats itself over and over, blocks overlap, and what is cut off one may be in no
    other: nothing that stands twice may be lost that way.

    Args:
        grouped: the findings there are.
        rows: (n,): passages that are long enough and take part, ascending.
        key: (n,): equal for those that belong together.
        covered: (p,): stands in a finding.
    """
    left_out = np.isin(key, key[~covered[rows]])
    rows, key = rows[left_out], key[left_out]
    _, kind, counts = np.unique(key, return_inverse=True, return_counts=True)
    chosen = (counts > 1)[kind]
    if not chosen.any():
        return grouped
    rows = rows[chosen]
    names, leading, finding = np.unique(key[chosen], return_index=True, return_inverse=True)
    anchor = np.zeros(rows.size, np.bool_)
    anchor[leading] = True
    yes, one = np.ones(rows.size, np.bool_), np.ones(rows.size)
    return Grouped(
        grouped.count + names.size,
        np.concatenate([grouped.finding, grouped.count + finding]),
        np.concatenate([grouped.first, rows]),
        np.concatenate([grouped.last, rows]),
        np.concatenate([grouped.anchor, anchor]),
        np.concatenate([grouped.exact, yes]),
        np.concatenate([grouped.jaccard, one]),
        np.concatenate([grouped.containment, one]),
    )


def covered_by(first: NDArray[np.int64], last: NDArray[np.int64], passages: int) -> NDArray[np.bool_]:
    """(passages,): stands in one of the stretches."""
    steps = np.bincount(first, minlength=passages + 1) - np.bincount(last + 1, minlength=passages + 1)
    inside: NDArray[np.bool_] = np.cumsum(steps[:-1]) > 0
    return inside


def _without_overlaps(grouped: Grouped) -> Grouped:
    """Where two places of a finding overlap, leave the one that is less like the anchor out."""
    while True:
        order = np.lexsort((grouped.last, grouped.first, grouped.finding))
        this, following = order[:-1], order[1:]
        overlap = (grouped.finding[this] == grouped.finding[following]) & (
            grouped.last[this] >= grouped.first[following]
        )
        if not overlap.any():
            return grouped
        this, following = this[overlap], following[overlap]
        rank = grouped.jaccard + 2.0 * grouped.anchor
        kept = np.ones(grouped.first.size, np.bool_)
        kept[np.where(rank[this] < rank[following], this, following)] = False
        grouped = grouped.take(kept)


def _with_nearest(
    partners: NDArray[np.int64],
    centres: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    similarities: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Also give each node that stands alone its nearest neighbour by these edges; each pair once."""
    grouped = np.bincount(centres, minlength=centres.size)[centres] > 1
    lonely = ~grouped & (partners < 0)
    nodes = np.concatenate([lefts, rights])
    others = np.concatenate([rights, lefts])
    held = lonely[nodes]
    nodes, others, near = nodes[held], others[held], np.concatenate([similarities] * 2)[held]
    order = np.lexsort((others, -near, nodes))
    chosen, at = np.unique(nodes[order], return_index=True)
    nearest = partners.copy()
    nearest[chosen] = others[order[at]]
    twice = chosen[(nearest[chosen] < chosen) & (nearest[nearest[chosen]] == chosen)]
    nearest[twice] = -1
    return nearest


def words_of(
    passages: Passages, first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Word ranges of stretches of passages."""
    return passages.first_word[first], passages.first_word[last] + passages.words[last]


def weight_between(
    weights: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Sums of a column of passages over stretches of them."""
    sums = np.concatenate([np.zeros(1, np.int64), np.cumsum(weights)])
    difference: NDArray[np.int64] = sums[last + 1] - sums[first]
    return difference


def prose_weight(
    passages: Passages, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Quarter words of running prose in stretches of passages."""
    return weight_between(np.where(passages.flags & PROSE, passages.weight, 0), first, last)


def contents(
    passages: Passages, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """A hash of what stretches say, from their passages' hashes: a polynomial, by prefix sums."""
    size = len(passages)
    powers = np.cumprod(np.concatenate([np.ones(1, np.uint64), np.full(size, _BASE)]))
    inverse = np.cumprod(np.concatenate([np.ones(1, np.uint64), np.full(size, _INVERSE)]))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum((passages.content | 1) * powers[:-1])])
    difference: NDArray[np.uint64] = (sums[last + 1] - sums[first]) * inverse[first]
    return difference
