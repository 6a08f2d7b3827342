"""The pairs of ranges that a report says are the same: what is measured against cases."""

from __future__ import annotations

from itertools import combinations, groupby, product
from typing import TYPE_CHECKING

from benchmarks.plagdet import Alignment, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedupe.report import Finding, Report

OF_A_FINDING = (
    "A detection is a pair of a finding's places. Of a repetition: every two in one document; of a "
    "reuse: every two in different documents. Of a near-duplicate, whose places are the ranges that two "
    "documents have in common, in order: the first with the first, the second with the second and so "
    "on; where one document has more ranges than the other, one pair, from the first range to the last "
    "of each."
)


def repeated(report: Report) -> list[Alignment]:
    """What is said to stand twice in one document, the earlier range on the left; each pair once."""
    found: dict[Alignment, None] = {}
    for finding in report.findings:
        if finding.kind == "repetition":
            for spans in _by_document(finding):
                found.update((Alignment(*pair), None) for pair in combinations(spans, 2))
    return list(found)


def shared(report: Report) -> list[Alignment]:
    """What is said to stand in two documents, that of the lesser id on the left; each pair once."""
    found: dict[Alignment, None] = {}
    for finding in report.findings:
        if finding.kind in ("reuse", "near-duplicate"):
            for one, other in combinations(sorted(_by_document(finding)), 2):
                pairs = (
                    _in_order(one, other) if finding.kind == "near-duplicate" else product(one, other)
                )
                found.update((Alignment(*pair), None) for pair in pairs)
    return list(found)


def _by_document(finding: Finding) -> list[list[Span]]:
    """The places of a finding, a list a document, in the order of their offsets."""
    spans = [Span(each.document, each.start, each.end) for each in finding.locations]
    return [sorted(held) for _, held in groupby(spans, key=lambda span: span.document)]


def _in_order(one: Sequence[Span], other: Sequence[Span]) -> Iterable[tuple[Span, Span]]:
    """Ranges of two documents, the k-th with the k-th; all as one where their numbers differ."""
    if len(one) == len(other):
        return zip(one, other, strict=True)
    return [(_whole(one), _whole(other))]


def _whole(spans: Sequence[Span]) -> Span:
    return Span(spans[0].document, spans[0].start, max(span.end for span in spans))
