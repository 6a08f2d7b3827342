"""The report for people: a verdict, the scores, the worst articles and findings, one next step.

It reads the summary, the ranking and the findings it shows, whatever the report holds.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from dedupe.formats.shared.verdict import severities
from dedupe.formats.terminal.articles import articles
from dedupe.formats.terminal.causes import causes, templates
from dedupe.formats.terminal.comparison import comparison
from dedupe.formats.terminal.ends import next_step, notes, skipped
from dedupe.formats.terminal.findings import findings
from dedupe.formats.terminal.groups import groups
from dedupe.formats.terminal.known import known
from dedupe.formats.terminal.overview import gate, head, scores
from dedupe.formats.terminal.style import Screen, glyphs_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe.formats.interface import View
    from dedupe.report import Report

NARROWEST = 40
WIDEST = 120
"""Longer lines are hard to read, however wide the screen."""
WIDEST_PAIR = 180
"""The same for two columns."""


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the view to the stream."""
    # Made in memory first: rich ends the process when a pipe breaks under it.
    held = StringIO()
    console = make_console(held, view)
    render(report, console, view)
    stream.write(held.getvalue())


def make_console(stream: TextIO, view: View, *, record: bool = False) -> Console:
    """A console that knows what the view says and asks the environment nothing."""
    return Console(
        file=stream,
        width=min(max(view.width, NARROWEST), WIDEST_PAIR if view.pair else WIDEST),
        height=25,
        color_system="standard" if view.colour else None,
        force_terminal=view.colour,
        force_interactive=False,
        force_jupyter=False,
        no_color=not view.colour,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        record=record,
    )


def render(report: Report, console: Console, view: View, *, fold: bool = False) -> None:
    """Print the view on a console; ``fold`` breaks places that are longer than a line."""
    screen = Screen(console, console.width, view.encoding, glyphs_for(view.encoding), fold)
    for line in _lines(report, screen, view):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


def _lines(report: Report, screen: Screen, view: View) -> Iterator[Text]:
    counts = severities(report)
    if view.pair:
        sections = comparison(report, view.pair, screen, text=view.text)
        if report.findings:
            sections.append(next_step(report, screen, view.command))
        return _apart(sections)
    sections = [
        head(report, counts, screen),
        gate(report, screen),
        scores(report, counts, screen),
        groups(report, screen),
        causes(report, screen, text=view.text),
        articles(report, screen),
        templates(report, screen, text=view.text),
        findings(report, screen, text=view.text),
        skipped(report, screen),
        notes(report, screen),
        known(report, screen),
        next_step(report, screen, view.command),
    ]
    if not report.summary.documents:
        sections = [*sections[:2], *sections[6:]]
    return _apart(sections)


def _apart(sections: Sequence[Iterator[Text]]) -> Iterator[Text]:
    """The lines of all sections, a blank one between two that have any."""
    for number, section in enumerate(sections):
        between = number > 0
        for line in section:
            if between:
                yield Text("")
                between = False
            yield line
