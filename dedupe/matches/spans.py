"""Spans: stretches that say the same wherever they begin and end, from words that few places share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.matches.extension import TELLING, TELLING_WEAK, WEAK
from dedupe.matches.groups import Groups
from dedupe.matches.looks import look_at
from dedupe.matches.stretches import Stretches, add_weights, empty, weight_of
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.looks import ADDRESS
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus

EVIDENCE: Final = {"normal": 31.0, "high": 21.0}
"""Nats that a span must have in a small corpus, by sensitivity."""
MATCHED_INSIDE: Final = 0.55
"""Share of its words that a span inside one document must have on the other side: an author writes alike
all along, so traces that tell a rewritten copy from another article tell nothing here."""
AS_IT_IS: Final = 0.9
"""Share of both sides that is matched where one is a copy of the other as it stands. Any other span
that holds web or mail addresses must have words enough besides: TELLING, or TELLING_WEAK;"""
LOOKED_AT: Final = 64 * WEIGHT_OF_WORD
"""what has more than so many quarter words has."""


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
    longer = np.maximum(weight, other_weight)
    copied = matched >= MATCHED_INSIDE * longer
    in_words = matched * (left_end - left) // np.maximum(weight, 1)
    held = Stretches(left, left_end, right, right_end, np.ones(len(found), np.bool_), in_words)
    held_back = _mostly_addresses(corpus, held, matched, (weight, other_weight), compute, jobs)
    one = np.searchsorted(corpus.first_words, left, "right")
    other = np.searchsorted(corpus.first_words, right, "right")
    return held.take((one == other) & copied & ~held_back), held.take((one != other) & ~held_back)


def _mostly_addresses(
    corpus: Corpus,
    spans: Stretches,
    matched: NDArray[np.int64],
    weights: tuple[NDArray[np.int64], NDArray[np.int64]],
    compute: Compute,
    jobs: int,
) -> NDArray[np.bool_]:
    """(n,): spans that say too little besides addresses.

    ``matched`` (n,) and ``weights`` of both sides in quarter words.
    """
    # A word of one side may stand for several of the other one.
    matched = np.minimum(matched, np.minimum(*weights))
    longer = np.maximum(*weights)
    rows = np.flatnonzero((matched < AS_IT_IS * longer) & (matched <= LOOKED_AT))
    begin = np.concatenate([spans.left[rows], spans.right[rows]])
    end = np.concatenate([spans.left_end[rows], spans.right_end[rows]])
    addresses = _in_addresses(corpus, begin, end, compute, jobs).reshape(2, -1).min(axis=0)
    least = np.where(matched < WEAK * longer, TELLING_WEAK, TELLING)[rows]
    found = np.zeros(len(spans), np.bool_)
    found[rows] = (addresses > 0) & (matched[rows] - addresses < least)
    return found


def _in_addresses(
    corpus: Corpus, begin: NDArray[np.int64], end: NDArray[np.int64], compute: Compute, jobs: int
) -> NDArray[np.int64]:
    """(n,): quarter words of ranges that stand in web and mail addresses."""
    passages = corpus.passages
    first = np.searchsorted(passages.first_word, begin, "right") - 1
    behind = np.searchsorted(passages.first_word, end, "left")
    # The passages that any of them touches, each once.
    touched = np.zeros(len(passages) + 1, np.int64)
    np.add.at(touched, first, 1)
    np.add.at(touched, behind, -1)
    rows = np.flatnonzero(np.cumsum(touched)[:-1] > 0)
    sizes = passages.words[rows]
    places = np.cumsum(sizes) - sizes
    looks = np.zeros(int(sizes.sum()), np.uint8)
    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        look_at(corpus, rows, places, looks, compute, pool)
    at = places[np.searchsorted(rows, first)] + begin - passages.first_word[first]
    weights = np.empty(begin.size, np.int64)
    compute.run(add_addresses)(corpus.words, begin, end, looks, at, weights)
    return weights


def add_addresses(
    words: NDArray[np.uint64],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    looks: NDArray[np.uint8],
    places: NDArray[np.int64],
    weights: NDArray[np.int64],
) -> None:
    """Write to ``weights``, (n,), the quarter words of each range that stand in addresses.

    ``places``: (n,), where the first word of each has its bits in ``looks``.
    """
    for row in range(begins.size):
        total = np.int64(0)
        for step in range(ends[row] - begins[row]):
            if looks[places[row] + step] & ADDRESS:
                total += WEIGHT_OF_WORD >> np.int64(words[begins[row] + step] & np.uint64(3))
        weights[row] = total
