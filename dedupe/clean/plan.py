"""What goes in one pass over a corpus: so that of everything that is said, one copy stays.

A copy goes only where the kept one stays whole. Findings are decided upon one after another; what one
relies on, no later one takes away, and what one took away, no later one relies on. What has to wait
for that reason is found again by the audit of the next pass.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from dedupe.clean.copies import Judge, has_words
from dedupe.clean.corpus import changed
from dedupe.clean.edges import Lines, removable, unite, with_line_ends
from dedupe.clean.spans import Cut, Range, owned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dedupe.clean.choices import Choices
    from dedupe.clean.corpus import Article
    from dedupe.clean.select import Candidate, Mark, Spot

HALF: Final = "would leave half a sentence"
EMPTY: Final = "nothing would be left of the document"
RELIED_ON: Final = "holds the copy that stays of something else"
UNSAFE: Final = "its file would not be read the same without it"

_KEEPERS: Final = 3
"""Copies that an edited one is compared with, the best first."""


@dataclass(frozen=True, slots=True)
class Left:
    """A place that was to go and stays, and why."""

    mark: Mark
    document: str
    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Pass:
    """What one pass decided."""

    cuts: dict[str, tuple[Cut, ...]] = field(default_factory=dict)
    """By document, in code points of its text in this pass."""
    dropped: dict[str, Mark] = field(default_factory=dict)
    """Documents that go as a whole."""
    left: list[Left] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.cuts or self.dropped)


def plan(
    candidates: Sequence[Candidate],
    articles: Mapping[str, Article],
    choices: Choices,
    judge: Judge,
    frozen: Collection[str] = (),
) -> Pass:
    """Decide upon each finding.

    Args:
        candidates: in the order of decision.
        articles: the documents they name.
        choices: which copy stays, and whether edited ones go.
        judge: tells copies.
        frozen: documents that have to stay as they are.
    """
    deciding = _Deciding(articles, choices, judge, frozen)
    for candidate in candidates:
        for spot in candidate.spots:
            article = articles.get(spot.document)
            if article is None or not 0 <= spot.start <= spot.end <= len(article.text):
                raise changed(spot.document)
        deciding.decide(candidate)
    return deciding.finish()


class _Deciding:
    """What has been decided so far."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        choices: Choices,
        judge: Judge,
        frozen: Collection[str],
    ) -> None:
        self._articles = articles
        self._choices = choices
        self._judge = judge
        self._frozen = frozen
        self._lines: dict[str, Lines] = {}
        self._wanted: dict[str, list[tuple[Range, Mark]]] = defaultdict(list)
        self._furniture: dict[str, _Ranges] = defaultdict(_Ranges)
        self._copies: dict[str, _Ranges] = defaultdict(_Ranges)
        """What goes by document, furniture left out: nothing may rely on it."""
        self._kept: dict[str, _Ranges] = defaultdict(_Ranges)
        """What something that goes relies on."""
        self._pass = Pass()

    def decide(self, candidate: Candidate) -> None:
        """Decide upon one finding."""
        kind = candidate.mark.kind
        if kind == "boilerplate":
            for spot in candidate.spots:
                if not spot.keep:
                    self._remove(candidate.mark, spot, None)
        elif kind == "near-duplicate":
            self._drop_copies(candidate)
        elif kind == "repetition":
            # One finding may speak for many documents (an echo in each article of a source).
            for spots in _by_document(candidate.spots).values():
                first = self._first_kept(spots)
                self._remove_copies(
                    candidate.mark, [first, *(each for each in spots if each is not first)]
                )
        else:
            named = _by_document(candidate.spots)
            order = sorted(named, key=self._rank)
            self._remove_copies(candidate.mark, [self._first_kept(named[each]) for each in order])

    def finish(self) -> Pass:
        """All that goes, with line ends; no document is emptied."""
        for document, wanted in self._wanted.items():
            if document in self._pass.dropped:
                continue
            text = self._articles[document].text
            ranges = unite([place for place, _ in wanted])
            at = 0
            stays = False
            for start, end in [*ranges, (len(text), len(text))]:
                stays = stays or has_words(text[at:start])
                at = end
            if not stays:
                self._leave_all(document, wanted)
                continue
            ranges = with_line_ends(self._lines_of(document), ranges)
            self._pass.cuts[document] = owned(ranges, wanted)
        return self._pass

    def _leave_all(self, document: str, wanted: Iterable[tuple[Range, Mark]]) -> None:
        self._pass.left += [Left(mark, document, *place, EMPTY) for place, mark in wanted]

    def _lines_of(self, document: str) -> Lines:
        lines = self._lines.get(document)
        if lines is None:
            lines = self._lines[document] = Lines(self._articles[document].text)
        return lines

    def _text(self, spot: Spot) -> str:
        """What a place says without its furniture."""
        return self._of(spot.document, spot.start, spot.end)

    def _of(self, document: str, start: int = 0, end: int | None = None) -> str:
        text = self._articles[document].text
        return self._furniture[document].outside(text, start, len(text) if end is None else end)

    def _stands(self, spot: Spot) -> bool:
        """Whether a place stays whole, furniture aside."""
        return spot.document not in self._pass.dropped and not self._copies[spot.document].meets(
            spot.start, spot.end
        )

    def _remove(self, mark: Mark, spot: Spot, kept: Spot | None) -> bool:
        """Let a place go for which another one stays, if it can; else list it."""
        document = spot.document
        if document in self._pass.dropped:
            return False
        if document in self._frozen:
            self._pass.left.append(Left(mark, document, spot.start, spot.end, UNSAFE))
            return False
        if kept is not None and self._kept[document].meets(spot.start, spot.end):
            self._pass.left.append(Left(mark, document, spot.start, spot.end, RELIED_ON))
            return False
        parts = removable(self._lines_of(document), spot.start, spot.end, furniture=kept is None)
        if parts is None:
            self._pass.left.append(Left(mark, document, spot.start, spot.end, HALF))
            return False
        if not parts:
            return False  # nothing but blanks
        self._wanted[document] += [(part, mark) for part in parts]
        if kept is None:
            for part in parts:
                self._furniture[document].add(*part)
        else:
            self._copies[document].add(spot.start, spot.end)
            self._kept[kept.document].add(kept.start, kept.end)
        return True

    def _first_kept(self, spots: Sequence[Spot]) -> Spot:
        """The place in one document that stays."""
        return next((spot for spot in spots if spot.keep), spots[0])

    def _remove_copies(self, mark: Mark, spots: Sequence[Spot]) -> None:
        """Of equal places the first stays; of edited ones the first of all, if they are to go."""
        alike = Counter(spot.likeness for spot in spots)
        best: dict[str, Spot] = {}
        others: list[tuple[Spot, str]] = []
        for spot in spots:
            # What has the same words is as like the anchor.
            if not self._choices.near and alike[spot.likeness] == 1:
                continue
            text = self._text(spot)
            if not self._stands(spot) or not has_words(text):
                continue
            words = self._judge.said(text)
            if words in best:
                others.append((spot, words))
            else:
                best[words] = spot
        for spot, words in others:
            self._remove_copy(mark, spot, best[words])
        if self._choices.near and len(best) > 1:
            kept, *edited = best.values()
            text = self._text(kept)
            for spot in edited:
                if self._judge.is_edited_copy(self._text(spot), text):
                    self._remove_copy(mark, spot, kept)

    def _remove_copy(self, mark: Mark, spot: Spot, kept: Spot) -> None:
        """Let one place go for another, if both stand and are two."""
        overlap = spot.document == kept.document and spot.start < kept.end and kept.start < spot.end
        if not overlap and self._stands(spot) and self._stands(kept):
            self._remove(mark, spot, kept)

    def _drop_copies(self, candidate: Candidate) -> None:
        """Near-duplicates: of equal documents one stays, the one that the policy prefers."""
        documents = sorted(
            (each for each in _by_document(candidate.spots) if each not in self._pass.dropped),
            key=self._rank,
        )
        best: dict[str, str] = {}
        for document in documents:
            words = self._judge.said(self._of(document))
            if words not in best or not self._drop(candidate.mark, document, best[words]):
                best.setdefault(words, document)
        if not self._choices.near:
            return
        staying = list(best.values())
        for document in reversed(list(staying)):
            others = [each for each in staying if each != document][:_KEEPERS]
            text = self._of(document)
            for kept in others:
                if self._judge.is_edited_copy(text, self._of(kept)):
                    if self._drop(candidate.mark, document, kept):
                        staying.remove(document)
                    break

    def _drop(self, mark: Mark, document: str, kept: str) -> bool:
        """Let a whole document go for which another one stays."""
        if kept in self._pass.dropped or self._copies[kept]:
            return False
        if document in self._frozen:
            reason = UNSAFE
        elif self._kept[document] or self._copies[document]:
            reason = RELIED_ON
        else:
            self._pass.dropped[document] = mark
            self._kept[kept].add(0, len(self._articles[kept].text))
            return True
        self._pass.left.append(Left(mark, document, 0, len(self._articles[document].text), reason))
        return False

    def _rank(self, document: str) -> tuple[Any, ...]:
        """Sorts the document first that the policy prefers."""
        article = self._articles[document]
        keep = self._choices.keep
        if keep == "longest":
            return -len(article.text), article.order
        if keep in ("earliest", "latest"):
            moment = _moment(article.date)
            sign = 1 if keep == "earliest" else -1
            return moment is None, sign * (moment or 0.0), article.order
        if keep != "first":
            wanted = keep.removeprefix("source=").casefold()
            return (article.source or "").casefold() != wanted, article.order
        return (article.order,)


