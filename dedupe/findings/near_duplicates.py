"""DUP001, DUP002, DUP003: whole documents that stand twice: exactly, edited, one inside the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings.from_stretches import Grouped, documents_of, finds_in_words
from dedupe.findings.severity import ERROR, WARNING
from dedupe.findings.tables import Finds, empty, finds_of
from dedupe.matches.groups import Groups, similarity_of
from dedupe.matches.stars import cover, stars
from dedupe.matches.stretches import Stretches, count_covered, covered
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus

PART: Final = 0.8
"""A near-duplicate with less than this share of the other's words is one inside the other."""


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Findings, and which passages they speak for."""

    finds: Finds
    anchor: NDArray[np.int64]
    """(d,): the anchor of each document that is a near-duplicate, else the document itself."""


def first_of_equal(corpus: Corpus) -> NDArray[np.int64]:
    """(d,): for each document the first with the same words in the same order; itself without a word."""
    _, first, kind = np.unique(corpus.document_content, return_index=True, return_inverse=True)
    rows = np.arange(corpus.documents)
    return np.where(corpus.document_words > 0, first[kind], rows)


def find_exact_copies(corpus: Corpus, same: NDArray[np.int64]) -> Finds:
    """DUP001: documents with the words of another, in the same order."""
    copies = np.bincount(same, minlength=corpus.documents)
    rows = np.flatnonzero(copies[same] > 1)
    if rows.size == 0:
        return empty()
    firsts, finding = np.unique(same[rows], return_inverse=True)
    first_passage = corpus.first_passages
    yes, one = np.ones(rows.size, np.bool_), np.ones(rows.size)
    anchor = same[rows] == rows
    return finds_of(
        np.full(firsts.size, "DUP001"),
        np.full(firsts.size, ERROR),
        finding,
        first_passage[rows],
        first_passage[rows + 1] - 1,
        anchor,
        anchor.copy(),
        yes,
        one,
        one.copy(),
        yes.copy(),
    )


def find_near_duplicates(
    found: Stretches,
    corpus: Corpus,
    left_out: NDArray[np.bool_],
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> NearDuplicates:
    """DUP002 and DUP003, from the stretches between documents.

    Two documents are compared where these span enough of the shorter one; what decides is
    the exact containment of its shingles. Documents gather around anchors as passages do.

    Args:
        found: stretches between different documents.
        corpus: the documents.
        left_out: (p,): passages that are not compared (boilerplate).
        settings: the threshold and shingle.
        compute: what computes it.
        jobs: threads.
    """
    passages = corpus.passages
    none = NearDuplicates(empty(), np.arange(corpus.documents))
    if len(found) == 0:
        return none
    left, right = documents_of(corpus, found.left), documents_of(corpus, found.right)
    pairs, of_pair = np.unique(left << 32 | right, return_inverse=True)
    spans = np.minimum(found.left_end - found.left, found.right_end - found.right)
    words = np.where(left_out, 0, passages.words)
    size = np.bincount(passages.document, words, corpus.documents)
    shorter = np.minimum(size[pairs >> 32], size[pairs & 0xFFFFFFFF])
    # They may hold less than what is contained, and may overlap: this only picks whom to compare.
    enough = np.bincount(of_pair, spans) >= 0.75 * settings.document_threshold * shorter
    compared = pairs[enough]
    lefts, rights = compared >> 32, compared & 0xFFFFFFFF
    words, firsts = words_without(corpus, left_out, np.concatenate([lefts, rights]))
    jaccard, containment = similarity_of(
        words, firsts[:-1], firsts[1:], lefts, rights, settings, compute, jobs
    )
    near = containment >= settings.document_threshold
    compared, lefts, rights = compared[near], lefts[near], rights[near]
    jaccard, containment = jaccard[near], containment[near]
    if lefts.size == 0:
        return none
    centres, partners = stars(
        corpus.documents,
        lefts,
        rights,
        jaccard,
        np.ones(corpus.documents, np.int64),
        compute.run(cover),
    )
    grouped = centres[lefts] == centres[rights]
    member_of = np.where(centres[lefts] == lefts, lefts, rights)
    to_centre = grouped & ((centres[lefts] == lefts) | (centres[rights] == rights))
    alone = (partners[lefts] == rights) | (partners[rights] == lefts)
    member_of = np.where(
        alone & ~to_centre, np.where(partners[lefts] == rights, rights, lefts), member_of
    )
    held = np.flatnonzero(to_centre | alone)
    anchors = member_of[held]
    members = np.where(anchors == lefts[held], rights[held], lefts[held])
    words = np.diff(firsts)
    size = np.minimum(words[anchors], words[members]) / np.maximum(words[anchors], words[members])
    part = size < PART
    # One finding for each anchor and code.
    kinds, finding = np.unique(anchors << 1 | part, return_inverse=True)
    row_of_pair = np.searchsorted(pairs, compared[held])
    pair_row = np.full(pairs.size, -1, np.int64)
    pair_row[row_of_pair] = np.arange(held.size)
    blocks = np.flatnonzero(pair_row[of_pair] >= 0)
    of = pair_row[of_pair[blocks]]
    anchor_is_left = left[blocks] == anchors[of]
    chosen = found.take(blocks)
    ranges = [
        (
            finding[of],
            np.where(anchor_is_left, chosen.left, chosen.right),
            np.where(anchor_is_left, chosen.left_end, chosen.right_end),
        ),
        (
            finding[of],
            np.where(anchor_is_left, chosen.right, chosen.left),
            np.where(anchor_is_left, chosen.right_end, chosen.left_end),
        ),
    ]
    of_finding, begin, end = (np.concatenate(columns) for columns in zip(*ranges, strict=True))
    of_finding, begin, end = unite(of_finding, begin, end, corpus.first_words)
    document = documents_of(corpus, begin)
    finding_anchor = (kinds >> 1)[of_finding]
    is_anchor_document = document == finding_anchor
    order = np.argsort(anchors * corpus.documents + members)
    place = np.searchsorted(
        (anchors * corpus.documents + members)[order], finding_anchor * corpus.documents + document
    )
    place = order[np.minimum(place, order.size - 1)]
    leading = np.ones(begin.size, np.bool_)
    leading[1:] = (of_finding[1:] != of_finding[:-1]) | (document[1:] != document[:-1])
    first_document = np.full(kinds.size, corpus.documents, np.int64)
    np.minimum.at(first_document, of_finding, document)
    anchor_of = np.arange(corpus.documents)
    anchor_of[members] = anchors
    return NearDuplicates(
        finds_in_words(
            np.where(kinds & 1, "DUP003", "DUP002"),
            np.full(kinds.size, WARNING),
            Grouped(
                kinds.size,
                of_finding,
                begin,
                end,
                is_anchor_document & leading,
                np.zeros(begin.size, np.bool_),
                np.where(is_anchor_document, 1.0, jaccard[held][place]),
                np.where(is_anchor_document, 1.0, containment[held][place]),
            ),
            document == first_document[of_finding],
            corpus,
            compute,
            jobs,
        ),
        anchor_of,
    )


def words_without(
    corpus: Corpus, left_out: NDArray[np.bool_], documents: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The words of some documents but those of passages that are left out.

    Returns:
        words: (w,).
        bounds: (d + 1,): where the words of each document of the corpus begin; those not asked for
            have none.
    """
    if not left_out.any():
        return corpus.words, corpus.first_words
    passages = corpus.passages
    asked = np.zeros(corpus.documents, np.bool_)
    asked[documents] = True
    rows = np.flatnonzero(asked[passages.document] & ~left_out)
    sizes = passages.words[rows]
    before = np.cumsum(sizes) - sizes
    places = np.repeat(passages.first_word[rows] - before, sizes) + np.arange(sizes.sum())
    counts = np.bincount(passages.document[rows], sizes, corpus.documents).astype(np.int64)
    return corpus.words[places], np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])


