"""Lines found again in documents that lost their newlines.

A scraper that writes each article on one line leaves no paragraphs: what a source puts under all of
its articles, a company's own description and the contact run into each other and into the article.
But the corpus knows where they begin. A run of words that many documents have is common from its
first word on and no more behind its last one: there a line begins. Such documents are segmented again
with these lines; their words stay where they are.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute, Plan, Scan, Texts
from dedupe.passages.columns import DOCUMENT, END, FIRST_WORD, START, WEIGHT
from dedupe.passages.signals import PIECE
from dedupe.sketch.corpus import Corpus, Keys, Passages
from dedupe.sketch.ranges import rows_of

ONE_LINE: Final = 0.95
"""A document has lost its newlines where this share of its words stands in lines too long to be
paragraphs."""
LOST: Final = 0.01
"""Share of all documents that must have; fewer are not worth taking all columns apart."""
FEWEST: Final = (4, 12)
"""Documents that must have a run of words in common, in a small corpus and in a large one;"""
OF_CORPUS: Final = 0.004
"""between these, this share of those that have lost their newlines."""
SEEDS: Final = 3
"""Seeds in a row that make a run: six words."""
SEED: Final = 4
"""Words of a seed."""
RISE: Final = 2
"""Times as many documents have what begins as have it with the word before; likewise where it ends."""
SLOT: Final = 15
"""Words between two runs that fill a template: they stay with the first."""


def with_lines(
    corpus: Corpus, keys: Keys, plan: Plan, compute: Compute, jobs: int
) -> tuple[Corpus, Keys]:
    """The corpus and its band keys, documents that lost their newlines segmented again.

    Args:
        corpus: as it was scanned.
        keys: of its passages.
        plan: what scanning depends on.
        compute: what computes it.
        jobs: threads.
    """
    lost = lost_newlines(corpus)
    if lost.size < max(FEWEST[0], LOST * corpus.documents):
        return corpus, keys
    sizes = corpus.document_words[lost]
    before = np.cumsum(sizes) - sizes
    words = corpus.words[rows_of(corpus.first_words[lost], sizes)]
    alike = np.zeros(lost.size, np.int64)
    frequency, _ = compute.frequencies(words, before, before + sizes, alike, jobs)
    least = int(np.clip(OF_CORPUS * lost.size, *FEWEST))
    places, opens = boundaries(frequency, before, before + sizes, least)
    if places.size == 0:
        return corpus, keys
    of = np.searchsorted(before, places, "right") - 1
    again = np.unique(of)
    bounds = np.searchsorted(of, np.append(again, lost.size))
    batches = np.searchsorted(lost[again], corpus.batch_starts)

    def one(batch: int) -> _Again | None:
        rows = slice(batches[batch], batches[batch + 1])
        documents = lost[again[rows]]
        if documents.size == 0:
            return None
        held = slice(bounds[rows.start], bounds[rows.stop])
        texts = compute.broken(
            _texts(corpus, batch, documents),
            bounds[rows.start : rows.stop + 1] - held.start,
            places[held] - before[of[held]],
            opens[held],
        )
        return _Again(documents, _settled(compute.scan(texts, plan), texts, documents, corpus))

    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        return _spliced(corpus, keys, list(pool.map(one, range(len(corpus.batches)))), plan)


def lost_newlines(corpus: Corpus) -> NDArray[np.int64]:
    """Rows of the documents of which nearly all words stand in lines too long to be paragraphs."""
    passages = corpus.passages
    pieces = np.flatnonzero(passages.signals & PIECE)
    inside = np.bincount(passages.document[pieces], passages.words[pieces], corpus.documents)
    # Words of a scope are hashed with it: segmented again, they would be those of no scope.
    common = corpus.scope == 0
    return np.flatnonzero(common & (inside > 0) & (inside >= ONE_LINE * corpus.document_words))


def boundaries(
    frequency: NDArray[np.int64], firsts: NDArray[np.int64], lasts: NDArray[np.int64], least: int
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Words before which lines may begin, ascending, and whether something begins there or only ends.

    Args:
        frequency: (w,): in how many documents the seed at each word stands; 0 where there is none.
        firsts: (d,): first word of each document,
        lasts: (d,): and the one behind its last.
        least: documents that must have a run in common.
    """
    # The last words of a document begin no seed, so that no run goes on into the next.
    runs = frequency.copy()
    for further in range(1, SEEDS):
        runs[:-further] = np.minimum(runs[:-further], frequency[further:])
        runs[-further:] = 0
    level = np.where(runs >= least, runs, 0)
    above = np.zeros_like(level)
    above[1:] = level[:-1]
    above[firsts[firsts < level.size]] = 0
    begins = np.setdiff1d(np.flatnonzero((level > 0) & (level >= RISE * above)), firsts)
    ends = np.flatnonzero((above > 0) & (RISE * level <= above)) + SEED + SEEDS - 2
    last = lasts[np.searchsorted(lasts, ends - SEED - SEEDS + 2, "right")]
    following = np.minimum(np.append(begins, frequency.size)[np.searchsorted(begins, ends)], last)
    ends = ends[following - ends > SLOT]
    places = np.concatenate([begins, ends])
    order = np.argsort(places, kind="stable")
    return places[order], (np.arange(places.size) < begins.size)[order]


