"""The report as JSON: the object of schema ``dedupe-report/1``, one document or finding a line.

Written line by line, so that a report of millions of places never stands in memory as text, and
so that the difference of two reports is readable.
"""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any, TextIO

from dedupe.formats.shared.visible import write_out
from dedupe.report import KINDS, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.report import DocumentScore, Finding, Fractions, Location, Report, Summary

# One encoder for all: `json.dumps` with these arguments would make a new one for each line.
# NaN is no JSON, so a report that holds one is a mistake to hear about.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode

_LINES = 512
"""Lines handed to the stream at once."""


def render(report: Report, *, text: bool = True) -> str:
    """The whole object as one string; without excerpts if not text."""
    return "".join(_lines(report, text))


def write(report: Report, stream: TextIO, text: bool = True) -> None:
    """Write the object to the stream, ending with a line feed."""
    held: list[str] = []
    for line in _lines(report, text):
        held.append(line)
        if len(held) == _LINES:
            stream.write("".join(held))
            held.clear()
    stream.write("".join(held))


def _lines(report: Report, text: bool) -> Iterator[str]:
    extra = _asked(report)
    yield f'{{\n  "schema": {_encode(SCHEMA)},\n'
    yield f'  "version": {_value(report.version)},\n'
    yield f'  "settings": {_value(_settings(report))},\n'
    yield f'  "summary": {_value(_summary(report.summary))},\n'
    yield from _array("documents", map(_document, report.documents))
    yield from _array("findings", (_finding(each, text) for each in report.findings))
    yield from _array("skipped", ({"path": s.path, "reason": s.reason} for s in report.skipped))
    yield from _array("notes", report.notes, end="" if extra else "\n}\n")
    for name, value in extra.items():
        yield f',\n  "{name}": {_value(value)}'
    if extra:
        yield "\n}\n"


def _array(name: str, items: Iterable[object], end: str = ",\n") -> Iterator[str]:
    iterator = iter(items)
    first = next(iterator, None)
    if first is None:
        yield f'  "{name}": []{end}'
        return
    yield f'  "{name}": [\n'
    before = "    "
    for item in chain((first,), iterator):
        yield before + _value(item)
        before = ",\n    "
    yield f"\n  ]{end}"


def _value(value: object) -> str:
    """The value as JSON on one line, letters of every script unescaped.

    What would act on a terminal that shows the file (C1 controls, bidirectional overrides) or could
    not be encoded (a lone surrogate of a file's name) stands escaped: the same string when parsed.
    """
    return write_out(_encode(value), _escape)


def _escape(character: str) -> str:
    # The standard encoder lets DEL through: it is ASCII.
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]


def _asked(report: Report) -> dict[str, Any]:
    """What was asked of the report and what does not count; nothing where nobody asked."""
    told: dict[str, Any] = {}
    if report.groups:
        told["groups"] = [
            {
                "left": each.left,
                "right": each.right,
                "documents_left": each.documents_left,
                "documents_right": each.documents_right,
                "findings": each.findings,
                "words": each.words,
            }
            for each in report.groups
        ]
    if report.known or report.stale:
        told["baseline"] = {"known": report.known, "stale": report.stale}
    if report.allowed:
        told["allowed"] = [
            {"entry": each.entry, "reason": each.reason, "findings": each.findings}
            for each in report.allowed
        ]
    if report.gate is not None:
        told["gate"] = {
            "failed": report.gate.failed,
            "conditions": [
                {"text": each.text, "failed": each.failed, "detail": each.detail}
                for each in report.gate.conditions
            ],
        }
    return told


def _settings(report: Report) -> dict[str, Any]:
    settings = report.settings
    # What few reports have is there only in these.
    few: dict[str, Any] = {
        "markdown": settings.markdown if settings.markdown != "prose" else None,
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


def _summary(summary: Summary) -> dict[str, Any]:
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


def _fractions(fractions: Fractions) -> dict[str, float]:
    return {
        "original": fractions.original,
        "reuse": fractions.reuse,
        "repetition": fractions.repetition,
        "boilerplate": fractions.boilerplate,
    }


def _document(document: DocumentScore) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "words": document.words,
        "characters": document.characters,
        "passages": document.passages,
        "fractions": _fractions(document.fractions),
        "findings": document.findings,
    }


def _finding(finding: Finding, text: bool) -> dict[str, Any]:
    return {
        "id": finding.id,
        "code": finding.code,
        "kind": finding.kind,
        "severity": finding.severity,
        "known": finding.known,
        **({} if finding.allowed is None else {"allowed": finding.allowed}),
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
        "text": location.text if text else None,
    }