class _Ranges:
    """Places in one document; those that touch are one."""

    def __init__(self) -> None:
        self.ranges: list[Range] = []

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def add(self, start: int, end: int) -> None:
        """One more."""
        first = bisect_left(self.ranges, start, key=lambda place: place[1])
        last = bisect_right(self.ranges, end, key=lambda place: place[0])
        if first < last:
            start = min(start, self.ranges[first][0])
            end = max(end, self.ranges[last - 1][1])
        self.ranges[first:last] = [(start, end)]

    def meets(self, start: int, end: int) -> bool:
        """Whether one of them overlaps a place."""
        at = bisect_right(self.ranges, start, key=lambda place: place[1])
        return at < len(self.ranges) and self.ranges[at][0] < end

    def outside(self, text: str, start: int, end: int) -> str:
        """A stretch of the text without them."""
        parts = []
        for number in range(
            bisect_right(self.ranges, start, key=lambda place: place[1]), len(self.ranges)
        ):
            low, high = self.ranges[number]
            if low >= end:
                break
            parts.append(text[start : max(low, start)])
            start = high
        return "".join([*parts, text[start:end]])


def _by_document(spots: Iterable[Spot]) -> dict[str, list[Spot]]:
    named: dict[str, list[Spot]] = {}
    for spot in spots:
        named.setdefault(spot.document, []).append(spot)
    return named


def _moment(date: str | None) -> float | None:
    """A date as a number; None if it says nothing."""
    if not date:
        return None
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = parse(date.strip())
            if found.tzinfo is None:
                found = found.replace(tzinfo=UTC)
            return found.timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
