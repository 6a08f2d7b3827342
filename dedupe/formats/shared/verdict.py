"""The result in one line, from counts alone: a report may hold millions of findings."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from dedupe.formats.shared.numbers import count, percent
from dedupe.report import SEVERITIES, Severity

if TYPE_CHECKING:
    from dedupe.report import Finding, Report

_MANY: dict[Severity, str] = {"error": "errors", "warning": "warnings", "info": "info"}


def severities(report: Report) -> dict[Severity, int]:
    """How many findings of each severity; looks at a handful where nobody counted them."""
    if report.severities:
        return dict(report.severities)

    def rank(finding: Finding) -> int:
        return SEVERITIES.index(finding.severity)

    ends = [bisect_left(report.findings, rank_ + 1, key=rank) for rank_ in range(len(SEVERITIES))]
    return {s: end - start for s, start, end in zip(SEVERITIES, [0, *ends], ends, strict=False)}


def counted(severity_counts: dict[Severity, int]) -> str:
    """``1 error, 2 info``; empty when there is nothing."""
    return ", ".join(count(n, s, _MANY[s]) for s, n in severity_counts.items() if n)


def verdict(report: Report, severity_counts: dict[Severity, int]) -> str:
    """One line that says how it stands."""
    summary = report.summary
    if not summary.documents:
        return "Nothing was read"
    articles = count(summary.documents, "article")
    found = counted(severity_counts)
    if not found:
        return f"Clean: nothing is said twice in {articles}"
    if summary.duplication_density <= 0:
        return f"{found} in {articles}: nothing is said twice"
    return f"{found} in {articles}: {percent(summary.duplication_density)} of the words stand twice"
