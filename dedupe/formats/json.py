"""The report as JSON: the object of schema ``dedupe-report/1``, one document or finding a line.

Written line by line, so that a report of millions of places never stands in memory as text, and
so that the difference of two reports is readable. ``schema()`` says what is in it.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from dedupe.formats.shared.encode import encoded, lines
from dedupe.report import KINDS, SCHEMA, Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.report import (
        Allowed,
        DocumentScore,
        Finding,
        Fractions,
        GroupShare,
        Location,
        Report,
        ReportSettings,
        Summary,
    )

_LINES: Final = 512
"""Lines handed to the stream at once."""
_SCHEMA_FILE: Final = Path(__file__).parent / "schema" / "report-1.json"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the object: ``dedupe/formats/schema/report-1.json``."""
    held: dict[str, Any] = json.loads(_SCHEMA_FILE.read_text(encoding="utf-8"))
    return held


def render(report: Report, *, text: bool = True) -> str:
    """The whole object as one string; without excerpts if not text."""
    return "".join(_lines(report, text))


def write(report: Report, stream: TextIO, text: bool = True) -> None:
    """Write the object to the stream, ending with a line feed."""
    findings = report.findings
    if isinstance(findings, Columns) and len(findings) and findings.are_many():
        _write_columns(report, findings, stream, text)
    else:
        _write(_lines(report, text), stream)


def _write(pieces: Iterable[str], stream: TextIO) -> None:
    held: list[str] = []
    for piece in pieces:
        held.append(piece)
        if len(held) == _LINES:
            stream.write("".join(held))
            held.clear()
    stream.write("".join(held))


def _write_columns(report: Report, findings: Columns, stream: TextIO, text: bool) -> None:
    """The same bytes, without an object a location."""
    from dedupe.formats import json_columns

    with ThreadPoolExecutor(1) as beside:
        places = beside.submit(findings.places)
        _write(_before(report), stream)
        _write(_lines_of("documents", map(_document, report.documents)), stream)
    stream.write('  "findings": [\n')

    def head(finding: Finding) -> str:
        return encoded(_finding(finding, text))

    buffer = getattr(stream, "buffer", None)
    if buffer is not None:  # UTF-8 with line feeds, as all formats for programs have it
        stream.flush()
    for piece in json_columns.findings(findings, places.result(), head, text=text):
        if buffer is None:
            stream.write(piece.decode())
        else:
            buffer.write(piece)
    stream.write("\n  ],\n")
    _write(_behind(report), stream)


def _lines(report: Report, text: bool) -> Iterator[str]:
    yield from _before(report)
    yield from _lines_of("documents", map(_document, report.documents))
    yield from _array("findings", (_finding(each, text) for each in report.findings))
    yield from _behind(report)


def _before(report: Report) -> Iterator[str]:
    yield f'{{\n  "schema": {encoded(SCHEMA)},\n'
    yield f'  "version": {encoded(report.version)},\n'
    yield f'  "settings": {encoded(settings_of(report.settings))},\n'
    yield f'  "summary": {encoded(summary_of(report.summary))},\n'
    if report.gate:
        yield f'  "gate": {encoded(gate_of(report))},\n'
    if report.groups:
        yield from _array("groups", map(group_of, report.groups))


def _behind(report: Report) -> Iterator[str]:
    yield from _array("skipped", ({"path": s.path, "reason": s.reason} for s in report.skipped))
    if report.allowed:
        yield from _array("allowed", map(_allowed, report.allowed))
    if report.stale:
        yield from _array("stale", report.stale)
    yield from _array("notes", report.notes, end="\n}\n")


def _array(name: str, items: Iterable[object], end: str = ",\n") -> Iterator[str]:
    yield from _lines_of(name, map(encoded, items), end)


def _lines_of(name: str, items: Iterable[str], end: str = ",\n") -> Iterator[str]:
    yield f'  "{name}": '
    yield from lines(items, "  ", end)


