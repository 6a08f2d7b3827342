"""What most articles have in common, in one line each: a cause is mended once, not row by row."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.numbers import count, number
from dedupe.formats.terminal.articles import end_of
from dedupe.formats.terminal.style import HEADING, QUIET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import Cause, Report

SHOWN = 6
TEMPLATES = 8
QUOTED = 70
"""Characters of what articles carry."""
CARRY = "carry it"
"""What evidence says of the articles that have something in common."""


def causes(report: Report, screen: Screen, *, text: bool) -> Iterator[Text]:
    """The causes with most articles, each with two places to look at."""
    told = len(report.causes)
    if not told:
        return
    more = f" ({SHOWN} of {number(told)})" if told > SHOWN else ""
    yield Text(f"Causes, most articles first{more}", style=HEADING)
    for cause in islice(report.causes, SHOWN):
        line = Text.assemble((screen.safe(cause.code), HEADING), " ", _said(cause, screen, text))
        yield from screen.hang(line, Text("  "), Text("    "))
        for name, number_ in cause.places:
            shown = end_of(screen.safe(f"{name}:{number_}", 4096), screen.width - 4, screen.glyphs.cut)
            yield Text(f"    {shown}", style=QUIET)


def templates(report: Report, screen: Screen, *, text: bool) -> Iterator[Text]:
    """The templates with most articles: how many lines fill each, and what with."""
    found = list(islice((cause for cause in report.causes if cause.template), TEMPLATES))
    if not found or not text:
        return
    yield Text("Templates", style=HEADING)
    places = [count(cause.occurrences, "place") for cause in found]
    width = max(map(len, places))
    for cause, held in zip(found, places, strict=True):
        line = Text(f"  {held:>{width}}  ").append(screen.safe(cause.template or "", QUOTED))
        filling = next((each.detail for each in cause.evidence if each.quotes), "")
        line.append(screen.start_of("  " + screen.safe(" ".join(filling.split())), line), style=QUIET)
        yield line


def _said(cause: Cause, screen: Screen, text: bool) -> str:
    evidence = next((each.detail for each in cause.evidence if not each.quotes), "")
    if CARRY not in evidence:
        return screen.safe(evidence)
    if not text:
        return screen.safe(f"{evidence}: {CODES[cause.code]}")
    what = " ".join((cause.template or cause.text).split())
    if len(what) > QUOTED:
        what = what[:QUOTED].rstrip() + screen.glyphs.cut
    return screen.safe(evidence.replace(CARRY, f'carry "{what}"', 1), 600)
