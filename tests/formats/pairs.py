"""Two made-up articles with what an audit finds in them, written by hand."""

from __future__ import annotations

from dedupe.documents import Document
from dedupe.report import Fractions, Report

from .builder import finding, place, report, score

LEFT = """\
City council backs harbour tunnel after nine-hour debate

The city council voted on Tuesday night to build a road tunnel under the harbour, ending a dispute that \
has divided the two banks for almost twenty years.

Twenty-three of the forty members voted for the plan, among them five from the opposition. Mayor Ana \
Ribeiro called it “the most important decision of this decade”.

The tunnel will be 1.8 kilometres long and is expected to cost 640 million euros. A third of the money \
comes from the national infrastructure fund, the rest from tolls of two euros a trip.

Ferry operators fear for their jobs. “Nobody has told us what happens to the two hundred people who \
work on the boats,” said Jorge Matos, who speaks for the crews.

The first plans for a crossing date from 1998, when a commission proposed a suspension bridge. It was \
given up because of the cranes in the old port.

Read more: Five things to know about the harbour tunnel
"""
RIGHT = """\
Harbour tunnel approved

The city council voted late on Tuesday to build a road tunnel under the harbour, ending a dispute that \
has divided the two banks for nearly two decades.

The first plans for a crossing date from 1998, when a commission proposed a suspension bridge. It was \
given up because of the cranes in the old port.

Twenty-three of the forty members voted for the plan, among them five from the opposition.

The tunnel will be 1.8 kilometres long and is expected to cost 680 million euros. A third of the money \
comes from the national infrastructure fund, the rest from tolls of three euros a trip.

Shares of the builder Teixeira rose by four per cent on Wednesday morning. Analysts had expected a \
closer vote.

The tunnel will be 1.8 kilometres long and is expected to cost 680 million euros. A third of the money \
comes from the national infrastructure fund, the rest from tolls of three euros a trip.
"""


def edited_pair() -> tuple[Report, Document, Document]:
    """Passages edited, left out, added, moved and repeated."""
    left = Document("tunnel.txt", LEFT, "City council backs harbour tunnel", date="2026-03-03")
    right = Document("wire.jsonl#7", RIGHT)
    found = [
        finding(
            "REU001",
            "reuse",
            "warning",
            [
                place(left.id, LEFT, 3, 7, anchor=True),
                place(right.id, RIGHT, 3, 9, jaccard=0.5, containment=0.6),
            ],
            jaccard=0.5,
            containment=0.6,
        ),
        finding(
            "REU001",
            "reuse",
            "warning",
            [place(left.id, LEFT, 11, 11, anchor=True), place(right.id, RIGHT, 5, 5)],
        ),
        finding(
            "REP001",
            "repetition",
            "error",
            [place(right.id, RIGHT, 9, 9, anchor=True), place(right.id, RIGHT, 13, 13)],
        ),
        finding(
            "BPL003",
            "boilerplate",
            "info",
            [place(left.id, LEFT, 13, 13, anchor=True, jaccard=None)],
            jaccard=None,
            containment=None,
            cohesion=None,
        ),
    ]
    scores = [
        score(left.id, LEFT, Fractions(0.4, 0.55, 0.0, 0.05), found, left.title),
        score(right.id, RIGHT, Fractions(0.2, 0.6, 0.2, 0.0), found),
    ]
    return report(scores, found, density=0.7), left, right


def copies() -> tuple[Report, Document, Document]:
    """The same article twice, a word edited in one."""
    left, right = Document("a.txt", LEFT), Document("b.txt", LEFT.replace("Jorge", "João"))
    found = [
        finding(
            "DUP002",
            "near-duplicate",
            "warning",
            [place(left.id, LEFT, 1, 13, anchor=True), place(right.id, right.text, 1, 13, jaccard=0.97)],
            jaccard=0.97,
            containment=0.99,
        )
    ]
    scores = [score(each.id, each.text, Fractions(reuse=1.0), found) for each in (left, right)]
    return report(scores, found, density=1.0), left, right


def strangers() -> tuple[Report, Document, Document]:
    """Two articles that have nothing in common."""
    left, right = Document("a.txt", LEFT), Document("b.txt", "Something else altogether.\n")
    scores = [score(each.id, each.text, Fractions(original=1.0)) for each in (left, right)]
    return report(scores, []), left, right
