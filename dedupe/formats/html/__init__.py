"""The report as one page for a browser: offline, from disk, and safe whatever the articles hold.

``contents`` chooses what goes in and makes data of it, ``overview`` writes what stands in the page
itself, ``page`` puts both into the template; ``assets/`` are the template, the style and the scripts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from dedupe.formats.html import overview, sides
from dedupe.formats.html.charts import PATTERNS
from dedupe.formats.html.contents import gather, index
from dedupe.formats.html.page import pages
from dedupe.formats.html.safe import embedded, html
from dedupe.formats.shared.numbers import count, number
from dedupe.formats.shared.side_by_side import side_by_side
from dedupe.formats.shared.verdict import severities, verdict
from dedupe.formats.terminal.comparison import verdict as verdict_of_pair
from dedupe.report import SEVERITIES

if TYPE_CHECKING:
    from dedupe.formats.interface import Pair, View
    from dedupe.report import Report


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the page to the stream; of the view, whether to show text, the command, and the pair."""
    if view.pair:
        report = replace(report, findings=[*report.findings])  # made when asked for: ask once
    counts = severities(report)
    contents = gather(report, text=view.text)
    said = verdict(report, counts)
    blocks = [*contents.blocks]
    data = index(contents)
    if view.pair:
        laid_out = side_by_side(report, view.pair.left, view.pair.right)
        said, _ = verdict_of_pair(report, laid_out, view.pair)
        rows = sides.rows(laid_out.rows, whole=view.pair.whole, text=view.text)
        blocks.append(("pair", embedded(_pair(view.pair, rows))))
    held = report.summary
    worst = next((severity for severity in SEVERITIES if counts.get(severity)), "clean")
    fields = {
        "title": html(said),
        "verdict": html(said),
        "state": worst if held.documents else "info",
        "version": html(report.version),
        "sizes": " · ".join(
            count(value, name)
            for value, name in (
                (held.documents, "article"),
                (held.passages, "passage"),
                (held.words, "word"),
            )
        ),
        "documents": number(held.documents),
        "findings": number(len(report.findings)),
        "causes_count": number(len(report.causes)),
        "has_causes": "" if report.causes else "hidden",
        "has_pair": "" if view.pair else "hidden",
        "patterns": PATTERNS,
        "summary": overview.summary(report, contents, counts, view),
        "causes": overview.causes(report, text=view.text),
    }
    for part in pages(fields, (("index", embedded(data)), *blocks)):
        stream.write(part)


def _pair(pair: Pair, rows: list[dict[str, object]]) -> dict[str, object]:
    from dedupe.formats.html.safe import short

    return {"names": [short(pair.left.id, 1_000), short(pair.right.id, 1_000)], "rows": rows}
