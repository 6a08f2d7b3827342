"""Two documents of a report beside each other: which of their stretches are linked, and what differs.

``side_by_side`` is what every view of a comparison starts from: it only lays out what the findings say.
A stretch is a passage, or the part of one that a finding names. Both are cut into words once; offsets
of a word are code points of its document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from dedupe.formats.shared.excerpts import Piece, aligned, beside, words
from dedupe.matches.alignment import EQUAL, increasing
from dedupe.passages import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedupe.documents import Document
    from dedupe.report import Finding, Location, Report

Role = Literal["linked", "again", "only", "boilerplate"]

LIKE: Final = 0.25
"""A passage is linked where this share of the shorter side's words is the same."""
HANGING: Final = 25
"""Words before or after a match in its passage that stand against nothing: more are not part of it."""
SEED: Final = 3
"""Words in a row by which a stretch is found that has moved."""
APART: Final = 50
"""Words between two matches that still make one stretch."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one document."""

    start: int
    """Code points of the document's text, as those of a location."""
    end: int
    line: int
    end_line: int
    pieces: tuple[Piece, ...]
    """Its words. In a linked row both parts have as many pieces; changed ones may be empty."""

    @property
    def words(self) -> int:
        """How many."""
        return sum(bool(word.normal) for piece in self.pieces for word in piece.words)


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of one document, with what corresponds to it in the other."""

    role: Role
    """``linked``: both have it. ``again``: repeats another stretch of its own document. ``only``: the
    other document does not have it. ``boilerplate``: was not written for this article."""
    label: str
    """A number for what is linked, in the left document's order; a letter for what only one side has,
    and repeats. An ``again`` row has those of what it repeats (``4-6``)."""
    left: Part | None
    right: Part | None
    moved: bool = False
    """The right part stands out of order."""

    @property
    def edited(self) -> bool:
        """Whether words differ."""
        parts = [part for part in (self.left, self.right) if part]
        return any(piece.mark == "changed" for part in parts for piece in part.pieces)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents beside each other."""

    rows: tuple[Row, ...]
    """In the order of the left document; what only the right one has, where it stands there."""
    labels: tuple[str, ...]
    """For each finding of the report the rows it speaks of, as ``1-3, 5``."""
    left_share: float
    """Share of the left document's words that stand in the right one, too, in linked rows."""
    right_share: float


def side_by_side(report: Report, left: Document, right: Document) -> Comparison:
    """Lay two documents out beside each other.

    Args:
        report: of an audit of the two.
        left: as it was audited.
        right: the other one.
    """
    one, other = _Side(left), _Side(right)
    findings = [*report.findings]
    repeated = [finding for finding in findings if finding.kind == "repetition"]
    for finding in repeated:
        for side in (one, other):
            places, kept = side.repeats(finding)
            for place in (*places[:kept], *places[kept + 1 :]):
                side.copies[place.start : place.stop] = b"\1" * len(place)
    for kind in ("near-duplicate", "reuse"):
        for finding in findings:
            if finding.kind == kind:
                _link(one, other, one.places(finding), other.places(finding))
                if kind == "near-duplicate":  # as wholes, whichever of their passages were found
                    _link(one, other, [range(len(one.words))], [range(len(other.words))])
    _link_short_passages(one, other)
    links = [stretch for stretch in one.stretches() if stretch.role == "linked"]
    for number, link in enumerate(links, 1):
        link.label = str(number)
    letters = _letters()
    for finding in repeated:
        for side in (one, other):
            _repeat(finding, side, letters)
    for side in (one, other):
        side.name_the_rest(findings)
    return Comparison(
        rows=tuple(_rows(one, other)),
        labels=tuple(_labels(finding, one, other) for finding in findings),
        left_share=one.share(),
        right_share=other.share(),
    )


@dataclass(slots=True, eq=False)
class _Stretch:
    """A row in the making: words of one side or both."""

    role: Role
    left: range = range(0)
    right: range = range(0)
    label: str = ""
    same: int = 0
    """Words that both sides have."""


