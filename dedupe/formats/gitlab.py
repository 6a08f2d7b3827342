"""Findings as a GitLab code quality report: an array with an object a finding.

GitLab asks for a path and a line: where the id of a document names no file, the id stands for the
path; where the line of a row is not known, it is 1. Of the words of an article nothing is in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TextIO

from dedupe.formats.shared.encode import encoded, lines
from dedupe.formats.shared.sentences import facts, remarks, title
from dedupe.formats.shared.where import Files, Range, foremost

if TYPE_CHECKING:
    from dedupe.formats.interface import View
    from dedupe.report import Finding, Location, Report, Severity

_SEVERITIES: Final[dict[Severity, str]] = {"error": "major", "warning": "minor", "info": "info"}


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the array to the stream."""
    files = Files(view.is_file, report.origins)
    for line in lines((encoded(_issue(each, files)) for each in report.findings), "", "\n"):
        stream.write(line)


def _issue(finding: Finding, files: Files) -> dict[str, Any]:
    here = foremost(finding)
    others = [each for each in finding.locations if each is not here]
    return {
        "type": "issue",
        "description": f"{title(finding)}: {', '.join([facts(finding), *remarks(finding)])}",
        "check_name": finding.code,
        "fingerprint": finding.id,
        "severity": _SEVERITIES[finding.severity],
        "categories": ["Duplication"],
        "location": _location(here, files),
        "other_locations": [_location(each, files) for each in others],
    }


def _location(here: Location, files: Files) -> dict[str, Any]:
    at = files.spot(here.document)
    held = files.lines(here) or Range(1, 1)
    return {
        "path": here.document if at.path is None else at.path.removeprefix("./"),
        "lines": {"begin": held.first, "end": held.last},
    }
