"""From columns to the result model: order, ids, offsets; objects are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, Final, TypeVar, overload

import numpy as np
import xxhash
from numpy.typing import NDArray

from dedupe.candidates.pairs import distinct
from dedupe.compute.interface import Compute
from dedupe.findings import tables
from dedupe.findings.places import locate, walk
from dedupe.findings.scores import Scores
from dedupe.findings.tables import About, Finds
from dedupe.matches.equal import hash_runs, hashes_of
from dedupe.report import (
    KINDS,
    SEVERITIES,
    Article,
    Cause,
    Columns,
    DocumentScore,
    Evidence,
    Finding,
    Fractions,
    Kind,
    Location,
    Mention,
    Places,
    Severity,
    Summary,
)
from dedupe.sketch.corpus import Corpus, texts_of

Item = TypeVar("Item")

CAUSES: Final = 100
"""Causes that are told."""
FEWEST_ARTICLES: Final = 2
"""Articles that have to have one in common."""
EXAMPLES: Final = 2
"""Places of a cause that are told."""
FEW: Final = 128
"""Findings that are made one by one."""
MANY: Final = 2048
"""Places that are better written from columns."""

_KIND_OF: dict[str, Kind] = {
    "REP": "repetition",
    "REU": "reuse",
    "DUP": "near-duplicate",
    "BPL": "boilerplate",
}


class Lazy(Sequence[Item]):
    """A sequence that makes its items when they are asked for."""

    def __init__(self, size: int, make: Callable[[int], Item]) -> None:
        self._size = size
        self._make = make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        if isinstance(index, slice):
            return [self._make(each) for each in range(*index.indices(self._size))]
        if not -self._size <= index < self._size:
            raise IndexError(index)
        return self._make(index % self._size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Ordered:
    """Findings in the report's order with their ids, and the findings of each document."""

    finds: Finds
    ids: list[str]
    words: NDArray[np.int64]
    """(f,): words of the anchor's place."""
    document: NDArray[np.int64]
    """(l,): row of each location's document."""
    nearest: NDArray[np.int64]
    """(f,): the location most similar to the anchor, the anchor aside."""
    farthest: NDArray[np.int64]
    takers: NDArray[np.int64]
    """Findings by document: those of document i are ``takers[taker_bounds[i]:taker_bounds[i + 1]]``."""
    taker_bounds: NDArray[np.int64]


def contents_of(finds: Finds, corpus: Corpus, compute: Compute) -> NDArray[np.uint64]:
    """(l,): a hash of what each location says: equal where its words are."""
    begins, ends = finds.words(corpus.passages)
    return hashes_of(
        corpus.spelled,
        begins,
        ends - begins,
        np.zeros(begins.size, np.int64),
        compute.run(hash_runs),
    )


def in_order(finds: Finds, corpus: Corpus, content: NDArray[np.uint64]) -> Ordered:
    """Sort findings by severity, words (most first) and id.

    ``content``: (l,), a hash of what each location says. An id is made of the kind, and of each
    location's document and words, so that it stays while these do.
    """
    passages = corpus.passages
    document = passages.document[finds.first]
    ids = _ids(finds, corpus, document, content)
    anchors = np.flatnonzero(finds.anchor)
    begins, ends = finds.words(passages)
    words = (ends - begins)[anchors]
    order = np.lexsort((np.array(ids, "S32"), -words, finds.severity))
    ordered = finds.take(order)
    document = passages.document[ordered.first]
    sizes = np.diff(ordered.bounds)
    finding = np.repeat(np.arange(order.size), sizes)
    duplicate = np.char.startswith(ordered.code, "DUP")
    # Further ranges of the anchor's own document are no copies of it.
    of_anchor = document[ordered.anchor][finding]
    containment = ordered.containment
    others = np.flatnonzero(~ordered.anchor & ~((document == of_anchor) & duplicate[finding]))
    by_similarity = others[
        np.lexsort((others, -containment[others], -ordered.jaccard[others], finding[others]))
    ]
    compared, leading = np.unique(finding[by_similarity], return_index=True)
    trailing = np.append(leading[1:], by_similarity.size)[: leading.size] - 1
    # What stands once is compared with nothing: its anchor stands for the others.
    nearest, farthest = np.flatnonzero(ordered.anchor), np.flatnonzero(ordered.anchor)
    nearest[compared], farthest[compared] = by_similarity[leading], by_similarity[trailing]
    taking = distinct(document * max(order.size, 1) + finding)
    taker_document, takers = taking // max(order.size, 1), taking % max(order.size, 1)
    return Ordered(
        ordered,
        [ids[row] for row in order.tolist()],
        words[order],
        document,
        nearest,
        farthest,
        takers,
        np.searchsorted(taker_document, np.arange(corpus.documents + 1)),
    )


