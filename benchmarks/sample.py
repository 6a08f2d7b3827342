"""Every eighth press release: its passages and their shingles, in plain Python from the text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from dedupe import Document, Settings
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.reference import passages, words
from dedupe.sketch.reference import shingles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EVERY = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that is long enough to be compared."""

    row: int
    """Number of the passage among all of the sample."""
    document: int
    start: int
    end: int
    said: tuple[str, ...]
    """Its words as they are compared."""


def read(path: Path) -> list[Document]:
    """The sample, named by the documents' numbers in the file."""
    table = pq.read_table(path, columns=["text", "source"])
    return [
        Document(id=str(row), text=table["text"][row].as_py(), source=table["source"][row].as_py())
        for row in range(0, len(table), EVERY)
    ]


def long_passages(documents: Sequence[Document], settings: Settings) -> list[Passage]:
    """The passages of at least the minimum length, in order."""
    found = []
    row = 0
    for number, document in enumerate(documents):
        for passage in passages(document.text):
            if passage.weight >= settings.min_words * WEIGHT_OF_WORD:
                said = tuple(word.normal for word in passage.words)
                found.append(Passage(row, number, passage.start, passage.end, said))
            row += 1
    return found


@lru_cache(maxsize=1 << 18)
def shingles_of(text: str, shingle: int) -> frozenset[str]:
    """The set of shingles of a text taken as one passage."""
    return frozenset(shingles(list(words(text)), shingle))


def similarity(a: frozenset[str], b: frozenset[str]) -> tuple[float, float]:
    """Jaccard similarity, and containment in the smaller."""
    common = len(a & b)
    return common / len(a | b), common / min(len(a), len(b))
