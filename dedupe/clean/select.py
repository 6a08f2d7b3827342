"""From a report to the places that may go: those of the kinds that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe.clean.choices import Choices
    from dedupe.report import Kind, Report


@dataclass(frozen=True, slots=True)
class Mark:
    """The finding that something is removed for."""

    id: str
    code: str
    kind: Kind
    number: int = 1
    """Which pass's audit found it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a finding, without its text: a report holds the corpus, this does not."""

    document: str
    start: int
    end: int
    keep: bool
    likeness: float | None = None
    """How like the anchor it is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A finding whose places may go."""

    mark: Mark
    spots: tuple[Spot, ...]


# What is furniture goes first: it is no copy that something else could rely on. Whole documents go
# before parts of them.
_ORDER: dict[Kind, int] = {"boilerplate": 0, "near-duplicate": 1, "repetition": 2, "reuse": 3}


def select(report: Report, choices: Choices, number: int = 1) -> list[Candidate]:
    """The findings that are to go, in the order in which they are decided upon.

    Among findings of one kind that is the order of the report, ids aside: names of files may not
    decide what goes.
    """
    order = {document.id: number for number, document in enumerate(report.documents)}
    candidates = []
    for finding in report.findings:
        if not choices.wants(finding.code, finding.kind):
            continue
        spots = tuple(
            Spot(place.document, place.start, place.end, place.keep, place.jaccard)
            for place in finding.locations
        )
        places = [(order.get(spot.document, 0), spot.start, spot.end) for spot in spots]
        candidates.append(
            (
                (_ORDER[finding.kind], -finding.words, places, finding.code),
                Candidate(Mark(finding.id, finding.code, finding.kind, number), spots),
            )
        )
    candidates.sort(key=lambda each: each[0])
    return [candidate for _, candidate in candidates]
