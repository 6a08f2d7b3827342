"""Evidence from the corpus: a constant frame with a slot, mined from lines that fill it differently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate.votes import Sources, Votes, count_votes, numbered
from dedupe.compute.interface import Compute
from dedupe.matches.equal import hash_runs, hashes_of, number
from dedupe.passages.frames import DASH, LEADS, LINK, unpacked
from dedupe.passages.rules import PROSE
from dedupe.sketch.corpus import Corpus

FILLINGS: Final = 3
"""Different fillings that make a template,"""
DOCUMENTS: Final = 2
"""and documents, copies counted once."""
_TEXTUAL: Final = 0.5
"""Share of fillings with more than figures: of figures alone it is a series."""
_A_DOUBLING: Final = 1.0
_MOST: Final = 4.0
"""Nats for each time that the votes double, and at most: a label may introduce what is new."""
_WIDESPREAD: Final = ((0.03, 2.0), (0.1, 2.0), (0.3, 4.0))
"""Nats more where this share of a source's articles carry the frame, at ENOUGH votes or more."""
_ENOUGH: Final = 10
_OF_FRAME: Final = 5
"""Votes from which a frame around a whole sentence or a title is cut off it,"""
_OF_DATELINE: Final = 3
"""and one with a dash, before the lead."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Frames with their fillings: t templates of lines' heads, then those of their tails."""

    of: NDArray[np.int64]
    """(p,): the template at the head of each passage, -1 for none."""
    tail_of: NDArray[np.int64]
    """(p,): the template at its tail, likewise."""
    votes: Votes
    """Of each template."""
    fillings: NDArray[np.int64]
    """(t,): different ones."""
    key: NDArray[np.uint64]
    """(t,): hash of each frame."""
    weight: NDArray[np.float64]
    """(p,): nats for boilerplate that the head adds to its line."""
    cut_head: NDArray[np.bool_]
    """(p,): the head is boilerplate, and what follows it is not judged by it;"""
    cut_tail: NDArray[np.bool_]
    """(p,): the same for the tail."""


def mine(corpus: Corpus, voter: NDArray[np.int64], sources: Sources, compute: Compute) -> Templates:
    """Find the templates of a corpus.

    A frame is one where it has enough different fillings, most of them text, in enough documents.

    Args:
        corpus: the documents.
        voter: (d,): ``votes.electorate``.
        sources: of the documents.
        compute: what computes it.
    """
    passages = corpus.passages
    head_words, _, mark, textual, tail_words, _ = unpacked(passages.frame)
    heads, tails = np.flatnonzero(head_words), np.flatnonzero(tail_words)
    behind = passages.first_word + passages.words
    rows = np.concatenate([heads, tails])
    begins = np.concatenate([passages.first_word[heads], behind[tails] - tail_words[tails]])
    counts = np.concatenate([head_words[heads], tail_words[tails]])
    # One place for each mark, and one for tails: frames of the same words are different ones.
    salts = np.concatenate([mark[heads], np.zeros(tails.size, np.int64)])
    keys = hashes_of(corpus.words, begins, counts, salts, compute.run(hash_runs))
    run = compute.run(number)
    frame, first = numbered(keys.view(np.int64), run)
    _, distinct = numbered((keys ^ passages.content[rows]).view(np.int64), run)
    fillings = np.bincount(frame[distinct], minlength=first.size)
    votes = count_votes(frame, passages.document[rows], first.size, voter, sources, run)
    text = np.concatenate([textual[heads], np.ones(tails.size, np.int64)])
    share = np.bincount(frame, text, first.size) / np.bincount(frame, minlength=first.size)
    is_template = (fillings >= FILLINGS) & (votes.all >= DOCUMENTS) & (share >= _TEXTUAL)
    of, tail_of = np.full(len(passages), -1), np.full(len(passages), -1)
    held = is_template[frame]
    at_head = held & (np.arange(rows.size) < heads.size)
    of[rows[at_head]] = frame[at_head]
    at_tail = held & (np.arange(rows.size) >= heads.size)
    tail_of[rows[at_tail]] = frame[at_tail]
    strength = _strength(votes, sources)
    place = np.arange(len(passages)) - corpus.first_passages[passages.document]
    prose = passages.flags & PROSE != 0
    title = place == 0
    weight = np.where(of >= 0, strength[of] if strength.size else 0.0, 0.0)
    # What follows a dash may be a whole sentence, what follows in a first line a title.
    weight[title] = 0.0
    # A sentence is not judged by the label before it, however many articles carry that.
    weight[prose & (mark != LINK)] = 0.0
    most = votes.most if votes.most.size else np.zeros(1, np.int64)
    dateline = (of >= 0) & prose & (mark == DASH) & (place < LEADS) & (most[of] >= _OF_DATELINE)
    return Templates(
        of,
        tail_of,
        votes,
        fillings,
        keys[first],
        weight,
        dateline | ((of >= 0) & title & (most[of] >= _OF_FRAME)),
        (tail_of >= 0) & ~prose & (most[tail_of] >= _OF_FRAME),
    )


def _strength(votes: Votes, sources: Sources) -> NDArray[np.float64]:
    strength = np.minimum(_A_DOUBLING * np.log2(np.maximum(votes.most, 1)) + 1.0, _MOST)
    share = votes.most / np.maximum(sources.voters[votes.source], 1)
    for least, more in _WIDESPREAD:
        strength[(votes.most >= _ENOUGH) & (share >= least)] += more
    return strength


def lines_of(templates: Templates) -> Callable[[int], NDArray[np.int64]]:
    """Gives the passages that carry a template, in order."""
    rows = np.flatnonzero(templates.of >= 0)
    tails = np.flatnonzero(templates.tail_of >= 0)
    of = np.concatenate([templates.of[rows], templates.tail_of[tails]])
    order = np.argsort(of, kind="stable")
    rows, of = np.concatenate([rows, tails])[order], of[order]

    def lines(template: int) -> NDArray[np.int64]:
        return rows[np.searchsorted(of, template) : np.searchsorted(of, template + 1)]

    return lines
