"""REU001, REU002: passages that also stand in other documents, quoted speech aside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings.against import between
from dedupe.findings.from_stretches import (
    Copies,
    Grouped,
    documents_of,
    finds_in_words,
    group_stretches,
    long_enough,
    weight_between,
    with_left_out,
    words_of,
)
from dedupe.findings.near_duplicates import NearDuplicates
from dedupe.findings.quotes import are_quotations
from dedupe.findings.reasons import QUOTED, about
from dedupe.findings.repetition import first_of_each
from dedupe.findings.severity import INFO, LONG_WEIGHT, WARNING
from dedupe.findings.tables import Finds, empty
from dedupe.matches.blocks import blocks
from dedupe.matches.groups import Groups
from dedupe.matches.links import links
from dedupe.matches.stretches import Stretches, count_covered, covered, joined, of_blocks
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.rules import PROSE
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus


def kept_copies(
    corpus: Corpus, group_of: NDArray[np.int64], taking_part: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(p,): of each group one passage a document, the first in running prose, else the first.

    Of documents that are laid against an archive all passages are.

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
    if corpus.archive:
        kept[rows[document >= corpus.archive]] = True
    return kept


def stretches_across(
    corpus: Corpus,
    groups: Groups,
    is_kept: NDArray[np.bool_],
    compute: Compute,
    spans: Stretches | None = None,
) -> Stretches:
    """What different documents have in common: blocks of passages, and spans laid over them.

    Args:
        corpus: the documents.
        groups: of their passages.
        is_kept: (p,): ``kept_copies``.
        compute: what computes it.
        spans: between different documents.
    """
    passages = corpus.passages
    kept = np.flatnonzero(is_kept)
    anchors = np.full(groups.anchor.size, -1, np.int64)
    # Written backwards, so that the first one stays: any place of the group, better one of its anchor.
    anchors[groups.group[kept[::-1]]] = kept[::-1]
    content = passages.content
    if corpus.archive == 0:  # else the first place is the archive's, if it has one
        original = kept[content[kept] == content[groups.anchor[groups.group[kept]]]][::-1]
        anchors[groups.group[original]] = original
    lefts, rights = links(kept, groups.group[kept], anchors, compute.run)
    extra = groups.extra[is_kept[groups.extra].all(axis=1)]
    lefts = np.concatenate([lefts, extra[:, 0]])
    rights = np.concatenate([rights, extra[:, 1]])
    across = passages.document[lefts] != passages.document[rights]
    found = blocks(
        lefts[across],
        rights[across],
        groups.group,
        is_kept,
        passages.document,
        passages.weight,
        compute.run,
    )
    held = of_blocks(found, passages.first_word, passages.words)
    if spans is not None:
        held = joined([held, spans], corpus.first_words, compute.run)
    return between(corpus, held) if corpus.archive else held


def find_reuse(
    found: Stretches,
    near: NearDuplicates,
    taking_part: NDArray[np.bool_],
    corpus: Corpus,
    groups: Groups,
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> Finds:
    """What stands, the same or similar, in several documents.

    No finding names a near-duplicate beside its anchor: that they share this is said already.
    """
    found = long_enough(found, corpus, settings, compute)
    if len(found) == 0:
        return empty()
    passages = corpus.passages
    copies = Copies(np.flatnonzero(taking_part), groups.kind)
    grouped = group_stretches(found, corpus, settings, compute, jobs, apart=False, copies_of=copies)
    of_length = taking_part & (passages.weight >= settings.min_words * WEIGHT_OF_WORD)
    rows = np.flatnonzero(kept_copies(corpus, groups.kind, of_length))
    said, said_end = near.finds.words(passages)
    begin, end = words_of(passages, rows, rows)
    inside = covered(
        corpus.words.size,
        np.concatenate([grouped.begin, said]),
        np.concatenate([grouped.end, said_end]),
        begin,
        end,
        compute.run(count_covered),
    )
    grouped = with_left_out(grouped, rows, groups.kind[rows], passages, inside == end - begin)
    if corpus.archive == 0:  # else what is not in the near-duplicate's own finding is still to be said
        grouped = _without_near_duplicates(grouped, near.anchor, corpus)
    if grouped.count == 0:
        return empty()
    anchor = np.flatnonzero(grouped.anchor)
    anchor = anchor[np.argsort(grouped.finding[anchor])]
    weight = weight_between(corpus, grouped.begin[anchor], grouped.end[anchor], compute)
    finds = finds_in_words(
        np.full(grouped.count, "REU001"),
        np.where(weight >= LONG_WEIGHT, WARNING, INFO),
        grouped,
        first_of_each(grouped.finding, grouped.begin, np.zeros(grouped.begin.size, np.bool_)),
        corpus,
        compute,
        jobs,
    )
    quotations = are_quotations(finds, corpus, compute, jobs)
    return replace(
        finds,
        code=np.where(quotations, "REU002", finds.code),
        severity=np.where(quotations, INFO, finds.severity),
        about=np.where(quotations, about(QUOTED, grouped.count), -1),
    )


def _without_near_duplicates(grouped: Grouped, anchor_of: NDArray[np.int64], corpus: Corpus) -> Grouped:
    """Without near-duplicates that stand beside their anchors."""
    document = documents_of(corpus, grouped.begin)
    count = corpus.documents
    named = distinct(grouped.finding * count + document)
    beside = grouped.finding * count + anchor_of[document]
    at = np.minimum(np.searchsorted(named, beside), max(named.size - 1, 0))
    member = (anchor_of[document] != document) & (named[at] == beside) & ~grouped.anchor
    leading = np.zeros(grouped.count, np.int64)
    leading[grouped.finding[grouped.anchor]] = document[grouped.anchor]
    leading = leading[grouped.finding]
    return grouped.take(~member & ((anchor_of[leading] != document) | (leading == document)))