class _Side:
    """One document: its words, and what each is part of so far."""

    def __init__(self, document: Document) -> None:
        self.id = document.id
        self.words = words(document.text)
        self.starts = [word.start for word in self.words]
        self.ends = [word.end for word in self.words]
        self.owner: list[_Stretch | None] = [None] * len(self.words)
        # Where signs are all there is, they are a passage.
        passages = [(each.start, each.end) for each in reference.passages(document.text)]
        self.passages = passages or [(word.start, word.end) for word in self.words]
        self.firsts = [bisect_right(self.ends, start) for start, _ in self.passages]
        self.firsts.append(len(self.words))
        text = document.text.replace("\r\n", "\r ").replace("\r", "\n")
        self.copies = bytearray(len(self.words))
        """1 for words of a place that repeats one which is kept."""
        self.lines = [at for at, character in enumerate(text) if character == "\n"]

    def places(self, finding: Finding) -> list[range]:
        """The words of a finding's places here."""
        return [self.place(each) for each in finding.locations if each.document == self.id]

    def place(self, location: Location) -> range:
        """The words of a place."""
        return range(bisect_right(self.ends, location.start), bisect_left(self.starts, location.end))

    def free(self, ranges: Iterable[range], *, copies: bool = True) -> list[range]:
        """The runs of words in ranges that are part of nothing yet."""
        runs = []
        reached = 0
        for each in sorted(ranges, key=lambda each: each.start):
            start = max(each.start, reached)  # they may overlap
            reached = max(reached, each.stop)
            taken = (
                at
                for at in range(start, each.stop)
                if self.owner[at] or (self.copies[at] and not copies)
            )
            for at in [*taken, each.stop]:
                if at > start:
                    runs.append(range(start, at))
                start = at + 1
        return runs

    def repeats(self, finding: Finding) -> tuple[list[range], int]:
        """The places of a finding here, and which of them is kept."""
        here = [each for each in finding.locations if each.document == self.id]
        kept = next((number for number, each in enumerate(here) if each.keep), 0)
        return [self.place(each) for each in here], kept

    def passage(self, word: int) -> range:
        """The words of the passage that holds a word."""
        number = self.passage_number(word)
        return range(self.firsts[number], self.firsts[number + 1])

    def passage_number(self, word: int) -> int:
        """Which passage holds a word."""
        return bisect_right(self.firsts, word) - 1

    def own(self, run: range, stretch: _Stretch) -> None:
        """Make words part of a stretch."""
        self.owner[run.start : run.stop] = [stretch] * len(run)

    def stretches(self) -> Iterator[_Stretch]:
        """All stretches that words are part of, in order."""
        last = None
        for owner in self.owner:
            if owner is not None and owner is not last:
                yield owner
            last = owner

    def name_the_rest(self, findings: Iterable[Finding]) -> None:
        """Make a stretch of all that is part of nothing yet."""
        for finding in findings:
            if finding.kind == "boilerplate":
                for run in self.free(self.places(finding)):
                    self.own(run, _Stretch("boilerplate", run, run))
        for run in self.free([range(len(self.words))]):
            self.own(run, _Stretch("only", run, run))

    def share(self) -> float:
        """Share of the words that the other document has, too."""
        shared = sum(each.same for each in self.stretches())
        return shared / len(self.words) if self.words else 0.0

    def part(self, run: range, pieces: Sequence[Piece] | None = None) -> Part:
        """A run of words as part of a row."""
        held = self.words[run.start : run.stop]
        start, end = held[0].start, held[-1].end
        # Lines of signs alone, above or below a passage, are no part of it.
        first, last = self.passage_number(run.start), self.passage_number(run.stop - 1)
        if self.firsts[first] == run.start:
            start = self.passages[first][0]
        if self.firsts[last + 1] == run.stop:
            end = self.passages[last][1]
        return Part(
            start,
            end,
            bisect_left(self.lines, start) + 1,
            bisect_left(self.lines, end) + 1,
            tuple(pieces or (Piece("same", held),)),
        )


def _link(left: _Side, right: _Side, lefts: list[range], rights: list[range]) -> None:
    """Link the words of places on both sides: what is kept, then copies; in order, then what moved."""
    if not lefts or not rights:
        return
    _claim(left, right, left.free(lefts, copies=False), right.free(rights, copies=False))
    _claim(left, right, left.free(lefts), right.free(rights))
    lefts, rights = left.free(lefts), right.free(rights)
    if not lefts or not rights:
        return
    free = [at for run in rights for at in run]
    found: dict[tuple[str, ...], int] = {}
    normals = [right.words[at].normal for at in free]
    for place, seed in enumerate(zip(*(normals[n:] for n in range(SEED)), strict=False)):
        found[seed] = -1 if seed in found else free[place]
    for run in (part for each in lefts for part in _by_passage(left, each)):
        normals = [left.words[at].normal for at in run]
        seeds = zip(*(normals[n:] for n in range(SEED)), strict=False)
        hits = sorted(found[seed] for seed in seeds if found.get(seed, -1) >= 0)
        window = _densest(hits, len(run))
        if window:
            _claim(left, right, [run], right.free(_overlaps(rights, window)))


