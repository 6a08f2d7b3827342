"""Findings as workflow commands of GitHub Actions: annotations beside the lines of a change.

GitHub shows ten annotations of each severity a step, and drops the others in silence. So the worst
ten of each that are neither known nor allowed are written, and a line of the log counts the rest. No
word of an article is among them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TextIO

from dedupe.formats.shared.numbers import count
from dedupe.formats.shared.sentences import address, facts, remarks, title
from dedupe.formats.shared.verdict import counted, severities, verdict
from dedupe.formats.shared.visible import visible
from dedupe.formats.shared.where import Files, foremost
from dedupe.report import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.formats.interface import View
    from dedupe.report import Finding, Location, Report, Severity

SHOWN: Final = 10
"""Annotations of one severity that GitHub shows of a step."""
PLACES: Final = 3
"""Other places that an annotation names."""
_WHY: Final = f"as known, allowed, or more than the {SHOWN} of a severity that GitHub shows"
_LONGEST: Final = 300
_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write a command a line to the stream, then a line on what was left out, then the verdict."""
    files = Files(view.is_file, report.origins)
    counts = severities(report)
    left = counts.copy()
    first = 0
    for severity in SEVERITIES:
        rows = range(first, first + counts[severity])
        for finding in islice(_new(report, rows), SHOWN):
            stream.write(_command(finding, files))
            left[severity] -= 1
        first = rows.stop
    if any(left.values()):
        stream.write(f"dedupe: not annotated, {_WHY}: {counted(left)}\n")
    stream.write(f"dedupe: {verdict(report, counts)}\n")


def _new(report: Report, rows: range) -> Iterator[Finding]:
    """Those that are neither known nor allowed."""
    return (each for each in map(report.findings.__getitem__, rows) if not remarks(each))


def _command(finding: Finding, files: Files) -> str:
    here = foremost(finding)
    properties = [*_place(here, files), ("title", title(finding))]
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{_COMMANDS[finding.severity]} {shown}::{_message(_said(finding, here))}\n"


def _place(here: Location, files: Files) -> Iterator[tuple[str, str]]:
    """The file and lines, as far as they are known."""
    at = files.spot(here.document)
    if at.path is None:
        return
    yield "file", at.path
    held = files.lines(here)
    if held:
        yield "line", str(held.first)
        yield "endLine", str(held.last)


def _said(finding: Finding, here: Location) -> str:
    others = [each for each in finding.locations if each is not here]
    said = f"{facts(finding)}, in {_name(here)}"
    if others:
        said += f"; also {', '.join(map(_name, others[:PLACES]))}"
    if len(others) > PLACES:
        said += f" and {count(len(others) - PLACES, 'more place')}"
    return f"{said} ({finding.id}; dedupe explain {finding.code})"


def _name(location: Location) -> str:
    name = visible(address(location))
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"


def _message(text: str) -> str:
    """Text of a command: what it has no escape for is written out as on the terminal."""
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
