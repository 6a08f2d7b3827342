"""A corpus as columns: documents, their passages, words and band keys, scanned batch by batch."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.compute import SMALL_UNCOMPILED, choose
from dedupe.compute.interface import Compute, Plan, Scan, Texts
from dedupe.passages.columns import DOCUMENT, END, FIRST_WORD, PASSAGE_COLUMNS, START
from dedupe.passages.markers import MARKER_COLUMNS
from dedupe.settings import Settings
from dedupe.sketch.compared import NO_ROWS, markdown_rows, prose_of
from dedupe.sketch.growing import Growing
from dedupe.sketch.scopes import salts_of, scope_of, set_apart

if TYPE_CHECKING:
    from dedupe.documents import DocumentStream


@dataclass(frozen=True, slots=True)
class Passages:
    """Every passage of the corpus in order, columns of (p,), in the order of ``passages.columns``."""

    document: NDArray[np.int64]
    start: NDArray[np.int64]
    """First byte in the document's text."""
    end: NDArray[np.int64]
    first_word: NDArray[np.int64]
    words: NDArray[np.int64]
    weight: NDArray[np.int64]
    """In quarter words."""
    flags: NDArray[np.int64]
    frame: NDArray[np.int64]
    """Where the line could be cut: ``frames.packed``."""
    signals: NDArray[np.int64]
    """What the line says of itself: bits of ``passages.signals.SIGNALS``."""
    content: NDArray[np.uint64]
    """XXH64 of the words: equal where the passages are, case, punctuation and spacing aside."""

    def __len__(self) -> int:
        return self.document.size


@dataclass(frozen=True, slots=True)
class Keys:
    """The band keys of passages: needed until candidates are found, and too large to hold longer."""

    passages: NDArray[np.int64]
    """(s,): the passages that have some, ascending."""
    batches: tuple[NDArray[np.uint32], ...]
    """Batch by batch, each (bands, n)."""

    def of_band(self, band: int) -> NDArray[np.uint32]:
        """(s,): one band's key of each."""
        return np.concatenate([keys[band] for keys in self.batches] or [np.empty(0, np.uint32)])


