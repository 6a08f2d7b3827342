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
from dedupe import Document, Settings
from dedupe.boilerplate.decide import decided, line_weights
from dedupe.compute.interface import Plan
from dedupe.documents import Intake, read
from dedupe.sketch.corpus import scan

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
    "Each page is one document, its lines joined by newlines, judged by itself: what its lines say and "
    "where they stand. No other page gives evidence.",
    "A line is boilerplate where passages that are cover most of it; one without a word goes with the "
    "line before.",
    "The labels were made by 5-word overlap with the gold body: titles count as boilerplate, and lines "
    "of fewer than 5 words are noisy.",
    "The weights for web pages were fitted to these pages; cross-validated by page, the same fit has "
    "content F1 .72 by line and .92 by character, boilerplate F1 .95 by line.",
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
    """For each page, which lines are content by what they and their neighbours say."""
    documents = [Document(page.id, "\n".join(page.lines)) for page in pages]
    plan = Plan(shingle=3, least_weight=48, bands=1, rows=1, permutations=1, seed=1)
    corpus, compute = scan(read(documents, Settings(), Intake(), None), plan, 1)
    furniture = decided(line_weights(corpus, compute), corpus, compute) > 0
    passages = corpus.passages
    bounds = np.searchsorted(passages.document, np.arange(len(pages) + 1))
    found = []
    for number, page in enumerate(pages):
        rows = slice(bounds[number], bounds[number + 1])
        found.append(_of_lines(page, passages.start[rows], passages.end[rows], furniture[rows]))
    return found


def _of_lines(
    page: Page, starts: NDArray[np.int64], ends: NDArray[np.int64], furniture: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """(l,): which lines are content, from byte ranges of passages and which of them are boilerplate."""
    begins = np.cumsum([0, *(len(line.encode()) + 1 for line in page.lines)])
    covered = np.zeros((len(page.lines), 2), np.int64)
    for start, end, verdict in zip(starts.tolist(), ends.tolist(), furniture.tolist(), strict=True):
        first, last = np.searchsorted(begins, [start, end - 1], "right") - 1
        for line in range(first, last + 1):
            covered[line, int(verdict)] += min(end, begins[line + 1]) - max(start, begins[line])
    content = np.zeros(len(page.lines), np.bool_)
    before = False
    for line, (of_content, of_furniture) in enumerate(covered.tolist()):
        if of_content or of_furniture:
            before = of_content >= of_furniture
        content[line] = before
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