def settings_of(settings: ReportSettings) -> dict[str, Any]:
    """The settings as they stand in the object."""
    # What few reports have is there only in these.
    few: dict[str, Any] = {
        "markdown": settings.markdown if settings.markdown != "prose" else None,
        "html": settings.html if settings.html != "main" else None,
        "limits": dict(settings.limits),
        "exclude": settings.exclude,
        "scopes": dict(settings.scopes),
        "against": settings.against,
        "group_column": settings.group_column,
    }
    return {
        "threshold": settings.threshold,
        "shingle": settings.shingle,
        "permutations": settings.permutations,
        "bands": settings.bands,
        "rows": settings.rows,
        "min_words": settings.min_words,
        "document_threshold": settings.document_threshold,
        "sensitivity": settings.sensitivity,
        "seed": settings.seed,
        **{name: value for name, value in few.items() if value},
    }


def summary_of(summary: Summary) -> dict[str, Any]:
    """The summary as it stands in the object."""
    return {
        "documents": summary.documents,
        "passages": summary.passages,
        "words": summary.words,
        "characters": summary.characters,
        "fractions": _fractions(summary.fractions),
        "duplication_density": summary.duplication_density,
        "redundant_fraction": summary.redundant_fraction,
        "redundant_exact_fraction": summary.redundant_exact_fraction,
        "findings": {kind: summary.findings.get(kind, 0) for kind in KINDS},
    }


def gate_of(report: Report) -> dict[str, Any] | None:
    """What was asked of the report as it stands in the object."""
    if report.gate is None:
        return None
    return {
        "failed": report.gate.failed,
        "conditions": [
            {
                "text": each.text,
                "failed": each.failed,
                "detail": each.detail,
                "findings": [report.findings[index].id for index in each.findings],
            }
            for each in report.gate.conditions
        ],
    }


def group_of(share: GroupShare) -> dict[str, Any]:
    """What two groups share as it stands in the object."""
    return {
        "left": share.left,
        "right": share.right,
        "documents_left": share.documents_left,
        "documents_right": share.documents_right,
        "findings": share.findings,
        "words": share.words,
    }


def _allowed(allowed: Allowed) -> dict[str, Any]:
    return {"entry": allowed.entry, "reason": allowed.reason, "findings": allowed.findings}


def _fractions(fractions: Fractions) -> dict[str, float]:
    return {
        "original": fractions.original,
        "reuse": fractions.reuse,
        "repetition": fractions.repetition,
        "boilerplate": fractions.boilerplate,
    }


def _document(document: DocumentScore) -> str:
    # Put together by hand: there may be more documents than anything else in a report.
    return (
        f'{{"id": {encoded(document.id)}, "source": {_or_null(document.source)}, '
        f'"title": {_or_null(document.title)}, "words": {document.words}, '
        f'"characters": {document.characters}, "passages": {document.passages}, '
        f'"fractions": {encoded(_fractions(document.fractions))}, '
        f'"findings": [{", ".join(map(encoded, document.findings))}]}}'
    )


def _or_null(text: str | None) -> str:
    return "null" if text is None else encoded(text)


def _finding(finding: Finding, text: bool) -> dict[str, Any]:
    return {
        "id": finding.id,
        "code": finding.code,
        "kind": finding.kind,
        "severity": finding.severity,
        "known": finding.known,
        "allowed": finding.allowed,
        "words": finding.words,
        "occurrences": finding.occurrences,
        "jaccard": finding.jaccard,
        "containment": finding.containment,
        "cohesion": finding.cohesion,
        "template": finding.template if text else None,
        "evidence": [
            {"signal": each.signal, "detail": each.detail, "weight": each.weight}
            for each in finding.evidence
            if text or not each.quotes
        ],
        "locations": [_location(each, text) for each in finding.locations],
    }


def _location(location: Location, text: bool) -> dict[str, Any]:
    return {
        "document": location.document,
        "start": location.start,
        "end": location.end,
        "line": location.line,
        "end_line": location.end_line,
        "anchor": location.anchor,
        "keep": location.keep,
        "jaccard": location.jaccard,
        "containment": location.containment,
        "containment_in_anchor": location.containment_in_anchor,
        "containment_of_anchor": location.containment_of_anchor,
        "text": location.text if text else None,
    }
