"""Foreign text as code: what no sign in it can leave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedupe.formats.shared.numbers import count, number
from dedupe.formats.shared.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe.report import Report

LONGEST = 300
"""Characters of a name; the middle of a longer one is left out."""


def span(text: str, longest: int = LONGEST) -> str:
    """The text as a code span, on one line."""
    if len(text) > longest:
        text = f"{text[: longest // 2]}…{text[-longest // 2 :]}"
    text = visible(text)
    ticks = "`" * (_longest_run(text) + 1)
    # A span of blanks alone is shown as nothing, and one blank at either end is taken off.
    pad = " " if text[:1] in ("", "`", " ") or text[-1:] in ("`", " ") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def block(lines: Sequence[str], language: str = "text") -> str:
    """Lines, each without a line end, as a block of code."""
    fence = "`" * max(3, max(map(_longest_run, lines), default=0) + 1)
    return "\n".join([f"{fence}{language}", *lines, fence])


def groups(report: Report, most: int) -> Iterator[str]:
    """Which groups share text, most words first: a list, as names in a table could not be code."""
    if not report.groups:
        return
    worst = sorted(report.groups, key=lambda each: -each.words)
    lines = []
    for each in worst[:most]:
        if each.left == each.right:
            who = f"inside {span(each.left)}: {count(each.documents_left, 'article')}"
        else:
            articles = f"{number(each.documents_left)} and {count(each.documents_right, 'article')}"
            who = f"{span(each.left)} and {span(each.right)}: {articles}"
        lines.append(f"- {who}, {count(each.findings, 'finding')}, {count(each.words, 'word')}")
    if len(worst) > most:
        lines.append(f"- and {number(len(worst) - most)} more")
    yield "\n".join(["Groups that share text:", "", *lines])


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
