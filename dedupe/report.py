"""The result model: what an audit found. Every format is a view of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["repetition", "reuse", "near-duplicate", "boilerplate"]
Severity = Literal["error", "warning", "info"]

KINDS: tuple[Kind, ...] = ("repetition", "reuse", "near-duplicate", "boilerplate")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
SCHEMA = "dedupe-report/1"


@dataclass(frozen=True, slots=True)
class Fractions:
    """Share of the words in each class, each in [0, 1]; they sum to 1, or are all 0 without a word."""

    original: float = 0.0
    reuse: float = 0.0
    repetition: float = 0.0
    boilerplate: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One signal that led to a finding, and why, in words a reader can check."""

    signal: str
    detail: str
    weight: float | None = None
    """What it adds to the score, in nats, where there is one: a score above 0 is boilerplate."""
    quotes: bool = False
    """The detail quotes an article: left out where no text may leave."""


@dataclass(frozen=True, slots=True)
class Location:
    """One place of a finding. Offsets are code points of the document's text, lines count from 1."""

    document: str
    start: int
    end: int
    line: int
    end_line: int
    anchor: bool
    keep: bool
    jaccard: float | None
    containment: float | None
    text: str | None
    """The text from start to end as read; None where excerpts were not asked for."""
    containment_in_anchor: float | None = None
    """Share of this place's shingles that stand in the anchor; ``containment`` is the larger one,"""
    containment_of_anchor: float | None = None
    """and of the anchor's that stand in this place."""
    title: str | None = None
    """The document's title, for people; a report for programs has it once, in ``documents``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands more than once (or was never written for its article)."""

    id: str
    code: str
    kind: Kind
    severity: Severity
    known: bool
    """A baseline has it: it hits no gate."""
    words: int
    """Words of the anchor's place."""
    occurrences: int
    jaccard: float | None
    containment: float | None
    cohesion: float | None
    template: str | None
    evidence: tuple[Evidence, ...]
    locations: tuple[Location, ...]
    """Ordered by document and offset; exactly one is the anchor."""
    allowed: str | None = None
    """Why somebody allowed it: it hits no gate. None where nobody did."""


@dataclass(frozen=True, slots=True)
class Places:
    """The locations of all findings as columns of (l,), those of finding i from ``bounds[i]`` on."""

    bounds: NDArray[np.int64]
    """(f + 1,)"""
    document: NDArray[np.int64]
    """Index into ``names``, and of the text in ``texts``."""
    first_byte: NDArray[np.int64]
    """Where the excerpt begins in the document's text as UTF-8,"""
    last_byte: NDArray[np.int64]
    """and where it ends."""
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    line: NDArray[np.int64]
    end_line: NDArray[np.int64]
    anchor: NDArray[np.bool_]
    keep: NDArray[np.bool_]
    jaccard: NDArray[np.float64]
    """Not a number where there is none,"""
    containment: NDArray[np.float64]
    """and likewise:"""
    in_anchor: NDArray[np.float64]
    """as ``Location.containment_in_anchor``,"""
    of_anchor: NDArray[np.float64]
    """and ``containment_of_anchor``."""
    texts: tuple[tuple[NDArray[np.uint8], NDArray[np.int64]], ...]
    """The documents' texts as UTF-8, in batches: bytes, and where each text begins and the last ends."""
    names: Sequence[str]
    """Ids of all documents, those of an archive first."""


class Columns(Sequence[Finding]):
    """Findings that are held as columns: for writers of millions, who need no object a place."""

    @abstractmethod
    def are_many(self) -> bool:
        """Whether there are so many places that kernels are worth loading."""

    @abstractmethod
    def places(self) -> Places:
        """The locations of all of them."""

    @abstractmethod
    def without_places(self, index: int) -> Finding:
        """One of them, but its ``locations``, which are left empty."""


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """What one document is made of."""

    id: str
    source: str | None
    title: str | None
    words: int
    characters: int
    passages: int
    fractions: Fractions
    findings: tuple[str, ...]
    """Ids of the findings it takes part in, in the report's order."""


class Origin(NamedTuple):
    """Where a document that is a row of a file comes from."""

    path: str
    row: int
    """Its number in the file, from 0,"""
    line: int | None
    """and the line on which it begins, from 1; None where rows are not lines."""


class Mention(NamedTuple):
    """Where a finding stands in a document. Offsets are code points of its text."""

    start: int
    end: int
    finding: int
    """Index into ``Report.findings``; -1 for boilerplate that is not listed there."""
    kind: Kind
    keep: bool


