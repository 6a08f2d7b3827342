"""Why two documents are what a finding says they are: its evidence, made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.findings.differences import (
    EQUAL,
    FIGURES,
    LEFT_LEAD,
    OTHER_NAMES,
    PLAIN,
    PLAINS,
    RETURNED,
    RIGHT_LEAD,
)
from dedupe.findings.kinds import PART, SERIES, UPDATE, Kinds
from dedupe.findings.origins import declaration
from dedupe.findings.tables import About
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.reference import words
from dedupe.report import Evidence
from dedupe.sketch.corpus import Corpus

EXACT: Final = 0
NEAR: Final = 1
QUOTED: Final = 2
FORM: Final = 3
"""Whose evidence it is. Below -1 an ``about`` says that, and which of its findings."""
_SORTS: Final = 4
_LONGEST: Final = 40
"""Characters of a difference that are shown."""

_Reasons = Callable[[int], tuple[Evidence, ...]]


def about(sort: int, count: int) -> NDArray[np.int64]:
    """(count,): the ``about`` of findings of one sort."""
    return -2 - sort - _SORTS * np.arange(count)


def reasons(sort: int, give: _Reasons) -> About:
    """Gives the evidence of findings of one sort by their ``about``."""

    def explain(what: int) -> tuple[str | None, tuple[Evidence, ...]] | None:
        row, of = divmod(-2 - what, _SORTS)
        return (None, give(row)) if what < -1 and of == sort else None

    return explain


def explain_exact(corpus: Corpus, same: NDArray[np.int64]) -> About:
    """What speaks for exact copies: whether they are one page that was crawled twice.

    ``same``: (d,), the first document with the same words.
    """
    copies = np.bincount(same, minlength=corpus.documents)
    rows = np.flatnonzero(copies[same] > 1)
    order = rows[np.argsort(same[rows], kind="stable")]
    bounds = np.append(np.flatnonzero(np.append(True, np.diff(same[order]) > 0)), order.size)

    def give(finding: int) -> tuple[Evidence, ...]:
        held = order[bounds[finding] : bounds[finding + 1]]
        found = [Evidence("equal", "every word is the same, in the same order")]
        urls = [corpus.column("url")[each].as_py() for each in held.tolist()]
        different = set(urls)
        if None not in different and len(different) == 1:
            found.append(Evidence("url", "crawled twice: all have the same URL"))
        elif len(different - {None}) < sum(url is not None for url in urls):
            found.append(Evidence("url", "crawled twice: some have the same URL"))
        return (*found, *_origin(corpus, held[:1]))

    return reasons(EXACT, give)


def explanations(
    corpus: Corpus,
    kinds: Kinds,
    finding: NDArray[np.int64],
    anchors: NDArray[np.int64],
    members: NDArray[np.int64],
    jaccard: NDArray[np.float64],
    containment: NDArray[np.float64],
    origin: NDArray[np.int64],
) -> About:
    """What speaks for near-duplicates, told by the member that is most like its anchor.

    Args:
        corpus: the documents.
        kinds: what each pair of a document and its anchor is, (n,); as all that follow.
        finding: the finding that the pair is in.
        anchors: its anchor,
        members: and the other.
        jaccard: how alike they are,
        containment: and how much of one is in the other.
        origin: which of the two the other declares to come from, or -1.
    """
    order = np.lexsort((-jaccard, finding))
    bounds = np.searchsorted(finding[order], np.arange(finding.max(initial=-1) + 2))

    def give(row: int) -> tuple[Evidence, ...]:
        held = order[bounds[row] : bounds[row + 1]]
        nearest = int(held[0])
        found = [_why(kinds, nearest, float(containment[nearest]))]
        examples = _examples(corpus, kinds, nearest, int(anchors[nearest]), int(members[nearest]))
        if examples:
            found.append(Evidence("differences", examples, quotes=True))
        if (origin[held] == anchors[held]).any():
            found.append(Evidence("anchor", "named as the origin by what another of them says"))
        elif held.size > 1:
            found.append(Evidence("anchor", f"near to each of the {held.size:,} others"))
        both = np.array([members[nearest], anchors[nearest]])
        return (*found, *_origin(corpus, both))

    return reasons(NEAR, give)


def _why(kinds: Kinds, row: int, containment: float) -> Evidence:
    counts = kinds.counts[row]
    slots, places = counts[[FIGURES, OTHER_NAMES]].sum(), counts[[FIGURES, OTHER_NAMES, PLAINS]].sum()
    if kinds.kind[row] == SERIES:
        which = "" if slots == places else f"{slots:,} of "
        noun = "difference is one" if places == 1 else "differences are"
        return Evidence(
            "series",
            f"{which}{places:,} {noun} of figures, dates or names; "
            f"without them {kinds.frame[row]:.0%} of the words agree",
        )
    if kinds.kind[row] == UPDATE:
        lead = min(counts[LEFT_LEAD], counts[RIGHT_LEAD]) // WEIGHT_OF_WORD
        return Evidence(
            "update",
            f"both begin with at least {lead:,} words of their own; "
            f"{counts[RETURNED] // WEIGHT_OF_WORD:,} words return behind them",
        )
    what = "inside" if kinds.kind[row] == PART else "edited"
    return Evidence(
        what,
        f"{containment:.0%} of the shorter one's shingles stand in the other; "
        f"{counts[EQUAL]:,} words agree in order, {places:,} places differ",
    )


def _examples(corpus: Corpus, kinds: Kinds, row: int, anchor: int, member: int) -> str:
    """The first differences, the anchor's words before the other's."""
    if kinds.kind[row] == UPDATE:
        return ""
    series = kinds.kind[row] == SERIES
    shown = []
    for sort, *places in kinds.examples[row].tolist():
        if sort == 0 or (series and sort == PLAIN):
            continue
        sides = sorted([(places[0], places[1]), (places[2], places[3])])
        if anchor > member:
            sides.reverse()
        said = [_said(corpus, first, last) for first, last in sides]
        shown.append(" / ".join(each or "–" for each in said))
    return "; ".join(shown)


def _said(corpus: Corpus, first: int, last: int) -> str:
    """The words between two rows, as they are written."""
    if first >= last:
        return ""
    passages = corpus.passages
    here = int(np.searchsorted(passages.first_word, first, "right")) - 1
    text = corpus.compared(
        int(passages.document[here]), int(passages.start[here]), int(passages.end[here])
    )
    at = first - int(passages.first_word[here])
    # More words than there are characters to show need not be read.
    held = list(islice(words(text), at + min(last - first, _LONGEST + 1)))
    behind = len(held)
    said = " ".join(text[held[at].start : held[behind - 1].end].split()) if at < behind else ""
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"


def _origin(corpus: Corpus, documents: NDArray[np.int64]) -> tuple[Evidence, ...]:
    """What the first of some documents that says where it comes from says."""
    for document in documents.tolist():
        said = declaration(corpus.column("text")[document].as_py())
        if said is not None:
            return (Evidence("origin", said, quotes=True),)
    return ()
