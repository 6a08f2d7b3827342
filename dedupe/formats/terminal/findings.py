"""The findings, worst first: what, how like, where, and the words, with their differences marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.excerpts import Piece, differences, pair_of, same_text, shortened
from dedupe.formats.shared.numbers import count, number, similarity
from dedupe.formats.shared.sentences import address, facts, remarks, told
from dedupe.formats.terminal.flow import flowing
from dedupe.formats.terminal.style import HEADING, NEW, OLD, QUIET, SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.formats.terminal.style import Screen
    from dedupe.report import Finding, Location, Report

SHOWN = 10
PLACES = 12
EVIDENCE = 5


def findings(report: Report, screen: Screen, *, text: bool) -> Iterator[Text]:
    """The first findings in full; the others are counted."""
    found = len(report.findings)
    if not found:
        return
    shown = [report.findings[index] for index in range(min(found, SHOWN))]
    more = f" ({SHOWN} of {number(found)})" if found > SHOWN else ""
    yield Text(f"Findings, worst first{more}", style=HEADING)
    places = (place for finding in shown for place in finding.locations[:PLACES])
    titles = {place.document: place.title for place in places if place.title}
    for finding in shown:
        yield Text("")
        yield from _finding(finding, titles, screen, text)


def _finding(finding: Finding, titles: dict[str, str], screen: Screen, text: bool) -> Iterator[Text]:
    title = Text.assemble(
        (finding.severity, SEVERITY[finding.severity]),
        " ",
        (screen.safe(finding.code), HEADING),
        f" {finding.kind}",
    )
    if finding.code in CODES:
        title.append(f": {CODES[finding.code]}")
    for remark in remarks(finding):
        title.append(f" ({remark})", style=QUIET)
    yield from screen.hang(title, Text(""), Text("  "))
    indent = Text("  ")
    said = Text(facts(finding)).append(f" {screen.glyphs.dot} {screen.safe(finding.id)}", style=QUIET)
    yield from screen.hang(said, indent)
    if finding.template and text:
        yield from screen.hang(Text(f"template: {screen.safe(finding.template)}", style=QUIET), indent)
    for evidence in told(finding, text=text)[:EVIDENCE]:
        weight = "" if evidence.weight is None else f" ({evidence.weight:+.1f})"
        why = f"{screen.safe(evidence.signal)}: {screen.safe(evidence.detail)}{weight}"
        yield from screen.hang(Text(why, style=QUIET), indent, Text("    "))
    yield from _places(finding, titles, screen)
    if text:
        yield from _excerpts(finding, screen)


def _places(finding: Finding, titles: dict[str, str], screen: Screen) -> Iterator[Text]:
    places = finding.locations[:PLACES]
    digits = len(str(len(places)))
    titled: set[str] = set()
    for place_number, place in enumerate(places, 1):
        line = Text("  ").append(f"{place_number:>{digits}}  ", style=QUIET)
        line.append(_spot(place, screen))
        remarks = []
        if place.keep and finding.occurrences > 1:
            remarks.append("kept")
        if place.jaccard is not None and not place.anchor and len(finding.locations) > 2:
            remarks.append(f"Jaccard {similarity(place.jaccard)}")
        if place.document in titles and place.document not in titled:
            titled.add(place.document)
            remarks.append(screen.safe(titles[place.document]))
        if screen.fold:
            *before, line = line.wrap(screen.console, screen.width, overflow="fold")
            yield from before
        if remarks:
            yield line.append(
                screen.start_of("  " + f" {screen.glyphs.dot} ".join(remarks), line), QUIET
            )
        else:
            yield line
    left = len(finding.locations) - len(places)
    if left:
        yield Text(f"  {'':{digits}}  {screen.glyphs.cut} and {count(left, 'more place')}", style=QUIET)


def _spot(location: Location, screen: Screen) -> str:
    """``path:7-15``, which editors and terminals follow."""
    return screen.safe(address(location), 4096)


def _excerpts(finding: Finding, screen: Screen) -> Iterator[Text]:
    pair = pair_of(finding.locations)
    if pair is None:
        return
    (one_number, one), (other_number, other) = pair
    room = max(5 * (screen.width - 8), 240)
    both = "both places" if len(finding.locations) == 2 else f"{one_number} and {other_number}"
    if one == other or same_text(one, other):
        if one_number != other_number:
            yield Text(f"     identical in {both}:", style=QUIET)
        yield from _quoted(shortened(one, room), "", "", screen)
        return
    left, right = differences(one, other, room)
    if not any(piece.mark == "changed" for piece in (*left, *right)):
        said = Text(f"the same words in {both}; case or punctuation differs:", style=QUIET)
        yield from screen.hang(said, Text("     "))
        left, right = shortened(one, room), shortened(other, room)
    for place_number, pieces, style, marks in (
        (one_number, left, OLD, "[--]"),
        (other_number, right, NEW, "{++}"),
    ):
        yield from _quoted(pieces, style, marks, screen, str(place_number))


def _quoted(
    pieces: Iterable[Piece], style: str, marks: str, screen: Screen, label: str = ""
) -> Iterator[Text]:
    """The pieces behind a gutter; changed words between marks that read without colour."""

    def gutter(before: str) -> Text:
        return Text().append(f"  {before:>2} {screen.glyphs.gutter} ", style=QUIET)

    quoted = flowing(((piece, style, marks) for piece in pieces), screen)
    yield from screen.hang(quoted, gutter(label), gutter(""))