@dataclass(frozen=True, slots=True)
class _Again:
    """Documents of one batch that were scanned again."""

    documents: NDArray[np.int64]
    """(n,): their rows, ascending."""
    scan: Scan
    """Its passages have the documents, words and bytes of the corpus."""


def _texts(corpus: Corpus, batch: int, documents: NDArray[np.int64]) -> Texts:
    """Some texts of a batch, copied."""
    texts = corpus.texts[batch]
    rows = documents - corpus.batch_starts[batch]
    sizes = texts.offsets[rows + 1] - texts.offsets[rows]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return Texts(texts.data[rows_of(texts.offsets[rows], sizes)], offsets)


def _settled(scan: Scan, texts: Texts, documents: NDArray[np.int64], corpus: Corpus) -> Scan:
    passages = scan.passages
    of = passages[DOCUMENT].copy()
    words = np.cumsum(scan.documents[:, 0]) - scan.documents[:, 0]
    passages[START] -= texts.offsets[of]
    passages[END] -= texts.offsets[of]
    passages[FIRST_WORD] += (corpus.first_words[documents] - words)[of]
    passages[DOCUMENT] = documents[of]
    return scan


def _spliced(corpus: Corpus, keys: Keys, scans: list[_Again | None], plan: Plan) -> tuple[Corpus, Keys]:
    """The corpus with what was scanned again in the place of what was there."""
    held = corpus.passages
    names = list(Passages.__dataclass_fields__)
    gone = np.zeros(corpus.documents, np.bool_)
    for each in scans:
        if each is not None:
            gone[each.documents] = True
    kept = np.flatnonzero(~gone[held.document])
    found = [each.scan for each in scans if each is not None]
    fresh = np.concatenate([scan.passages for scan in found], axis=1)
    document = np.concatenate([held.document[kept], fresh[DOCUMENT]])
    order = np.argsort(document, kind="stable")
    columns = [
        np.concatenate([getattr(held, name)[kept], column])[order]
        for name, column in zip(names[:-1], fresh, strict=True)
    ]
    content = np.concatenate([held.content[kept], *(scan.contents for scan in found)])[order]
    passages = Passages(**dict(zip(names, [*columns, content], strict=True)))
    # Where each passage went.
    went = np.empty(order.size, np.int64)
    went[order] = np.arange(order.size)
    to = np.full(len(held), -1, np.int64)
    to[kept] = went[: kept.size]
    markers = corpus.markers.copy()
    markers[:, 0] = to[markers[:, 0]]
    parts, base = [markers[markers[:, 0] >= 0]], kept.size
    for scan in found:
        moved = scan.markers.copy()
        moved[:, 0] = went[base + moved[:, 0]]
        parts.append(moved)
        base += scan.contents.size
    markers = np.concatenate(parts)
    batches, at = [], 0
    signed = held.document[keys.passages]
    for own, again in zip(keys.batches, scans, strict=True):
        of = signed[at : at + own.shape[1]]
        at += own.shape[1]
        if again is not None:
            stay = np.flatnonzero(~gone[of])
            weights = again.scan.passages[WEIGHT]
            of = np.concatenate([of[stay], again.scan.passages[DOCUMENT, weights >= plan.least_weight]])
            own = np.concatenate([own[:, stay], again.scan.keys], axis=1)
            own = np.ascontiguousarray(own[:, np.argsort(of, kind="stable")])
        batches.append(own)
    found_again = replace(
        corpus,
        passages=passages,
        markers=markers[np.argsort(markers[:, 0], kind="stable")],
        document_passages=np.bincount(passages.document, minlength=corpus.documents),
    )
    return found_again, Keys(np.flatnonzero(passages.weight >= plan.least_weight), tuple(batches))