@dataclass(frozen=True)
class Corpus:
    """What the scan of all documents leaves behind."""

    batches: tuple[pa.RecordBatch, ...]
    """The documents, of ``documents.SCHEMA``."""
    words: NDArray[np.uint64]
    """Hash of every word of the corpus, in order, mixed with one of the document's scope."""
    passages: Passages
    markers: NDArray[np.int64]
    """(m, 6): what interrupts passages: the columns of ``passages.markers.MARKER_COLUMNS``."""
    document_words: NDArray[np.int64]
    document_characters: NDArray[np.int64]
    document_passages: NDArray[np.int64]
    document_content: NDArray[np.int64]
    """(d,): XXH64 of all words of the document, mixed with one of what is not compared, if anything."""
    texts: tuple[Texts, ...]
    """What was scanned of each batch: the texts as read, but blanks for what is not compared."""
    scope: NDArray[np.int64]
    """(d,): the number of each document's scope, counted from 1; 0 for the rest."""
    scopes: tuple[str, ...] = ()
    """Their names."""
    archive: int = 0
    """Documents, the first ones, that the others are only compared with."""

    @property
    def documents(self) -> int:
        """Number of documents."""
        return self.document_words.size

    @cached_property
    def spelled(self) -> NDArray[np.uint64]:
        """The words' hashes by their spelling alone, equal whatever the scope."""
        if not self.scope.any():
            return self.words
        salts = salts_of(self.scopes)[self.scope]
        return self.words ^ np.repeat(salts, self.document_words)

    @cached_property
    def first_words(self) -> NDArray[np.int64]:
        """(d + 1,): the row of each document's first word, and the number of words."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.document_words)])

    @cached_property
    def first_passages(self) -> NDArray[np.int64]:
        """(d + 1,): the row of each document's first passage, and the number of passages."""
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.document_passages)])

    @cached_property
    def titles(self) -> NDArray[np.int64]:
        """(n,): the first passage of each document that has one."""
        return self.first_passages[:-1][self.document_passages > 0]

    @cached_property
    def batch_starts(self) -> NDArray[np.int64]:
        """(batches + 1,): the row of each batch's first document, and the number of documents."""
        return np.cumsum([0, *(len(batch) for batch in self.batches)])

    def column(self, name: str) -> pa.ChunkedArray:
        """One column of all documents."""
        return pa.chunked_array(
            [batch.column(name) for batch in self.batches] or [[]], pa.large_string()
        )

    def values(self, name: str) -> list[str | None]:
        """One column of all documents, as Python strings."""
        return self.column(name).to_pylist()  # type: ignore[no-any-return]

    @cached_property
    def markdown(self) -> NDArray[np.bool_]:
        """(d,): whether each document is Markdown."""
        held = [batch.column("markdown").to_numpy(zero_copy_only=False) for batch in self.batches]
        return np.concatenate([np.empty(0, np.bool_), *held])

    @cached_property
    def excerpts(self) -> Callable[[int, int, int], str]:
        """Gives the text of a document between two bytes, as read."""
        return self._reader(texts_of(batch.column("text")) for batch in self.batches)

    @cached_property
    def compared(self) -> Callable[[int, int, int], str]:
        """Gives the text of a document between two bytes, as scanned."""
        return self._reader(self.texts)

    def whole(self, document: int) -> str:
        """The text of a document, as read."""
        batch = int(np.searchsorted(self.batch_starts, document, "right")) - 1
        row = document - int(self.batch_starts[batch])
        return str(self.batches[batch].column("text")[row].as_py())

    def _reader(self, held: Iterable[Texts]) -> Callable[[int, int, int], str]:
        starts = self.batch_starts.tolist()
        views = [(texts.data.data, texts.offsets) for texts in held]

        def excerpt(document: int, start: int, end: int) -> str:
            batch = bisect_right(starts, document) - 1
            data, offsets = views[batch]
            base = int(offsets[document - starts[batch]])
            return str(data[base + start : base + end], "utf-8")

        return excerpt


def texts_of(column: pa.Array) -> Texts:
    """The buffers of a large_string column without nulls, not copied."""
    _, offsets, data = column.buffers()
    held = np.frombuffer(data if data is not None and data.size else b"", np.uint8)
    if len(column) == 0:
        bounds = np.zeros(1, np.int64)
    else:
        bounds = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    # Some buffers can be written to and some not; kernels would be compiled once for each.
    held.flags.writeable = bounds.flags.writeable = False
    return Texts(held, bounds)


def texts_of_strings(strings: Iterable[str]) -> Texts:
    """Python strings in one buffer; lone surrogates become U+FFFD."""
    from dedupe.documents.strings import text_array

    return texts_of(text_array(list(strings)))


