"""Evidence from the corpus: formulas, put together of phrases that many documents of many sources have.

"Actual results may differ materially from those expressed or implied": lawyers write this anew each
time, in the same words. No paragraph stands anywhere else as it is, but each of its phrases stands in
many documents, in other company each time. That tells a formula from a text that was copied often:
there the phrases around a phrase stand in as many documents as itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate.votes import sources_of
from dedupe.compute.interface import Compute
from dedupe.sketch.corpus import Corpus
from dedupe.sketch.ranges import rows_of

SAMPLE: Final = 1_500_000
"""Words of documents, evenly chosen, from which phrases are learned."""
FREER: Final = 4
"""More documents must have a phrase than have one close before it, and one close behind it:"""
AROUND: Final = 4
"""within so many words, so that nothing of 12 words that was copied whole is taken for a phrase."""
TOLD: Final = (
    (0.4, 8, 5.0),
    (0.5, 10, 7.0),
    (0.5, 20, 10.0),
    (0.6, 12, 10.0),
    (0.8, 8, 10.0),
    (0.75, 12, 14.0),
)
"""Nats of a passage of which this share of the words, and so many of them, stand in such phrases.
The first ones are enough beside other boilerplate only."""


@dataclass(frozen=True, slots=True)
class Formulas:
    """What phrases say of each word and passage."""

    words: NDArray[np.bool_]
    """(w,): stands in a phrase that many documents of several sources have."""
    within: NDArray[np.int64]
    """(p,): how many words of each passage do."""
    weight: NDArray[np.float64]
    """(p,): nats for boilerplate; 0 where there is no evidence."""


def formulas(corpus: Corpus, same: NDArray[np.int64], compute: Compute, jobs: int) -> Formulas:
    """Find phrases that are common to sources, and the passages that are put together of them.

    Args:
        corpus: the documents.
        same: (d,): the first document with the same words. Those that name no source say nothing.
        compute: what computes it.
        jobs: threads.
    """
    passages = corpus.passages
    places = _phrases(corpus, same, compute, jobs)
    if places.size:
        bounds = corpus.first_words
        words = compute.marked(corpus.words, bounds[:-1], bounds[1:], places, jobs)
        within = np.empty(len(passages), np.int64)
        compute.run(count_marked)(words.view(np.uint8), passages.first_word, passages.words, within)
    else:
        words, within = np.zeros(corpus.words.size, np.bool_), np.zeros(len(passages), np.int64)
    weight = np.zeros(len(passages))
    for share, least, nats in TOLD:
        told = (within >= least) & (within >= share * passages.words)
        weight[told] = np.maximum(weight[told], nats)
    return Formulas(words, within, weight)


def count_marked(
    marks: NDArray[np.uint8],
    firsts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    """Write to ``counts`` how many words of each passage are marked."""
    for row in range(firsts.size):
        total = np.int64(0)
        for word in range(firsts[row], firsts[row] + sizes[row]):
            total += np.int64(marks[word])
        counts[row] = total


def _phrases(corpus: Corpus, same: NDArray[np.int64], compute: Compute, jobs: int) -> NDArray[np.int64]:
    """Words of the corpus at which the phrases begin, each at least once."""
    # Copies of one document have one vote. Edited ones have more: they cannot make a phrase of what
    # they share, which is as frequent on one side as it is itself.
    sources = sources_of(corpus, same)
    named = np.array([name is not None for name in sources.names])
    rows = np.flatnonzero((same == np.arange(corpus.documents)) & named[sources.of])
    if np.unique(sources.of[rows]).size < 2:
        return np.empty(0, np.int64)
    rows = rows[:: 1 + int(corpus.document_words[rows].sum()) // SAMPLE]
    sizes = corpus.document_words[rows]
    firsts = np.cumsum(sizes) - sizes
    place = rows_of(corpus.first_words[rows], sizes)
    frequency, several = compute.frequencies(
        corpus.words[place], firsts, firsts + sizes, sources.of[rows], jobs
    )
    common = np.flatnonzero(several & (frequency > FREER))
    document = np.repeat(np.arange(rows.size), sizes)
    # Inside of what was copied whole it is as frequent on one side at least as it is itself.
    freer = np.ones(common.size, np.bool_)
    for steps in (range(-AROUND, 0), range(1, AROUND + 1)):
        least = frequency[common]
        for step in steps:
            beside = np.clip(common + step, 0, place.size - 1)
            least = np.minimum(
                least, np.where(document[beside] == document[common], frequency[beside], 0)
            )
        freer &= frequency[common] - least > FREER
    return place[common[freer]]
