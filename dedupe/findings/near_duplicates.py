"""DUP001 to DUP005: whole documents that stand twice, in a series, or as chapters of a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings.from_stretches import Grouped, bytes_of, documents_of, finds_in_words
from dedupe.findings.kinds import (
    EDITED,
    NONE,
    PART,
    SERIES,
    UPDATE,
    UPDATE_SHARE,
    no_updates_of_quotations,
    tell,
    untold,
)
from dedupe.findings.origins import declared
from dedupe.findings.quotes import quoted
from dedupe.findings.reasons import EXACT, NEAR, about, explanations
from dedupe.findings.severity import ERROR, INFO, WARNING
from dedupe.findings.tables import About, Finds, empty, finds_of
from dedupe.matches.groups import Groups, similarity_of
from dedupe.matches.stars import cover, stars
from dedupe.matches.stretches import Stretches, count_covered, covered
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus
from dedupe.sketch.ranges import rows_of

LAYERS: Final = ((EDITED, PART), (SERIES,), (UPDATE,))
"""Which kinds of pairs gather around anchors together, in this order."""


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Findings, and which passages they speak for."""

    finds: Finds
    anchor: NDArray[np.int64]
    """(d,): the anchor of each document that is a near-duplicate, else the document itself."""
    explain: About
    """What speaks for each finding."""


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
        one.copy(),
        yes.copy(),
        about=about(EXACT, firsts.size),
    )


def find_near_duplicates(
    found: Stretches,
    corpus: Corpus,
    left_out: NDArray[np.bool_],
    settings: Settings,
    compute: Compute,
    jobs: int,
    *,
    told: bool = True,
) -> NearDuplicates:
    """DUP002 to DUP005, from the stretches between documents.

    Two documents are compared where these span enough of the shorter one; what decides is
    the exact containment of its shingles, and what sort of words they differ in. Documents gather
    around anchors as passages do: copies first, then series, then updates of what is left.

    Args:
        found: stretches between different documents.
        corpus: the documents.
        left_out: (p,): passages that are not compared (boilerplate).
        settings: the threshold and shingle.
        compute: what computes it.
        jobs: threads.
        told: whether series and updates are told from copies; if not, all above the threshold are
            edited copies.
    """
    passages = corpus.passages
    none = NearDuplicates(empty(), np.arange(corpus.documents), lambda _: None)
    if len(found) == 0:
        return none
    left, right = documents_of(corpus, found.left), documents_of(corpus, found.right)
    pairs, of_pair = np.unique(left << 32 | right, return_inverse=True)
    spans = np.minimum(found.left_end - found.left, found.right_end - found.right)
    words = np.where(left_out, 0, passages.words)
    size = np.bincount(passages.document, words, corpus.documents)
    shorter = np.minimum(size[pairs >> 32], size[pairs & 0xFFFFFFFF])
    # They may hold less than what is contained, and may overlap: this only picks whom to compare.
    threshold = settings.document_threshold
    spanned = np.bincount(of_pair, spans)
    least = min(0.75 * threshold, UPDATE_SHARE if told else 1.0)
    enough = spanned >= least * shorter
    compared = pairs[enough]
    lefts, rights = compared >> 32, compared & 0xFFFFFFFF
    words, firsts, rows = words_without(corpus, left_out, np.concatenate([lefts, rights]))
    similar = np.zeros((3, lefts.size))

    def measure(asked: NDArray[np.int64]) -> None:
        similar[:, asked] = similarity_of(
            words, firsts[:-1], firsts[1:], lefts[asked], rights[asked], settings, compute, jobs
        ).both_ways()

    may_be_copies = (spanned >= 0.75 * threshold * shorter)[enough]
    measure(np.flatnonzero(may_be_copies))
    copies = may_be_copies & (similar[1:].max(axis=0) >= threshold)
    if told and lefts.size:
        kinds = tell(
            corpus, words, firsts, rows, left_out, lefts, rights, copies, threshold, compute, jobs
        )
        at: NDArray[np.int64] = np.searchsorted(compared, left << 32 | right)
        said = np.flatnonzero(enough[of_pair] & (kinds.kind[np.minimum(at, lefts.size - 1)] == UPDATE))
        start, end = bytes_of(corpus, found.left[said], found.left_end[said], compute, jobs)
        kinds = no_updates_of_quotations(
            kinds, copies, at[said], *quoted(corpus, left[said], start, end, compute, jobs)
        )
    else:
        kinds = untold(copies)
    near = kinds.kind != NONE
    measure(np.flatnonzero(near & ~may_be_copies))
    kinds, lefts, rights = kinds.take(near), lefts[near], rights[near]
    similar, compared = similar[:, near], compared[near]
    if lefts.size == 0:
        return none
    anchor_of = np.arange(corpus.documents)
    origin = declared(corpus, lefts, rights, compute) if told else np.full(lefts.size, -1)
    held, anchors, members = (np.empty(0, np.int64) for _ in range(3))
    for layer in LAYERS:
        # What is a member already is spoken for by its anchor.
        free = np.isin(kinds.kind, layer) & (anchor_of[lefts] == lefts) & (anchor_of[rights] == rights)
        edges = np.flatnonzero(free)
        if edges.size == 0:
            continue
        to, around = _gather(corpus.documents, lefts[edges], rights[edges], similar[0, edges], compute)
        to, around = _led_by_origin(to, around, edges, lefts, rights, origin)
        here = lefts[to] + rights[to] - around
        anchor_of[here] = around
        held, anchors, members = (
            np.concatenate(each) for each in ((held, to), (anchors, around), (members, here))
        )
    jaccard, left_in_right, right_in_left = similar[:, held]
    in_anchor = np.where(lefts[held] == members, left_in_right, right_in_left)
    of_anchor = np.where(lefts[held] == members, right_in_left, left_in_right)
    # One finding for each anchor and code.
    names, finding = np.unique(anchors << 3 | kinds.kind[held], return_inverse=True)
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
    finding_anchor = (names >> 3)[of_finding]
    is_anchor_document = document == finding_anchor
    order = np.argsort(anchors * corpus.documents + members)
    place = np.searchsorted(
        (anchors * corpus.documents + members)[order], finding_anchor * corpus.documents + document
    )
    place = order[np.minimum(place, order.size - 1)]
    leading = np.ones(begin.size, np.bool_)
    leading[1:] = (of_finding[1:] != of_finding[:-1]) | (document[1:] != document[:-1])
    first_document = np.full(names.size, corpus.documents, np.int64)
    np.minimum.at(first_document, of_finding, document)
    kind = names & 7
    return NearDuplicates(
        finds_in_words(
            np.array(["", "", "DUP002", "DUP003", "DUP004", "DUP005"])[kind],
            np.where((kind == SERIES) | (kind == UPDATE), INFO, WARNING),
            Grouped(
                names.size,
                of_finding,
                begin,
                end,
                is_anchor_document & leading,
                np.zeros(begin.size, np.bool_),
                np.where(is_anchor_document, 1.0, jaccard[place]),
                np.where(is_anchor_document, 1.0, in_anchor[place]),
                np.where(is_anchor_document, 1.0, of_anchor[place]),
            ),
            document == first_document[of_finding],
            corpus,
            compute,
            jobs,
            about=about(NEAR, names.size),
        ),
        anchor_of,
        explanations(
            corpus,
            kinds.take(held),
            finding,
            anchors,
            members,
            jaccard,
            np.maximum(in_anchor, of_anchor),
            origin[held],
        ),
    )


