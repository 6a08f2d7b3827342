"""Reports made for the gate: findings of a severity, kind and code, without an audit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from dedupe.report import (
    KINDS,
    SEVERITIES,
    DocumentScore,
    Evidence,
    Finding,
    Fractions,
    Location,
    Report,
    ReportSettings,
    Summary,
)

if TYPE_CHECKING:
    from dedupe.report import Kind, Severity

_KINDS: dict[str, Kind] = dict(zip(("REP", "REU", "DUP", "BPL"), KINDS, strict=True))


def found(
    code: str,
    severity: Severity,
    *,
    text: str = "the same words again",
    documents: tuple[str, ...] = ("a.txt", "b.txt"),
    known: bool = False,
    allowed: str | None = None,
    template: str | None = None,
    layout: bool = False,
) -> Finding:
    """A finding with a place in each document."""
    places = tuple(
        Location(name, 0, len(text), 1 + at, 1 + at, at == 0, at == 0, 1.0, 1.0, text)
        for at, name in enumerate(documents)
    )
    evidence = (Evidence("layout", "all articles do"),) if layout else ()
    kind = _KINDS[code[:3]]
    name = f"{crc32(repr((code, severity, text, documents)).encode()):032x}"
    ends = (template, evidence, places, allowed)
    return Finding(name, code, kind, severity, known, 4, len(places), 1.0, 1.0, 1.0, *ends)


def report(*findings: Finding, fractions: Fractions | None = None, density: float = 0.0) -> Report:
    """A report of these findings, and of the documents in them."""
    ordered = tuple(sorted(findings, key=lambda each: SEVERITIES.index(each.severity)))
    names = sorted({place.document for each in ordered for place in each.locations})
    documents = tuple(
        DocumentScore(
            name,
            None,
            None,
            10,
            60,
            1,
            Fractions(original=1.0),
            tuple(f.id for f in ordered if name in {place.document for place in f.locations}),
        )
        for name in names
    )
    kinds = {kind: sum(each.kind == kind for each in ordered) for kind in KINDS}
    summary = Summary(
        len(names), len(names), 10, 60, fractions or Fractions(original=1.0), density, 0.0, 0.0, kinds
    )
    settings = ReportSettings(0.5, 0.8, "normal", 12, 3, 128, 25, 5, 1)
    made = Report("0.1.0", settings, summary, documents, ordered, ())
    return replace(made, ranking=range(len(names)))