def said_by_anchor(corpus: Corpus, groups: Groups, anchor: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(p,): passages of near-duplicates that match one of their anchor: reuse is the anchor's alone."""
    document = corpus.passages.document
    count = groups.anchor.size + 1
    held = distinct(document * count + groups.group)
    wanted = anchor[document] * count + groups.group
    at = np.minimum(np.searchsorted(held, wanted), max(held.size - 1, 0))
    said: NDArray[np.bool_] = (held[at] == wanted) & (anchor[document] != document)
    said &= groups.group >= 0
    return said


def not_said(stretches: Stretches, corpus: Corpus, near: NearDuplicates, compute: Compute) -> Stretches:
    """Stretches of which neither side stands mostly in what a near-duplicate has of its anchor."""
    begin, end = near.finds.words(corpus.passages)
    document = corpus.passages.document[near.finds.first]
    member = near.anchor[document] != document
    said = covered(
        corpus.words.size,
        begin[member],
        end[member],
        np.concatenate([stretches.left, stretches.right]),
        np.concatenate([stretches.left_end, stretches.right_end]),
        compute.run(count_covered),
    )
    left, right = said[: len(stretches)], said[len(stretches) :]
    return stretches.take(
        (2 * left <= stretches.left_end - stretches.left)
        & (2 * right <= stretches.right_end - stretches.right)
    )


def unite(
    finding: NDArray[np.int64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    bounds: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Ranges of words of the same finding and document that touch or overlap, as one.

    ``bounds``: (d + 1,), where the words of each document begin.
    """
    order = np.lexsort((end, begin, finding))
    finding, begin, end = finding[order], begin[order], end[order]
    document = np.searchsorted(bounds, begin, "right") - 1
    new = np.ones(begin.size, np.bool_)
    new[1:] = (finding[1:] != finding[:-1]) | (document[1:] != document[:-1])
    # Ends of all earlier ranges; an offset that grows with them keeps findings and documents apart.
    part = np.cumsum(new)
    offset = part * (bounds[-1] + 1)
    reach = np.maximum.accumulate(end + offset) - offset
    opens = new.copy()
    opens[1:] |= begin[1:] > reach[:-1]
    begins = np.flatnonzero(opens)
    ends = np.append(begins[1:], begin.size) - 1
    return finding[begins], begin[begins], reach[ends]
