"""The one settings object: every choice that a run depends on, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from dedupe.errors import DedupeError
from dedupe.limits import Limits

Sensitivity = Literal["low", "normal", "high"]
Markdown = Literal["prose", "all"]
Html = Literal["main", "all"]


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

    markdown: Markdown = "prose"
    """What is compared of Markdown documents: ``prose`` leaves front matter, code, HTML, includes, link
    definitions and the frames of tables out."""
    html: Html = "main"
    """What is read of HTML: ``main`` leaves menus, headers and footers of the page out."""
    limits: Limits = field(default_factory=Limits)
    """Bounds of what is read; what is over one is left out, and listed."""
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Groups of documents that are never compared with each other: names, each with patterns of ids. The
    first that fits counts; what none fits is one more group."""
    scopes_base: str | None = None
    """Folder that their patterns are relative to, ids being taken for paths; None is the current one."""
    against: tuple[str, ...] = ()
    """Paths of an archive: only what documents share with it is reported, and only of them."""
    group_column: str | None = None
    """Column that groups rows: the report tells which groups share text."""

    exclude: tuple[str, ...] = ()
    """Patterns of what is not read inside of folders, as in .gitignore files."""
    exclude_base: str | None = None
    """Folder that they are relative to; None is the current one."""

    jobs: int = 0
    """Threads; 0 takes every processor. Never shows in a result."""

    text_column: str | None = None
    """Column that holds the text; None finds it (text, content, body, article). ``body.text`` is what is
    under ``text`` in the objects of the column ``body``. Likewise below."""
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
        _require(self.markdown in get_args(Markdown), "markdown", self.markdown, "prose or all")
        _require(self.html in get_args(Html), "html", self.html, "main or all")
        self._check_patterns()
        _require(self.jobs >= 0, "jobs", self.jobs, "a whole number from 0")
        if (self.bands == 0) != (self.rows == 0):
            raise DedupeError("--bands and --rows go together: give both, or neither")
        if self.bands * self.rows > self.permutations:
            raise DedupeError(
                f"--bands {self.bands} times --rows {self.rows} is more than "
                f"--permutations {self.permutations}: lower one, or raise the permutations"
            )

    def _check_patterns(self) -> None:
        """See that patterns are some; lists will do where tuples are wanted."""
        object.__setattr__(self, "exclude", _strings("exclude", self.exclude))
        object.__setattr__(self, "against", _strings("against", self.against))
        scopes = self.scopes.items() if isinstance(self.scopes, dict) else self.scopes
        held = tuple((name, _strings(f"scopes.{name}", globs)) for name, globs in scopes)
        object.__setattr__(self, "scopes", held)
        names = [name for name, _ in held]
        for name in names:
            if not name or names.count(name) > 1:
                raise DedupeError(f"scopes: a scope needs a name of its own, not {name!r}")
        for key, patterns in (("exclude", self.exclude), *((f"scopes.{name}", of) for name, of in held)):
            for pattern in patterns:
                _check_pattern(key, pattern)


def _strings(key: str, given: object) -> tuple[str, ...]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DedupeError(f"{key} {given!r} is out of range: it takes a list of strings")
    held = tuple(given)
    if not all(isinstance(each, str) for each in held):
        raise DedupeError(f"{key} {given!r} is out of range: it takes a list of strings")
    return held


def _check_pattern(key: str, pattern: str) -> None:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        raise DedupeError(f"{key}: {pattern!r} is no pattern of paths, as in .gitignore") from None


def _require(holds: bool, name: str, value: object, wanted: str) -> None:
    if not holds:
        raise DedupeError(f"--{name} {value} is out of range: it takes {wanted}")
