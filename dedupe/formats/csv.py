"""The report as CSV (RFC 4180): a row a place, what belongs to its finding repeated in each.

Made for spreadsheets. A cell of text that one would take for a formula, because it begins with one of
``= + - @`` (in either width), a tab or a line end, has an apostrophe before it, and so has one that
begins with an apostrophe: taking away one apostrophe gives back the text. What acts on a screen is
written out as on the terminal. The text to the letter is in the JSON and in the Parquet tables.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final, TextIO

from dedupe.formats.shared.sentences import told
from dedupe.formats.shared.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.interface import View
    from dedupe.report import Finding, Report

COLUMNS: Final = (
    *("finding", "code", "kind", "severity", "known", "allowed", "words", "occurrences"),
    *("finding_jaccard", "finding_containment", "cohesion", "template", "evidence"),
    *("document", "title", "start", "end", "line", "end_line", "anchor", "keep"),
    *("jaccard", "containment", "excerpt"),
)
_FORMULAS: Final = tuple("=+-@＝＋－＠\t\r\n'")


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the rows to the stream, after a header."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        writer.writerows(_rows(finding, view.text))


def _rows(finding: Finding, text: bool) -> Iterator[tuple[object, ...]]:
    evidence = "; ".join(f"{each.signal}: {each.detail}" for each in told(finding, text=text))
    of_finding = (
        *(finding.id, finding.code, finding.kind, finding.severity, _flag(finding.known)),
        _cell(finding.allowed),
        *(finding.words, finding.occurrences),
        *(_number(each) for each in (finding.jaccard, finding.containment, finding.cohesion)),
        *(_cell(finding.template if text else None), _cell(evidence)),
    )
    for place in finding.locations:
        yield (
            *of_finding,
            *(_cell(place.document), _cell(place.title)),
            *(place.start, place.end, place.line, place.end_line),
            *(_flag(place.anchor), _flag(place.keep)),
            *(_number(place.jaccard), _number(place.containment)),
            _cell(place.text if text else None),
        )


def _cell(text: str | None) -> str:
    """Foreign text, that neither calculates nor acts; its line ends stay, as a cell may have them."""
    if not text:
        return ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = "\n".join("\t".join(map(visible, line.split("\t"))) for line in lines)
    return f"'{shown}" if shown.lstrip(" \xa0\u3000").startswith(_FORMULAS) else shown


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _number(value: float | None) -> str:
    """All digits, as in the JSON."""
    return "" if value is None else repr(value)
