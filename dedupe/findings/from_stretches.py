"""From stretches to findings: the places they name, grouped around anchors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.order import renumbered
from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings.tables import Finds, finds_of
from dedupe.matches.borders import borders
from dedupe.matches.equal import collapse, hash_runs, hashes_of, number
from dedupe.matches.groups import similarity_of
from dedupe.matches.places import gaps_before, places
from dedupe.matches.stars import cover, stars
from dedupe.matches.stretches import Stretches, add_weights, weight_of
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.cuts import HANGING
from dedupe.passages.rules import PROSE
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus, Passages
from dedupe.sketch.ranges import rows_of


@dataclass(frozen=True, slots=True)
class Copies:
    """Passages that say the same."""

    rows: NDArray[np.int64]
    """(n,): those that take part, ascending."""
    kind: NDArray[np.int64]
    """(p,): equal for passages that say the same."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Places in findings, columns of (l,); a place may stand in two findings."""

    count: int
    """Number of findings."""
    finding: NDArray[np.int64]
    begin: NDArray[np.int64]
    """First word,"""
    end: NDArray[np.int64]
    """and the one behind the last."""
    anchor: NDArray[np.bool_]
    exact: NDArray[np.bool_]
    jaccard: NDArray[np.float64]
    in_anchor: NDArray[np.float64]
    """Share of the place's shingles that stand in the anchor,"""
    of_anchor: NDArray[np.float64]
    """and of the anchor's that stand in the place."""

    def take(self, rows: NDArray[np.bool_]) -> Grouped:
        """Some of the places; findings of which one is left are none."""
        numbers = np.bincount(self.finding[rows], minlength=self.count)
        kept = np.flatnonzero(rows & (numbers[self.finding] > 1))
        names, finding = renumbered(self.finding[kept], self.count)
        return Grouped(
            names.size,
            finding,
            self.begin[kept],
            self.end[kept],
            self.anchor[kept],
            self.exact[kept],
            self.jaccard[kept],
            self.in_anchor[kept],
            self.of_anchor[kept],
        )


