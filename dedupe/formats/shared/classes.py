"""What every word of an article is: the class of each stretch, and the finding that says so."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.report import Article, Mention

Class = Literal["original", "reuse", "repetition", "boilerplate"]

CLASSES: Final[tuple[Class, ...]] = ("original", "reuse", "repetition", "boilerplate")


class Span(NamedTuple):
    """A stretch of one class. Offsets are code points of the text."""

    start: int
    end: int
    name: Class
    finding: int
    """Index of the first finding that says so; -1 where none does. Of what is original, the first
    repetition whose kept copy it is."""


def classes_of(article: Article) -> Iterator[Span]:
    """The whole text in spans, each of another class or finding than the one before.

    A word is what the first of these says that applies: boilerplate, repetition (the kept copy is
    none), reuse; the rest is original. So the words of the spans of a class are the document's share
    of it.
    """
    claims = [(each.start, each.end, *_claim(each)) for each in article.places if each.start < each.end]
    edges = sorted({0, len(article.text), *(edge for start, end, *_ in claims for edge in (start, end))})
    claims.sort(reverse=True)
    # What reaches over the stretch that is looked at, what decides first at the top.
    open_: list[tuple[int, int, int]] = []
    last: Span | None = None
    for start, end in pairwise(edges):
        while claims and claims[-1][0] <= start:
            _, until, rank, finding = claims.pop()
            heappush(open_, (rank, finding, until))
        while open_ and open_[0][2] <= start:
            heappop(open_)
        rank, finding, _ = open_[0] if open_ else (_ORDER.index("original"), -1, 0)
        name = _ORDER[rank]
        if last and (last.name, last.finding) == (name, finding):
            last = last._replace(end=end)
            continue
        if last:
            yield last
        last = Span(start, end, name, finding)
    if last:
        yield last


_ORDER: Final[tuple[Class, ...]] = ("boilerplate", "repetition", "reuse", "original")


def _claim(place: Mention) -> tuple[int, int]:
    """The rank of the class that a place gives its words, and the finding."""
    if place.kind == "repetition" and place.keep:
        return _ORDER.index("original"), place.finding
    return _ORDER.index("reuse" if place.kind == "near-duplicate" else place.kind), place.finding
