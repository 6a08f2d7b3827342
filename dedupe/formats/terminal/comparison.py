"""Two documents side by side: a verdict, what was found, and both texts with their links and changes.

On a wide screen they are two columns. On a narrow one, where columns would hold five words a line,
linked passages are one text with both wordings in it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.excerpts import Piece, brief
from dedupe.formats.shared.numbers import count, listed, number, percent, similarity
from dedupe.formats.shared.sentences import likeness
from dedupe.formats.shared.side_by_side import Part, Row, side_by_side
from dedupe.formats.terminal.articles import end_of
from dedupe.formats.terminal.flow import flowing
from dedupe.formats.terminal.overview import bar
from dedupe.formats.terminal.style import CLASS, HEADING, NEW, OLD, QUIET, SEVERITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.documents import Document
    from dedupe.formats.interface import Pair
    from dedupe.formats.shared.side_by_side import Comparison
    from dedupe.formats.terminal.style import Screen
    from dedupe.report import DocumentScore, Finding, Report

COLUMNS = 100
"""Width of a screen from which the texts are two columns."""
FINDINGS = 12
PLACES = 4
FOLDED = 3
"""Passages in a row that are the same, from which they are shown as one."""
GUTTER = 5
"""Least cells before a text, for its label."""
EDITED, SAME, ALONE = 6, 2, 2
"""Lines of words in a row that are shown: one changed stretch of an edited passage, what is the same,
what stands on one side only."""
ENDLESS = 1 << 60


def comparison(report: Report, pair: Pair, screen: Screen, *, text: bool) -> list[Iterator[Text]]:
    """The sections of the view."""
    report = replace(report, findings=[*report.findings])  # made when asked for: ask once
    laid_out = side_by_side(report, pair.left, pair.right)
    rows = laid_out.rows if pair.whole else tuple(_folded(laid_out.rows))
    return [
        _head(report, laid_out, pair, screen),
        _documents(report, pair, screen),
        _findings(report, laid_out, pair, screen),
        _texts(rows, pair, screen, text=text),
    ]


# The verdict


def _head(report: Report, laid_out: Comparison, pair: Pair, screen: Screen) -> Iterator[Text]:
    said, severity = verdict(report, laid_out, pair)
    yield from screen.hang(Text(screen.safe(said, 600), style=severity), Text(""))


def verdict(report: Report, laid_out: Comparison, pair: Pair) -> tuple[str, str]:
    """How the two hang together, in a line, and the style of the finding that says so."""
    between = [each for each in report.findings if _is_between(each, pair)]
    whole = next((each for each in between if each.kind == "near-duplicate"), None)
    inside = [each for each in report.findings if each.kind == "repetition"]
    repeats = [
        name
        for name, document in (("A", pair.left), ("B", pair.right))
        if any(place.document == document.id for each in inside for place in each.locations)
    ]
    also = f"; {listed(repeats)} {'repeats' if len(repeats) == 1 else 'repeat'}" if repeats else ""
    also += (" itself" if len(repeats) == 1 else " themselves") if repeats else ""
    if not between:
        return f"A and B share no passage{also}", SEVERITY["warning"] if repeats else "bold green"
    shares = (
        f"{percent(laid_out.left_share)} of A's words stand in B, "
        f"{percent(laid_out.right_share)} of B's in A"
    )
    if whole is None:
        codes = sorted({each.code for each in between})
        if codes == ["REU002"]:
            return f"A and B quote the same: {shares} (REU002){also}", SEVERITY["info"]
        links = sum(row.role == "linked" for row in laid_out.rows)
        shared = count(links or len(between), "passage")
        return f"A and B share {shared}: {shares} ({', '.join(codes)}){also}", SEVERITY[
            between[0].severity
        ]
    what = {
        "DUP001": "B is an exact copy of A",
        "DUP002": "B is an edited copy of A",
        "DUP003": "A contains B" if laid_out.right_share >= laid_out.left_share else "B contains A",
        "DUP004": "A and B are of one series",
        "DUP005": "A and B are chapters of one story",
    }.get(whole.code, "A and B are near-duplicates")
    like = "" if whole.jaccard in (None, 1.0) else f"; Jaccard {similarity(whole.jaccard or 0.0)}"
    return f"{what}: {shares}{like} ({whole.code}){also}", SEVERITY[whole.severity]


def _is_between(finding: Finding, pair: Pair) -> bool:
    """Whether a finding says that the two have something in common."""
    held = {place.document for place in finding.locations}
    return finding.kind in ("near-duplicate", "reuse") and {pair.left.id, pair.right.id} <= held


# The two documents


def _documents(report: Report, pair: Pair, screen: Screen) -> Iterator[Text]:
    scores = {each.id: each for each in report.documents}
    shown = [("A", scores.get(pair.left.id)), ("B", scores.get(pair.right.id))]
    width = min(max(screen.width // 5, 12), 24)
    for name, score in shown:
        if score is not None:
            yield from _document(name, score, pair.left if name == "A" else pair.right, width, screen)
    seen = [
        item
        for item in ("original", "reuse", "repetition", "boilerplate")
        if any(score and getattr(score.fractions, item) > 0 for _, score in shown)
    ]
    line = Text()
    for item in seen:
        named = Text.assemble((screen.glyphs.of(item), CLASS[item]), (f" {item}", QUIET))
        if line and line.cell_len + 2 + named.cell_len > screen.width:
            yield line
            line = Text()
        line.append("  " if line else "     ").append_text(named)
    if line:
        yield line


def _document(
    name: str, score: DocumentScore, document: Document, width: int, screen: Screen
) -> Iterator[Text]:
    row = Text.assemble("  ", (name, HEADING), "  ").append_text(bar(score.fractions, width, screen))
    row.append(f"  {number(score.words):>6} words  ")
    yield row.append(end_of(screen.safe(score.id), screen.width - row.cell_len, screen.glyphs.cut))
    facts = [each for each in (score.title, document.date, score.source) if each]
    if facts:
        about = Text("     ")
        said = f" {screen.glyphs.dot} ".join(screen.safe(each) for each in facts)
        yield about.append(screen.start_of(said, about), style=QUIET)


# What was found


def _findings(report: Report, laid_out: Comparison, pair: Pair, screen: Screen) -> Iterator[Text]:
    found = len(report.findings)
    for finding, labels in islice(zip(report.findings, laid_out.labels, strict=True), FINDINGS):
        line = Text.assemble(
            (finding.severity, SEVERITY[finding.severity]), " ", (screen.safe(finding.code), HEADING)
        )
        if finding.code in CODES:
            line.append(f" {CODES[finding.code]}")
        facts = [count(finding.words, "word"), *likeness(finding)]
        line.append(f": {', '.join(facts)}")
        line.append(f"; {_places(finding, pair, screen)}", style=QUIET)
        if labels:
            line.append(f" ({labels})", style=QUIET)
        yield from screen.hang(line, Text(""), Text("  "))
    if found > FINDINGS:
        yield Text(f"{screen.glyphs.cut} and {number(found - FINDINGS)} more", style=QUIET)


def _places(finding: Finding, pair: Pair, screen: Screen) -> str:
    """``A:3-11 B:3, 7``."""
    said = []
    for name, document in (("A", pair.left), ("B", pair.right)):
        lines = [_lines(p.line, p.end_line) for p in finding.locations if p.document == document.id]
        if lines:
            more = f" {screen.glyphs.cut}" if len(lines) > PLACES else ""
            said.append(f"{name}:{', '.join(lines[:PLACES])}{more}")
    return " ".join(said)


def _lines(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}-{last}"


# The texts


def _folded(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows with passages that are the same and follow each other as one."""
    held: list[Row] = []
    for row in [*rows, None]:
        if row is not None and row.role == "linked" and not row.edited and not row.moved:
            held.append(row)
            continue
        if len(held) < FOLDED:
            yield from held
        else:
            first, last = held[0], held[-1]
            label = f"{first.label}-{last.label}"
            yield Row("linked", label, _as_one(held, "left"), _as_one(held, "right"))
        held = []
        if row is not None:
            yield row