def scan(
    stream: DocumentStream, plan: Plan, jobs: int, settings: Settings | None = None
) -> tuple[Corpus, Keys, Compute]:
    """Scan a stream of documents with ``jobs`` threads; also what computed it, chosen by its size.

    The settings say what of the documents is compared, and with what.
    """
    settings = settings or Settings()
    ahead = []
    size = 0
    for batch in stream:
        ahead.append(batch)
        size += batch.column("text").nbytes
        if size > SMALL_UNCOMPILED:
            break
    compute = choose(size)
    threads = jobs if compute.parallel else 1
    builder = _Builder(plan, tuple(name for name, _ in settings.scopes))
    for scanned in _scans(chain(ahead, stream), compute, plan, settings, threads):
        builder.append(scanned)
    return *builder.finish(), compute


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A batch and what the scan made of it."""

    batch: pa.RecordBatch
    texts: Texts
    scan: Scan
    scope: NDArray[np.int64]


def _scans(
    batches: Iterable[pa.RecordBatch], compute: Compute, plan: Plan, settings: Settings, jobs: int
) -> Iterator[_Scanned]:
    """Each batch with its columns, in order; as many at a time as there are threads."""
    salts = salts_of(tuple(name for name, _ in settings.scopes))

    def one(batch: pa.RecordBatch) -> _Scanned:
        as_read = texts = texts_of(batch.column("text"))
        rows = markdown_rows(batch) if settings.markdown == "prose" else NO_ROWS
        prose = prose_of(as_read, rows) if rows.size else None
        if prose is not None:
            texts = prose.texts
        scanned = compute.scan(texts, plan)
        starts = texts.offsets[scanned.passages[DOCUMENT]]
        scanned.passages[START] -= starts
        scanned.passages[END] -= starts
        if prose is not None:
            prose.note(scanned, as_read)
        scope = scope_of(batch.column("id"), settings.scopes, settings.scopes_base)
        if scope.any():
            set_apart(scanned, scope, salts, plan.least_weight)
        return _Scanned(batch, texts, scanned, scope)

    if jobs == 1:
        yield from map(one, batches)
        return
    pending: deque[Future[_Scanned]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        for batch in batches:
            pending.append(pool.submit(one, batch))
            if len(pending) > jobs:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


class _Builder:
    """Joins the columns of batches."""

    def __init__(self, plan: Plan, scopes: tuple[str, ...]) -> None:
        self._plan = plan
        self._scopes = scopes
        self._batches: list[pa.RecordBatch] = []
        self._texts: list[Texts] = []
        # One behind the other: apart, they would leave holes where other columns of a batch were.
        self._keys = Growing(np.uint32)
        self._signed: list[int] = []
        self._words = Growing(np.uint64)
        self._contents = Growing(np.uint64)
        self._passages = Growing(np.int64, PASSAGE_COLUMNS)
        self._markers = Growing(np.int64)
        self._documents: list[NDArray[np.int64]] = []
        self._scope: list[NDArray[np.int64]] = []
        self._counted = self._passages_counted = self._words_counted = 0

    def append(self, held: _Scanned) -> None:
        """Hold a batch's columns; documents, passages and words count on."""
        scanned = held.scan
        scanned.passages[DOCUMENT] += self._counted
        scanned.passages[FIRST_WORD] += self._words_counted
        scanned.markers[:, 0] += self._passages_counted
        self._counted += len(scanned.documents)
        self._passages_counted += scanned.contents.size
        self._words_counted += scanned.words.size
        self._words.append(scanned.words[None])
        self._contents.append(scanned.contents[None])
        self._passages.append(scanned.passages)
        self._markers.append(scanned.markers.reshape(1, -1))
        self._documents.append(scanned.documents)
        self._keys.append(scanned.keys.reshape(1, -1))
        self._signed.append(scanned.keys.shape[1])
        self._batches.append(held.batch)
        self._texts.append(held.texts)
        self._scope.append(held.scope)

    def finish(self) -> tuple[Corpus, Keys]:
        """The corpus, and the band keys of its passages."""
        passages = Passages(*self._passages.held, *self._contents.held)
        documents = np.concatenate([np.empty((0, 4), np.int64), *self._documents])
        words, characters, count, content = np.ascontiguousarray(documents.T)
        corpus = Corpus(
            tuple(self._batches),
            self._words.held[0],
            passages,
            self._markers.held.reshape(-1, MARKER_COLUMNS),
            words,
            characters,
            count,
            content,
            texts=tuple(self._texts),
            scope=np.concatenate([np.empty(0, np.int64), *self._scope]),
            scopes=self._scopes,
        )
        signed = np.flatnonzero(passages.weight >= self._plan.least_weight)
        bounds = np.cumsum([0, *self._signed]) * self._plan.bands
        keys = self._keys.held[0]
        batches = tuple(
            keys[first:last].reshape(self._plan.bands, -1) for first, last in pairwise(bounds.tolist())
        )
        return corpus, Keys(signed, batches)
