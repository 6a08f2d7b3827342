"""What goes into the page, within its limits: worst articles and findings first, and what is left out.

Everything here is data for the page's script; ``overview`` writes what stands in the page itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Literal

from dedupe.documents.document import Document
from dedupe.formats.html import limits, sides
from dedupe.formats.html.articles import stretches
from dedupe.formats.html.safe import embedded, short, shown
from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.numbers import percent, similarity
from dedupe.formats.shared.sentences import likeness, remarks, told
from dedupe.formats.shared.side_by_side import side_by_side
from dedupe.report import SEVERITIES
from dedupe.rules import rule

if TYPE_CHECKING:
    from dedupe.report import DocumentScore, Finding, Location, Report

_Numbered = tuple[int, "Location"]
_SNIPPET = 160
_NAME = 1_000
"""Characters of an id or title."""


@dataclass(slots=True)
class Contents:
    """The data of a page, and the counts that say what it is of."""

    documents: list[DocumentScore]
    """Those in the table: with anything but original words first, worst first."""
    in_report: list[int]
    """Their rows in the report."""
    rows: dict[str, int]
    """The row in ``documents`` of each id."""
    sources: dict[str, int]
    """The number of each of their sources."""
    findings: list[dict[str, Any]] = field(default_factory=list)
    """What the list shows of each finding, in the report's order."""
    blocks: list[tuple[str, str]] = field(default_factory=list)
    """Ids and JSON of what the page reads when it is asked for: details of findings, articles."""
    texts: int = 0
    """Articles whose text is in the page,"""
    cut: tuple[int, int] | None = None
    """and of how many characters how many are, where the first is too long by itself."""
    excerpts: int = 0
    """Findings, from the first on, that have excerpts."""
    unmarked: int = 0
    """Findings among them whose differences are not marked."""
    together: list[frozenset[str]] = field(default_factory=list)
    """For each finding that says that documents share something: which."""
    repeating: list[frozenset[str]] = field(default_factory=list)
    """For each repetition: which documents repeat it."""
    similarities: list[float] = field(default_factory=list)
    """Jaccard of each finding that was compared."""


def gather(report: Report, *, text: bool) -> Contents:
    """Take from the report what the page has room for; ``text``: with words of the articles."""
    ranked = set(report.ranking)
    rest = (row for row in range(len(report.documents)) if row not in ranked)
    in_report = [*islice(chain(report.ranking, rest), limits.DOCUMENTS)]
    documents = [report.documents[row] for row in in_report]
    rows = {each.id: row for row, each in enumerate(documents)}
    sources = dict.fromkeys(each.source for each in documents if each.source is not None)
    numbered = {name: number for number, name in enumerate(sources)}
    contents = Contents(documents, in_report, rows, numbered)
    _add_findings(contents, report, text)
    if text and report.articles:
        _add_articles(contents, report)
    return contents


# Findings


def _add_findings(contents: Contents, report: Report, text: bool) -> None:
    room = limits.EXCERPTS if text else 0
    budget = _Budget(limits.COMPARED, limits.WHOLES)
    chunk: list[dict[str, Any]] = []
    for number, finding in enumerate(_first(report)):
        contents.findings.append(_row(finding, contents.rows, text))
        _note(contents, finding)
        found = _compared(finding, contents, report, budget) if room > 0 else []
        if found:
            room -= sum(map(_size, found))
            contents.excerpts = number + 1
            contents.unmarked += any(each["how"] == "unmarked" for each in found)
        chunk.append(_details(finding, contents.rows, found, text))
        if len(chunk) == limits.CHUNK:
            contents.blocks.append((f"findings-{number // limits.CHUNK}", embedded(chunk)))
            chunk = []
    if chunk:
        number = (len(contents.findings) - 1) // limits.CHUNK
        contents.blocks.append((f"findings-{number}", embedded(chunk)))


@dataclass(slots=True)
class _Budget:
    """How many characters may still be compared: of places, and of wholes."""

    places: int
    wholes: int

    def allows(self, what: Literal["places", "wholes"], characters: int) -> bool:
        """Whether so many more may be; if so, they are counted."""
        left: int = getattr(self, what) - characters
        if left >= 0:
            setattr(self, what, left)
        return left >= 0


def _first(report: Report) -> Iterator[Finding]:
    return (report.findings[row] for row in range(min(len(report.findings), limits.FINDINGS)))


def _row(finding: Finding, rows: dict[str, int], text: bool) -> dict[str, Any]:
    anchor = next((each for each in finding.locations if each.anchor), finding.locations[0])
    first = dict.fromkeys(place.document for place in islice(finding.locations, limits.PLACES))
    row: dict[str, Any] = {
        "id": finding.id,
        "code": finding.code,
        "severity": SEVERITIES.index(finding.severity),
        "kind": finding.kind,
        "words": finding.words,
        "occurrences": finding.occurrences,
        "jaccard": finding.jaccard,
        "like": [*likeness(finding)],
        "in": [rows.get(name, short(name, _NAME)) for name in islice(first, 2)],
        "documents": len({place.document for place in finding.locations}),
    }
    if finding.known or finding.allowed is not None:
        row["remarks"] = remarks(finding)
    if text:
        row["says"] = short(anchor.text or "", _SNIPPET)
    return row


def _note(contents: Contents, finding: Finding) -> None:
    """What the charts count."""
    if finding.jaccard is not None and finding.kind != "boilerplate" and finding.occurrences > 1:
        contents.similarities.append(finding.jaccard)
    held = frozenset(place.document for place in finding.locations)
    if finding.kind in ("reuse", "near-duplicate"):
        contents.together.append(held)
    elif finding.kind == "repetition":
        contents.repeating.append(held)