def _as_one(rows: list[Row], side: str) -> Part:
    parts: list[Part] = [getattr(row, side) for row in rows]
    words = [word for part in parts for piece in part.pieces for word in piece.words]
    first, last = parts[0], parts[-1]
    return Part(first.start, last.end, first.line, last.end_line, (Piece("same", words),))


def _texts(rows: tuple[Row, ...], pair: Pair, screen: Screen, *, text: bool) -> Iterator[Text]:
    gutter = max([GUTTER, *(len(row.label) + 2 for row in rows)])
    if not text:
        for row in rows:
            for name in _sides(row):
                yield from _heading(row, name, gutter, screen.width, screen)
        return
    key = Text()
    if any(row.edited for row in rows):
        key.append("[-only in A-]", style=OLD).append(" ").append("{+only in B+}", style=NEW)
        key.append("; case and punctuation are not compared; ", style=QUIET)
    cut = "all is shown" if pair.whole else f"{screen.glyphs.cut} left out (--all shows it)"
    key.append(cut, style=QUIET)
    yield from screen.hang(key, Text(""))
    if screen.width >= COLUMNS:
        yield Text("")
        yield from _in_columns(rows, pair, gutter, screen)
        return
    for row in rows:
        for name in _sides(row):
            yield Text("")
            yield from _heading(row, name, gutter, screen.width, screen)
            before = Text(" " * (gutter - 2)).append(f"{screen.glyphs.gutter} ", style=QUIET)
            flow = _merged(row, name, _room(row, screen.width - gutter, pair))
            yield from screen.hang(flowing(flow, screen), before)


