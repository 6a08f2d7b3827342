"""The head of the view: the verdict and the scores of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.bars import cells
from dedupe.formats.shared.numbers import count, number, percent
from dedupe.formats.shared.verdict import counted, verdict
from dedupe.formats.terminal.style import CLASS, HEADING, QUIET, SEVERITY
from dedupe.report import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import Fractions, Report, Severity

Counts = dict["Severity", int]


def head(report: Report, counts: Counts, screen: Screen) -> Iterator[Text]:
    """The verdict, in the colour of the worst finding."""
    colour = next((SEVERITY[s] for s in ("error", "warning") if counts[s]), "bold green")
    yield from screen.hang(Text(verdict(report, counts), style=colour), Text(""))


def gate(report: Report, screen: Screen) -> Iterator[Text]:
    """What was asked of the report, and how it stands."""
    for each in report.gate.conditions if report.gate else ():
        stands, style = ("failed", SEVERITY["error"]) if each.failed else ("passed", "bold green")
        said = Text.assemble((stands, style), f" {screen.safe(each.text)}: {screen.safe(each.detail)}")
        yield from screen.hang(said, Text("  "), Text("    "))


def scores(report: Report, counts: Counts, screen: Screen) -> Iterator[Text]:
    """The scores: sizes, classes as a bar whose legend serves every bar below, densities, findings."""
    summary = report.summary
    sizes = [
        count(summary.documents, "document"),
        count(summary.passages, "passage"),
        count(summary.words, "word"),
    ]
    yield from screen.hang(Text(f" {screen.glyphs.dot} ".join(sizes)), Text("  "))
    yield Text("")
    yield Text("  ").append_text(bar(summary.fractions, screen.width - 4, screen))
    yield from _legend(summary.fractions, screen)
    yield Text("")
    rows = [
        (
            "duplication density",
            percent(summary.duplication_density),
            "of the words stand in the archive, too"
            if report.settings.against
            else "of the words stand in more than one place",
        ),
        (
            "redundant",
            percent(summary.redundant_fraction),
            f"would go if {'the archive' if report.settings.against else 'one copy of each'} stayed",
        ),
        ("exactly redundant", percent(summary.redundant_exact_fraction), "the same, exact copies alone"),
        ("findings", number(sum(counts.values())), counted(counts) or "none"),
    ]
    kinds = [f"{summary.findings.get(kind, 0):,} {kind}" for kind in KINDS if summary.findings.get(kind)]
    if kinds:
        rows.append(("", "", ", ".join(kinds)))
    for name, value, meaning in rows:
        lead = Text(f"  {name:<20}").append(f"{value:>7}", style=HEADING).append("  ")
        yield from screen.hang(Text(meaning, style=QUIET), lead, Text(" " * lead.cell_len))


def bar(fractions: Fractions, width: int, screen: Screen) -> Text:
    """The classes as a bar."""
    drawn = Text()
    for name, length in cells(fractions, width).items():
        drawn.append(screen.glyphs.of(name) * length, style=CLASS[name])
    drawn.pad_right(width - drawn.cell_len)
    return drawn


def _legend(fractions: Fractions, screen: Screen) -> Iterator[Text]:
    """Glyph, name and share of each class, whole items a line."""
    line = Text("  ")
    for name, share in (
        ("original", fractions.original),
        ("reuse", fractions.reuse),
        ("repetition", fractions.repetition),
        ("boilerplate", fractions.boilerplate),
    ):
        item = Text.assemble(
            (screen.glyphs.of(name), CLASS[name]), f" {name} ", (percent(share), HEADING)
        )
        if line.cell_len > 2 and line.cell_len + 3 + item.cell_len > screen.width:
            yield line
            line = Text("  ")
        line.append_text(Text("   ") if line.cell_len > 2 else Text("")).append_text(item)
    yield line
