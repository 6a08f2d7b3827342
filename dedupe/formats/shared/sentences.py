"""What a finding says in a line of plain English, the same in every format; no word of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.formats.shared.codes import CODES
from dedupe.formats.shared.numbers import count, similarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.report import Evidence, Finding, Location


def title(finding: Finding) -> str:
    """``REP001 repetition: repeated exactly``."""
    what = CODES.get(finding.code)
    return f"{finding.code} {finding.kind}" + (f": {what}" if what else "")


def facts(finding: Finding) -> str:
    """``207 words, 2 places, identical (Jaccard 1)``."""
    return ", ".join(
        [count(finding.words, "word"), count(finding.occurrences, "place"), *likeness(finding)]
    )


def remarks(finding: Finding) -> list[str]:
    """Why it hits no gate, where it does not."""
    return ["known"] * finding.known + ["allowed"] * (finding.allowed is not None)


def likeness(finding: Finding) -> Iterator[str]:
    """How like its places are, as far as they were compared."""
    if finding.jaccard == 1.0:
        yield "identical (Jaccard 1)"
    elif finding.jaccard is not None:
        yield f"Jaccard {similarity(finding.jaccard)}"
    if finding.containment is not None and finding.containment != finding.jaccard:
        yield f"containment {similarity(finding.containment)}"
    if finding.cohesion is not None and finding.cohesion != finding.jaccard:
        yield f"cohesion {similarity(finding.cohesion)}"


def address(location: Location) -> str:
    """``seeds/002.txt:7-15``, which editors and terminals follow."""
    lines = f"{location.line}"
    if location.line != location.end_line:
        lines += f"-{location.end_line}"
    return f"{location.document}:{lines}"


def told(finding: Finding, *, text: bool) -> list[Evidence]:
    """The evidence that may be shown: what quotes an article only where text may leave."""
    return [each for each in finding.evidence if text or not each.quotes]