def _sides(row: Row) -> list[str]:
    """The sides of a row that are shown one below the other: ``AB`` as one text."""
    if row.role == "linked":
        return ["AB"]
    return [name for name, part in (("A", row.left), ("B", row.right)) if part]


def _in_columns(rows: tuple[Row, ...], pair: Pair, gutter: int, screen: Screen) -> Iterator[Text]:
    """Both texts beside each other, what corresponds at the same height."""
    between = Text(f" {screen.glyphs.gutter} ", style=QUIET)
    width = (screen.width - between.cell_len) // 2
    column = replace(screen, width=width)
    for row in rows:
        cells = []
        for name, part, style, marks in (("A", row.left, OLD, "[--]"), ("B", row.right, NEW, "{++}")):
            lines: list[Text] = []
            if part:
                pieces = _brief(part, _room(row, width - gutter, pair))
                flow = [(piece, style, marks) for cut in pieces for piece in cut]
                lines += _heading(row, name, gutter, width, screen)
                lines += column.hang(flowing(flow, screen), Text(" " * gutter))
            cells.append(lines)
        for one, other in zip_longest(*cells):
            line = (one or Text("")).copy()
            line.pad_right(width - line.cell_len)
            line.append_text(between)
            if other:
                line.append_text(other)
            line.rstrip()
            yield line
        if row is not rows[-1]:
            blank = Text(" " * width).append_text(between)
            blank.rstrip()
            yield blank


def _heading(row: Row, name: str, gutter: int, width: int, screen: Screen) -> Iterator[Text]:
    """The label of a row, its lines, and what is to be said about it."""
    parts = [(side, part) for side, part in (("A", row.left), ("B", row.right)) if part and side in name]
    where = "  ".join(f"{side}:{_lines(part.line, part.end_line)}" for side, part in parts)
    label = row.label or ("-" if name == "A" else "+")
    about = _about(row, name, parts[0][1])
    head = Text().append(where, style=HEADING if row.role == "linked" else "")
    head.append(f"  {about}" if about else "", style=QUIET)
    lead = Text().append(f"{label:>{gutter - 2}}  ", style=HEADING)
    yield from replace(screen, width=width).hang(head, lead, Text(" " * gutter))


def _about(row: Row, name: str, part: Part) -> str:
    if row.role == "linked":
        return ", ".join(
            filter(None, ["edited" if row.edited else "the same", "moved" if row.moved else ""])
        )
    size = count(part.words, "word")
    if part.end_line > part.line:
        size = f"{count(part.end_line - part.line + 1, 'line')}, {size}"
    if row.role == "again":
        return f"{row.label} again in {name}: {size}"
    if row.role == "boilerplate":
        return f"boilerplate: {size}"
    return f"only in {name}: {size}"


def _room(row: Row, width: int, pair: Pair) -> int:
    """Characters of a stretch that are shown."""
    if pair.whole:
        return ENDLESS
    return width * (EDITED if row.edited else SAME if row.role == "linked" else ALONE)


def _brief(part: Part, room: int) -> list[list[Piece]]:
    if room == ENDLESS:
        return [[piece] for piece in part.pieces]
    return brief(part.pieces, room)


def _merged(row: Row, name: str, room: int) -> Iterator[tuple[Piece, str, str]]:
    """Both wordings as one text; that of one side where only one is shown."""
    left = row.left if "A" in name else None
    right = row.right if "B" in name else None
    if not left or not right:
        part = left or right
        for cut in _brief(part, room) if part else ():
            yield from ((piece, "", "") for piece in cut)
        return
    for piece, old, new in zip(left.pieces, _brief(left, room), _brief(right, room), strict=True):
        yield from ((each, OLD, "[--]") for each in old)
        if piece.mark == "changed":
            yield from ((each, NEW, "{++}") for each in (_going_on(new) if piece.words else new))


def _going_on(pieces: list[Piece]) -> list[Piece]:
    """What was added behind what was left out: no paragraph begins between the two."""
    first, *rest = pieces
    if not first.words or first.words[0].gap != "\n":
        return pieces
    word, *others = first.words
    return [first._replace(words=[word._replace(gap=" "), *others]), *rest]
