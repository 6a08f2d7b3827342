"""What a Markdown document says more than once by its form, rather than by accident.

A changelog says under "Known issues" of every version what is still true, a reference under "Returns" of
every function; a page has a variant for each of two audiences, and a reader sees one. That is how such
documents are built: nobody pasted it there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from dedupe.findings.from_stretches import bytes_of, documents_of
from dedupe.findings.reasons import FORM, reasons
from dedupe.passages.markdown import Blocks, blocks_of
from dedupe.report import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedupe.compute.interface import Compute
    from dedupe.findings.from_stretches import Grouped
    from dedupe.passages.markdown import Component, Heading
    from dedupe.settings import Settings
    from dedupe.sketch.corpus import Corpus

LEAST: Final = 3
"""Entries that have the same part."""


def by_form(
    grouped: Grouped,
    asked: NDArray[np.bool_],
    corpus: Corpus,
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> NDArray[np.bool_]:
    """(f,): whether a repetition stands there by the form of its document.

    ``asked`` (f,): the findings to look at.
    """
    found = np.zeros(grouped.count, np.bool_)
    rows = np.flatnonzero(asked[grouped.finding])
    if settings.markdown != "prose" or not rows.size:
        return found
    documents = documents_of(corpus, grouped.begin[rows])
    is_markdown = corpus.markdown[documents]
    rows, documents = rows[is_markdown], documents[is_markdown]
    starts, _ = bytes_of(corpus, grouped.begin[rows], grouped.end[rows], compute, jobs)

    @cache
    def form(document: int) -> Form:
        return Form(blocks_of(corpus.whole(document).encode()))

    order = np.argsort(grouped.finding[rows], kind="stable")
    numbers, firsts = np.unique(grouped.finding[rows][order], return_index=True)
    for number, places in zip(numbers.tolist(), np.split(order, firsts[1:]), strict=False):
        held, at = form(int(documents[places[0]])), starts[places].tolist()
        found[number] = held.has_as_parts(at) or held.has_as_variants(at)
    return found


class Form:
    """How a document is built."""

    def __init__(self, blocks: Blocks) -> None:
        self._headings: list[int] = []
        self._titles: list[tuple[bytes | None, bytes | None]] = []
        above: list[Heading] = []
        for heading in blocks.headings:
            while above and above[-1].level >= heading.level:
                above.pop()
            self._headings.append(heading.start)
            self._titles.append((heading.text.lower(), above[-1].text.lower() if above else None))
            above.append(heading)
        self._borders: list[int] = []
        self._tags: list[bytes | None] = []
        inside: list[Component] = []
        for component in sorted(blocks.components):
            self._leave(inside, component.start)
            self._enter(component.start, component.tag)
            inside.append(component)
        self._leave(inside, None)

    def _enter(self, place: int, tag: bytes | None) -> None:
        self._borders.append(place)
        self._tags.append(tag)

    def _leave(self, inside: list[Component], place: int | None) -> None:
        """Components end before a place, or at the document's end."""
        while inside and (place is None or inside[-1].end <= place):
            end = inside.pop().end
            self._enter(end, inside[-1].tag if inside else None)

    def has_as_parts(self, places: Sequence[int]) -> bool:
        """Whether most places, at least three, stand under headings of the same text (or begin with
        them), each below another heading above that.
        """
        above = [
            self._titles[at - 1] if at else (None, None)
            for at in (bisect_right(self._headings, place) for place in places)
        ]
        part, _ = Counter(part for part, _ in above).most_common(1)[0]
        entries = {entry for held, entry in above if held == part and entry is not None}
        return len(entries) >= LEAST and 2 * len(entries) > len(above)

    def has_as_variants(self, places: Sequence[int]) -> bool:
        """Whether each place stands in a component of another kind."""
        tags = {
            self._tags[at - 1]
            for at in (bisect_right(self._borders, place) for place in places)
            if at and self._tags[at - 1] is not None
        }
        return len(tags) == len(places)


explain = reasons(
    FORM,
    lambda _: (
        Evidence(
            "form",
            "the same part of several entries, or of variants of which a reader sees one: "
            "so the document is built",
        ),
    ),
)
