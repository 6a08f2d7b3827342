"""Which groups of documents share text: a split with another, a crawl with the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe import arrow as pc
from dedupe.candidates.pairs import distinct
from dedupe.errors import DedupeError
from dedupe.findings.scores import RIGHTLY
from dedupe.findings.tables import Finds
from dedupe.report import GroupShare
from dedupe.sketch.corpus import Corpus
from dedupe.sketch.ranges import rows_of

MOST: Final = 100
"""Groups that a matrix can have; a column of more different values groups nothing."""


@dataclass(frozen=True, slots=True)
class Groupings:
    """The groups of documents."""

    names: list[str]
    """In order."""
    of: NDArray[np.int64]
    """(d,): row of each document's group; -1 without one."""


def groupings(corpus: Corpus, column: str) -> Groupings:
    """Read who belongs to which group.

    Raises DedupeError: nobody belongs to one, or there are too many.
    """
    values = corpus.column("group").combine_chunks()
    names = sorted(pc.unique(values.drop_null()).to_pylist())
    if not names:
        raise DedupeError(f"--group-column {column}: no document has such a column")
    if len(names) > MOST:
        raise DedupeError(
            f"--group-column {column} has {len(names):,} different values: it takes a column of at "
            f"most {MOST}, such as the split of a data set"
        )
    places = pc.fill_null(pc.index_in(values, value_set=values.from_pandas(names)), -1)
    return Groupings(names, places.to_numpy(zero_copy_only=False).astype(np.int64))


def shares(
    finds: Finds, corpus: Corpus, same: NDArray[np.int64], groups: Groupings
) -> tuple[GroupShare, ...]:
    """What each two groups share, those that share nothing left out; a group with itself, too.

    Reuse and near-duplicates count, but for what rightly stands twice: quoted speech, series, updates.
    With an archive only what stands on both of its sides is shared.

    Args:
        finds: that are listed.
        corpus: the documents.
        same: (d,), the first document with the same words: findings name it alone.
        groups: of the documents.
    """
    finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
    document = corpus.passages.document[finds.first]
    begin, end = finds.words(corpus.passages)
    counted = np.char.startswith(finds.code, "REU") | np.char.startswith(finds.code, "DUP")
    counted &= ~np.isin(finds.code, RIGHTLY)
    rows, of = _with_copies(
        np.flatnonzero(counted[finding]), document, finds.code[finding], same, corpus
    )
    moved = corpus.first_words[of] - corpus.first_words[document[rows]]
    held = np.flatnonzero(groups.of[of] >= 0)
    rows, of, moved = rows[held], of[held], moved[held]
    places = _Places(
        finding[rows],
        of,
        groups.of[of],
        (of >= corpus.archive).astype(np.int64),
        begin[rows] + moved,
        end[rows] + moved,
    )
    count = len(groups.names)
    partners = [
        places.with_partner(group, len(finds), count, corpus, archive=corpus.archive > 0)
        for group in range(count)
    ]
    found = []
    for left in range(count):
        for right in range(left, count):
            # What the left one has of what the right one has too, and the other way round.
            one, other = partners[right][left], partners[left][right]
            if one.findings:
                found.append(
                    GroupShare(
                        groups.names[left],
                        groups.names[right],
                        one.documents,
                        other.documents,
                        one.findings,
                        min(one.words, other.words),
                    )
                )
    return tuple(found)


def _with_copies(
    rows: NDArray[np.int64],
    document: NDArray[np.int64],
    code: NDArray[np.str_],
    same: NDArray[np.int64],
    corpus: Corpus,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Some places, and the documents that they stand in: also the copies of those that are named.

    Exact copies have a finding of their own, and in all others the first speaks for them; not so for
    one on the other side of an archive.
    """
    own = np.arange(corpus.documents) >= corpus.archive
    copies = np.flatnonzero((same != np.arange(corpus.documents)) & (own == own[same]))
    copies = copies[np.argsort(same[copies], kind="stable")]
    told = rows[code[rows] != "DUP001"]
    low = np.searchsorted(same[copies], document[told])
    counts = np.searchsorted(same[copies], document[told], "right") - low
    at = rows_of(low, counts)
    return np.concatenate([rows, np.repeat(told, counts)]), np.concatenate([document[rows], copies[at]])


@dataclass(frozen=True, slots=True)
class _Share:
    """What one group has in common with another one."""

    documents: int
    findings: int
    words: int


@dataclass(frozen=True, slots=True)
class _Places:
    """Places of findings, columns of (n,)."""

    finding: NDArray[np.int64]
    document: NDArray[np.int64]
    group: NDArray[np.int64]
    side: NDArray[np.int64]
    """0 in the archive."""
    begin: NDArray[np.int64]
    end: NDArray[np.int64]

    def with_partner(
        self, partner: int, findings: int, groups: int, corpus: Corpus, *, archive: bool
    ) -> list[_Share]:
        """What each group shares with one of them."""
        held = self.group == partner
        if archive:
            there = np.zeros((2, findings), np.bool_)
            there[self.side[held], self.finding[held]] = True
            rows = np.flatnonzero(there[1 - self.side, self.finding])
        else:
            # A group shares with itself what two of its documents share.
            of_partner = distinct(self.finding[held] * corpus.documents + self.document[held])
            documents = np.bincount(of_partner // max(corpus.documents, 1), minlength=findings)
            rows = np.flatnonzero(documents[self.finding] > held)
        group = self.group[rows]
        documents = distinct(group * corpus.documents + self.document[rows])
        numbers = distinct(group * max(findings, 1) + self.finding[rows])
        words = _covered(group, self.begin[rows], self.end[rows], corpus.words.size, groups)
        return [
            _Share(*of)
            for of in zip(
                np.bincount(documents // max(corpus.documents, 1), minlength=groups).tolist(),
                np.bincount(numbers // max(findings, 1), minlength=groups).tolist(),
                words.tolist(),
                strict=True,
            )
        ]


def _covered(
    group: NDArray[np.int64],
    begin: NDArray[np.int64],
    end: NDArray[np.int64],
    words: int,
    groups: int,
) -> NDArray[np.int64]:
    """(groups,): words in the ranges of each group, each word once."""
    begin, end = group * words + begin, group * words + end
    order = np.argsort(begin, kind="stable")
    begin, end, group = begin[order], end[order], group[order]
    reached = np.concatenate([np.zeros(1, np.int64), np.maximum.accumulate(end)[:-1]])[: end.size]
    new = np.maximum(end - np.maximum(begin, reached), 0)
    return np.bincount(group, new, groups).astype(np.int64)
