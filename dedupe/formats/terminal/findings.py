"""The findings, worst first: what, how like, where, and the words, with their differences marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.excerpts import Piece, differences, same_text, shortened
from dedupe.formats.shared.numbers import count, number, similarity
from dedupe.formats.terminal.flow import flowing
from dedupe.formats.terminal.style import HEADING, NEW, OLD, QUIET, SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    if finding.known:
        title.append(" (known)", style=QUIET)
    if finding.allowed is not None:
        title.append(f" (allowed: {screen.safe(finding.allowed)})", style=QUIET)
    yield from screen.hang(title, Text(""), Text("  "))
    facts = [count(finding.words, "word"), count(finding.occurrences, "place"), *likeness(finding)]
    indent = Text("  ")
    yield from screen.hang(Text(", ".join(facts)), indent)
    if finding.template and text:
        yield from screen.hang(Text(f"template: {screen.safe(finding.template)}", style=QUIET), indent)
    told = [each for each in finding.evidence if text or not each.quotes]
    for evidence in told[:EVIDENCE]:
        weight = "" if evidence.weight is None else f" ({evidence.weight:+.1f})"
        why = f"{screen.safe(evidence.signal)}: {screen.safe(evidence.detail)}{weight}"
        yield from screen.hang(Text(why, style=QUIET), indent, Text("    "))
    yield from _places(finding, titles, screen)
    if text:
        yield from _excerpts(finding, screen)


def likeness(finding: Finding) -> Iterator[str]:
    """How like its places are, as far as they were compared."""
    if finding.jaccard == 1.0:
        yield "identical (Jaccard 1)"
    elif finding.jaccard is not None:
        yield f"Jaccard {similarity(finding.jaccard)}"
    if finding.containment is not None and finding.containment != finding.jaccard:
        yield f"containment {similarity(finding.containment)}"
    if finding.cohesion is not None and finding.cohesion != finding.jaccard:
        yield f"cohesion {similarity(finding.cohesion)}"


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


def _spot(place: Location, screen: Screen) -> str:
    """``path:7-15``, which editors and terminals follow."""
    lines = f"{place.line}" if place.line == place.end_line else f"{place.line}-{place.end_line}"
    return f"{screen.safe(place.document, 4096)}:{lines}"


def _excerpts(finding: Finding, screen: Screen) -> Iterator[Text]:
    pair = _pair(finding.locations)
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


def _pair(places: Sequence[Location]) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """The anchor and the place most like it, with their numbers, in the order of the places."""
    texts = [(number_, place) for number_, place in enumerate(places, 1) if place.text is not None]
    if not texts:
        return None
    anchor = next((pair for pair in texts if pair[1].anchor), texts[0])
    others = [pair for pair in texts if pair is not anchor]
    nearest = max(others, key=lambda pair: (pair[1].jaccard or 0.0, -pair[0]), default=anchor)
    first, second = sorted((anchor, nearest), key=lambda pair: pair[0])
    return (first[0], first[1].text or ""), (second[0], second[1].text or "")


def _quoted(
    pieces: Iterable[Piece], style: str, marks: str, screen: Screen, label: str = ""
) -> Iterator[Text]:
    """The pieces behind a gutter; changed words between marks that read without colour."""

    def gutter(before: str) -> Text:
        return Text().append(f"  {before:>2} {screen.glyphs.gutter} ", style=QUIET)

    quoted = flowing(((piece, style, marks) for piece in pieces), screen)
    yield from screen.hang(quoted, gutter(label), gutter(""))
