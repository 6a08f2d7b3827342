"""How many documents say for a passage that it was not written for any one of them.

What stands in many documents of a source was written for the source. A document has one vote,
and so have all its copies together: an article that was crawled nine times says nothing nine times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe import arrow as pc
from dedupe.matches.equal import collapse
from dedupe.sketch.corpus import Corpus

_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where documents come from."""

    names: list[str | None]
    """Those that give evidence; None for all documents that name no source, taken together. A source
    of which documents are in several scopes is one in each."""
    scopes: list[str | None]
    """The scope of each, None for the rest."""
    of: NDArray[np.int64]
    """(d,): row of each document's source."""
    voters: NDArray[np.int64]
    """(s,): how many votes the documents of each source have."""


@dataclass(frozen=True, slots=True)
class Votes:
    """For groups of passages, or anything else that stands in documents: columns of (k,)."""

    most: NDArray[np.int64]
    """Votes within the source where they are most."""
    source: NDArray[np.int64]
    """Row of that source."""
    all: NDArray[np.int64]
    """Votes of the whole corpus."""


def electorate(corpus: Corpus, same: NDArray[np.int64], anchor: NDArray[np.int64]) -> NDArray[np.int64]:
    """(d,): who votes for each document: the first of its exact copies, near-duplicates and namesakes.

    Args:
        corpus: the documents.
        same: (d,): the first document with the same words.
        anchor: (d,): the anchor of each near-duplicate, else the document itself.
    """
    voter = anchor[same]
    codes, _ = _coded(corpus, "url")
    given = np.flatnonzero(codes >= 0)
    if given.size:
        _, first, of = np.unique(codes[given], return_index=True, return_inverse=True)
        namesake = np.arange(corpus.documents)
        namesake[given] = given[first[of]]
        # Copies of one URL may be copies of others: together until nothing moves any more.
        while True:
            lowest = np.full(corpus.documents, corpus.documents)
            np.minimum.at(lowest, namesake, voter)
            joined = np.minimum(voter, lowest[namesake])
            lowest = np.full(corpus.documents, corpus.documents)
            np.minimum.at(lowest, voter, joined)
            joined = np.minimum(joined, lowest[voter])
            if (joined == voter).all():
                break
            voter = joined
    return voter


def sources_of(corpus: Corpus, voter: NDArray[np.int64]) -> Sources:
    """The sources that documents name, and the votes in each."""
    codes, given = _coded(corpus, "source")
    every: list[str | None] = [*given, None]
    scopes = (None, *corpus.scopes)
    of = np.where(codes < 0, len(given), codes) + corpus.scope * len(every)
    names = every * len(scopes)
    pairs = np.unique(of * corpus.documents + voter)
    return Sources(
        names,
        [scope for scope in scopes for _ in every],
        of,
        np.bincount(pairs // max(corpus.documents, 1), minlength=len(names)),
    )


def count_votes(
    thing: NDArray[np.int64],
    document: NDArray[np.int64],
    things: int,
    voter: NDArray[np.int64],
    sources: Sources,
    run: Callable[..., int],
) -> Votes:
    """Count the votes for things that stand in documents.

    Args:
        thing: (n,): row of each thing that stands somewhere,
        document: (n,): and the document that it stands in.
        things: how many there are, k.
        voter: (d,): ``electorate``.
        sources: of the documents.
        run: ``equal.number``, compiled or not.
    """
    width = len(sources.names)
    pair = thing * width + sources.of[document]
    pairs, firsts = numbered(pair, run)
    # One vote for each voter in each source; over all sources a voter counts once.
    ballots, chosen = numbered(pairs * voter.size + voter[document], run)
    del ballots
    votes = np.bincount(pairs[chosen], minlength=firsts.size)
    _, chosen = numbered(thing * voter.size + voter[document], run)
    everywhere = np.bincount(thing[chosen], minlength=things)
    of_thing, of_source = pair[firsts] // width, pair[firsts] % width
    # Of sources with equally many votes the first by name order stays.
    order = np.lexsort((of_source, -votes, of_thing))
    leading = np.ones(order.size, np.bool_)
    leading[1:] = of_thing[order][1:] != of_thing[order][:-1]
    best = order[leading]
    most, source = np.zeros(things, np.int64), np.zeros(things, np.int64)
    most[of_thing[best]] = votes[best]
    source[of_thing[best]] = of_source[best]
    return Votes(most, source, everywhere)


def _coded(corpus: Corpus, name: str) -> tuple[NDArray[np.int64], list[str]]:
    """(d,): a column's values as rows of the list of them, -1 for null."""
    column = corpus.column(name)
    if column.null_count == len(column):
        return np.full(len(column), -1), []
    coded = column.unify_dictionaries().dictionary_encode()
    coded = pa.chunked_array(coded).combine_chunks() if coded.num_chunks != 1 else coded.chunk(0)
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    return codes.astype(np.int64), coded.dictionary.to_pylist()


def numbered(
    keys: NDArray[np.int64], run: Callable[..., int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of equal keys, and where each stands first."""
    mixed = keys.astype(np.uint64) * _MIX
    return collapse(mixed ^ (mixed >> np.uint64(32)), run)
