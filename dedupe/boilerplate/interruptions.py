"""Evidence from the corpus: what interrupts the running text of many articles of a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate.templates import FILLINGS
from dedupe.boilerplate.votes import Sources, Votes, count_votes, numbered
from dedupe.compute.interface import Compute
from dedupe.matches.equal import hash_runs, hashes_of, number
from dedupe.sketch.corpus import Corpus

FEWEST: Final = 5
"""Votes of one source that make a marker furniture,"""
SHARE: Final = 0.03
"""and at least this share of its articles: names stand in capitals, and remarks in brackets."""


@dataclass(frozen=True, slots=True)
class Interruptions:
    """Markers that are boilerplate, inside passages that are not: columns of (n,)."""

    passage: NDArray[np.int64]
    cut: NDArray[np.int64]
    """(n, 4): words and bytes of the passage before the marker, words and bytes behind it."""
    thing: NDArray[np.int64]
    """Row of what it is one of."""
    template: NDArray[np.bool_]
    """It is a label with different fillings."""
    votes: Votes
    """Of each thing."""
    fillings: NDArray[np.int64]
    key: NDArray[np.uint64]
    """Of each thing, a hash of its words."""


def interruptions(
    corpus: Corpus, voter: NDArray[np.int64], sources: Sources, compute: Compute
) -> Interruptions:
    """Find the markers that enough documents of one source carry, whole or by their label.

    Args:
        corpus: the documents.
        voter: (d,): ``votes.electorate``.
        sources: of the documents.
        compute: what computes it.
    """
    passages, run = corpus.passages, compute.run(number)
    passage, first, words, start, end, label = corpus.markers.T
    begins = passages.first_word[passage] + first
    document = passages.document[passage]
    count = begins.size
    # Each marker twice: by all of its words, and, where it has one, by its label.
    labelled = np.flatnonzero(label)
    rows = np.concatenate([np.arange(count), labelled])
    sizes = np.concatenate([words, label[labelled]])
    salts = np.repeat(np.array([5, 6]), [count, labelled.size])
    keys = hashes_of(corpus.words, begins[rows], sizes, salts, compute.run(hash_runs))
    thing, leading = numbered(keys.view(np.int64), run)
    whole = keys[:count]
    _, distinct = numbered((keys ^ whole[rows] * np.uint64(3)).view(np.int64), run)
    fillings = np.bincount(thing[distinct], minlength=leading.size)
    votes = count_votes(thing, document[rows], leading.size, voter, sources, run)
    share = votes.most / np.maximum(sources.voters[votes.source], 1)
    chosen = (votes.most >= FEWEST) & (share >= SHARE)
    of_label = np.full(count, -1)
    of_label[labelled] = thing[count:]
    told = np.where(of_label >= 0, (chosen & (fillings >= FILLINGS))[of_label], False)
    held = np.flatnonzero(told | chosen[thing[:count]])
    size = passages.end[passage] - passages.start[passage]
    cut = np.stack([first, start, passages.words[passage] - first - words, size - end], axis=1).astype(
        np.int64
    )
    return Interruptions(
        passage[held],
        cut[held],
        np.where(told, of_label, thing[:count])[held],
        told[held],
        votes,
        fillings,
        keys[leading],
    )