def group_stretches(
    stretches: Stretches,
    corpus: Corpus,
    settings: Settings,
    compute: Compute,
    jobs: int,
    *,
    apart: bool,
    copies_of: Copies | None = None,
) -> Grouped:
    """Group the ranges that are laid against each other.

    Equal ranges are one thing, as equal passages are; similar ones gather around the one with most
    copies near it. Similarities are exact, each to its finding's anchor.

    Args:
        stretches: of one kind.
        corpus: what they are of.
        settings: the threshold and shingle.
        compute: what computes it.
        jobs: threads.
        apart: equal ranges of different documents are different things (repetition).
        copies_of: passages whose equal ones have what they have: of these one alone was searched.
    """
    named = places(stretches, compute.run)
    begin, end = at_sentences(corpus, named.begin, named.end, compute, jobs)
    # What was long enough may be so no more without what hung over.
    long = weight_between(corpus, begin, end, compute) >= settings.min_words * WEIGHT_OF_WORD
    named, begin, end = named.take(long), begin[long], end[long]
    if copies_of is not None:
        further, further_end = _in_copies(corpus.passages, begin, end, copies_of)
        begin, end = np.concatenate([begin, further]), np.concatenate([end, further_end])
    salt = (documents_of(corpus, begin) + 1) * apart
    content = hashes_of(corpus.words, begin, end - begin, salt, compute.run(hash_runs))
    # Numbered by place, not by hash: of two that would lead equally well the first does.
    kind, first = collapse(content, compute.run(number))
    copies = np.bincount(kind, minlength=first.size)
    left, right = kind[named.left], kind[named.right]
    keys = (np.minimum(left, right) << 32 | np.maximum(left, right))[left != right]
    grown = keys[named.grown[left != right]]
    edges = distinct(keys)
    left, right = edges >> 32, edges & 0xFFFFFFFF
    jaccard, left_in_right, right_in_left = similarity_of(
        corpus.words, begin[first], end[first], left, right, settings, compute, jobs
    ).both_ways()
    match = jaccard >= settings.threshold
    centres, partners = stars(
        copies.size, left[match], right[match], jaccard[match], copies, compute.run(cover)
    )
    # An aligned span is kept for its length, whatever its similarity as long as there is one, but only
    # as a pair: what is not similar enough to an anchor joins no group. Single passages of one group
    # need not be similar to each other, only to their anchor: no such pair.
    whole = is_a_passage(corpus, begin[first], end[first])
    loose = ~match & (jaccard > 0.0)
    spans = np.flatnonzero(loose & (np.isin(edges, grown) | ~(whole[left] & whole[right])))
    partners = _with_nearest(partners, centres, left[spans], right[spans], jaccard[spans])
    # What has several places is a finding without a partner; laid against an archive it is not, and
    # it is a finding about what has the partner, not about the archive's place.
    told = copies == 1
    if corpus.archive:
        told = begin[first] >= corpus.first_words[corpus.archive]
    else:
        partners = _each_pair_once(partners)
    rows = np.arange(kind.size)
    centre = centres[kind]
    alone = np.flatnonzero((partners >= 0) & told)
    rows = np.concatenate([rows, first[partners[alone]]])
    centre = np.concatenate([centre, alone])
    # A centre without another place of its own or of a member is no finding.
    numbers = np.bincount(centre, minlength=copies.size)
    held = numbers[centre] > 1
    rows, centre = rows[held], centre[held]
    _, finding = renumbered(centre, copies.size)
    own = kind[rows] == centre
    edge = np.searchsorted(edges, np.minimum(kind[rows], centre) << 32 | np.maximum(kind[rows], centre))
    edge = np.minimum(edge, max(edges.size - 1, 0))
    count = int(finding.max()) + 1 if finding.size else 0
    anchor = np.zeros(rows.size, np.bool_)
    candidates = np.flatnonzero(own)
    candidates = candidates[np.argsort(begin[rows[candidates]], kind="stable")]
    _, leading = np.unique(finding[candidates], return_index=True)
    anchor[candidates[leading]] = True
    one = np.ones(rows.size)
    if edges.size == 0:
        jaccard = left_in_right = right_in_left = np.ones(1)
    as_left = kind[rows] < centre
    grouped = Grouped(
        count,
        finding,
        begin[rows],
        end[rows],
        anchor,
        own,
        np.where(own, one, jaccard[edge]),
        np.where(own, one, np.where(as_left, left_in_right[edge], right_in_left[edge])),
        np.where(own, one, np.where(as_left, right_in_left[edge], left_in_right[edge])),
    )
    return _without_overlaps(_said_once(grouped, compute))


