"""The similarities of a report, computed again from the text, in plain Python on sets of strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.sample import Passage, shingles_of, similarity
from dedupe.passages.reference import passages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe import Document, Report, Settings
    from dedupe.report import Finding, Location

COMPARED = "locations compared again from the text"
DIFFERENT = "of them with another similarity than reported"
SINGLE = "of them single passages against a single passage"
SINGLE_DIFFERENT = "of those with another similarity than reported"
SINGLE_BELOW = "of those below the threshold to their anchor, fixed slots (REP003) aside"
FINDINGS_DIFFERENT = "findings whose similarities are not those of their locations"


def recompute(
    report: Report, documents: Sequence[Document], every: Sequence[Passage], settings: Settings
) -> dict[str, float]:
    """How many similarities there are, and how many of them are not as reported.

    Those of near-duplicates are of the whole documents but for their boilerplate.
    """
    texts = {document.id: document.text for document in documents}
    prose = without_boilerplate(report, texts)
    alone = {(documents[each.document].id, each.start, each.end) for each in every}
    counts = dict.fromkeys(
        (COMPARED, DIFFERENT, SINGLE, SINGLE_DIFFERENT, SINGLE_BELOW, FINDINGS_DIFFERENT), 0
    )
    for finding in report.findings:
        anchor = next(location for location in finding.locations if location.anchor)
        for location in finding.locations:
            a, b = (
                shingles_of(
                    (texts if finding.code == "DUP001" else prose)[each.document]
                    if finding.kind == "near-duplicate"
                    else texts[each.document][each.start : each.end],
                    settings.shingle,
                )
                for each in (location, anchor)
            )
            if location.jaccard is None:
                continue  # no copy is compared: a template, a link list
            jaccard, containment = similarity(a, b)
            common = len(a & b)
            different = (
                location.jaccard,
                location.containment,
                location.containment_in_anchor,
                location.containment_of_anchor,
            ) != (jaccard, containment, common / len(a), common / len(b))
            single = _place(location) in alone and _place(anchor) in alone
            counts[COMPARED] += 1
            counts[DIFFERENT] += different
            counts[SINGLE] += single
            counts[SINGLE_DIFFERENT] += single and different
            counts[SINGLE_BELOW] += single and jaccard < settings.threshold and finding.code != "REP003"
        counts[FINDINGS_DIFFERENT] += not _sums_up(finding, anchor)
    return {**counts}


def without_boilerplate(report: Report, texts: dict[str, str]) -> dict[str, str]:
    """The texts with a blank for each stretch of boilerplate."""
    found: dict[str, list[tuple[int, int]]] = {}
    for finding in report.findings:
        # Frames inside of passages stay: what is left out of a comparison is whole passages.
        if finding.kind == "boilerplate":
            for location in finding.locations:
                found.setdefault(location.document, []).append((location.start, location.end))
    left = dict(texts)
    for name, stretches in found.items():
        pieces, at = [], 0
        every = passages(texts[name])
        starts, ends = {each.start for each in every}, {each.end for each in every}
        for start, end in sorted(stretches):
            if start not in starts or end not in ends:
                continue
            pieces.append(texts[name][at : max(start, at)])
            at = max(end, at)
        left[name] = " ".join([*pieces, texts[name][at:]])
    return left


def _place(location: Location) -> tuple[str, int, int]:
    return location.document, location.start, location.end


def _sums_up(finding: Finding, anchor: Location) -> bool:
    """Whether the finding's similarities are those of its nearest and farthest locations."""
    if finding.jaccard is None:
        return all(each.jaccard is None for each in finding.locations)
    others = [each for each in finding.locations if not each.anchor]
    if finding.kind == "near-duplicate":  # further ranges of the anchor's document are no copies of it
        others = [each for each in others if each.document != anchor.document]
    ordered = sorted(
        (each.jaccard, each.containment)
        for each in others
        if each.jaccard is not None and each.containment is not None
    )
    return (
        len(ordered) == len(others) > 0
        and (finding.jaccard, finding.containment) == ordered[-1]
        and finding.cohesion == ordered[0][0]
    )
