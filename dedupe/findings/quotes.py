"""Quoted speech and quoted documents: what several articles rightly carry word for word.

A word is quoted where it stands inside quotation marks of any script, in a block of lines that begin
with ">", or in a paragraph that a line such as "The statute reads:" introduces.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.findings.differences import align
from dedupe.findings.reasons import QUOTED, reasons
from dedupe.findings.tables import Finds
from dedupe.report import Evidence
from dedupe.sketch.corpus import Corpus

SHARE: Final = 0.9
"""Of the words that a place has in common with the anchor, quoted in both, at least."""
MOSTLY: Final = 0.5
"""Of all words of a place that are quoted, at least: few may stand beside what is shared."""
_INTRODUCTION: Final = 200
"""Bytes of a line that introduces a document."""
_PHRASES: Final = Path(__file__).with_name("quotes.txt")


def quoted(
    corpus: Corpus,
    document: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    compute: Compute,
    jobs: int,
    least: float = 0.0,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many words stretches of documents have, and how many of these are quoted.

    Args:
        corpus: the documents.
        document: (n,): the document of each stretch.
        start: (n,): its first byte, and
        end: (n,): the byte behind its last.
        compute: what computes it.
        jobs: threads.
        least: once so many words are not quoted that less than this share can be, counting stops.
    """
    counts = np.zeros((document.size, 3), np.int64)
    _count(corpus, document, start, end, compute, jobs, least, counts, np.zeros(0, np.uint8))
    total, inside, introduced = counts.T
    for each in np.flatnonzero((introduced != 0) & (inside < SHARE * total)).tolist():
        before = corpus.excerpts(int(document[each]), 0, int(start[each])).rstrip()
        if introduces(before[-_INTRODUCTION:].rpartition("\n")[2]):
            inside[each] = total[each]
    return total, inside


def _count(
    corpus: Corpus,
    document: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    compute: Compute,
    jobs: int,
    least: float,
    counts: NDArray[np.int64],
    marks: NDArray[np.uint8],
    places: NDArray[np.int64] | None = None,
) -> None:
    """Fill ``counts`` and ``marks`` as ``quoted_words`` does, batch by batch."""
    order = np.argsort(document, kind="stable")
    cuts = np.searchsorted(document[order], corpus.batch_starts)
    places = np.zeros(document.size, np.int64) if places is None else places

    def one(batch: int) -> None:
        rows = order[cuts[batch] : cuts[batch + 1]]
        texts = corpus.texts[batch]
        row = document[rows] - corpus.batch_starts[batch]
        low, high = texts.offsets[row], texts.offsets[row + 1]
        found = np.zeros((rows.size, 3), np.int64)
        compute.quoted(
            texts.data, low, high, low + start[rows], low + end[rows], least, found, places[rows], marks
        )
        counts[rows] = found

    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        list(pool.map(one, np.flatnonzero(np.diff(cuts)).tolist()))


def are_quotations(finds: Finds, corpus: Corpus, compute: Compute, jobs: int) -> NDArray[np.bool_]:
    """(f,): findings of which nearly all that places have in common with the anchor is quoted."""
    passages = corpus.passages
    finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
    document = passages.document[finds.first]
    start = passages.start[finds.first] + finds.cut[:, 1]
    end = passages.end[finds.last] - finds.cut[:, 3]
    are = np.ones(len(finds), np.bool_)
    entirely = np.ones(len(finds), np.bool_)
    # Most findings are told by the first of their places.
    first = np.zeros(finding.size, np.bool_)
    first[finds.bounds[:-1]] = True
    for rows in (first, ~first):
        held = np.flatnonzero(rows & are[finding])
        total, inside = quoted(corpus, document[held], start[held], end[held], compute, jobs, MOSTLY)
        entirely[finding[held[inside < SHARE * total]]] = False
        are[finding[held[(inside < MOSTLY * total) | (total == 0)]]] = False
    # Where words beside the quotation are in the place, what counts is whether both have them.
    held = np.flatnonzero((are & ~entirely)[finding])
    if held.size:
        begins, ends = (each[held] for each in finds.words(passages))
        sizes = ends - begins
        marks = np.zeros(int(sizes.sum()), np.uint8)
        counts, places = np.zeros((held.size, 3), np.int64), np.cumsum(sizes) - sizes
        where = (document[held], start[held], end[held])
        _count(corpus, *where, compute, jobs, 0.0, counts, marks, places)
        anchors = np.flatnonzero(finds.anchor[held])
        anchors = anchors[np.searchsorted(finding[held][anchors], finding[held])]
        others = np.flatnonzero(~finds.anchor[held])
        anchors = anchors[others]
        gaps = np.empty((int((np.minimum(sizes[anchors], sizes[others]) // 3 + 2).sum()), 4), np.int64)
        bounds = np.zeros(others.size + 1, np.int64)
        compute.run(align)(corpus.words, begins, ends, anchors, others, bounds, gaps)
        common = np.zeros((others.size, 2), np.int64)
        compute.run(count_common)(begins, ends, anchors, others, bounds, gaps, places, marks, common)
        are[finding[held[others[common[:, 1] < SHARE * common[:, 0]]]]] = False
    return are


def count_common(
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    gaps: NDArray[np.int64],
    places: NDArray[np.int64],
    marks: NDArray[np.uint8],
    counts: NDArray[np.int64],
) -> None:
    """Count the words that pairs of stretches have in common, and those that are quoted in both.

    Args:
        firsts: (d,) and
        lasts: (d,): where stretches begin and end, in words.
        lefts: (n,) and
        rights: (n,): the pairs, rows of stretches.
        bounds: (n + 1,) and
        gaps: (g, 4): what ``differences.align`` gives.
        places: (d,): where the marks of each stretch begin.
        marks: (m,): whether each word is quoted.
        counts: out, (n, 2), all 0.
    """
    for pair in range(lefts.size):
        left, right = lefts[pair], rights[pair]
        at, other = firsts[left], firsts[right]
        for each in range(bounds[pair], bounds[pair + 1] + 1):
            last = gaps[each, 0] if each < bounds[pair + 1] else lasts[left]
            while at < last:
                one = marks[places[left] + at - firsts[left]]
                two = marks[places[right] + other - firsts[right]]
                counts[pair, 0] += 1
                counts[pair, 1] += np.int64(one & two)
                at += 1
                other += 1
            if each < bounds[pair + 1]:
                at, other = gaps[each, 1], gaps[each, 3]


def explain(what: int) -> tuple[str | None, tuple[Evidence, ...]] | None:
    """What speaks for quotations."""
    return _explain(what)


_explain = reasons(
    QUOTED,
    lambda _: (
        Evidence("quoted", f"at least {SHARE:.0%} of the words in common are a quotation's everywhere"),
    ),
)


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    lines = _PHRASES.read_text(encoding="utf-8").splitlines()
    held = sorted({phrase for line in lines for phrase in line.partition(": ")[2].split(", ")})
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, held))})\W*[:：]\s*$", re.IGNORECASE)


def introduces(line: str) -> bool:
    """Whether a line says that a document is quoted next; ``quotes.txt`` lists the phrases."""
    return _phrases().search(line) is not None
