"""What fails no gate: findings that a baseline knows, and those that somebody allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.numbers import count, number
from dedupe.formats.terminal.style import HEADING, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import Report

SHOWN = 5
"""Entries that are listed."""


def known(report: Report, screen: Screen) -> Iterator[Text]:
    """How much is known and allowed, and which entries are of no use."""
    if report.known or report.stale:
        yield Text.assemble(("Known to the baseline", HEADING), f": {count(report.known, 'finding')}")
        yield from _listed([f"gone: {screen.safe(each)}" for each in report.stale], screen)
        if report.stale:
            yield from screen.hang(Text("--update-baseline drops what is gone", QUIET), Text("  "))
    if report.allowed:
        yield Text("Allowed", HEADING)
        # What is not used first: there is something to do about it.
        entries = sorted(report.allowed, key=lambda each: each.findings > 0)
        yield from _listed(
            [
                f"{count(each.findings, 'finding') if each.findings else 'not used'}: "
                f"{screen.safe(each.entry)} ({screen.safe(each.reason)})"
                for each in entries
            ],
            screen,
        )


def _listed(lines: list[str], screen: Screen) -> Iterator[Text]:
    """The first, then a count."""
    for line in lines[:SHOWN]:
        yield from screen.hang(Text(line), Text("  "), Text("    "))
    if len(lines) > SHOWN:
        yield Text(f"  {screen.glyphs.cut} and {number(len(lines) - SHOWN)} more", style=QUIET)
