"""The foot of the view: what was not read, what was noticed, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.numbers import number
from dedupe.formats.terminal.findings import SHOWN as FINDINGS_SHOWN
from dedupe.formats.terminal.style import HEADING, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import Report

SHOWN = 5


def skipped(report: Report, screen: Screen) -> Iterator[Text]:
    """What was not read, and why: the first, then a count."""
    lines = [f"{screen.safe(each.path)}: {screen.safe(each.reason)}" for each in report.skipped[:SHOWN]]
    yield from _listed("Not read", lines, len(report.skipped), screen)


def notes(report: Report, screen: Screen) -> Iterator[Text]:
    """What was noticed about the input as a whole."""
    lines = [screen.safe(note) for note in report.notes[:SHOWN]]
    yield from _listed("About the input", lines, len(report.notes), screen)


def _listed(heading: str, lines: list[str], total: int, screen: Screen) -> Iterator[Text]:
    if not lines:
        return
    yield Text(f"{heading} ({number(total)})" if total > 1 else heading, style=HEADING)
    for line in lines:
        yield from screen.hang(Text(line), Text("  "), Text("    "))
    if total > len(lines):
        yield Text(f"  {screen.glyphs.cut} and {number(total - len(lines))} more", style=QUIET)


def next_step(report: Report, screen: Screen, command: str) -> Iterator[Text]:
    """One step that fits the result, with the command to type."""
    found = len(report.findings)
    if not found and not report.skipped:
        yield Text("Nothing to do.")
        return
    if found > FINDINGS_SHOWN:
        why = f"All {number(found)} findings, with every place:"
    elif found:
        why = "Every place with its offsets, as JSON:"
    else:
        why = "The scores of each article, and everything that was not read, as JSON:"
    yield from screen.hang(Text(why), Text(""))
    yield Text(f"  {screen.safe(command, 4096)} -o report.json", style=HEADING)