def _gather(
    count: int,
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    jaccard: NDArray[np.float64],
    compute: Compute,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which edges join a document to its anchor, and that anchor."""
    centres, partners = stars(
        count, lefts, rights, jaccard, np.ones(count, np.int64), compute.run(cover)
    )
    grouped = centres[lefts] == centres[rights]
    around = np.where(centres[lefts] == lefts, lefts, rights)
    to_centre = grouped & ((centres[lefts] == lefts) | (centres[rights] == rights))
    alone = (partners[lefts] == rights) | (partners[rights] == lefts)
    around = np.where(alone & ~to_centre, np.where(partners[lefts] == rights, rights, lefts), around)
    held = np.flatnonzero(to_centre | alone)
    return held, around[held]


def _led_by_origin(
    to: NDArray[np.int64],
    around: NDArray[np.int64],
    edges: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    origin: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same, as rows of all pairs, but the declared origin of an anchor takes its place.

    Only where every other document of the group is near to it as well.
    """
    to = edges[to]
    members = lefts[to] + rights[to] - around
    key = np.minimum(lefts[edges], rights[edges]) << 32 | np.maximum(lefts[edges], rights[edges])
    by_key = np.argsort(key)
    key = key[by_key]
    by_anchor = np.argsort(around, kind="stable")
    begins = np.searchsorted(around[by_anchor], around)
    ends = np.searchsorted(around[by_anchor], around, "right")
    # Documents that stand in two groups stay where they are.
    times = np.bincount(np.concatenate([members, np.unique(around)]))
    moved = set()
    for row in np.flatnonzero(origin[to] == members).tolist():
        old, new = int(around[row]), int(members[row])
        if old in moved or times[old] > 1 or times[new] > 1:
            continue
        group = by_anchor[begins[row] : ends[row]]
        others = np.where(members[group] == new, old, members[group])
        wanted = np.minimum(others, new) << 32 | np.maximum(others, new)
        at = np.minimum(np.searchsorted(key, wanted), key.size - 1)
        if (key[at] == wanted).all():
            to[group], around[group], members[group] = edges[by_key[at]], new, others
            moved.add(new)
    return to, around


def words_without(
    corpus: Corpus, left_out: NDArray[np.bool_], documents: NDArray[np.int64]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64] | None]:
    """The words of some documents but those of passages that are left out.

    Returns:
        words: (w,).
        bounds: (d + 1,): where the words of each document of the corpus begin; those not asked for
            have none.
        rows: (w,): which of the corpus they are; None where they are all.
    """
    if not left_out.any():
        return corpus.spelled, corpus.first_words, None
    passages = corpus.passages
    asked = np.zeros(corpus.documents, np.bool_)
    asked[documents] = True
    rows = np.flatnonzero(asked[passages.document] & ~left_out)
    sizes = passages.words[rows]
    places = rows_of(passages.first_word[rows], sizes)
    counts = np.bincount(passages.document[rows], sizes, corpus.documents).astype(np.int64)
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return corpus.spelled[places], bounds, places


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
