"""The generator writes what it says it plants, and the same for a seed whatever the size."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.generate import BLOCK, LEAST, SOURCES, bytes_of, generate, planted_beside
from benchmarks.words import WORD

SIZE = 8_000_000
"""Bytes: more than one block."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "corpus.parquet"
    generate(SIZE, 1, path, path.with_suffix(".txt"))
    return path


@pytest.fixture(scope="module")
def texts(corpus: Path) -> list[str]:
    return pq.read_table(corpus)["text"].to_pylist()  # type: ignore[no-any-return]


def test_a_corpus_has_whole_documents_of_at_least_the_size(corpus: Path, texts: list[str]) -> None:
    sizes = [len(text.encode()) for text in texts]
    assert sum(sizes) >= SIZE > sum(sizes[:-1])
    assert corpus.with_suffix(".txt").read_bytes() == "".join(texts).encode()
    assert pq.read_metadata(corpus).num_row_groups > 1
    assert pq.read_table(corpus)["id"].to_pylist() == [str(row) for row in range(len(texts))]


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(corpus: Path, tmp_path: Path) -> None:
    smaller = tmp_path / "smaller.parquet"
    generate(200_000, 1, smaller)
    held = pq.read_table(smaller)
    assert held.equals(pq.read_table(corpus).slice(0, len(held)))
    planted = [
        row
        for row in pq.read_table(planted_beside(corpus)).to_pylist()
        if max(row["original"], row["copy"]) < len(held)
    ]
    assert planted == pq.read_table(planted_beside(smaller)).to_pylist()


def test_another_seed_gives_another_corpus(texts: list[str], tmp_path: Path) -> None:
    generate(1, 2, tmp_path / "other.parquet")
    (text,) = pq.read_table(tmp_path / "other.parquet")["text"].to_pylist()
    assert text != texts[0]


def test_copies_stand_where_it_is_said(corpus: Path, texts: list[str]) -> None:
    planted = pq.read_table(planted_beside(corpus)).to_pylist()
    assert {(row["where"], row["edited"]) for row in planted} == {
        (where, edited) for where in ("inside", "across", "document") for edited in (False, True)
    }
    for row in planted:
        original, copy = (
            texts[row[side]][row[f"{side}_start"] : row[f"{side}_end"]] for side in ("original", "copy")
        )
        assert original == original.strip()
        assert (row["original"] == row["copy"]) == (row["where"] == "inside")
        assert row["words"] >= LEAST
        if row["edited"]:
            assert copy != original
            left, right = Counter(original), Counter(copy)
            assert (left & right).total() > 0.6 * max(left.total(), right.total())
        else:
            assert copy == original
        if row["where"] == "inside":
            places = sorted([row[f"{side}_start"], row[f"{side}_end"]] for side in ("original", "copy"))
            assert places[0][1] < places[1][0]


def test_a_document_that_is_an_exact_copy_is_equal_to_the_last_letter(
    corpus: Path, texts: list[str]
) -> None:
    rows = pq.read_table(planted_beside(corpus)).to_pylist()
    pairs = [
        (row["original"], row["copy"])
        for row in rows
        if row["where"] == "document"
        and not row["edited"]
        and row["original"] // BLOCK == row["copy"] // BLOCK
    ]
    assert pairs
    assert all(texts[left] == texts[right] for left, right in pairs)


def test_documents_end_with_what_their_source_puts_below(corpus: Path, texts: list[str]) -> None:
    planted = {row["copy"] for row in pq.read_table(planted_beside(corpus)).to_pylist()}
    below: dict[str, set[str]] = {}
    sources = pq.read_table(corpus)["source"].to_pylist()
    for row, (source, text) in enumerate(zip(sources[:BLOCK], texts, strict=False)):
        if row not in planted:
            below.setdefault(source, set()).add(text[-60:])
    assert 100 < len(below) <= SOURCES
    assert all(len(ends) == 1 for ends in below.values())


def test_words_are_as_frequent_as_zipf_has_them_and_in_several_scripts(texts: list[str]) -> None:
    latin = Counter(word for text in texts for word in WORD.findall(text.lower()) if word.isascii())
    counts = np.array([number for _, number in latin.most_common(3000)])
    slope = np.polyfit(np.log(np.arange(30, 3000)), np.log(counts[30:]), 1)[0]
    assert -1.15 < slope < -0.85
    joined = "".join(text[:200] for text in texts)
    for script in ("абв", "ابت", "कखग", "αβγ", "กขค", "\u4e00\u4e07\u4e0e"):
        assert any(letter in joined for letter in script)


@pytest.mark.parametrize(("said", "meant"), [("10MB", 10**7), ("1.5gb", 1_500_000_000), ("700", 700)])
def test_sizes_are_told_in_units_of_ten(said: str, meant: int) -> None:
    assert bytes_of(said) == meant