def _ids(
    finds: Finds, corpus: Corpus, document: NDArray[np.int64], content: NDArray[np.uint64]
) -> list[str]:
    names = np.array(
        [xxhash.xxh3_64_intdigest(str(name).encode()) for name in corpus.values("id")], np.uint64
    )
    pairs = (
        np.stack([names[document], content], axis=1) if document.size else np.empty((0, 2), np.uint64)
    )
    data = pairs.astype("<u8").tobytes()
    bounds = (finds.bounds * 16).tolist()
    used: dict[str, int] = {}
    ids = []
    known_by = finds.name.tolist()
    for code, known, start, end in zip(finds.code.tolist(), known_by, bounds, bounds[1:], strict=False):
        what = known.to_bytes(8, "little") if known else data[start:end]
        name = xxhash.xxh3_128_hexdigest(code[:3].encode() + what)
        again = used.get(name, 0)
        used[name] = again + 1
        if again:
            name = xxhash.xxh3_128_hexdigest(f"{name} {again}".encode())
        ids.append(name)
    return ids


def _or_none(similarity: float) -> float | None:
    """What no copy is compared with has no similarity."""
    return None if similarity != similarity else float(similarity)


class _Findings(Columns):
    """The findings, made when asked for.

    Offsets and lines of the first few are found one by one, for who looks at the worst only; then
    those of all at once.
    """

    def __init__(
        self,
        ordered: Ordered,
        corpus: Corpus,
        explain: Sequence[About],
        compute: Compute,
        jobs: int,
    ) -> None:
        finds = ordered.finds
        self._ordered, self._corpus, self._explain = ordered, corpus, explain
        self._compute, self._jobs = compute, jobs
        self._start, self._end, self._last_character = _bytes_of(finds, ordered.document, corpus)
        self._bounds = finds.bounds.tolist()
        self._ids = ids_of(corpus)
        self._titles = cache(lambda: corpus.values("title"))
        self._made = 0
        self._everything = cache(lambda: self._lists(slice(None)))
        self._facts = cache(lambda: self._facts_of(np.arange(len(ordered.finds))))

    def __len__(self) -> int:
        return len(self._ordered.finds)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        if isinstance(index, slice):
            return [self._make(each) for each in range(*index.indices(len(self)))]
        return self._make(self._row(index))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def are_many(self) -> bool:
        """Whether kernels are in use, and there are many places."""
        return self._compute.parallel and self._bounds[-1] > MANY

    def places(self) -> Places:
        """The locations of all of them, offsets and lines found at once."""
        ordered, finds = self._ordered, self._ordered.finds
        start, end, line, end_line = self._located(slice(None))
        held = [texts_of(batch.column("text")) for batch in self._corpus.batches]
        return Places(
            finds.bounds,
            ordered.document,
            self._start,
            self._end,
            start,
            end,
            line,
            end_line,
            finds.anchor,
            finds.keep,
            finds.jaccard,
            finds.containment,
            finds.in_anchor,
            finds.of_anchor,
            tuple((each.data, each.offsets) for each in held),
            self._ids(),
        )

    def without_places(self, index: int) -> Finding:
        """One of them, but its ``locations``."""
        self._made += 1
        return self._finding(self._row(index), ())

    def _row(self, index: int) -> int:
        count = len(self._bounds) - 1
        if not -count <= index < count:
            raise IndexError(index)
        return index % count

    def _located(self, held: slice) -> tuple[NDArray[np.int64], ...]:
        """First character, the one behind the last, first and last line of places."""
        characters, lines = locate(
            self._corpus,
            np.concatenate([self._ordered.document[held]] * 3),
            np.concatenate([self._start[held], self._end[held], self._last_character[held]]),
            self._compute.run(walk),
            self._jobs if self._compute.parallel else 1,
        )
        return (*characters.reshape(3, -1)[:2], *lines.reshape(3, -1)[::2])

    def _lists(self, held: slice) -> tuple[list[Any], ...]:
        """The columns as lists: an item of an array costs ten times as much as one of a list."""
        finds = self._ordered.finds
        places = (self._ordered.document, self._start, self._end)
        flags = (finds.anchor, finds.keep, finds.jaccard, finds.in_anchor, finds.of_anchor)
        return (
            *(column[held].tolist() for column in places),
            *(column.tolist() for column in self._located(held)),
            *(column[held].tolist() for column in flags),
        )

    def _make(self, row: int) -> Finding:
        low, high = self._bounds[row], self._bounds[row + 1]
        if self._are_few():
            held = self._lists(slice(low, high))
        else:
            held = tuple(column[low:high] for column in self._everything())
        ids, titles, excerpts = self._ids(), self._titles(), self._corpus.excerpts
        return self._finding(
            row,
            tuple(
                Location(
                    document=ids[of],
                    start=first_character,
                    end=behind,
                    line=line,
                    end_line=end_line,
                    anchor=anchor,
                    keep=keep,
                    jaccard=_or_none(jaccard),
                    containment=_or_none(max(in_anchor, of_anchor)),
                    containment_in_anchor=_or_none(in_anchor),
                    containment_of_anchor=_or_none(of_anchor),
                    text=excerpts(of, first_byte, last_byte),
                    title=titles[of],
                )
                for (
                    of,
                    first_byte,
                    last_byte,
                    first_character,
                    behind,
                    line,
                    end_line,
                    anchor,
                    keep,
                    jaccard,
                    in_anchor,
                    of_anchor,
                ) in zip(*held, strict=True)
            ),
        )

    def _are_few(self) -> bool:
        """Whether few were made so far; counts one more."""
        self._made += 1
        return self._made <= FEW

    def _facts_of(self, rows: NDArray[np.int64]) -> list[tuple[Any, ...]]:
        """What there is to say of some of them, as Python's own values."""
        ordered, finds = self._ordered, self._ordered.finds
        nearest, farthest = ordered.nearest[rows], ordered.farthest[rows]
        columns = (
            *(finds.code[rows], finds.severity[rows], ordered.words[rows], finds.about[rows]),
            finds.jaccard[nearest],
            np.maximum(finds.in_anchor[nearest], finds.of_anchor[nearest]),
            finds.jaccard[farthest],
        )
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def _finding(self, row: int, locations: tuple[Location, ...]) -> Finding:
        facts = self._facts()[row] if self._made > FEW else self._facts_of(np.array([row]))[0]
        code, severity, words, about, jaccard, containment, cohesion = facts
        template, evidence = _explained(about, self._explain)
        return Finding(
            id=self._ordered.ids[row],
            code=code,
            kind=_KIND_OF[code[:3]],
            severity=SEVERITIES[severity],
            known=False,
            words=words,
            occurrences=self._bounds[row + 1] - self._bounds[row],
            jaccard=_or_none(jaccard),
            containment=_or_none(containment),
            cohesion=_or_none(cohesion),
            template=template,
            evidence=evidence,
            locations=locations,
        )


