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
    from dedupe.report import GroupShare, Report

SHOWN = 10
ROOMY = 60
"""Columns from which there is room for more than the names and the words."""
_LONGEST = 24
"""Columns of a name, at most."""


def groups(report: Report, screen: Screen) -> Iterator[Text]:
    """A line for each two groups that share something; nothing where nobody asked."""
    if not report.groups:
        return
    by = report.settings.group_column
    yield Text(screen.safe(f"Groups that share text{f' ({by})' if by else ''}"), style=HEADING)
    worst = sorted(report.groups, key=lambda each: -each.words)
    roomy = screen.width >= ROOMY
    numbers: list[tuple[str, ...]] = [("articles", "findings", "words") if roomy else ("words",)]
    numbers += [_numbers(each, roomy) for each in worst[:SHOWN]]
    widths = [max(map(len, column)) for column in zip(*numbers, strict=True)]
    room = min(_LONGEST, (screen.width - sum(widths) - 2 * len(widths) - 4) // 2)
    names = [
        [end_of(screen.safe(name), room, screen.glyphs.cut) for name in (each.left, each.right)]
        for each in worst[:SHOWN]
    ]
    longest = [max(map(cell_len, column)) for column in zip(*names, strict=True)]
    for row, (pair, held) in enumerate(zip([["", ""], *names], numbers, strict=True)):
        line = Text(style=QUIET if row == 0 else "")
        for name, width in zip(pair, longest, strict=True):
            line.append(f"  {name}{' ' * (width - cell_len(name))}")
        for value, width in zip(held, widths, strict=True):
            line.append(f"  {value:>{width}}")
        yield line
    if len(worst) > SHOWN:
        yield Text(f"  {screen.glyphs.cut} and {number(len(worst) - SHOWN)} more", style=QUIET)


def _numbers(share: GroupShare, roomy: bool) -> tuple[str, ...]:
    if not roomy:
        return (number(share.words),)
    documents = number(share.documents_left)
    if share.left != share.right:
        documents += f" and {number(share.documents_right)}"
    return documents, number(share.findings), number(share.words)
