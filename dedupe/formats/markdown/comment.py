"""The report as a comment: verdict, scores, findings worst first, as far as a comment may be long."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from dedupe.formats.markdown.code import block, groups, span
from dedupe.formats.shared.excerpts import differences, pair_of, same_text, shortened
from dedupe.formats.shared.numbers import count, number, percent, similarity
from dedupe.formats.shared.sentences import address, facts, remarks, title, told
from dedupe.formats.shared.verdict import counted, severities, verdict
from dedupe.formats.shared.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.formats.interface import View
    from dedupe.formats.shared.excerpts import Piece
    from dedupe.report import Finding, Report, Severity

LIMIT: Final = 65_536
"""Characters of a comment on GitHub; GitLab takes more."""
PLACES: Final = 12
EVIDENCE: Final = 5
SKIPPED: Final = 10
GROUPS: Final = 10
_ROOM: Final = 600
"""Characters of an excerpt, about."""
_WIDTH: Final = 96
_FOOT: Final = 1_000
"""Characters that are kept for the line on what was left out, and for the command."""
_LONGEST_COMMAND: Final = 600


def render(report: Report, view: View) -> str:
    """The whole comment."""
    counts = severities(report)
    parts = [f"**dedupe: {verdict(report, counts)}**", *_gate(report), _scores(report, counts)]
    parts += [*groups(report, GROUPS), *_about_input(report)]
    size = sum(len(part) + 2 for part in parts)
    shown: Counter[Severity] = Counter()
    for row in range(len(report.findings)):
        finding = report.findings[row]
        part = "\n\n".join(_finding(finding, text=view.text))
        if size + len(part) + 2 > LIMIT - _FOOT:
            break
        parts.append(part)
        size += len(part) + 2
        shown[finding.severity] += 1
    left = {severity: total - shown[severity] for severity, total in counts.items()}
    parts += _foot(len(report.findings), sum(shown.values()), left, view)
    return "\n\n".join(parts) + "\n"


def _scores(report: Report, counts: dict[Severity, int]) -> str:
    summary = report.summary
    shares = summary.fractions
    rows = [
        ("articles", number(summary.documents)),
        ("words", number(summary.words)),
        ("findings", counted(counts) or "none"),
        ("stands in more than one place", percent(summary.duplication_density)),
        ("redundant", percent(summary.redundant_fraction)),
        ("exactly redundant", percent(summary.redundant_exact_fraction)),
        (
            "original / reuse / repetition / boilerplate",
            " / ".join(
                map(percent, (shares.original, shares.reuse, shares.repetition, shares.boilerplate))
            ),
        ),
    ]
    return "\n".join(["| | |", "| --- | ---: |", *(f"| {name} | {value} |" for name, value in rows)])


def _gate(report: Report) -> Iterator[str]:
    """What was asked of it, and how it stands."""
    if report.gate and report.gate.conditions:
        yield "\n".join(
            f"- {'failed' if each.failed else 'passed'}: {span(each.text)}: {each.detail}"
            for each in report.gate.conditions
        )


def _about_input(report: Report) -> Iterator[str]:
    if not report.skipped:
        return
    lines = [f"- {span(f'{each.path}: {each.reason}')}" for each in report.skipped[:SKIPPED]]
    if len(report.skipped) > SKIPPED:
        lines.append(f"- and {number(len(report.skipped) - SKIPPED)} more")
    yield "\n".join([f"Not read ({number(len(report.skipped))}):", "", *lines])


def _finding(finding: Finding, *, text: bool) -> Iterator[str]:
    known = "".join(f" ({each})" for each in remarks(finding))
    yield f"### {finding.severity} {title(finding)}{known}"
    yield f"{facts(finding)} · `{finding.id}`"
    if finding.template and text:
        yield f"Template: {span(finding.template)}"
    reasons = told(finding, text=text)
    if reasons:
        yield "\n".join(
            f"- {each.signal}: {span(each.detail)}"
            + ("" if each.weight is None else f" ({each.weight:+.1f})")
            for each in reasons[:EVIDENCE]
        )
    yield "\n".join(_places(finding))
    if text:
        yield from _excerpts(finding)


def _places(finding: Finding) -> Iterator[str]:
    for row, each in enumerate(finding.locations[:PLACES], 1):
        remarks = []
        if each.keep and finding.occurrences > 1:
            remarks.append("kept")
        if each.jaccard is not None and not each.anchor and len(finding.locations) > 2:
            remarks.append(f"Jaccard {similarity(each.jaccard)}")
        yield f"{row}. {span(address(each))}" + "".join(f" · {remark}" for remark in remarks)
    left = len(finding.locations) - PLACES
    if left > 0:
        yield f"\nand {count(left, 'more place')}"


def _excerpts(finding: Finding) -> Iterator[str]:
    pair = pair_of(finding.locations)
    if pair is None:
        return
    (_, one), (_, other) = pair
    if one == other or same_text(one, other):
        yield block(list(_wrapped(shortened(one, _ROOM), "", ("", ""))))
        return
    left, right = differences(one, other, _ROOM)
    if not any(piece.mark == "changed" for piece in (*left, *right)):
        yield "The same words; case or punctuation differs:"
        yield block(list(_wrapped(shortened(one, _ROOM), "", ("", ""))))
        return
    lines = [*_wrapped(left, "- ", ("[-", "-]")), *_wrapped(right, "+ ", ("{+", "+}"))]
    yield block(lines, "diff")


def _wrapped(pieces: Iterable[Piece], before: str, marks: tuple[str, str]) -> Iterator[str]:
    """The words of pieces in lines that fit a page, changed ones between marks."""
    said: list[str] = []
    for piece in pieces:
        if piece.mark == "cut":
            said.append(" …")
            continue
        words = "".join((" " if word.gap else "") + word.text for word in piece.words)
        if piece.mark == "changed" and words.strip():
            blank = " " if words.startswith(" ") else ""
            words = f"{blank}{marks[0]}{words.strip()}{marks[1]}"
        said.append(words)
    for line in wrap(visible("".join(said)), _WIDTH, break_on_hyphens=False):
        yield f"{before}{line}"


def _foot(total: int, shown: int, left: dict[Severity, int], view: View) -> Iterator[str]:
    if shown < total:
        room = f"A comment has room for {number(shown)} of {number(total)}."
        yield f"**Left out: {counted(left)}.** {room}"
    if total:
        command = f"{view.command} -o report.html"
        yield f"All of it: {span(command, _LONGEST_COMMAND)}. What a code means: `dedupe explain CODE`."
