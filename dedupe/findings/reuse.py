"""REU001, REU002: passages that also stand in other documents, quoted speech aside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings.from_blocks import covered_by, group_blocks, weight_between, with_left_out
from dedupe.findings.near_duplicates import NearDuplicates
from dedupe.findings.quotes import are_quotations
from dedupe.findings.reasons import QUOTED, about
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


def kept_copies(
    corpus: Corpus, group_of: NDArray[np.int64], taking_part: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(p,): of each group one passage a document, the first in running prose, else the first.

    Args:
        corpus: the documents.
        group_of: (p,): the group of each passage.
        taking_part: (p,): passages that may be one.
    """
    passages = corpus.passages
    rows = np.flatnonzero(taking_part)
    kept = np.zeros(len(passages), np.bool_)
    if rows.size == 0:
        return kept
    # Stable, so that within a group passages stay in order and documents together.
    rows = rows[np.argsort(group_of[rows], kind="stable")]
    group, document = group_of[rows], passages.document[rows]
    begins = np.flatnonzero(np.append(True, (group[1:] != group[:-1]) | (document[1:] != document[:-1])))
    places = np.where(passages.flags[rows] & PROSE, np.arange(rows.size), rows.size)
    in_prose = np.minimum.reduceat(places, begins)
    kept[rows[np.where(in_prose < rows.size, in_prose, begins)]] = True
    return kept


def blocks_across(
    corpus: Corpus, groups: Groups, is_kept: NDArray[np.bool_], compute: Compute
) -> Blocks | None:
    """Blocks between different documents; None where there are none.

    Args:
        corpus: the documents.
        groups: of their passages.
        is_kept: (p,): ``kept_copies``.
        compute: what computes it.
    """
    passages = corpus.passages
    kept = np.flatnonzero(is_kept)
    anchors = np.full(groups.anchor.size, -1, np.int64)
    # Written backwards, so that the first one stays: any place of the group, better one of its anchor.
    anchors[groups.group[kept[::-1]]] = kept[::-1]
    content = passages.content
    original = kept[content[kept] == content[groups.anchor[groups.group[kept]]]][::-1]
    anchors[groups.group[original]] = original
    lefts, rights = links(kept, groups.group[kept], anchors)
    extra = groups.extra[is_kept[groups.extra].all(axis=1)]
    lefts = np.concatenate([lefts, extra[:, 0]])
    rights = np.concatenate([rights, extra[:, 1]])
    across = passages.document[lefts] != passages.document[rights]
    if not across.any():
        return None
    return blocks(
        lefts[across],
        rights[across],
        groups.group,
        is_kept,
        passages.document,
        passages.weight,
        compute.run,
    )


def find_reuse(
    found: Blocks | None,
    near: NearDuplicates,
    taking_part: NDArray[np.bool_],
    corpus: Corpus,
    groups: Groups,
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> Finds:
    """What stands, the same or similar, in several documents.

    No finding names a near-duplicate beside its anchor:
    that they share this is said already.
    """
    if found is not None:
        found = found.take(found.matched >= settings.min_words * WEIGHT_OF_WORD)
    if not found:
        return empty()
    passages = corpus.passages
    grouped = group_blocks(found, corpus, settings, compute, jobs, apart=False)
    long_enough = taking_part & (passages.weight >= settings.min_words * WEIGHT_OF_WORD)
    rows = np.flatnonzero(kept_copies(corpus, groups.kind, long_enough))
    first, last = (
        np.concatenate([getattr(each, name) for each in (grouped, near.finds)])
        for name in ("first", "last")
    )
    grouped = with_left_out(grouped, rows, groups.kind[rows], covered_by(first, last, len(passages)))
    anchor_of = near.anchor
    document = passages.document[grouped.first]
    count = corpus.documents
    named = distinct(grouped.finding * count + document)
    beside = grouped.finding * count + anchor_of[document]
    at = np.minimum(np.searchsorted(named, beside), max(named.size - 1, 0))
    member = (anchor_of[document] != document) & (named[at] == beside) & ~grouped.anchor
    leading = np.zeros(grouped.count, np.int64)
    leading[grouped.finding[grouped.anchor]] = document[grouped.anchor]
    leading = leading[grouped.finding]
    grouped = grouped.take(~member & ((anchor_of[leading] != document) | (leading == document)))
    if grouped.count == 0:
        return empty()
    anchor = np.flatnonzero(grouped.anchor)
    anchor = anchor[np.argsort(grouped.finding[anchor])]
    weight = weight_between(passages.weight, grouped.first[anchor], grouped.last[anchor])
    quotations = are_quotations(
        corpus,
        grouped.finding,
        passages.document[grouped.first],
        passages.start[grouped.first],
        passages.end[grouped.last],
        compute,
    )
    return finds_of(
        np.where(quotations, "REU002", "REU001"),
        np.where((weight >= LONG_WEIGHT) & ~quotations, WARNING, INFO),
        grouped.finding,
        grouped.first,
        grouped.last,
        grouped.anchor,
        first_of_each(grouped.finding, grouped.first, np.zeros(grouped.first.size, np.bool_)),
        grouped.exact,
        grouped.jaccard,
        grouped.containment,
        np.zeros(grouped.first.size, np.bool_),
        about=np.where(quotations, about(QUOTED, grouped.count), -1),
    )
