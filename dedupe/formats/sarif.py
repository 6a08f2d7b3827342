"""The report as SARIF 2.1.0: one result a finding, its other places as related locations.

Written result by result. Paths are URI references, relative as they were given. A document that is a
row of a file is a logical location; one whose id names no file is nothing but that. Messages hold no
word of an article: in SARIF brackets and braces in them mean something.

GitHub refuses a file that is larger than it takes, so this one ends before: the worst results come
first, and what is left out is counted in a notification.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final, TextIO
from urllib.parse import quote

from dedupe.formats.json import group_of, settings_of, summary_of
from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.encode import encoded, lines
from dedupe.formats.shared.numbers import number
from dedupe.formats.shared.sentences import facts, told
from dedupe.formats.shared.where import Files, foremost
from dedupe.report import SCHEMA
from dedupe.rules import Rule, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.formats.interface import View
    from dedupe.report import Finding, Location, Report, Severity

URI: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RESULTS: Final = 25_000
"""Results of a run that GitHub takes (it shows the worst 5,000),"""
PLACES: Final = 1_000
"""places of a result,"""
PACKED: Final = 10_000_000
"""and bytes of a file that is packed by gzip."""
_HEAD: Final = 200_000
"""Bytes of them that are kept for what is no result."""
FINGERPRINT: Final = "dedupeFinding/v1"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the log to the stream, a result a line."""
    known = rules()
    numbers = {rule.code: number for number, rule in enumerate(known)}
    driver = {
        "name": "dedupe",
        "version": report.version,
        "semanticVersion": report.version,
        "rules": [_rule(each) for each in known],
    }
    head = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "properties": {
            "schema": SCHEMA,
            "settings": settings_of(report.settings),
            "summary": summary_of(report.summary),
            "groups": [group_of(each) for each in report.groups],
        },
    }
    stream.write(f'{{\n"$schema": {encoded(URI)},\n"version": "2.1.0",\n"runs": [{{\n')
    for name, value in head.items():
        stream.write(f'"{name}": {encoded(value)},\n')
    stream.write('"results": ')
    files = Files(view.is_file, report.origins)
    results = _Fitting(encoded(_result(each, numbers, files, view.text)) for each in report.findings)
    for line in lines(results, "", ",\n"):
        stream.write(line)
    notices = [*_left_out(len(report.findings) - results.count), *_notices(report)]
    invocation = {"executionSuccessful": True, "toolExecutionNotifications": notices}
    stream.write(f'"invocations": {encoded([invocation])}\n}}]\n}}\n')


class _Fitting:
    """Results, as many as GitHub takes."""

    def __init__(self, results: Iterable[str]) -> None:
        self._results = results
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        packer = zlib.compressobj()
        packed = 0
        for result in self._results:
            packed += len(packer.compress(result.encode()))
            if self.count == RESULTS or packed > PACKED - _HEAD:
                return
            self.count += 1
            yield result


def _left_out(count: int) -> list[dict[str, Any]]:
    """That findings are missing here."""
    if not count:
        return []
    said = f"left out: {number(count)} more findings than code scanning takes; the JSON report has all"
    return [{"level": "warning", "message": {"text": said}}]


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": rule.plain, "markdown": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.kind]},
    }


def _notices(report: Report) -> list[dict[str, Any]]:
    """What was not read, and what was noticed."""
    skipped = [
        {
            "level": "warning",
            "message": {"text": _literal(f"not read: {each.reason}")},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(each.path)}}}],
        }
        for each in report.skipped
    ]
    return skipped + [{"level": "note", "message": {"text": _literal(note)}} for note in report.notes]


def _result(finding: Finding, numbers: dict[str, int], files: Files, text: bool) -> dict[str, Any]:
    here = foremost(finding)
    related = [each for each in finding.locations if each is not here]
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(here, files, text)],
        "partialFingerprints": {FINGERPRINT: finding.id},
        "baselineState": "unchanged" if finding.known else "new",
        "properties": {
            "kind": finding.kind,
            "severity": finding.severity,
            "words": finding.words,
            "occurrences": finding.occurrences,
            "jaccard": finding.jaccard,
            "containment": finding.containment,
            "cohesion": finding.cohesion,
            "template": finding.template if text else None,
            "evidence": [
                {"signal": each.signal, "detail": each.detail, "weight": each.weight}
                for each in told(finding, text=text)
            ],
        },
    }
    if finding.allowed is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.allowed}]
    if finding.code in numbers:
        result["ruleIndex"] = numbers[finding.code]
    if related:
        result["relatedLocations"] = [
            {"id": row, **_location(each, files, text)}
            for row, each in enumerate(related[: PLACES - 1], 1)
        ]
    if len(related) >= PLACES:
        result["properties"]["placesLeftOut"] = len(related) - PLACES + 1
    return result


def _message(finding: Finding) -> str:
    what = CODES.get(finding.code, finding.kind)
    return f"{what[0].upper()}{what[1:]}: {facts(finding)}."


def _location(place: Location, files: Files, text: bool) -> dict[str, Any]:
    at = files.spot(place.document)
    location: dict[str, Any] = {}
    if at.path is not None:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(at.path)}}
        held = files.lines(place)
        if held:
            region: dict[str, Any] = {"startLine": held.first, "endLine": held.last}
            if at.as_read:
                region |= {"charOffset": place.start, "charLength": place.end - place.start}
            if text and place.text is not None:
                region["snippet"] = {"text": place.text}
            physical["region"] = region
        location["physicalLocation"] = physical
    if at.path is None or at.row is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": place.document, "kind": "document"}]
    location["properties"] = {
        "document": place.document,
        "start": place.start,
        "end": place.end,
        "line": place.line,
        "endLine": place.end_line,
        "anchor": place.anchor,
        "keep": place.keep,
        "jaccard": place.jaccard,
        "containment": place.containment,
    }
    if text and place.text is not None and "region" not in location.get("physicalLocation", {}):
        location["properties"]["text"] = place.text
    return location


def _literal(text: str) -> str:
    r"""The text so that nothing in it is a link or a slot: ``\[``."""
    for sign in "\\[]":
        text = text.replace(sign, f"\\{sign}")
    return text


def _uri(path: str) -> str:
    """A reference to a file: relative as it is, from the root with its scheme."""
    quoted = quote(path, safe="/", errors="surrogatepass")
    return f"file://{quoted}" if path.startswith("/") else quoted