def _by_passage(side: _Side, run: range) -> Iterator[range]:
    start = run.start
    while start < run.stop:
        end = min(side.passage(start).stop, run.stop)
        yield range(start, end)
        start = end


def _overlaps(ranges: Sequence[range], span: range) -> Iterator[range]:
    """What of ranges, apart and in order, lies in a span."""
    number = bisect_right(ranges, span.start, key=lambda each: each.stop)
    while number < len(ranges) and ranges[number].start < span.stop:
        yield range(max(ranges[number].start, span.start), min(ranges[number].stop, span.stop))
        number += 1


def _densest(hits: list[int], length: int) -> range:
    """Around most of the hits that stand together, as far as so many words may reach."""
    best = range(0)
    first = 0
    for at in range(len(hits)):
        if at + 1 == len(hits) or hits[at + 1] - hits[at] > APART:
            if at + 1 - first > len(best):
                best = range(first, at + 1)
            first = at + 1
    if not best:
        return best
    return range(max(hits[best.start] - length, 0), hits[best.stop - 1] + SEED + length)


def _claim(left: _Side, right: _Side, lefts: list[range], rights: list[range]) -> None:
    """Align free words of both sides and link what is alike enough, passage by passage."""
    a, b = ([at for run in runs for at in run] for runs in (lefts, rights))
    codes = aligned([left.words[at] for at in a], [right.words[at] for at in b])
    pairs = [
        (a[one], b[other])
        for kind, start, end, other_start, other_end in codes
        if kind == EQUAL
        for one, other in zip(range(start, end), range(other_start, other_end), strict=True)
    ]
    starts = [run.start for run in lefts], [run.start for run in rights]
    groups = _grouped(pairs, left, starts)
    last = (0, 0)
    for number, group in enumerate(groups):
        first, final = group[0], group[-1]
        coming = (
            groups[number + 1][0] if number + 1 < len(groups) else (len(left.words), len(right.words))
        )
        run, other = (
            _room(
                side.passage(first[which]).start,
                side.passage(final[which]).stop,
                runs[bisect_right(starts[which], first[which]) - 1],
                last[which],
                coming[which],
            )
            for which, (side, runs) in enumerate(((left, lefts), (right, rights)))
        )
        run, other = _without_hanging(run, other, first, final)
        if len(group) >= LIKE * min(len(run), len(other)):
            link = _Stretch("linked", run, other, same=len(group))
            left.own(run, link)
            right.own(other, link)
            last = run.stop, other.stop


Pair = tuple[int, int]


def _grouped(pairs: list[Pair], left: _Side, starts: tuple[list[int], list[int]]) -> list[list[Pair]]:
    """Pairs of words of one left passage that no word of another stretch stands between."""
    groups: list[list[Pair]] = []
    before: Pair | None = None
    for pair in pairs:
        joined = (
            before is not None
            and pair[0] < left.passage(before[0]).stop
            and pair[0] - before[0] <= APART
            and pair[1] - before[1] <= APART
            and bisect_right(starts[0], pair[0]) == bisect_right(starts[0], before[0])
            and bisect_right(starts[1], pair[1]) == bisect_right(starts[1], before[1])
        )
        if joined:
            groups[-1].append(pair)
        else:
            groups.append([pair])
        before = pair
    return groups


def _room(start: int, end: int, free: range, low: int, high: int) -> range:
    """How far a stretch may reach: its passages, what is free around it, its neighbours."""
    return range(max(start, free.start, low), min(end, free.stop, high))


def _without_hanging(run: range, other: range, first: Pair, final: Pair) -> tuple[range, range]:
    """Both sides without long ends that only one of them has."""
    ends = [
        [first[0] - run.start, first[1] - other.start],
        [run.stop - 1 - final[0], other.stop - 1 - final[1]],
    ]
    for end in ends:
        for side in (0, 1):
            if end[side] > HANGING and end[1 - side] * 4 < end[side]:
                end[side] = 0
    return (
        range(first[0] - ends[0][0], final[0] + 1 + ends[1][0]),
        range(first[1] - ends[0][1], final[1] + 1 + ends[1][1]),
    )


