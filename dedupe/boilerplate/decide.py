"""What lines say of themselves, and the verdict once their neighbours are heard.

A document is read as a chain of two states, content and boilerplate. Each passage has its emission,
the sum of the weights of its signals in nats; going from content to boilerplate costs ENTER, back
LEAVE. The score of a passage is how much better the best reading of the whole document with it as
boilerplate is than the best one with it as content; above 0 it is boilerplate. So a short line
between two paragraphs needs strong evidence, one in the middle of a link list hardly any, and what
the neighbours add is never more than ENTER and LEAVE together.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.rules import PROSE
from dedupe.passages.signals import (
    ACTION,
    FURNITURE,
    LENGTH_BITS,
    LENGTHS,
    LINK_HEADING,
    LINKS,
    SENTENCE,
    SIGNALS,
)
from dedupe.sketch.corpus import Corpus

PAGE_PASSAGES: Final = 30
"""A document is a whole web page where it has so many passages,"""
PAGE_LINES: Final = 7
"""so many of them have a signal of FURNITURE,"""
PAGE_SHARE: Final = 0.03
"""these are this share of all,"""
PAGE_SHORT: Final = 0.45
"""and this share of all is no running prose;"""
HEAD_LINES: Final = 15
"""or, whatever its language, where it begins with so many lines before its first prose,"""
HEAD_SHORT: Final = 0.8
"""of which this share has four words at most. All other documents are articles."""
_FEW_WORDS: Final = (1 << LENGTHS.index(5) + 1) - 1
_MANY_WORDS: Final = LENGTH_BITS & ~((1 << LENGTHS.index(12) + 1) - 1)

BASE: Final = np.array([-2.0, 0.8])
"""Of any passage: in an article, in a page."""
ENTER: Final = np.array([1.5, 1.4])
LEAVE: Final = np.array([1.5, 1.9])
FIRST: Final = np.array([-3.0, 0.9])
"""Of the first passage: in an article it is mostly the title."""
LAST: Final = np.array([0.5, 1.4])
LISTED: Final = np.array([2.5, 0.0])
"""Of short lines between the heading of a link list and the next prose."""
MANY_LINES: Final = 5
"""Lines of a list of links, at least, where nothing else tells."""
ENDS_LIST_WEIGHT: Final = 12 * WEIGHT_OF_WORD
"""A sentence of this weight ends a list."""

ARTICLE_WEIGHTS: Final = np.array([signal.article for signal in SIGNALS])
PAGE_WEIGHTS: Final = np.array([signal.page for signal in SIGNALS])


def line_weights(corpus: Corpus, page: NDArray[np.int64], compute: Compute) -> NDArray[np.float64]:
    """(p,): what each passage says of itself, in nats, the prior of its kind of document included.

    ``page``: (d,), ``pages``.
    """
    passages = corpus.passages
    weights = np.empty(len(passages), np.float64)
    compute.run(weigh)(
        passages.signals,
        corpus.first_passages,
        page,
        ARTICLE_WEIGHTS,
        PAGE_WEIGHTS,
        BASE,
        weights,
    )
    return weights


def decided(
    emission: NDArray[np.float64], corpus: Corpus, page: NDArray[np.int64], compute: Compute
) -> NDArray[np.float64]:
    """(p,): the score of each passage in nats, above 0 boilerplate.

    Args:
        emission: (p,): ``line_weights`` and whatever else is known of each passage.
        corpus: the documents.
        page: (d,): ``pages``.
        compute: what computes it.
    """
    passages = corpus.passages
    score = np.empty(len(passages), np.float64)
    compute.run(lean)(
        emission,
        passages.signals,
        passages.weight,
        corpus.first_passages,
        page,
        np.concatenate([ENTER, LEAVE, FIRST, LAST, LISTED]),
        score,
    )
    return score


def pages(corpus: Corpus, compute: Compute) -> NDArray[np.int64]:
    """(d,): 1 for a document that is a whole web page, 0 for an article."""
    found = np.empty(corpus.documents, np.int64)
    compute.run(find_pages)(corpus.passages.signals, corpus.passages.flags, corpus.first_passages, found)
    return found


def codes(corpus: Corpus, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,): the digit of the code, 3, 4 or 5, for labelled passages without evidence from the corpus.

    The one that the weightiest of its own signals speaks for. A line that says nothing of itself is
    what the labelled line right before it is; where nothing is said before, many such lines are a
    list of links, and few are a credit.

    Args:
        corpus: the documents.
        rows: (n,): labelled passages, ascending.
    """
    bits = corpus.passages.signals[rows]
    weights = np.zeros((rows.size, 6))
    for place, signal in enumerate(SIGNALS):
        if signal.code:
            weights[:, signal.code] += (bits >> place & 1) * max(signal.article, signal.page)
    # Where nothing weighs anything the first column, which no signal speaks for.
    found: NDArray[np.int64] = weights.argmax(axis=1)
    document = corpus.passages.document[rows]
    opens = np.ones(rows.size, np.bool_)
    opens[1:] = (rows[1:] != rows[:-1] + 1) | (document[1:] != document[:-1])
    run = np.cumsum(opens) - 1
    said = np.maximum.accumulate(np.where((found > 0) | opens, np.arange(rows.size), 0))
    found = found[said]
    silent = found == 0
    many = np.bincount(run, silent, run.max(initial=-1) + 1)[run] >= MANY_LINES
    return np.where(silent, np.where(many, LINKS, ACTION), found)


