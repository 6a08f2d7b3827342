"""What two documents are to each other: copies, one in the other, a series, or chapters of a story.

An editor drops copies, and keeps the rest. Two documents that differ in figures, dates and names
alone are a series, however few these are. In an update both begin anew, and what was known before
returns behind it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.findings.differences import (
    COUNTS,
    EQUAL,
    EXAMPLES,
    FIGURES,
    LEAD_SHARED,
    LEAD_SMALLER,
    LEFT_LEAD,
    LEFT_SLOTS,
    NAMES_BY_CAPITALS,
    NOUNS_HAVE_CAPITALS,
    OTHER_NAMES,
    PASSAGES,
    PLAINS,
    RETURNED,
    RIGHT_LEAD,
    RIGHT_SLOTS,
    align,
    holds,
    screen,
    weigh,
)
from dedupe.matches.looks import look_at
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.looks import CAPITAL, CASED, INITIAL, TITLE
from dedupe.passages.reference import hash_word, words
from dedupe.sketch.corpus import Corpus
from dedupe.sketch.ranges import rows_of

NONE: Final = 0
EDITED: Final = 2
PART: Final = 3
SERIES: Final = 4
UPDATE: Final = 5
"""The last digits of the codes; ``NONE`` is no near-duplicate."""

SMALLER: Final = 0.8
"""A near-duplicate with less than this share of the other's words is one inside the other."""
AGREEING: Final = 0.75
"""Of the share of words that a series needs, the part that agrees as it is, at least."""
UPDATE_SHARE: Final = 0.4
"""Of the shorter document's words that return in an update, at least: below it two articles share a
stock paragraph, and that is reuse."""
UPDATE_TAIL: Final = 0.7
"""Of what it has behind its lead, at least: an article that goes its own way after two paragraphs of
another's has lifted them."""
SCREENED: Final = 0.6
"""The same for pairs that are worth a closer look, in which some more words will be found to agree."""
UPDATE_WEIGHT: Final = 40 * WEIGHT_OF_WORD
"""In quarter words,"""
UPDATE_PASSAGES: Final = 2
"""and in passages: one alone is a stock paragraph."""
LEAD_WEIGHT: Final = 20 * WEIGHT_OF_WORD
"""Quarter words of a lead that is news; a title alone is not."""
LEAD_SHARE: Final = 0.5
"""Of the long words of a new lead that the other one has as well, at most: with more it is the old
news in other words."""
NOUNS: Final = 0.3
"""Share of words with a capital inside of sentences from which capitals make no names."""
ABOUT: Final = ("about", "tentang", "über", "propos", "acerca", "sobre", "over", "om", "informazioni")
"""How a paragraph begins that says who sent a release, a name behind it: all from there is stock."""
_SLOTS: Final = Path(__file__).with_name("slots.txt")
_STOCK: Final = Path(__file__).with_name("stock.txt")


