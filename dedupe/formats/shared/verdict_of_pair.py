"""How two documents hang together, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.formats.shared.numbers import count, listed, percent, similarity

if TYPE_CHECKING:
    from dedupe.formats.interface import Pair
    from dedupe.formats.shared.side_by_side import Comparison
    from dedupe.report import Finding, Report, Severity


def verdict(report: Report, laid_out: Comparison, pair: Pair) -> tuple[str, Severity | None]:
    """How the two hang together, in a line, and how grave the finding is that says so; None for none."""
    between = [each for each in report.findings if _is_between(each, pair)]
    whole = next((each for each in between if each.kind == "near-duplicate"), None)
    inside = [each for each in report.findings if each.kind == "repetition"]
    repeats = [
        name
        for name, document in (("A", pair.left), ("B", pair.right))
        if any(place.document == document.id for each in inside for place in each.locations)
    ]
    also = f"; {listed(repeats)} {'repeats' if len(repeats) == 1 else 'repeat'}" if repeats else ""
    also += (" itself" if len(repeats) == 1 else " themselves") if repeats else ""
    if not between:
        return f"A and B share no passage{also}", "warning" if repeats else None
    shares = (
        f"{percent(laid_out.left_share)} of A's words stand in B, "
        f"{percent(laid_out.right_share)} of B's in A"
    )
    if whole is None:
        codes = sorted({each.code for each in between})
        if codes == ["REU002"]:
            return f"A and B quote the same: {shares} (REU002){also}", "info"
        links = sum(row.role == "linked" for row in laid_out.rows)
        shared = count(links or len(between), "passage")
        return f"A and B share {shared}: {shares} ({', '.join(codes)}){also}", between[0].severity
    what = {
        "DUP001": "B is an exact copy of A",
        "DUP002": "B is an edited copy of A",
        "DUP003": "A contains B" if laid_out.right_share >= laid_out.left_share else "B contains A",
        "DUP004": "A and B are of one series",
        "DUP005": "A and B are chapters of one story",
    }.get(whole.code, "A and B are near-duplicates")
    like = "" if whole.jaccard in (None, 1.0) else f"; Jaccard {similarity(whole.jaccard or 0.0)}"
    return f"{what}: {shares}{like} ({whole.code}){also}", whole.severity


def _is_between(finding: Finding, pair: Pair) -> bool:
    """Whether a finding says that the two have something in common."""
    held = {place.document for place in finding.locations}
    return finding.kind in ("near-duplicate", "reuse") and {pair.left.id, pair.right.id} <= held
