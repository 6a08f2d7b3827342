"""The one settings object: every choice that a run depends on, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dedupe.errors import DedupeError

Sensitivity = Literal["low", "normal", "high"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to read, compare and report. Immutable; the defaults are those of the command line.

    Raises:
        DedupeError: a value is out of its range, or two values contradict each other.
    """

    threshold: float = 0.5
    """Jaccard similarity at or above which two passages match, in (0, 1]."""
    document_threshold: float = 0.8
    """Containment at or above which two documents are near-duplicates, in (0, 1]."""
    min_words: int = 12
    """Shortest stretch that makes a repetition or reuse finding of its own, in words."""
    sensitivity: Sensitivity = "normal"
    """How hard to look: ``low`` compares whole paragraphs; ``normal`` finds copied spans wherever they
    begin and end, also when half of their words were replaced; ``high`` follows weaker traces."""

    shingle: int = 3
    """Words in a shingle; scripts written without spaces take proportionally more clusters."""
    permutations: int = 128
    """Length of a signature."""
    bands: int = 0
    """Bands of the LSH index; 0 derives them from the threshold."""
    rows: int = 0
    """Rows of a band; 0 derives them from the threshold."""
    seed: int = 1
    """Seed of the permutations."""

    jobs: int = 0
    """Threads; 0 takes every processor. Never shows in a result."""

    text_column: str | None = None
    """Column that holds the text; None finds it (text, content, body, article). Likewise below."""
    id_column: str | None = None
    title_column: str | None = None
    source_column: str | None = None
    url_column: str | None = None
    date_column: str | None = None

    def __post_init__(self) -> None:
        _require(0 < self.threshold <= 1, "threshold", self.threshold, "a number above 0 and at most 1")
        _require(
            0 < self.document_threshold <= 1,
            "document-threshold",
            self.document_threshold,
            "a number above 0 and at most 1",
        )
        _require(
            self.sensitivity in get_args(Sensitivity),
            "sensitivity",
            self.sensitivity,
            "low, normal or high",
        )
        _require(self.min_words >= 1, "min-words", self.min_words, "a whole number from 1")
        _require(1 <= self.shingle <= 64, "shingle", self.shingle, "a whole number from 1 to 64")
        _require(
            1 <= self.permutations <= 4096,
            "permutations",
            self.permutations,
            "a whole number from 1 to 4096",
        )
        _require(self.bands >= 0, "bands", self.bands, "a whole number from 0")
        _require(self.rows >= 0, "rows", self.rows, "a whole number from 0")
        _require(0 <= self.seed < 1 << 32, "seed", self.seed, "a whole number from 0 to 4294967295")
        _require(self.jobs >= 0, "jobs", self.jobs, "a whole number from 0")
        if (self.bands == 0) != (self.rows == 0):
            raise DedupeError("--bands and --rows go together: give both, or neither")
        if self.bands * self.rows > self.permutations:
            raise DedupeError(
                f"--bands {self.bands} times --rows {self.rows} is more than "
                f"--permutations {self.permutations}: lower one, or raise the permutations"
            )


def _require(holds: bool, name: str, value: object, wanted: str) -> None:
    if not holds:
        raise DedupeError(f"--{name} {value} is out of range: it takes {wanted}")
