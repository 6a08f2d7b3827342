"""A report on which is marked what is known and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedupe.baseline.entries import Baseline, gather, line_of
from dedupe.baseline.fingerprints import Fingerprint, fingerprinted, in_other_words
from dedupe.baseline.matching import Matches, match
from dedupe.findings.assemble import Lazy

if TYPE_CHECKING:
    from dedupe.gate.allowed import AllowList
    from dedupe.report import Finding, Report


@dataclass(frozen=True, slots=True)
class Marked:
    """The report with its marks, and what a new baseline is made of."""

    report: Report
    baseline: Baseline
    """What was known before."""
    fingerprints: list[Fingerprint]
    """Of the findings that are not allowed."""
    matches: Matches
    """Of these."""

    def everything(self) -> Baseline:
        """The baseline that knows all that is here and not allowed."""
        return gather(self.fingerprints)

    def renewed(self) -> Baseline:
        """The old baseline as it is today: without what is gone, after edits; nothing new in it."""
        known = zip(self.fingerprints, self.matches.known, strict=True)
        today = gather(each for each, is_known in known if is_known)
        return today | {key: self.baseline[key] for key in self.matches.grown}


def mark(report: Report, baseline: Baseline, allow: AllowList, *, everything: bool = False) -> Marked:
    """Mark what the list allows, and of the rest what the baseline knows; or all of the rest."""
    reasons: list[str | None] = []
    prints: list[Fingerprint] = []
    rows: list[int] = []
    findings = report.findings
    for index, (finding, fingerprint) in enumerate(fingerprinted(findings)):
        reason = allow.reason(finding, fingerprint)
        reasons.append(reason)
        if reason is None:
            prints.append(fingerprint)
            rows.append(index)

    def reworded(row: int) -> list[Fingerprint]:
        others = in_other_words(findings[rows[row]])
        return [fingerprint for _, fingerprint in fingerprinted(others)]

    matches = match(prints, baseline, reworded)
    rest = iter(matches.known)
    known = [reason is None and (next(rest) or everything) for reason in reasons]

    def marked(index: int) -> Finding:
        return replace(findings[index], known=known[index], allowed=reasons[index])

    changed = replace(
        report,
        findings=Lazy(len(findings), marked),
        known=sum(known),
        stale=tuple(line_of(baseline[key]).rpartition(" ")[0] for key in matches.stale),
        allowed=allow.used(),
    )
    return Marked(changed, baseline, prints, matches)