def findings(
    ordered: Ordered, corpus: Corpus, explain: Sequence[About], compute: Compute, jobs: int
) -> Columns:
    """The findings, made when asked for; ``explain`` says what there is to say of one besides."""
    return _Findings(ordered, corpus, explain, compute, jobs)


def _bytes_of(
    finds: Finds, document: NDArray[np.int64], corpus: Corpus
) -> tuple[NDArray[np.int64], ...]:
    """(l,): byte of each location's start, the one behind its end, and that of its last character."""
    passages = corpus.passages
    start = passages.start[finds.first] + finds.cut[:, 1]
    end = passages.end[finds.last] - finds.cut[:, 3]
    last_character = np.maximum(end - 1, start)
    if finds.whole.any():
        rows = np.flatnonzero(finds.whole)
        start[rows] = 0
        end[rows] = document_bytes(corpus)[document[rows]]
    return start, end, last_character


def ids_of(corpus: Corpus) -> Callable[[], list[str]]:
    """The ids of all documents, read when first asked for."""
    return cache(lambda: [str(name) for name in corpus.values("id")])


def document_bytes(corpus: Corpus) -> NDArray[np.int64]:
    """(d,): bytes of each document's text."""
    sizes = [np.diff(texts.offsets) for texts in corpus.texts]
    return np.concatenate(sizes or [np.empty(0, np.int64)])


