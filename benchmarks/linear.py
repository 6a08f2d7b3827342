"""Whether time grows with the size of a corpus where one paragraph stands in all of it.

``python -m benchmarks.linear FOLDER``: documents of words that the press releases are made of, each
with the same paragraph.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import sample
from benchmarks.data import folder_of, press_releases
from benchmarks.tables import Result
from benchmarks.timing import processor_seconds
from benchmarks.words import WORD
from dedupe import Document, audit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIZES = (25_000, 50_000, 100_000)
"""Times that the paragraph stands in the corpus."""
PARAGRAPH = 60
"""Its words,"""
OWN = 60
"""and those of each document's own."""
SOURCES = 1000
"""Texts whose words are drawn."""
SEED = 1
ROUNDS = 3
NOTES = (
    f"A paragraph of {PARAGRAPH} words and {OWN} words of the document's own, drawn from those of the "
    "press releases as often as each stands there: the paragraph by itself between two others, in the "
    "middle of a line, or ten times in one document. Default settings.",
)


def main() -> None:
    """Audit the corpora in turn, print the table."""
    drawn = Drawn([each.text for each in sample.read(press_releases(folder_of("linear")))[:SOURCES]])
    result = Result(
        "linear",
        f"One paragraph {', '.join(f'{size:,}' for size in SIZES[:-1])} and {SIZES[-1]:,} times: how "
        "long an audit takes.",
        "python -m benchmarks.linear ../shared/data",
        ["seconds", "time / size, beside the smallest"],
    )
    for name, corpus in CORPORA.items():
        held = {size: corpus(drawn, size) for size in SIZES}
        least = processor_seconds({str(size): auditing(held[size]) for size in SIZES}, ROUNDS)
        for size in SIZES:
            result.add(
                f"{name}, {size:,} times",
                [least[str(size)], least[str(size)] / least[str(SIZES[0])] * SIZES[0] / size],
                "{:.2f}",
                "at most 1.2" if size > SIZES[0] else "",
            )
    result.notes = (
        *NOTES,
        f"Processor time of all threads, kernels compiled, on {os.cpu_count()} processors; the least of "
        f"{ROUNDS} rounds in turn.",
    )
    result.publish()


def auditing(documents: Sequence[Document]) -> Callable[[], object]:
    """An audit to be timed."""
    return lambda: audit(documents)


class Drawn:
    """Words, drawn by PCG64 from a seed as often as they stand in some texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = [word for text in texts for word in WORD.findall(text)]
        self._random = np.random.Generator(np.random.PCG64(SEED))
        self.paragraph = self.words(PARAGRAPH)

    def words(self, count: int) -> str:
        """So many, as a sentence."""
        rows = self._random.integers(len(self._words), size=count).tolist()
        return " ".join(self._words[row] for row in rows) + "."


def as_paragraph(drawn: Drawn, times: int) -> list[Document]:
    """The paragraph by itself, between two others, once a document."""
    half = OWN // 2
    return [
        Document(str(row), f"{drawn.words(half)}\n\n{drawn.paragraph}\n\n{drawn.words(half)}")
        for row in range(times)
    ]


def in_a_line(drawn: Drawn, times: int) -> list[Document]:
    """The paragraph amid other words, once a document."""
    half = OWN // 2
    return [
        Document(str(row), f"{drawn.words(half)} {drawn.paragraph} {drawn.words(half)}")
        for row in range(times)
    ]


def ten_times(drawn: Drawn, times: int) -> list[Document]:
    """The paragraph ten times a document, between others."""
    return [
        Document(
            str(row), "\n\n".join(f"{drawn.paragraph}\n\n{drawn.words(OWN // 10)}" for _ in range(10))
        )
        for row in range(times // 10)
    ]


CORPORA: dict[str, Callable[[Drawn, int], list[Document]]] = {
    "a paragraph of its own": as_paragraph,
    "in the middle of a line": in_a_line,
    "ten times a document": ten_times,
}


if __name__ == "__main__":
    main()
