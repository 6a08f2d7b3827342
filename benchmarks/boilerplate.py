"""Which lines of whole web pages are boilerplate: dedupe beside jusText and a rule of thumb.

``python -m benchmarks.boilerplate FOLDER``, on hand-labelled pages as plain-text lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import justext
from benchmarks.data import boilerplate_lines, folder_of
from benchmarks.tables import Result
from dedupe import Document, audit
from dedupe.passages.reference import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

FEW_WORDS = 12
TARGETS = {
    "content F1 by line": "at least 70.0%",
    "content F1 by character": "at least 92.0%",
    "boilerplate F1 by line": "at least 95.0%",
}
NOTES = (
    "Each page is audited by itself, one document, its lines joined by newlines: no other page gives "
    "evidence.",
    "A line is boilerplate where boilerplate findings cover most of it; one without a word goes with "
    "the line before.",
    "The labels were made by 5-word overlap with the gold body: titles count as boilerplate, and lines "
    "of fewer than 5 words are noisy.",
    "The weights of signals in web pages were fitted to these pages: expect less on others.",
    f"jusText {justext.VERSION} with its English stop list, each line given as a paragraph.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines, and which are content."""

    id: str
    lines: Sequence[str]
    content: NDArray[np.bool_]
    """(l,)"""


def main() -> None:
    """Judge every line three ways, print the table."""
    pages = pages_of(boilerplate_lines(folder_of("boilerplate")))
    verdicts = {
        "dedupe": by_dedupe(pages),
        "jusText": [np.array(each) for each in justext.content_lines([page.lines for page in pages])],
        f"fewer than {FEW_WORDS} words": [by_words(page) for page in pages],
    }
    figures = {name: measure(pages, found) for name, found in verdicts.items()}
    lines = sum(len(page.lines) for page in pages)
    result = Result(
        "boilerplate",
        f"{lines:,} labelled lines of {len(pages)} web pages: content and boilerplate, by line and by "
        "character.",
        "python -m benchmarks.boilerplate ../shared/data",
        list(verdicts),
        notes=NOTES,
    )
    for name in next(iter(figures.values())):
        result.add(name, [each[name] for each in figures.values()], "{:.1%}", TARGETS.get(name, ""))
    result.publish()


def pages_of(path: Path) -> list[Page]:
    """The labelled pages."""
    with path.open(encoding="utf-8") as file:
        held = [json.loads(line) for line in file]
    return [Page(each["id"], each["lines"], np.array(each["content"], np.bool_)) for each in held]


def by_dedupe(pages: Sequence[Page]) -> list[NDArray[np.bool_]]:
    """For each page, which lines are content by an audit of that page alone."""
    found = []
    for page in pages:
        report = audit([Document(page.id, "\n".join(page.lines))])
        found.append(
            _of_lines(
                page.lines,
                [
                    (place.start, place.end)
                    for finding in report.findings
                    if finding.kind == "boilerplate"
                    for place in finding.locations
                ],
            )
        )
    return found


def _of_lines(lines: Sequence[str], furniture: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """(l,): which lines are content, from the stretches of their text that are boilerplate."""
    begins = np.cumsum([0, *(len(line) + 1 for line in lines)])
    inside = np.zeros(begins[-1] + 1, np.int64)
    for start, end in furniture:
        inside[start] += 1
        inside[end] -= 1
    sums = np.cumsum([0, *(np.cumsum(inside) > 0)])
    covered = sums[begins[1:] - 1] - sums[begins[:-1]]
    content = np.zeros(len(lines), np.bool_)
    before = False
    for number, line in enumerate(lines):
        if next(words(line), None) is not None:
            before = 2 * covered[number] <= len(line.strip())
        content[number] = before
    return content


def by_words(page: Page) -> NDArray[np.bool_]:
    """The rule of thumb: few words are boilerplate."""
    return np.array([len(line.split()) >= FEW_WORDS for line in page.lines])


def measure(pages: Sequence[Page], found: Sequence[NDArray[np.bool_]]) -> dict[str, float]:
    """Precision, recall and F1 of both classes, by line and by character."""
    truth = np.concatenate([page.content for page in pages])
    said = np.concatenate(found)
    characters = np.array([len(line) for page in pages for line in page.lines])
    figures = {}
    for label, is_so, says_so in (("content", truth, said), ("boilerplate", ~truth, ~said)):
        for unit, size in (("line", np.ones_like(characters)), ("character", characters)):
            right = int(size[is_so & says_so].sum())
            precision = right / max(int(size[says_so].sum()), 1)
            recall = right / max(int(size[is_so].sum()), 1)
            figures[f"{label} precision by {unit}"] = precision
            figures[f"{label} recall by {unit}"] = recall
            f1 = 2 * precision * recall / (precision + recall) if right else 0.0
            figures[f"{label} F1 by {unit}"] = f1
    return figures


if __name__ == "__main__":
    main()
