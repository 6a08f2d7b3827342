"""REU001: passages that also stand in other documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings.from_blocks import group_blocks, weight_between
from dedupe.findings.repetition import first_of_each
from dedupe.findings.severity import INFO, LONG_WEIGHT, WARNING
from dedupe.findings.tables import Finds, empty, finds_of
from dedupe.matches.blocks import Blocks, blocks
from dedupe.matches.groups import Groups
from dedupe.matches.links import links
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.rules import PROSE
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus


def blocks_across(
    corpus: Corpus, groups: Groups, taking_part: NDArray[np.bool_], compute: Compute
) -> Blocks | None:
    """Blocks between different documents; None where there are none.

    Of each group one passage a document takes part, the kept copy: the first in running prose,
    else the first.

    Args:
        corpus: the documents.
        groups: of their passages.
        taking_part: (p,): passages that may be linked.
        compute: what computes it.
    """
    passages = corpus.passages
    rows = np.flatnonzero((groups.group >= 0) & taking_part)
    group, document = groups.group[rows], passages.document[rows]
    order = np.lexsort((rows, passages.flags[rows] & PROSE == 0, document, group))
    leading = np.ones(order.size, np.bool_)
    leading[1:] = (group[order][1:] != group[order][:-1]) | (document[order][1:] != document[order][:-1])
    kept = np.sort(rows[order[leading]])
    anchors = np.full(groups.anchor.size, -1, np.int64)
    # Written backwards, so that the first one stays: any place of the group, better one of its anchor.
    anchors[groups.group[kept[::-1]]] = kept[::-1]
    content = passages.content
    original = kept[content[kept] == content[groups.anchor[groups.group[kept]]]][::-1]
    anchors[groups.group[original]] = original
    lefts, rights = links(kept, groups.group[kept], anchors)
    extra = groups.extra[taking_part[groups.extra].all(axis=1)]
    lefts = np.concatenate([lefts, extra[:, 0]])
    rights = np.concatenate([rights, extra[:, 1]])
    across = passages.document[lefts] != passages.document[rights]
    if not across.any():
        return None
    return blocks(
        lefts[across], rights[across], groups.group, passages.document, passages.weight, compute.run
    )


def find_reuse(
    found: Blocks | None,
    near: NDArray[np.int64],
    corpus: Corpus,
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> Finds:
    """What stands, the same or similar, in several documents.

    No finding names a near-duplicate beside its anchor (``near``, (d,): the anchor of each document):
    that they share this is said already.
    """
    if found is not None:
        found = found.take(found.matched >= settings.min_words * WEIGHT_OF_WORD)
    if not found:
        return empty()
    passages = corpus.passages
    grouped = group_blocks(found, corpus, settings, compute, jobs, apart=False)
    document = passages.document[grouped.first]
    count = corpus.documents
    named = distinct(grouped.finding * count + document)
    beside = grouped.finding * count + near[document]
    at = np.minimum(np.searchsorted(named, beside), max(named.size - 1, 0))
    member = (near[document] != document) & (named[at] == beside) & ~grouped.anchor
    leading = np.zeros(grouped.count, np.int64)
    leading[grouped.finding[grouped.anchor]] = document[grouped.anchor]
    leading = leading[grouped.finding]
    grouped = grouped.take(~member & ((near[leading] != document) | (leading == document)))
    if grouped.count == 0:
        return empty()
    anchor = np.flatnonzero(grouped.anchor)
    anchor = anchor[np.argsort(grouped.finding[anchor])]
    weight = weight_between(passages.weight, grouped.first[anchor], grouped.last[anchor])
    return finds_of(
        np.full(grouped.count, "REU001"),
        np.where(weight >= LONG_WEIGHT, WARNING, INFO),
        grouped.finding,
        grouped.first,
        grouped.last,
        grouped.anchor,
        first_of_each(grouped.finding, grouped.first, np.zeros(grouped.first.size, np.bool_)),
        grouped.exact,
        grouped.jaccard,
        grouped.containment,
        np.zeros(grouped.first.size, np.bool_),
    )
