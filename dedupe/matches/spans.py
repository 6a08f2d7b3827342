"""Spans: stretches that say the same wherever they begin and end, from words that few places share."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.matches.groups import Groups
from dedupe.matches.stretches import Stretches, add_weights, empty, weight_of
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus

EVIDENCE: Final = {"normal": 31.0, "high": 21.0}
"""Nats that a span must have in a small corpus, by sensitivity."""
MATCHED_INSIDE: Final = 0.55
"""Share of its words that a span inside one document must have on the other side: an author writes alike
all along, so traces that tell a rewritten copy from another article tell nothing here."""


def find_spans(
    corpus: Corpus,
    groups: Groups,
    others: NDArray[np.bool_],
    left_out: NDArray[np.bool_],
    formula: NDArray[np.bool_],
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> tuple[Stretches, Stretches]:
    """Grow spans from the seeds that passages share.

    Args:
        corpus: the documents.
        groups: of their passages; of equal ones one is searched: the others are known to be copies.
        others: (p,): passages of documents that are no copies of an earlier one.
        left_out: (p,): passages that are not compared (boilerplate).
        formula: (w,): words of phrases that many sources have in common.
        settings: the sensitivity.
        compute: what computes it.
        jobs: threads.

    Returns:
        Those inside documents, and those across.
    """
    if settings.sensitivity == "low":
        return empty(), empty()
    passages = corpus.passages
    document = passages.document
    searched = np.zeros(len(passages), np.bool_)
    searched[groups.anchor] = True
    if corpus.archive:
        # Copies of each other, too: which of them the archive's are laid against would be chance.
        own = document >= corpus.archive
        searched |= own & own[groups.anchor[groups.kind]]
    searched &= others & ~left_out
    goes_on = np.zeros(len(passages) + 1, np.bool_)
    goes_on[1:-1] = searched[1:] & searched[:-1] & (document[1:] == document[:-1])
    first = np.flatnonzero(searched & ~goes_on[:-1])
    last = np.flatnonzero(searched & ~goes_on[1:])
    found = compute.spans(
        corpus.words,
        corpus.first_words,
        np.repeat(left_out.view(np.uint8), passages.words),
        formula.view(np.uint8),
        passages.first_word[first],
        passages.first_word[last] + passages.words[last],
        EVIDENCE[settings.sensitivity],
        jobs,
    )
    left, left_end, right, right_end, matched = np.ascontiguousarray(found.T)
    weight = weight_of(corpus.words, left, left_end, compute.run(add_weights))
    other_weight = weight_of(corpus.words, right, right_end, compute.run(add_weights))
    copied = matched >= MATCHED_INSIDE * np.maximum(weight, other_weight)
    in_words = matched * (left_end - left) // np.maximum(weight, 1)
    held = Stretches(left, left_end, right, right_end, np.ones(len(found), np.bool_), in_words)
    one = np.searchsorted(corpus.first_words, left, "right")
    other = np.searchsorted(corpus.first_words, right, "right")
    return held.take((one == other) & copied), held.take(one != other)