def _link_short_passages(left: _Side, right: _Side) -> None:
    """Link passages with the same words that are too short for a finding."""
    waiting: dict[tuple[str, ...], list[range]] = {}
    for words_there, run in reversed(_free_passages(right)):
        waiting.setdefault(words_there, []).append(run)
    for words_here, run in _free_passages(left):
        others = waiting.get(words_here)
        if others:
            other = others.pop()
            link = _Stretch("linked", run, other, same=len(run))
            left.own(run, link)
            right.own(other, link)


def _free_passages(side: _Side) -> list[tuple[tuple[str, ...], range]]:
    runs = [range(first, end) for first, end in pairwise(side.firsts) if end > first]
    return [
        (tuple(side.words[at].normal for at in run), run)
        for run in runs
        if any(side.words[at].normal for at in run) and not any(side.owner[at] for at in run)
    ]


def _letters() -> Iterator[str]:
    """a, b, …, z, aa, ab, …"""
    number = 0
    while True:
        number += 1
        rest, letters = number, ""
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("a") + digit) + letters
        yield letters


def _repeat(finding: Finding, side: _Side, letters: Iterator[str]) -> None:
    """Say of the copies of a stretch inside a document what they repeat."""
    places, kept = side.repeats(finding)
    linked = [any(side.owner[at] for at in place) for place in places]
    if True in linked and not linked[kept]:
        kept = linked.index(True)
    copies = [*places[:kept], *places[kept + 1 :]]
    if not side.free(copies):
        return
    if not linked[kept]:
        letter = next(letters)
        for run in side.free([places[kept]]):
            side.own(run, _Stretch("only", run, run, letter))
    owners = [owner for at in places[kept] if (owner := side.owner[at])]
    said = _ranges(owner.label for owner in owners)
    shared = any(owner.role == "linked" for owner in owners)
    for run in side.free(copies):
        side.own(run, _Stretch("again", run, run, said, len(run) if shared else 0))


def _ranges(labels: Iterable[str]) -> str:
    """``1-3, 5, a``."""
    told = dict.fromkeys(label for label in labels if label)
    numbers = sorted(int(label) for label in told if label.isdecimal())
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    said = [f"{first}" if first == last else f"{first}-{last}" for first, last in parts]
    return ", ".join([*said, *(label for label in told if not label.isdecimal())])


def _labels(finding: Finding, left: _Side, right: _Side) -> str:
    owners = (side.owner[at] for side in (left, right) for place in side.places(finding) for at in place)
    return _ranges(owner.label for owner in owners if owner and owner.role in ("linked", "only"))


def _rows(left: _Side, right: _Side) -> Iterator[Row]:
    links = [stretch for stretch in left.stretches() if stretch.role == "linked"]
    order = increasing([(number, link.right.start) for number, link in enumerate(links)])
    coming = [links[number] for number, _ in order][::-1]
    waiting = [stretch for stretch in right.stretches() if stretch.role != "linked"][::-1]
    held: Row | None = None
    for stretch in [*left.stretches(), None]:
        if stretch is None or stretch.role == "linked":
            # What only the right side has goes before the next link that is in order.
            until = coming[-1].right.start if coming else len(right.words)
            while waiting and waiting[-1].right.start < until:
                alone = waiting.pop()
                part = right.part(alone.right)
                if held and held.role == alone.role == "only" and not held.label and not alone.label:
                    yield Row("only", "", held.left, part)
                    held = None
                    continue
                if held:
                    yield held
                    held = None
                yield Row(alone.role, alone.label, None, part)
        if held:
            yield held
            held = None
        if stretch is None:
            return
        if stretch.role == "linked":
            in_order = bool(coming) and coming[-1] is stretch
            if in_order:
                coming.pop()
            yield _linked(stretch, left, right, moved=not in_order)
        else:
            held = Row(stretch.role, stretch.label, left.part(stretch.left), None)


def _linked(link: _Stretch, left: _Side, right: _Side, *, moved: bool) -> Row:
    pieces, others = beside(
        left.words[link.left.start : link.left.stop], right.words[link.right.start : link.right.stop]
    )
    return Row("linked", link.label, left.part(link.left, pieces), right.part(link.right, others), moved)
