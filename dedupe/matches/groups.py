"""Groups of passages: equal ones, and those similar to the same anchor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import candidate_pairs
from dedupe.compute.interface import Compute
from dedupe.matches.equal import collapse, number
from dedupe.matches.stars import cover, stars
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus, Keys

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Groups:
    """Which passages belong together."""

    group: NDArray[np.int64]
    """(p,): the group of each passage, -1 where it matches nothing."""
    kind: NDArray[np.int64]
    """(p,): equal for passages that say the same."""
    anchor: NDArray[np.int64]
    """(g,): for each group the first passage that says what its anchor says."""
    extra: NDArray[np.int64]
    """(e, 2): passages of different groups that match all the same: one of them fits no other anchor."""
    compared: int
    """Candidate pairs that were verified."""

    def without(self, passages: NDArray[np.bool_]) -> Groups:
        """The same, but these passages match nothing."""
        extra = self.extra[~passages[self.extra].any(axis=1)]
        return replace(self, group=np.where(passages, -1, self.group), extra=extra)


class Similarities(NamedTuple):
    """How alike pairs of runs of words are, exactly: columns of (p,)."""

    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    """The larger of the two."""
    shingles: NDArray[np.uint64]
    """(r,): how many different ones each run has."""
    lefts: NDArray[np.int64]
    """Row of each pair's left run,"""
    rights: NDArray[np.int64]
    """and of its right one."""

    def both_ways(self) -> NDArray[np.float64]:
        """(3, p): Jaccard, the share of the left one's shingles that stand in the right one, and of the
        right one's that stand in the left one.
        """
        left, right = np.maximum(self.shingles, 1).astype(np.float64)[[self.lefts, self.rights]]
        # Exact: what they have in common is a whole number.
        common = np.rint(self.containment * np.minimum(left, right))
        return np.stack([self.jaccard, common / left, common / right])


def group_passages(
    corpus: Corpus, keys: Keys, bands: int, settings: Settings, compute: Compute, jobs: int
) -> Groups:
    """Collapse equal passages, find similar ones, and group them around anchors.

    Every two passages of a group are each similar to its anchor: Jaccard at or above the threshold.
    Passages below the minimum length are in a group only with equal ones.
    """
    passages = corpus.passages
    kind, first = collapse(passages.content, compute.run(number))
    copies = np.bincount(kind, minlength=first.size)
    is_first = np.zeros(len(passages), np.bool_)
    is_first[first] = True
    chosen = is_first[keys.passages]
    rows = keys.passages[chosen]
    lefts, rights = candidate_pairs(lambda band: keys.of_band(band)[chosen], bands, compute, jobs)
    compared = lefts.size
    similarities = similarity_of(
        corpus.words,
        passages.first_word[rows],
        passages.first_word[rows] + passages.words[rows],
        rights,
        lefts,
        settings,
        compute,
        jobs,
        least=settings.threshold,
    ).jaccard
    match = similarities >= settings.threshold
    lefts, rights, similarities = lefts[match], rights[match], similarities[match]
    centres, partners = stars(
        rows.size, lefts, rights, similarities, copies[kind[rows]], compute.run(cover)
    )
    of_kind = np.arange(copies.size)
    of_kind[kind[rows]] = kind[rows[centres]]
    group = of_kind[kind]
    size = np.bincount(group, minlength=copies.size)
    alone = np.flatnonzero(partners >= 0)
    extra = np.sort(np.stack([rows[alone], rows[partners[alone]]], axis=1), axis=1)
    # A passage with such a partner takes part although nothing else is in its group.
    size[group[extra[:, 0]]] += 1
    size[group[extra[:, 1]]] += 1
    return Groups(np.where(size[group] > 1, group, -1), kind, first, extra, compared)


def similarity_of(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    settings: Settings,
    compute: Compute,
    jobs: int,
    *,
    least: float = 0.0,
) -> Similarities:
    """Exact Jaccard and containments of pairs of runs of words, on threads, as ``Compute.compare``."""
    named = np.zeros(firsts.size, np.bool_)
    named[lefts] = named[rights] = True
    rows = np.flatnonzero(named)
    row_of = np.cumsum(named) - 1
    firsts, lasts, lefts, rights = firsts[rows], lasts[rows], row_of[lefts], row_of[rights]
    parts = 4 * jobs if compute.parallel and lefts.size > 1000 else 1
    with ThreadPoolExecutor(jobs) as pool:

        def all_parts(size: int, one: Callable[[slice], Result]) -> list[Result]:
            bounds = np.linspace(0, size, parts + 1).astype(np.int64)
            return list(pool.map(one, map(slice, bounds[:-1], bounds[1:])))

        outlines = np.concatenate(
            all_parts(
                rows.size,
                lambda held: compute.outlines(words, firsts[held], lasts[held], settings.shingle),
            )
        )
        found = all_parts(
            lefts.size,
            lambda held: compute.compare(
                words, firsts, lasts, outlines, lefts[held], rights[held], settings.shingle, least
            ),
        )
    jaccard, containment = (np.concatenate(each) for each in zip(*found, strict=True))
    return Similarities(jaccard, containment, outlines[:, 0], lefts, rights)
