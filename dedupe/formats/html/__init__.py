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
from dedupe.formats.html.safe import embedded, html, short
from dedupe.formats.shared.numbers import count, number
from dedupe.formats.shared.side_by_side import side_by_side
from dedupe.formats.shared.verdict import severities, verdict
from dedupe.formats.shared.verdict_of_pair import verdict as verdict_of_pair
from dedupe.report import SEVERITIES

if TYPE_CHECKING:
    from dedupe.formats.interface import View
    from dedupe.report import Report


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the page to the stream; of the view, whether to show text, the command, and the pair."""
    if view.pair:
        report = replace(report, findings=[*report.findings])  # made when asked for: ask once
    held, counts = report.summary, severities(report)
    contents = gather(report, text=view.text)
    blocks = [("index", embedded(index(contents))), *contents.blocks]
    said = verdict(report, counts)
    worst = next((severity for severity in SEVERITIES if counts.get(severity)), None)
    if view.pair:
        laid_out = side_by_side(report, view.pair.left, view.pair.right)
        said, worst = verdict_of_pair(report, laid_out, view.pair)
        names = [short(each.id, 1_000) for each in (view.pair.left, view.pair.right)]
        rows = sides.rows(laid_out.rows, whole=view.pair.whole, text=view.text)
        blocks.append(("pair", embedded({"names": names, "rows": rows})))
    fields = {
        "title": html(said),
        "verdict": html(said),
        "state": worst or ("clean" if held.documents else "info"),
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
    for part in pages(fields, blocks):
        stream.write(part)
