"""The paragraph and table on duplication for a dataset's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.formats.markdown.code import groups, span
from dedupe.formats.shared.numbers import count, number, percent
from dedupe.report import KINDS

if TYPE_CHECKING:
    from dedupe.formats.interface import View
    from dedupe.report import Report

_LONGEST_COMMAND = 600
_GROUPS = 100
"""Pairs of groups that are listed."""


def render(report: Report, view: View) -> str:
    """A section that stands by itself: nothing in it comes from an article."""
    summary, settings = report.summary, report.settings
    shares = summary.fractions
    density, redundant, exact = map(
        percent,
        (summary.duplication_density, summary.redundant_fraction, summary.redundant_exact_fraction),
    )
    words = count(settings.min_words, "word")
    said = (
        f"The {count(summary.documents, 'document')} ({count(summary.words, 'word')}) were audited for"
        f" duplication with `dedupe {report.version}`. Of all words {density} stand in more than one"
        f" place, and {redundant} would go if one copy of each were kept ({exact} with exact copies"
        f" alone). {percent(shares.boilerplate)} are boilerplate. Passages match from a Jaccard"
        f" similarity of {settings.threshold:g} of their shingles, documents are near-duplicates from a"
        f" containment of {settings.document_threshold:g}; what is shorter than {words} is not counted."
        f" Similarities are exact."
    )
    skipped = f" {count(len(report.skipped), 'path')} could not be read." if report.skipped else ""
    rows = [
        ("documents", number(summary.documents)),
        ("passages", number(summary.passages)),
        ("words", number(summary.words)),
        ("characters", number(summary.characters)),
        ("original words", percent(shares.original)),
        ("words shared with other documents", percent(shares.reuse)),
        ("words repeated inside a document", percent(shares.repetition)),
        ("boilerplate words", percent(shares.boilerplate)),
        ("duplication density", percent(summary.duplication_density)),
        ("redundant words", percent(summary.redundant_fraction)),
        ("exactly redundant words", percent(summary.redundant_exact_fraction)),
        *((f"findings: {kind}", number(summary.findings.get(kind, 0))) for kind in KINDS),
    ]
    table = ["| measure | value |", "| --- | ---: |", *(f"| {name} | {value} |" for name, value in rows)]
    made = f"Made with {span(view.command, _LONGEST_COMMAND)}."
    parts = ["## Duplication", said + skipped, "\n".join(table), *groups(report, _GROUPS), made]
    return "\n\n".join(parts) + "\n"
