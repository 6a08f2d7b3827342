"""The columns of a whole corpus, gathered batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

import dedupe.compute
from dedupe.compute.interface import Plan
from dedupe.documents import SCHEMA
from dedupe.sketch import corpus as pages
from dedupe.sketch.corpus import Corpus, Keys, scan, texts_of, texts_of_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLAN = Plan(shingle=3, least_weight=48, bands=4, rows=2, permutations=8, seed=1)
TEXTS = [
    f"Satu {number}\n\nThe wörd {number} of the year was 中文字 {number}, said {number} judges.\n"
    for number in range(20)
] + ["", "…", "one", "\n\n"]


def batches(texts: Sequence[str], size: int) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(texts), size):
        held = texts[start : start + size]
        columns = {"id": [f"{start + row}" for row in range(len(held))], "text": list(held)}
        nothing: list[None] = [None] * len(held)
        yield pa.RecordBatch.from_arrays(
            [pa.array(columns.get(name, nothing), pa.large_string()) for name in SCHEMA.names],
            schema=SCHEMA,
        )


def columns(corpus: Corpus, keys: Keys) -> list[object]:
    passages = corpus.passages
    return [
        corpus.words.tolist(),
        *(
            getattr(passages, name).tolist()
            for name in ("document", "start", "end", "first_word", "words", "weight", "flags", "content")
        ),
        keys.passages.tolist(),
        [keys.of_band(band).tolist() for band in range(PLAN.bands)] if keys.passages.size else [],
        corpus.document_words.tolist(),
        corpus.document_characters.tolist(),
        corpus.document_passages.tolist(),
        corpus.document_content.tolist(),
    ]


@pytest.mark.parametrize("compiled", [False, True], ids=["plain", "compiled"])
@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("size", [1, 3, 24, 100])
def test_the_columns_do_not_depend_on_batches_or_threads(
    size: int, jobs: int, compiled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = columns(*scan(batches(TEXTS, 100), PLAN, 1)[:2])
    if compiled:
        for module in (dedupe.compute, pages):
            monkeypatch.setattr(module, "SMALL_UNCOMPILED", 0)
        monkeypatch.setattr(dedupe.compute, "SMALL", 0)
    corpus, keys, compute = scan(batches(TEXTS, size), PLAN, jobs)
    assert type(compute).__name__ == ("Compiled" if compiled else "Plain")
    assert columns(corpus, keys) == expected


def test_batches_that_are_slices_of_a_table_are_read_where_they_begin() -> None:
    whole = next(batches(TEXTS, 100))
    sliced = iter([whole.slice(0, 5), whole.slice(5, 1), whole.slice(6)])
    assert columns(*scan(sliced, PLAN, 1)[:2]) == columns(*scan(iter([whole]), PLAN, 1)[:2])


def test_a_corpus_of_nothing_has_empty_columns() -> None:
    corpus, keys, _ = scan(iter([]), PLAN, 2)
    assert corpus.documents == 0
    assert len(corpus.passages) == 0
    assert corpus.words.size == keys.passages.size == keys.of_band(0).size == 0
    assert corpus.column("id").to_pylist() == []


def test_places_are_bytes_of_each_documents_own_text() -> None:
    corpus, _, _ = scan(batches(TEXTS, 7), PLAN, 1)
    passages = corpus.passages
    for row in range(len(passages)):
        held = corpus.excerpts(
            int(passages.document[row]), int(passages.start[row]), int(passages.end[row])
        )
        assert held == held.strip() != ""
    whole = [corpus.excerpts(row, 0, len(text.encode())) for row, text in enumerate(TEXTS)]
    assert whole == TEXTS
    assert corpus.first_words.tolist() == np.cumsum([0, *corpus.document_words]).tolist()


def test_strings_become_one_buffer_with_their_bounds() -> None:
    held = texts_of_strings(["aé", "", "中"])
    assert held.data[held.offsets[0] : held.offsets[-1]].tobytes() == "aé中".encode()
    assert held.offsets.tolist() == [0, 3, 3, 6]
    assert texts_of_strings([]).offsets.tolist() == [0]
    assert texts_of(pa.array([""], pa.large_string())).offsets.tolist() == [0, 0]