def documents(ordered: Ordered, corpus: Corpus, scores: Scores) -> Lazy[DocumentScore]:
    """The documents' scores, made when asked for; not those of an archive."""
    ids = ids_of(corpus)

    @cache
    def about() -> tuple[list[str | None], list[str | None]]:
        return corpus.values("title"), corpus.values("source")

    columns = (
        *(corpus.document_words, corpus.document_characters, corpus.document_passages),
        *(scores.repetition, scores.reuse, scores.boilerplate),
        *(ordered.taker_bounds[:-1], ordered.taker_bounds[1:]),
    )
    held: list[tuple[int, ...]] = []
    made = count(1)

    def numbers(row: int) -> tuple[int, ...]:
        # Of the first few one by one, as of findings.
        if next(made) <= FEW:
            return tuple(int(column[row]) for column in columns)
        if not held:
            held.extend(zip(*(column.tolist() for column in columns), strict=True))
        return held[row]

    def make(row: int) -> DocumentScore:
        titles, sources = about()
        row += corpus.archive
        words, characters, passages, repetition, reuse, boilerplate, low, high = numbers(row)
        return DocumentScore(
            id=ids()[row],
            source=sources[row],
            title=titles[row],
            words=words,
            characters=characters,
            passages=passages,
            fractions=fractions(words, repetition, reuse, boilerplate),
            findings=tuple(map(ordered.ids.__getitem__, ordered.takers[low:high].tolist())),
        )

    return Lazy(corpus.documents - corpus.archive, make)


def articles(
    ordered: Ordered, corpus: Corpus, compute: Compute, unlisted: Finds | None = None
) -> Lazy[Article]:
    """The texts with the places that findings name in them, made when asked for.

    ``unlisted``: findings that count for the scores but are not in the report.
    """

    @cache
    def columns() -> tuple[NDArray[Any], ...]:
        finds = tables.together([ordered.finds, *([] if unlisted is None else [unlisted])])
        document = corpus.passages.document[finds.first]
        start, end, _ = _bytes_of(finds, document, corpus)
        finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
        order = np.lexsort((end, start, document))
        return (
            np.searchsorted(document[order], np.arange(corpus.documents + 1)),
            document_bytes(corpus),
            start[order],
            end[order],
            np.where(finding < len(ordered.finds), finding, -1)[order],
            finds.code[finding][order],
            finds.keep[order],
        )

    def make(row: int) -> Article:
        row += corpus.archive
        bounds, sizes, *places = columns()
        start, end, finding, code, keep = (each[bounds[row] : bounds[row + 1]] for each in places)
        characters, _ = locate(
            corpus, np.full(2 * start.size, row), np.concatenate([start, end]), compute.run(walk)
        )
        starts, ends = characters.reshape(2, -1).tolist()
        kinds = [_KIND_OF[each[:3]] for each in code.tolist()]
        return Article(
            corpus.excerpts(row, 0, int(sizes[row])),
            tuple(map(Mention, starts, ends, finding.tolist(), kinds, keep.tolist())),
        )

    return Lazy(corpus.documents - corpus.archive, make)