def _in_copies(
    passages: Passages, begin: NDArray[np.int64], end: NDArray[np.int64], copies: Copies
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where parts of passages stand in those that are equal to them, but for the parts there are."""
    of = np.searchsorted(passages.first_word, begin, "right") - 1
    offset, size = begin - passages.first_word[of], end - begin
    part = (offset + size <= passages.words[of]) & (size < passages.words[of])
    kinds = np.bincount(copies.kind[copies.rows], minlength=int(copies.kind.max(initial=-1)) + 1)
    kind, offset, size = (each[part] for each in (copies.kind[of], offset, size))
    several = kinds[kind] > 1
    held = np.unique(np.stack([kind, offset, size], axis=1)[several], axis=0)
    kind, offset, size = held.T
    rows = copies.rows[np.argsort(copies.kind[copies.rows], kind="stable")]
    before = np.cumsum(kinds) - kinds
    # Each part once for each of the equal passages.
    counts = kinds[kind]
    place = rows[rows_of(before[kind], counts)]
    starts = passages.first_word[place] + np.repeat(offset, counts)
    sizes = np.repeat(size, counts)
    # No two parts of a passage begin alike and end alike.
    most = (1 << 20) - 1
    given = begin << 20 | np.minimum(end - begin, most)
    known = np.isin(starts << 20 | np.minimum(sizes, most), given)
    return starts[~known], starts[~known] + sizes[~known]


def with_left_out(
    grouped: Grouped,
    rows: NDArray[np.int64],
    key: NDArray[np.int64],
    passages: Passages,
    covered: NDArray[np.bool_],
) -> Grouped:
    """Also give equal passages a finding of which one stands in none.

    Where a text repeats itself over and over, blocks overlap, and what is cut off one may be in no
    other: nothing that stands twice may be lost that way.

    Args:
        grouped: the findings there are.
        rows: (n,): passages that are long enough and take part, ascending.
        key: (n,): equal for those that belong together.
        passages: of the corpus.
        covered: (n,): stands in a finding.
    """
    left_out = np.isin(key, key[~covered])
    rows, key = rows[left_out], key[left_out]
    _, kind, counts = np.unique(key, return_inverse=True, return_counts=True)
    chosen = (counts > 1)[kind]
    if not chosen.any():
        return grouped
    rows = rows[chosen]
    names, leading, finding = np.unique(key[chosen], return_index=True, return_inverse=True)
    anchor = np.zeros(rows.size, np.bool_)
    anchor[leading] = True
    yes, one = np.ones(rows.size, np.bool_), np.ones(rows.size)
    return Grouped(
        grouped.count + names.size,
        np.concatenate([grouped.finding, grouped.count + finding]),
        np.concatenate([grouped.begin, passages.first_word[rows]]),
        np.concatenate([grouped.end, passages.first_word[rows] + passages.words[rows]]),
        np.concatenate([grouped.anchor, anchor]),
        np.concatenate([grouped.exact, yes]),
        np.concatenate([grouped.jaccard, one]),
        np.concatenate([grouped.in_anchor, one]),
        np.concatenate([grouped.of_anchor, one]),
    )


def finds_in_words(
    code: NDArray[np.str_],
    severity: NDArray[np.int64],
    grouped: Grouped,
    keep: NDArray[np.bool_],
    corpus: Corpus,
    compute: Compute,
    jobs: int,
    about: NDArray[np.int64] | None = None,
) -> Finds:
    """Findings of which the places are ranges of words."""
    first = borders(corpus, grouped.begin, compute, jobs, ends=False)
    last = borders(corpus, grouped.end, compute, jobs, ends=True)
    passages = corpus.passages
    length = passages.end[last.passage] - passages.start[last.passage]
    behind = passages.words[last.passage] - last.words
    return finds_of(
        code,
        severity,
        grouped.finding,
        first.passage,
        last.passage,
        grouped.anchor,
        keep,
        grouped.exact,
        grouped.jaccard,
        grouped.in_anchor,
        grouped.of_anchor,
        np.zeros(grouped.begin.size, np.bool_),
        np.stack([first.words, first.bytes, behind, length - last.bytes], axis=1),
        about,
    )


def at_sentences(
    corpus: Corpus, begin: NDArray[np.int64], end: NDArray[np.int64], compute: Compute, jobs: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ranges of words cut where a reader would: a few words that reach into another passage are left
    out, and those few of a sentence taken along that a cut would leave hanging.
    """
    first_word, words = corpus.passages.first_word, corpus.passages.words
    of = np.searchsorted(first_word, begin, "right") - 1
    behind = first_word[of] + words[of]
    reaching = (begin > first_word[of]) & (behind - begin <= HANGING) & (behind < end)
    begin = np.where(reaching, behind, begin)
    of = np.searchsorted(first_word, end - 1, "right") - 1
    reaching = (end < first_word[of] + words[of]) & (end - first_word[of] <= HANGING)
    end = np.where(reaching & (first_word[of] > begin), first_word[of], end)
    first = borders(corpus, begin, compute, jobs, ends=False)
    last = borders(corpus, end, compute, jobs, ends=True)
    return first_word[first.passage] + first.words, first_word[last.passage] + last.words


def bytes_of(
    corpus: Corpus, begin: NDArray[np.int64], end: NDArray[np.int64], compute: Compute, jobs: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First bytes of ranges of words in their documents, and those behind their last."""
    start = corpus.passages.start
    first = borders(corpus, begin, compute, jobs, ends=False)
    last = borders(corpus, end, compute, jobs, ends=True)
    return start[first.passage] + first.bytes, start[last.passage] + last.bytes


def documents_of(corpus: Corpus, word: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the documents in which words stand."""
    return np.searchsorted(corpus.first_words, word, "right") - 1


def is_a_passage(corpus: Corpus, begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether ranges of words are whole passages, one each."""
    passages = corpus.passages
    of = np.searchsorted(passages.first_word, begin, "right") - 1
    whole: NDArray[np.bool_] = (passages.first_word[of] == begin) & (passages.words[of] == end - begin)
    return whole


def weight_between(
    corpus: Corpus, begin: NDArray[np.int64], end: NDArray[np.int64], compute: Compute
) -> NDArray[np.int64]:
    """Quarter words of ranges of words."""
    return weight_of(corpus.words, begin, end, compute.run(add_weights))


def long_enough(stretches: Stretches, corpus: Corpus, settings: Settings, compute: Compute) -> Stretches:
    """Those of at least the minimum length on both sides."""
    least = settings.min_words * WEIGHT_OF_WORD
    left = weight_between(corpus, stretches.left, stretches.left_end, compute)
    right = weight_between(corpus, stretches.right, stretches.right_end, compute)
    return stretches.take((left >= least) & (right >= least))


def prose_weight(corpus: Corpus, begin: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Quarter words of running prose in ranges of words; of a passage in part, its share by words."""
    passages = corpus.passages
    prose = np.where(passages.flags & PROSE, passages.weight, 0)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(prose)])

    def upto(word: NDArray[np.int64]) -> NDArray[np.int64]:
        of = np.searchsorted(passages.first_word, word, "right") - 1
        words = np.maximum(passages.words[of], 1)
        part: NDArray[np.int64] = before[of] + prose[of] * (word - passages.first_word[of]) // words
        return part

    return upto(end) - upto(begin)


def words_of(
    passages: Passages, first: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Word ranges of stretches of passages."""
    return passages.first_word[first], passages.first_word[last] + passages.words[last]


def _said_once(grouped: Grouped, compute: Compute) -> Grouped:
    """Without pairs of places that stand together in a larger finding."""
    sizes = np.bincount(grouped.finding, minlength=grouped.count)[grouped.finding]
    larger, pairs = np.flatnonzero(sizes > 2), np.flatnonzero(sizes == 2)
    order = np.argsort(grouped.begin, kind="stable")
    gaps = np.empty_like(grouped.begin)
    gaps[order] = gaps_before(grouped.begin[order], grouped.end[order])
    begin, end = grouped.begin - gaps, grouped.end - gaps
    owner = np.zeros(int(end.max(initial=0)), np.int32)
    compute.run(own)(begin[larger], end[larger], grouped.finding[larger], owner)
    pairs = pairs[np.argsort(grouped.finding[pairs], kind="stable")]
    owners = owner[(begin[pairs] + end[pairs]) // 2].reshape(-1, 2)
    kept = np.ones(grouped.begin.size, np.bool_)
    kept[pairs] = np.repeat((owners[:, 0] == 0) | (owners[:, 0] != owners[:, 1]), 2)
    return grouped if kept.all() else grouped.take(kept)


def own(
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    findings: NDArray[np.int64],
    owner: NDArray[np.int32],
) -> None:
    """Write to each word of the ranges the finding, counted from 1, that they belong to."""
    for row in range(begins.size):
        for word in range(begins[row], ends[row]):
            owner[word] = findings[row] + 1


def _without_overlaps(grouped: Grouped) -> Grouped:
    """Where two places of a finding overlap, leave the one that is less like the anchor out."""
    while True:
        order = np.lexsort((grouped.end, grouped.begin, grouped.finding))
        this, following = order[:-1], order[1:]
        overlap = (grouped.finding[this] == grouped.finding[following]) & (
            grouped.end[this] > grouped.begin[following]
        )
        if not overlap.any():
            return grouped
        this, following = this[overlap], following[overlap]
        rank = grouped.jaccard + 2.0 * grouped.anchor
        kept = np.ones(grouped.begin.size, np.bool_)
        kept[np.where(rank[this] < rank[following], this, following)] = False
        grouped = grouped.take(kept)


def _with_nearest(
    partners: NDArray[np.int64],
    centres: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    similarities: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Also give each node that stands alone its nearest neighbour by these edges."""
    grouped = np.bincount(centres, minlength=centres.size)[centres] > 1
    lonely = ~grouped & (partners < 0)
    nodes = np.concatenate([lefts, rights])
    others = np.concatenate([rights, lefts])
    held = lonely[nodes]
    nodes, others, near = nodes[held], others[held], np.concatenate([similarities] * 2)[held]
    order = np.lexsort((others, -near, nodes))
    chosen, at = np.unique(nodes[order], return_index=True)
    nearest = partners.copy()
    nearest[chosen] = others[order[at]]
    return nearest


def _each_pair_once(partners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of two nodes that are each other's partner the first one alone has one."""
    rows = np.arange(partners.size)
    twice = (partners >= 0) & (partners < rows) & (partners[partners] == rows)
    return np.where(twice, -1, partners)
