"""Evidence from the corpus: the same passage, exact or near, in many documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate.votes import Sources, Votes, count_votes
from dedupe.matches.groups import Groups
from dedupe.sketch.corpus import Corpus

FEWEST: Final = 3
"""Votes from which a repeated passage says anything: two documents that share one share a text."""
VERSIONS: Final = 0.5
"""Share of a document's words that many others have, from which it has no vote without a source."""
_A_DOUBLING: Final = 3.0
"""Nats for each time that the votes double; three votes give one doubling's worth."""
_OF_SHORT: Final = 3.0
"""Nats less for a passage below the minimum length: headings and labels return in real articles."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """What repetition across documents says of each passage."""

    votes: Votes
    """Of each group."""
    weight: NDArray[np.float64]
    """(p,): nats for boilerplate; 0 where there is no evidence."""


def repeated(
    corpus: Corpus,
    groups: Groups,
    voter: NDArray[np.int64],
    sources: Sources,
    least_weight: int,
    run: Callable[..., int],
) -> Repeated:
    """Weigh how many documents of one source carry each passage.

    Args:
        corpus: the documents.
        groups: of their passages.
        voter: (d,): ``votes.electorate``.
        sources: of the documents.
        least_weight: quarter words of a passage that is compared with similar ones.
        run: ``equal.number``, compiled or not.
    """
    passages = corpus.passages
    rows = np.flatnonzero(groups.group >= 0)

    def count(rows: NDArray[np.int64]) -> Votes:
        group, document = groups.group[rows], passages.document[rows]
        return count_votes(group, document, groups.anchor.size, voter, sources, run)

    votes = count(rows)
    without = np.array([name is None for name in sources.names])[sources.of]
    if without.any():
        # Without a source, documents that have most of their words in common are versions of one
        # text: what they share was written for them.
        common = rows[votes.most[groups.group[rows]] >= FEWEST]
        shared = np.bincount(passages.document[common], passages.weight[common], corpus.documents)
        whole = np.bincount(passages.document, passages.weight, corpus.documents)
        versions = without & (shared >= VERSIONS * whole)
        if versions.any():
            votes = count(rows[~versions[passages.document[rows]]])
    strength = np.zeros(groups.anchor.size)
    told = votes.most >= FEWEST
    strength[told] = _A_DOUBLING * np.log2(votes.most[told] / (FEWEST / 2))
    weight = np.zeros(len(passages))
    weight[rows] = strength[groups.group[rows]]
    short = (weight > 0) & (passages.weight < least_weight)
    weight[short] = np.maximum(weight[short] - _OF_SHORT, 0.0)
    # Headlines of a series are much alike; only one that returns to the letter is furniture.
    titles = corpus.titles
    equal = np.bincount(groups.kind, minlength=groups.anchor.size)[groups.kind[titles]]
    weight[titles[equal < FEWEST]] = 0.0
    return Repeated(votes, weight)