def _details(
    finding: Finding, rows: dict[str, int], compared: list[dict[str, Any]], text: bool
) -> dict[str, Any]:
    return {
        "template": shown(finding.template) if finding.template and text else None,
        "evidence": [
            [shown(each.signal), shown(each.detail), each.weight] for each in told(finding, text=text)
        ],
        "allowed": None if finding.allowed is None else shown(finding.allowed),
        "places": [_place(each, rows) for each in finding.locations[: limits.PLACES]],
        "compared": compared,
    }


def _place(place: Location, rows: dict[str, int]) -> list[Any]:
    """Document (its row, or its id where it is not in the table), lines, kept or not, similarity."""
    like = None if place.jaccard is None or place.anchor else similarity(place.jaccard)
    document = rows.get(place.document)
    name = short(place.document, _NAME) if document is None else document
    return [name, place.line, place.end_line, int(place.keep), like]


def _compared(
    finding: Finding, contents: Contents, report: Report, budget: _Budget
) -> list[dict[str, Any]]:
    """The anchor beside the places most like it, each with the numbers of the two."""
    places = [
        (number, each)
        for number, each in enumerate(finding.locations[: limits.PLACES])
        if each.text is not None
    ]
    if not places:
        return []
    anchor = next((each for each in places if each[1].anchor), places[0])
    same: list[_Numbered] = []
    different: list[_Numbered] = []
    for each in sorted(places, key=lambda each: (-(each[1].jaccard or 0.0), each[0])):
        if each is not anchor:
            (same if sides.identical(anchor[1], each[1]) else different).append(each)
    found = []
    if same or not different:
        numbers = sorted([anchor[0], *(number for number, _ in same)])
        found.append({**sides.excerpt(anchor[1]), "of": numbers})
    for other in different[: limits.OTHERS]:
        one, two = sorted((anchor, other), key=lambda each: each[0])
        laid_out = _as_wholes(finding, one[1], two[1], contents, report, budget)
        if laid_out is None:
            size = sum(min(len(each.text or ""), limits.LONGEST) for _, each in (one, two))
            lay_out = sides.beside if budget.allows("places", size) else sides.unmarked
            laid_out = lay_out(one[1], two[1])
        found.append({**laid_out, "of": [one[0], two[0]]})
    return found


def _as_wholes(
    finding: Finding,
    one: Location,
    other: Location,
    contents: Contents,
    report: Report,
    budget: _Budget,
) -> dict[str, Any] | None:
    """Two near-duplicates beside each other, as ``dedupe compare`` lays them; None if they are long."""
    names = one.document, other.document
    rows = [contents.rows[name] for name in names if name in contents.rows]
    if finding.kind != "near-duplicate" or names[0] == names[1] or len(rows) < 2 or not report.articles:
        return None
    size = sum(contents.documents[row].characters for row in rows)
    if size > 2 * limits.LONGEST or not budget.allows("wholes", size):
        return None
    left, right = (
        Document(name, report.articles[contents.in_report[row]].text)
        for name, row in zip(names, rows, strict=True)
    )
    between = replace(
        finding, locations=tuple(each for each in finding.locations if each.document in names)
    )
    laid_out = side_by_side(replace(report, findings=(between,)), left, right)
    return {
        "how": "wholes",
        "rows": sides.rows(laid_out.rows, whole=False),
        "shares": [percent(laid_out.left_share), percent(laid_out.right_share)],
    }


def _size(compared: dict[str, Any]) -> int:
    """Characters of what is laid out."""
    laid_out = (row[side] for row in compared["rows"] for side in ("left", "right") if row.get(side))
    pieces = (piece for side in laid_out for piece in side[2] if piece)
    return sum(len(piece if isinstance(piece, str) else piece[0]) for piece in pieces)


# Articles


def _add_articles(contents: Contents, report: Report) -> None:
    spent = 0
    for row, document in enumerate(contents.documents):
        if row >= len(report.ranking) and spent > limits.CLEAN:
            break
        longest = None
        if spent + document.characters > limits.ARTICLES:
            if row:
                break
            longest = limits.ARTICLES
            contents.cut = longest, document.characters
        article = report.articles[contents.in_report[row]]
        contents.blocks.append((f"article-{row}", embedded(stretches(article, longest))))
        contents.texts = row + 1
        spent += document.characters


def _about(code: str) -> list[str]:
    """What a code says, in a few words and in a paragraph."""
    return [CODES[code], rule(code).meaning] if code in CODES else ["", ""]


def index(contents: Contents) -> dict[str, Any]:
    """What the page's script starts from: the rows of both tables."""
    at = {each["id"]: row for row, each in enumerate(contents.findings)}
    documents = []
    for each in contents.documents:
        row: dict[str, Any] = {
            "id": short(each.id, _NAME),
            "words": each.words,
            "parts": [
                each.fractions.original,
                each.fractions.reuse,
                each.fractions.repetition,
                each.fractions.boilerplate,
            ],
            "share": percent(1 - each.fractions.original if each.words else 0.0),
            "findings": [at[name] for name in each.findings if name in at],
            "all": len(each.findings),
        }
        if each.title:
            row["title"] = short(each.title, _NAME)
        if each.source is not None:
            row["source"] = contents.sources[each.source]
        documents.append(row)
    return {
        "documents": documents,
        "findings": contents.findings,
        "sources": [short(name, _NAME) for name in contents.sources],
        "codes": {code: _about(code) for code in sorted({f["code"] for f in contents.findings})},
        "chunk": limits.CHUNK,
        "texts": contents.texts,
    }
