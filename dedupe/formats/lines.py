"""What fails the gate, as ``path:line: CODE severity: what [fingerprint]``, which editors follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dedupe.baseline.fingerprints import fingerprinted
from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.numbers import count, listed, number, similarity
from dedupe.formats.shared.visible import visible
from dedupe.formats.shared.where import Files

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import TextIO

    from dedupe.formats.interface import View
    from dedupe.report import Finding, Location, Report

SHOWN: Final = 20
"""Findings that are listed; the others are counted."""
PLACES: Final = 3
"""Other places that are named."""
LONGEST: Final = 4096
"""Characters of a path."""


def write(
    report: Report,
    stream: TextIO,
    view: View,
    changed: Collection[str] = (),
    *,
    everything: bool = False,
) -> None:
    """List the findings that failed the gate; each at its copy, if it can be in a changed document.

    The worst only, unless everything is wanted.
    """
    failed = report.gate.findings if report.gate else []
    chosen = failed if everything else failed[:SHOWN]
    shown = (report.findings[index] for index in chosen)
    files = Files(view.is_file, report.origins)
    for finding, fingerprint in fingerprinted(shown):
        lines = _lines(finding, fingerprint.digest, view, changed, files)
        stream.writelines(f"{line}\n" for line in lines)
    if len(chosen) < len(failed):
        stream.write(f"and {number(len(failed) - SHOWN)} more; --verbose lists all\n")


def _lines(
    finding: Finding, name: str, view: View, changed: Collection[str], files: Files
) -> Iterator[str]:
    place = _lead(finding.locations, changed)
    others = [each for each in finding.locations if each is not place]
    what = CODES.get(finding.code, finding.kind)
    facts = [f"{what}, {count(finding.words, 'word')}"]
    if finding.jaccard is not None and finding.jaccard < 1:
        facts.append(f"Jaccard {similarity(finding.jaccard)}")
    spot, row = _spot(place, view, files)
    if row:
        facts.append(f"in {row}")
    if others:
        named = [
            f"{at} ({row})" if row else at
            for at, row in (_spot(each, view, files) for each in others[:PLACES])
        ]
        if len(others) > PLACES:
            named.append(f"{number(len(others) - PLACES)} more")
        facts.append(f"also at {listed(named)}")
    yield f"{spot}: {finding.code} {finding.severity}: {', '.join(facts)} [{name}]"
    if view.text and place.text:
        yield f"    {_beginning(place.text, view)}"


def _lead(places: tuple[Location, ...], changed: Collection[str]) -> Location:
    """The place to go to: a copy rather than the kept one, in what was changed."""
    return min(places, key=lambda place: (bool(changed) and place.document not in changed, place.keep))


def _spot(place: Location, view: View, files: Files) -> tuple[str, str]:
    """File and line, as far as they are known, and which document that is, where they do not say."""
    at = files.spot(place.document)
    shown = visible(place.document[:LONGEST], view.encoding)
    if at.path is None or at.row is None:
        return f"{shown}:{place.line}", ""
    path = visible(at.path[:LONGEST], view.encoding)
    unnamed = place.document == f"{at.path}#{at.row}"
    if at.line is not None:
        return f"{path}:{at.line}", f"row {at.row}" if unnamed else shown
    return f"{shown}:{place.line}", "" if unnamed else f"row {at.row} of {path}"


def _beginning(text: str, view: View) -> str:
    """The first words, as many as fit in a line."""
    room = max(view.width, 60) - 4
    words = visible(" ".join(text[: 4 * room].split()), view.encoding)
    if len(words) <= room:
        return words
    return f"{words[: room - 3].rpartition(' ')[0] or words[: room - 3]}..."
