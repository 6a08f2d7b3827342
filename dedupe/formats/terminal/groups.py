"""Which groups of documents share text, most words first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from dedupe.formats.shared.numbers import number
from dedupe.formats.terminal.articles import end_of
from dedupe.formats.terminal.style import HEADING, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import Report

SHOWN = 10
_LONGEST = 24
"""Columns of a name."""


def groups(report: Report, screen: Screen) -> Iterator[Text]:
    """A line for each two groups that share something; nothing where nobody asked."""
    if not report.groups:
        return
    by = report.settings.group_column
    yield Text(screen.safe(f"Groups that share text{f' ({by})' if by else ''}"), style=HEADING)
    worst = sorted(report.groups, key=lambda each: -each.words)
    rows = [
        (
            screen.safe(each.left),
            screen.safe(each.right),
            number(each.documents_left),
            number(each.documents_right),
            number(each.findings),
            number(each.words),
        )
        for each in worst[:SHOWN]
    ]
    room = min(_LONGEST, (screen.width - 44) // 2) if screen.width >= 60 else 8
    names = [max(cell_len(end_of(row[at], room, screen.glyphs.cut)) for row in rows) for at in (0, 1)]
    yield Text(
        f"  {'':{names[0]}}  {'':{names[1]}}  {'articles':>17}  {'findings':>8}  {'words':>8}",
        style=QUIET,
    )
    for left, right, documents_left, documents_right, findings, words in rows:
        line = Text("  ")
        for name, width in zip((left, right), names, strict=True):
            shown = end_of(name, room, screen.glyphs.cut)
            line.append(shown + " " * (width - cell_len(shown) + 2))
        both = documents_left if left == right else f"{documents_left} and {documents_right}"
        line.append(f"{both:>17}  {findings:>8}  {words:>8}")
        yield line
    if len(worst) > SHOWN:
        yield Text(f"  {screen.glyphs.cut} and {number(len(worst) - SHOWN)} more", style=QUIET)
