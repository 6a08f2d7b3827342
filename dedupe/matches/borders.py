"""Where ranges of words lie in passages, and at which bytes those are cut."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.sketch.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Borders:
    """One end of each of n ranges of words."""

    passage: NDArray[np.int64]
    """(n,): row of the passage in which the range begins or ends."""
    words: NDArray[np.int64]
    """(n,): words of the passage before the border."""
    bytes: NDArray[np.int64]
    """(n,): bytes of the passage before it."""


def borders(
    corpus: Corpus, place: NDArray[np.int64], compute: Compute, jobs: int, *, ends: bool
) -> Borders:
    """The borders near which ranges of words begin or end: at sentences where few words are between.

    Args:
        corpus: the documents.
        place: (n,): first words of ranges, or the words behind their last ones.
        compute: what computes it.
        jobs: threads.
        ends: whether the ranges end there; else they begin.
    """
    passages = corpus.passages
    passage = np.searchsorted(passages.first_word, place - ends, "right") - 1
    words = place - passages.first_word[passage]
    length = passages.end[passage] - passages.start[passage]
    places = np.where(words > 0, length, 0)
    inside = np.flatnonzero((words > 0) & (words < passages.words[passage]))
    # Rows in the order of their text, batch by batch.
    inside = inside[np.argsort(passage[inside], kind="stable")]
    batches = np.searchsorted(passages.document[passage[inside]], corpus.batch_starts)

    def one(batch: int) -> None:
        rows = inside[batches[batch] : batches[batch + 1]]
        if rows.size == 0:
            return
        texts = corpus.texts[batch]
        of = passage[rows]
        base = texts.offsets[passages.document[of] - corpus.batch_starts[batch]]
        words[rows], at = compute.cuts(
            texts,
            base + passages.start[of],
            base + passages.end[of],
            passages.words[of],
            words[rows],
            ends_there=ends,
        )
        places[rows] = at - base - passages.start[of]

    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        list(pool.map(one, range(len(corpus.batches))))
    return Borders(passage, words, places)
