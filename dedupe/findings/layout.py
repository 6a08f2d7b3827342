"""REP003 by the source: where nearly every article echoes itself, the scraper's layout does it."""

from __future__ import annotations

from typing import Final

import numpy as np
import xxhash

from dedupe.boilerplate.votes import Sources
from dedupe.findings.tables import Finds, together
from dedupe.report import Evidence
from dedupe.sketch.corpus import Corpus

FEWEST: Final = 10
"""Articles of a source that echo themselves,"""
SHARE: Final = 0.05
"""and at least this share of all of its articles: from there it is one finding."""
_NEAR: Final = 4
"""Passages from either end that are told apart by their number."""

Explanations = dict[int, tuple[str | None, tuple[Evidence, ...]]]


def gather_echoes(repeated: Finds, corpus: Corpus, sources: Sources) -> tuple[Finds, Explanations]:
    """One finding for each source that echoes, in place of one for each article.

    Args:
        repeated: repetition.
        corpus: the documents.
        sources: of the documents.

    Returns:
        The findings, and what there is to say of the new ones by their ``about``, which counts on
        from the number of passages.
    """
    document = corpus.passages.document[repeated.first[repeated.bounds[:-1]]]
    source = sources.of[document]
    echo = repeated.code == "REP003"
    width = len(sources.names)
    told = np.unique(source[echo] * corpus.documents + document[echo]) // max(corpus.documents, 1)
    articles = np.bincount(told, minlength=width)
    of_source = np.bincount(sources.of, minlength=width)
    chosen = (articles >= FEWEST) & (articles >= SHARE * of_source)
    gathered = np.flatnonzero(echo & chosen[source])
    gathered = gathered[np.argsort(source[gathered], kind="stable")]
    left = np.ones(len(repeated), np.bool_)
    left[gathered] = False
    explanations: Explanations = {}
    parts = [repeated.take(np.flatnonzero(left))]
    rows = np.flatnonzero(chosen)
    ends = np.searchsorted(source[gathered], rows, "right").tolist()
    for row, begin, end in zip(rows.tolist(), [0, *ends], ends, strict=False):
        found = repeated.take(gathered[begin:end])
        about = len(corpus.passages) + row
        name = sources.names[row]
        of = f" of {name}" if name is not None else ""
        explanations[about] = (
            None,
            (
                Evidence(
                    "layout",
                    f"{articles[row]:,} of {of_source[row]:,} articles{of} say a line twice; "
                    f"most often {_slots(found, corpus)}: to be mended once, where they are collected",
                ),
            ),
        )
        scope = sources.scopes[row]
        known_by = f"{name}" if scope is None else f"{name} {scope}"
        parts.append(_as_one(found, about, known_by))
    return together(parts), explanations


def _as_one(found: Finds, about: int, name: str) -> Finds:
    """All places as one finding; what echoes what is not compared across articles."""
    order = np.lexsort((found.last, found.first))
    anchor = np.zeros(order.size, np.bool_)
    anchor[0] = True
    nothing = np.full(order.size, np.nan)
    return Finds(
        found.code[:1],
        found.severity[:1],
        np.array([0, order.size]),
        found.first[order],
        found.last[order],
        anchor,
        found.keep[order],
        np.zeros(order.size, np.bool_),
        nothing,
        nothing.copy(),
        nothing.copy(),
        found.whole[order],
        found.cut[order],
        np.array([about]),
        np.array([xxhash.xxh3_64_intdigest(name.encode("utf-8", "surrogatepass"))], np.uint64),
    )


def _slots(found: Finds, corpus: Corpus) -> str:
    """The two places that echo each other most often, in words."""
    passages = corpus.passages
    begins = corpus.first_passages
    document = passages.document[found.first]
    from_start = found.first - begins[document]
    from_end = begins[document + 1] - 1 - found.first
    slot = np.where(from_start < _NEAR, from_start, np.where(from_end < _NEAR, -1 - from_end, _NEAR))
    first = found.bounds[:-1]
    pairs, counts = np.unique(
        np.stack([slot[first], slot[first + 1]], axis=1), axis=0, return_counts=True
    )
    one, other = pairs[np.argmax(counts)].tolist()
    share = counts.max() / counts.sum()
    return f"{_place(one)} and {_place(other)} ({share:.0%})"


def _place(slot: int) -> str:
    ordinals = ("first", "second", "third", "fourth")
    if slot == _NEAR:
        return "one in the middle"
    return f"the {ordinals[slot]} line" if slot >= 0 else f"the {_from_end(-slot)}"


def _from_end(number: int) -> str:
    return "last line" if number == 1 else f"{('', '', 'second', 'third', 'fourth')[number]} last line"