def fired(corpus: Corpus, page: NDArray[np.int64], row: int) -> list[tuple[str, float, str]]:
    """What a passage says of itself: name, weight and description of each signal.

    The prior of its kind of document comes first, then the weightiest. ``page``: (d,), ``pages``.
    """
    passages = corpus.passages
    return signals_fired(int(passages.signals[row]), int(page[passages.document[row]]))


def signals_fired(bits: int, page: int) -> list[tuple[str, float, str]]:
    """The signals behind some bits, in an article (0) or a page (1): name, weight, description."""
    prior = (
        ("page", float(BASE[1]), "a whole web page: most of its lines are furniture")
        if page
        else ("article", float(BASE[0]), "an article: what says nothing else is content")
    )
    said = [
        (signal.name, signal.page if page else signal.article, signal.description)
        for place, signal in enumerate(SIGNALS)
        if bits >> place & 1
    ]
    return [
        prior,
        *sorted((each for each in said if each[1]), key=lambda each: (-abs(each[1]), each[0])),
    ]


def find_pages(
    signals: NDArray[np.int64],
    flags: NDArray[np.int64],
    bounds: NDArray[np.int64],
    found: NDArray[np.int64],
) -> None:
    """Fill ``found``, (d,): 1 where a document is a whole web page."""
    for document in range(bounds.size - 1):
        count = bounds[document + 1] - bounds[document]
        furniture = short = head = names = 0
        begun = False
        for row in range(bounds[document], bounds[document + 1]):
            bits = signals[row]
            furniture += (bits & FURNITURE) != 0
            short += (flags[row] & PROSE) == 0
            begun = begun or ((bits & _MANY_WORDS) != 0 and (bits & SENTENCE) != 0)
            if not begun:
                head += 1
                names += (bits & _FEW_WORDS) != 0
        found[document] = count >= PAGE_PASSAGES and (
            (furniture >= PAGE_LINES and furniture >= PAGE_SHARE * count and short >= PAGE_SHORT * count)
            or (begun and head >= HEAD_LINES and names >= HEAD_SHORT * head)
        )


def weigh(
    signals: NDArray[np.int64],
    bounds: NDArray[np.int64],
    page: NDArray[np.int64],
    article_weights: NDArray[np.float64],
    page_weights: NDArray[np.float64],
    base: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> None:
    """Fill ``weights``, (p,), with the sum of the weights of each passage's signals."""
    for document in range(bounds.size - 1):
        of_signal = page_weights if page[document] == 1 else article_weights
        for row in range(bounds[document], bounds[document + 1]):
            bits = signals[row]
            total = base[page[document]]
            place = 0
            while bits > 0:
                if bits & 1:
                    total += of_signal[place]
                bits >>= 1
                place += 1
            weights[row] = total


def lean(
    emission: NDArray[np.float64],
    signals: NDArray[np.int64],
    weight: NDArray[np.int64],
    bounds: NDArray[np.int64],
    page: NDArray[np.int64],
    costs: NDArray[np.float64],
    score: NDArray[np.float64],
) -> None:
    """Fill ``score``, (p,); ``costs`` are ENTER, LEAVE, FIRST, LAST and LISTED, (10,)."""
    for document in range(bounds.size - 1):
        first, behind = bounds[document], bounds[document + 1]
        if first == behind:
            continue
        kind = page[document]
        enter, leave = costs[kind], costs[2 + kind]
        # What the place of a line adds to what it says.
        listed = False
        for row in range(first, behind):
            score[row] = emission[row]
            if signals[row] & LINK_HEADING:
                listed = True
            elif signals[row] & SENTENCE and weight[row] >= ENDS_LIST_WEIGHT:
                listed = False
            elif listed:
                score[row] += costs[8 + kind]
        score[first] += costs[4 + kind]
        score[behind - 1] += costs[6 + kind]
        # Messages from the passages before and behind: the difference that each would make.
        carried = 0.0
        forward = np.empty(behind - first, np.float64)
        for row in range(first, behind):
            forward[row - first] = carried
            carried = min(max(carried + score[row], -enter), leave)
        carried = 0.0
        for back in range(behind - first):
            row = behind - 1 - back
            own = score[row]
            score[row] = own + carried + forward[row - first]
            carried = min(max(carried + own, -leave), enter)