def fractions(words: int, repetition: int, reuse: int, boilerplate: int) -> Fractions:
    """Shares of the words in each class."""
    if words == 0:
        return Fractions()
    original = words - repetition - reuse - boilerplate
    return Fractions(original / words, reuse / words, repetition / words, boilerplate / words)


def summary(ordered: Ordered, corpus: Corpus, scores: Scores) -> Summary:
    """The scores of the whole corpus, an archive left out."""
    held = slice(corpus.archive, None)
    words = int(corpus.document_words[held].sum())
    kinds: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    codes, numbers = np.unique(ordered.finds.code, return_counts=True)
    for code, number in zip(codes.tolist(), numbers.tolist(), strict=True):
        kinds[_KIND_OF[code[:3]]] += number
    return Summary(
        documents=corpus.documents - corpus.archive,
        passages=int(corpus.document_passages[held].sum()),
        words=words,
        characters=int(corpus.document_characters[held].sum()),
        fractions=fractions(
            words,
            int(scores.repetition[held].sum()),
            int(scores.reuse[held].sum()),
            int(scores.boilerplate[held].sum()),
        ),
        duplication_density=scores.duplicated / words if words else 0.0,
        redundant_fraction=scores.redundant / words if words else 0.0,
        redundant_exact_fraction=scores.redundant_exact / words if words else 0.0,
        findings=kinds,
    )


def causes(ordered: Ordered, corpus: Corpus, explain: Sequence[About], compute: Compute) -> Lazy[Cause]:
    """Findings that many articles have in common by their source's doing: most articles first."""
    finds, document, passages = ordered.finds, ordered.document, corpus.passages
    common = np.flatnonzero(
        np.isin(finds.code, ("BPL001", "BPL002")) | ((finds.code == "REP003") & (finds.name != 0))
    )
    articles = np.bincount(ordered.takers, minlength=len(finds))[common]
    order = np.argsort(-articles, kind="stable")[:CAUSES]
    chosen = common[order[articles[order] >= FEWEST_ARTICLES]].tolist()
    ids = ids_of(corpus)

    def make(row: int) -> Cause:
        finding = chosen[row]
        places = np.arange(finds.bounds[finding], finds.bounds[finding + 1])
        anchor = int(places[finds.anchor[places]][0])
        # Places come in the order of documents.
        others = np.append(True, document[places][1:] != document[places][:-1])
        shown = places[others][:EXAMPLES]
        starts = passages.start[finds.first[shown]] + finds.cut[shown, 1]
        _, lines = locate(corpus, document[shown], starts, compute.run(walk))
        template, evidence = _explained(int(finds.about[finding]), explain)
        return Cause(
            finding=finding,
            code=str(finds.code[finding]),
            occurrences=places.size,
            template=template,
            evidence=evidence,
            text=corpus.excerpts(
                int(document[anchor]),
                int(passages.start[finds.first[anchor]] + finds.cut[anchor, 1]),
                int(passages.end[finds.last[anchor]] - finds.cut[anchor, 3]),
            ),
            places=tuple(
                (ids()[of], line)
                for of, line in zip(document[shown].tolist(), lines.tolist(), strict=True)
            ),
        )

    return Lazy(len(chosen), make)


def _explained(what: int, explain: Sequence[About]) -> tuple[str | None, tuple[Evidence, ...]]:
    """Template and evidence of a finding by its ``about``."""
    found = (each(what) for each in explain) if what != -1 else ()
    return next((each for each in found if each is not None), (None, ()))


def severities(ordered: Ordered) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    counts = np.bincount(ordered.finds.severity, minlength=len(SEVERITIES)).tolist()
    return dict(zip(SEVERITIES, counts, strict=True))


def ranking(corpus: Corpus, scores: Scores) -> tuple[int, ...]:
    """Documents with anything but original words: most copied words first, then most boilerplate."""
    copied = (scores.repetition - scores.echoed + scores.reuse)[corpus.archive :]
    boilerplate = scores.boilerplate[corpus.archive :]
    order = np.lexsort((-boilerplate, -copied))
    return tuple(order[: np.count_nonzero(copied + boilerplate)].tolist())