@dataclass(frozen=True, slots=True)
class Article:
    """The text of one document, and all places in it that findings name, by start."""

    text: str
    places: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A finding that many articles take part in by their source's doing, without all its places."""

    finding: int
    """Index into ``Report.findings``."""
    code: str
    occurrences: int
    template: str | None
    evidence: tuple[Evidence, ...]
    text: str
    """What stands at the anchor."""
    places: tuple[tuple[str, int], ...]
    """Document and line of the first places in different documents."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """What the documents of two groups have in common; of one group, if left and right are the same.

    Reuse and near-duplicates count, but for quoted speech, series and updates.
    """

    left: str
    right: str
    """By name not before the left one."""
    documents_left: int
    """Documents of the left group that share something with one of the right,"""
    documents_right: int
    """and the other way round."""
    findings: int
    """Findings with places in both."""
    words: int
    """Words in these places, each once, in the group where there are fewer."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores of the whole corpus."""

    documents: int
    passages: int
    words: int
    characters: int
    fractions: Fractions
    duplication_density: float
    redundant_fraction: float
    redundant_exact_fraction: float
    findings: dict[Kind, int]


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """The settings that decided the result, bands and rows as chosen."""

    threshold: float
    document_threshold: float
    sensitivity: str
    min_words: int
    shingle: int
    permutations: int
    bands: int
    rows: int
    seed: int
    markdown: str = "prose"
    html: str = "main"
    limits: Mapping[str, int] = field(default_factory=dict)
    """Those that are not the usual ones."""
    exclude: tuple[str, ...] = ()
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    against: tuple[str, ...] = ()
    group_column: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a gate, and how it stands."""

    text: str
    """As it was asked: ``error``, ``repetition>0.05``."""
    failed: bool
    detail: str
    """What decided, in words: how many new findings there are, or the score and how far it is off."""
    findings: Sequence[int] = ()
    """Indices into ``Report.findings`` of those that failed it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What was asked of a report, and whether it holds."""

    conditions: tuple[Condition, ...]

    @property
    def failed(self) -> bool:
        """Whether any condition failed."""
        return any(each.failed for each in self.conditions)

    @property
    def findings(self) -> list[int]:
        """Indices into ``Report.findings`` of those that failed any condition, in order."""
        return sorted({index for each in self.conditions for index in each.findings})


@dataclass(frozen=True, slots=True)
class Allowed:
    """An entry of the list of allowed findings, and what it allowed here."""

    entry: str
    """What it allows, as it is written there."""
    reason: str
    findings: int
    """How many findings it allowed; 0 for an entry that is not used."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of an audit.

    ``documents``, ``findings`` and ``articles`` are sequences that may make their items when asked: a
    report of millions of places holds columns, not objects. Read them once, in order, or by index.
    """

    version: str
    settings: ReportSettings
    summary: Summary
    documents: Sequence[DocumentScore]
    """By path, rows in file order."""
    findings: Sequence[Finding]
    """By severity, then words (most first), then id."""
    skipped: tuple[Skipped, ...]
    notes: tuple[str, ...] = ()
    """Said once about the input as a whole (ids used twice, encodings other than UTF-8)."""
    ranking: Sequence[int] = field(default=())
    """Indices into ``documents`` of those with anything but original words, worst first."""
    severities: Mapping[Severity, int] = field(default_factory=dict)
    """How many findings there are of each; empty where nobody has counted them."""
    causes: Sequence[Cause] = field(default=())
    """What many articles have in common, most articles first."""
    articles: Sequence[Article] = field(default=())
    """The texts of ``documents``, in their order; empty where nobody has kept them."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """By id, of the documents that are rows of files, those of an archive too."""
    groups: tuple[GroupShare, ...] = ()
    """Which groups share text, by name; empty where nobody asked for groups."""
    gate: Gate | None = None
    """What was asked of it; None where nothing was."""
    known: int = 0
    """How many findings a baseline has."""
    stale: tuple[str, ...] = ()
    """Entries of the baseline that no finding is like any more."""
    allowed: tuple[Allowed, ...] = ()
    """The list of allowed findings, in its order."""

    def to_json(self, *, text: bool = True) -> str:
        """The report as the JSON object of schema ``dedupe-report/1``; without excerpts if not text."""
        from dedupe.formats.json import render

        return render(self, text=text)