@dataclass(frozen=True, slots=True)
class Kinds:
    """What pairs of documents are, columns of (n,)."""

    kind: NDArray[np.int64]
    counts: NDArray[np.int64]
    """(n, COUNTS): what ``differences.weigh`` counts."""
    examples: NDArray[np.int64]
    """(n, EXAMPLES, 5): and shows, as rows of the corpus' words."""
    frame: NDArray[np.float64]
    """Share of the shorter document's words that agree, figures, dates and names masked."""

    def take(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Kinds:
        """Some of the pairs."""
        return Kinds(
            self.kind[rows],
            self.counts[rows],
            self.examples[rows],
            self.frame[rows],
        )


@lru_cache(maxsize=1)
def slot_words() -> NDArray[np.uint64]:
    """Hashes of the words that fill slots of a series as figures and names do, ascending.

    ``slots.txt`` lists months, days, numbers and directions, several lines a language.
    """
    lines = _SLOTS.read_text(encoding="utf-8").splitlines()
    return np.array(
        sorted({each for line in lines for each in _hashes(line.partition(": ")[2])}), np.uint64
    )


@lru_cache(maxsize=1)
def stock_phrases() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Hashes of the first and second words of phrases of stock paragraphs, and of ``ABOUT``.

    ``stock.txt`` lists phrases of two words by language.

    Returns:
        pairs: (2, n), ascending by the first word.
        about: (m,), ascending.
    """
    lines = _STOCK.read_text(encoding="utf-8").splitlines()
    held = {phrase for line in lines for phrase in line.partition(": ")[2].split(", ")}
    both = sorted({tuple(_hashes(phrase)[:2]) for phrase in held if len(_hashes(phrase)) > 1})
    return np.array(both, np.uint64).T.copy(), np.array(sorted(_hashes(" ".join(ABOUT))), np.uint64)


def _hashes(text: str) -> list[int]:
    return [hash_word(word.normal, word.weight) for word in words(text)]


def tell(
    corpus: Corpus,
    held: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    rows: NDArray[np.int64] | None,
    left_out: NDArray[np.bool_],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    copies: NDArray[np.bool_],
    threshold: float,
    compute: Compute,
    jobs: int,
) -> Kinds:
    """Tell what pairs of documents are.

    Args:
        corpus: the documents.
        held: (w,): the words that are compared: those of passages that are not left out.
        bounds: (d + 1,): where those of each document begin.
        rows: (w,): which words of the corpus they are; None where they are all.
        left_out: (p,): passages that are not compared.
        lefts: (n,) and
        rights: (n,): the pairs, documents.
        copies: (n,): those of which enough of one's shingles stand in the other.
        threshold: share of the shorter document's words that agree in a series, figures, dates and
            names masked.
        compute: what computes it.
        jobs: threads.
    """
    kinds = untold(np.zeros(lefts.size, np.bool_))
    sizes = np.diff(bounds)
    shorter = np.maximum(np.minimum(sizes[lefts], sizes[rights]), 1)
    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        gaps = _aligned(held, bounds[:-1], bounds[1:], lefts, rights, compute, pool, jobs)
        screened = np.zeros((lefts.size, 4), np.int64)
        compute.run(screen)(bounds[:-1], bounds[1:], lefts, rights, gaps.bounds, gaps.places, screened)
        agreeing, returning, left_lead, right_lead = screened.T
        left_is_shorter = sizes[lefts] <= sizes[rights]
        tail = shorter - np.where(left_is_shorter, left_lead, right_lead)
        chosen = np.flatnonzero(
            copies
            | (agreeing >= AGREEING * threshold * shorter)
            | (
                (returning >= np.maximum(UPDATE_SHARE * shorter, SCREENED * tail))
                & (WEIGHT_OF_WORD * np.minimum(left_lead, right_lead) >= LEAD_WEIGHT)
            )
        )
        if chosen.size == 0:
            return kinds
        lefts, rights, copies, shorter = lefts[chosen], rights[chosen], copies[chosen], shorter[chosen]
        documents = np.unique(np.concatenate([lefts, rights]))
        passages, places = _places(corpus, left_out, bounds, documents)
        looks = np.zeros(held.size, np.uint8)
        look_at(corpus, passages, places, looks, compute, pool)
        opens = np.zeros(held.size + 1, np.bool_)
        opens[places] = True
        capitals = np.zeros(bounds.size - 1, np.int64)
        compute.run(read_capitals)(looks, bounds, documents, capitals)
        seen = (held, looks, opens, slot_words())
        ends = (bounds[:-1], bounds[1:], capitals)
        counts, examples = _weighed(seen, ends, lefts, rights, gaps.take(chosen), compute, pool, jobs)
        left_is_shorter = left_is_shorter[chosen]
        slots = np.where(left_is_shorter, counts[:, LEFT_SLOTS], counts[:, RIGHT_SLOTS])
        frame = (counts[:, EQUAL] + slots) / shorter
        told = counts[:, FIGURES] + counts[:, OTHER_NAMES]
        plain = counts[:, PLAINS]
        series = (told > 0) & (told >= plain) & (copies | (frame >= threshold))
        weights = np.zeros(sizes.size, np.int64)
        compute.run(count_weights)(held, bounds[:-1], bounds[1:], documents, weights)
        update = ~series & _is_update(counts, weights, lefts, rights)
        # Again without what a sender puts below all of its releases.
        again = np.flatnonzero(update)
        lasts = bounds[1:].copy()
        ending = np.unique(np.concatenate([lefts[again], rights[again]]))
        compute.run(before_stock)(held, looks, opens, *stock_phrases(), bounds, ending, lasts)
        cut = lasts < bounds[1:]
        again = again[cut[lefts[again]] | cut[rights[again]]]
        left, right = lefts[again], rights[again]
        compute.run(count_weights)(held, bounds[:-1], lasts, ending, weights)
        gaps = _aligned(held, bounds[:-1], lasts, left, right, compute, pool, jobs)
        recounted, _ = _weighed(
            seen, (bounds[:-1], lasts, capitals), left, right, gaps, compute, pool, jobs
        )
    update[again] = _is_update(recounted, weights, left, right)
    counts[again[update[again]]] = recounted[update[again]]
    part = shorter < SMALLER * np.maximum(sizes[lefts], sizes[rights])
    if rows is not None:
        _to_corpus(examples, rows)
    kinds.kind[chosen] = np.select(
        [series, update, copies], [SERIES, UPDATE, np.where(part, PART, EDITED)], NONE
    )
    kinds.counts[chosen], kinds.examples[chosen], kinds.frame[chosen] = counts, examples, frame
    return kinds


@dataclass(frozen=True, slots=True)
class _Gaps:
    """What stands between the words that agree, pair by pair."""

    bounds: NDArray[np.int64]
    """(n + 1,)"""
    places: NDArray[np.int64]
    """(g, 4): as ``differences.align`` gives them."""

    def take(self, pairs: NDArray[np.int64]) -> _Gaps:
        """Those of some pairs."""
        sizes = np.diff(self.bounds)[pairs]
        bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        return _Gaps(bounds, self.places[rows_of(self.bounds[pairs], sizes)])


def _parts(size: int, jobs: int) -> list[slice]:
    """Runs of pairs, each for one thread at a time; few pairs are one run."""
    bounds = np.linspace(0, size, min(4 * jobs, size // 32 + 1) + 1).astype(np.int64).tolist()
    return list(map(slice, bounds[:-1], bounds[1:]))


def _aligned(
    held: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    compute: Compute,
    pool: ThreadPoolExecutor,
    jobs: int,
) -> _Gaps:
    """The gaps of pairs of documents that end at ``lasts``."""
    run = compute.run(align)

    def one(pairs: slice) -> _Gaps:
        left, right = lefts[pairs], rights[pairs]
        most = np.minimum((lasts - firsts)[left], (lasts - firsts)[right]) // 3 + 2
        gaps = _Gaps(np.zeros(left.size + 1, np.int64), np.empty((int(most.sum()), 4), np.int64))
        run(held, firsts, lasts, left, right, gaps.bounds, gaps.places)
        return gaps

    found = list(pool.map(one, _parts(lefts.size, jobs)))
    sizes = np.concatenate([np.diff(part.bounds) for part in found])
    places = np.concatenate([part.places[: part.bounds[-1]] for part in found])
    return _Gaps(np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)]), places)


def _weighed(
    seen: tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.bool_], NDArray[np.uint64]],
    documents: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    gaps: _Gaps,
    compute: Compute,
    pool: ThreadPoolExecutor,
    jobs: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Counts and examples of pairs of documents, as ``differences.weigh``."""
    counts = np.zeros((lefts.size, COUNTS), np.int64)
    examples = np.zeros((lefts.size, EXAMPLES, 5), np.int64)
    run = compute.run(weigh)

    def one(pairs: slice) -> None:
        bounds = gaps.bounds[pairs.start : pairs.stop + 1]
        places = gaps.places[bounds[0] : bounds[-1]]
        run(
            *seen,
            *documents,
            lefts[pairs],
            rights[pairs],
            bounds - bounds[0],
            places,
            counts[pairs],
            examples[pairs],
        )

    list(pool.map(one, _parts(lefts.size, jobs)))
    return counts, examples


def no_updates_of_quotations(
    kinds: Kinds,
    copies: NDArray[np.bool_],
    pair: NDArray[np.int64],
    total: NDArray[np.int64],
    inside: NDArray[np.int64],
) -> Kinds:
    """The same, but what shares mostly quoted speech is no update.

    Args:
        kinds: of pairs, (n,).
        copies: (n,): which of them are near-duplicates all the same.
        pair: (m,): the pair of each stretch that returns,
        total: (m,): its words,
        inside: (m,): and how many of them are quoted.
    """
    words_in_all, quoted = (np.bincount(pair, each, kinds.kind.size) for each in (total, inside))
    changed = (kinds.kind == UPDATE) & (2 * quoted > words_in_all)
    return replace(kinds, kind=np.where(changed, np.where(copies, EDITED, NONE), kinds.kind))


def untold(near: NDArray[np.bool_]) -> Kinds:
    """Pairs of which nothing is told but that they are near-duplicates."""
    return Kinds(
        np.where(near, EDITED, NONE),
        np.zeros((near.size, COUNTS), np.int64),
        np.zeros((near.size, EXAMPLES, 5), np.int64),
        np.zeros(near.size),
    )


def _to_corpus(examples: NDArray[np.int64], rows: NDArray[np.int64]) -> None:
    """Turn places among the words that are compared into rows of the corpus' words."""
    for first, behind in ((1, 2), (3, 4)):
        start, end = examples[:, :, first], examples[:, :, behind]
        last = rows[np.maximum(end - 1, 0)] + 1
        examples[:, :, first] = np.where(end > start, rows[np.minimum(start, rows.size - 1)], last)
        examples[:, :, behind] = last


def _is_update(
    counts: NDArray[np.int64],
    weights: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Pairs that both begin anew, and then return enough."""
    left_is_shorter = weights[lefts] <= weights[rights]
    weight = np.where(left_is_shorter, weights[lefts], weights[rights])
    lead = np.where(left_is_shorter, counts[:, LEFT_LEAD], counts[:, RIGHT_LEAD])
    found: NDArray[np.bool_] = (
        (np.minimum(counts[:, LEFT_LEAD], counts[:, RIGHT_LEAD]) >= LEAD_WEIGHT)
        & (counts[:, RETURNED] >= np.maximum(UPDATE_SHARE * weight, UPDATE_TAIL * (weight - lead)))
        & (counts[:, RETURNED] >= UPDATE_WEIGHT)
        & (counts[:, PASSAGES] >= UPDATE_PASSAGES)
        & (counts[:, LEAD_SHARED] <= LEAD_SHARE * counts[:, LEAD_SMALLER])
    )
    return found


def before_stock(
    held: NDArray[np.uint64],
    looks: NDArray[np.uint8],
    opens: NDArray[np.bool_],
    phrases: NDArray[np.uint64],
    about: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    documents: NDArray[np.int64],
    lasts: NDArray[np.int64],
) -> None:
    """Write to ``lasts`` where the stock paragraphs of documents begin, if they have any.

    These are a passage that begins with one of ``about`` and a capital, or holds one of ``phrases``,
    and all behind it. Arrays as ``tell`` and ``stock_phrases`` have them; ``opens``: (w,), the first
    words of passages.
    """
    for document in documents:
        passage = bounds[document]
        for at in range(bounds[document], bounds[document + 1]):
            if opens[at]:
                passage = at
            following = at + 1 < bounds[document + 1]
            found = opens[at] and following and looks[at + 1] & CAPITAL != 0 and holds(about, held[at])
            if not found and following:
                low, high = 0, phrases.shape[1]
                while low < high:
                    middle = (low + high) // 2
                    if phrases[0, middle] < held[at]:
                        low = middle + 1
                    else:
                        high = middle
                while low < phrases.shape[1] and phrases[0, low] == held[at]:
                    if phrases[1, low] == held[at + 1]:
                        found = True
                    low += 1
            if found:
                lasts[document] = passage
                break


def _places(
    corpus: Corpus,
    left_out: NDArray[np.bool_],
    bounds: NDArray[np.int64],
    documents: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The passages of some documents that are compared, and where the words of each begin."""
    asked = np.zeros(corpus.documents, np.bool_)
    asked[documents] = True
    document = corpus.passages.document
    passages = np.flatnonzero(asked[document] & ~left_out)
    sizes = corpus.passages.words[passages]
    before = np.cumsum(sizes) - sizes
    _, first, count = np.unique(document[passages], return_index=True, return_counts=True)
    shift = bounds[document[passages[first]]] - before[first]
    return passages, before + np.repeat(shift, count)


def count_weights(
    held: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    documents: NDArray[np.int64],
    weights: NDArray[np.int64],
) -> None:
    """Write the quarter words of some documents."""
    for document in documents:
        total = 0
        for at in range(firsts[document], lasts[document]):
            total += WEIGHT_OF_WORD >> int(held[at] & np.uint64(3))
        weights[document] = total


def read_capitals(
    looks: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    documents: NDArray[np.int64],
    capitals: NDArray[np.int64],
) -> None:
    """Write what the capitals of some documents say, from the words inside of their sentences."""
    for document in documents:
        cased = found = 0
        for at in range(bounds[document], bounds[document + 1]):
            if looks[at] & (INITIAL | TITLE) == 0:
                cased += (looks[at] & CASED) != 0
                found += (looks[at] & CAPITAL) != 0
        if found == 0:
            capitals[document] = 0
        else:
            capitals[document] = NOUNS_HAVE_CAPITALS if found > NOUNS * cased else NAMES_BY_CAPITALS
