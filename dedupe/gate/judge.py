"""Whether a report meets the conditions, and by how much not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.baseline.fingerprints import is_layout
from dedupe.formats.shared.numbers import count
from dedupe.gate.expression import COMPARISONS, DENSITIES, OfFindings, OfScore
from dedupe.report import SEVERITIES, Columns, Condition, Gate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedupe.gate.expression import Term
    from dedupe.report import Finding, Report


def judge(report: Report, terms: Sequence[Term]) -> Gate:
    """The report against each condition."""
    found: dict[OfFindings, list[int]] = {}
    for term in terms:
        if isinstance(term, OfFindings):
            found[term] = []
    # Findings come by severity: none is made that no condition asks for.
    mildest = max(map(_mildest, found), default=-1)
    for index, finding in enumerate(_heads(report) if found else ()):
        if SEVERITIES.index(finding.severity) > mildest:
            break
        if counts_for_gate(finding):
            for term in _hit(finding, found):
                found[term].append(index)
    return Gate(
        tuple(
            _score(report, term) if isinstance(term, OfScore) else _findings(term, found[term])
            for term in terms
        )
    )


def _heads(report: Report) -> Iterator[Finding]:
    """The findings, without their places where these would have to be made."""
    findings = report.findings
    if isinstance(findings, Columns):
        return map(findings.without_places, range(len(findings)))
    return iter(findings)


def counts_for_gate(finding: Finding) -> bool:
    """Whether it can hit a gate: neither known nor allowed, nor the doing of a whole source.

    A layout in which all articles of a source echo themselves is no article's fault.
    """
    return not (finding.known or finding.allowed is not None or is_layout(finding))


def _mildest(term: OfFindings) -> int:
    """Rank of the mildest severity that can hit it."""
    return SEVERITIES.index(term.text) if term.text in SEVERITIES else len(SEVERITIES) - 1


def _hit(finding: Finding, terms: Iterable[OfFindings]) -> list[OfFindings]:
    names = ("new", finding.kind, finding.code)
    rank = SEVERITIES.index(finding.severity)
    return [
        term
        for term in terms
        if (rank <= SEVERITIES.index(term.text) if term.text in SEVERITIES else term.text in names)
    ]


def _findings(term: OfFindings, found: list[int]) -> Condition:
    """How many new findings there are of what was asked."""
    number = count(len(found), "new finding") if found else "no new finding"
    if term.text in SEVERITIES:
        number += f" of severity {term.text}" + ("" if term.text == SEVERITIES[0] else " or worse")
    elif term.text != "new":
        number += f" of {term.text}"
    return Condition(term.text, bool(found), number, found)


def _score(report: Report, term: OfScore) -> Condition:
    """The score and its distance from the bound, with every digit that decides."""
    summary = report.summary
    holder = summary if term.score in DENSITIES else summary.fractions
    value: float = getattr(holder, term.score)
    failed = COMPARISONS[term.comparison](value, term.bound)
    if value == term.bound:
        how = "the bound itself"
    else:
        side = "above" if value > term.bound else "below"
        how = f"{abs(value - term.bound):.3g} {side} {term.bound!r}"
    return Condition(term.text, failed, f"{term.score} is {value!r}, {how}")
