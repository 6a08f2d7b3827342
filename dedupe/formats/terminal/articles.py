"""The articles, worst first: one line each, with a bar of what it is made of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from dedupe.formats.shared.numbers import count, number, percent
from dedupe.formats.terminal.overview import bar
from dedupe.formats.terminal.style import HEADING, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import DocumentScore, Report

SHOWN = 10
ROOMY = 70
"""Columns from which there is room for more than the bar, the share and the name."""


def articles(report: Report, screen: Screen) -> Iterator[Text]:
    """The worst articles; the others, and those with original words only, are counted."""
    ranked = len(report.ranking)
    clean = report.summary.documents - ranked
    if not ranked:
        return
    yield Text("Articles, worst first", style=HEADING)
    width = min(max(screen.width // 4, 12), 30) if screen.width >= ROOMY else 12
    sizes = "    words" if screen.width >= ROOMY else ""
    yield Text(f"  {'':{width}}  not original{sizes}", style=QUIET)
    for index in islice(report.ranking, SHOWN):
        yield _row(report.documents[index], width, screen)
    rest = []
    if ranked > SHOWN:
        rest.append(f"{screen.glyphs.cut} and {number(ranked - SHOWN)} more")
    if clean:
        rest.append(f"{number(clean)} with original words only" if rest else _clean(clean))
    if rest:
        yield Text(f"  {'; '.join(rest)}", style=QUIET)


def _clean(clean: int) -> str:
    return count(clean, "article has", "articles have") + " original words only"


def _row(document: DocumentScore, width: int, screen: Screen) -> Text:
    share = 1 - document.fractions.original if document.words else 0.0
    row = Text("  ").append_text(bar(document.fractions, width, screen))
    row.append(f"  {percent(share):>12}")
    row.append(f"  {number(document.words):>7}  " if screen.width >= ROOMY else "  ")
    room = screen.width - row.cell_len
    name = screen.safe(document.id)
    row.append(end_of(name, room, screen.glyphs.cut))
    if document.title:
        row.append(screen.start_of("  " + screen.safe(document.title), row), style=QUIET)
    return row


def end_of(text: str, room: int, cut: str) -> str:
    """The end of a path says more than its start."""
    if cell_len(text) <= room:
        return text
    kept = list(text)
    size = cell_len(text)
    while kept and size > room - cell_len(cut):
        size -= cell_len(kept.pop(0))
    return cut + "".join(kept)
