"""Only what documents share with an archive: the rules that differ where there is one.

The archive's documents come first in the corpus. Everything is compared as always, with these
exceptions, for nothing that a document shares with the archive may go unsaid because another document
says it too:

- a document is a copy, or a near-duplicate, of one of the archive's alone;
- every place in a document is laid against the archive's, not just the first one of each document;
- what documents share with each other, and an archive with itself, is no finding.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.findings.near_duplicates import NearDuplicates
from dedupe.findings.tables import Finds
from dedupe.matches.stretches import Stretches, count_covered, covered
from dedupe.sketch.corpus import Corpus


def first_in_archive(corpus: Corpus, same: NDArray[np.int64]) -> NDArray[np.int64]:
    """(d,): the first document of the archive with the same words, else the document itself.

    ``same``: (d,), ``near_duplicates.first_of_equal``.
    """
    rows = np.arange(corpus.documents)
    return np.where(same < corpus.archive, same, rows)


def between(corpus: Corpus, stretches: Stretches) -> Stretches:
    """Those of which one side stands in the archive and the other does not."""
    border = corpus.first_words[corpus.archive]
    return stretches.take((stretches.left < border) & (stretches.right >= border))


def led_by_archive(corpus: Corpus, near: NearDuplicates) -> NearDuplicates:
    """The same, but a document's anchor is the first of the archive's in its finding.

    Those have none: what they have in common with a document is never said by another.
    """
    finding = np.repeat(np.arange(len(near.finds)), np.diff(near.finds.bounds))
    document = corpus.passages.document[near.finds.first]
    own = document >= corpus.archive
    first = np.full(len(near.finds), corpus.documents, np.int64)
    np.minimum.at(first, finding, document)
    anchor = np.arange(corpus.documents)
    anchor[document[own]] = first[finding[own]]
    return replace(near, anchor=anchor)


def said_by_anchor(corpus: Corpus, near: NearDuplicates, compute: Compute) -> NDArray[np.bool_]:
    """(p,): passages of near-duplicates that stand, for the most part, in their finding."""
    passages = corpus.passages
    begin, end = near.finds.words(passages)
    document = passages.document[near.finds.first]
    member = near.anchor[document] != document
    counts = covered(
        corpus.words.size,
        begin[member],
        end[member],
        passages.first_word,
        passages.first_word + passages.words,
        compute.run(count_covered),
    )
    said: NDArray[np.bool_] = 2 * counts > passages.words
    return said


def shared_with_archive(corpus: Corpus, finds: Finds) -> Finds:
    """The findings with places both in the archive and in other documents, boilerplate left out."""
    own = corpus.passages.document[finds.first] >= corpus.archive
    finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
    places = np.bincount(finding, minlength=len(finds))
    of_own = np.bincount(finding, own, len(finds))
    kept = (of_own > 0) & (of_own < places) & ~np.char.startswith(finds.code, "BPL")
    return finds.take(np.flatnonzero(kept))
