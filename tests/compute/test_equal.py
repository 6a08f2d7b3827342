"""Plain and compiled give the same bits: every column of a scan, and the whole report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from findings.corpora import corpora
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from passages.texts import texts

import dedupe.compute
from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Plan
from dedupe.compute.plain import Plain
from dedupe.sketch.corpus import texts_of_strings

COMPILED, PLAIN = Compiled(), Plain()
COLUMNS = ("words", "passages", "contents", "keys", "documents")
Way = Callable[[bool], None]

plans = st.builds(
    lambda shingle, least, bands, rows, seed: Plan(shingle, least, bands, rows, bands * rows, seed),
    st.sampled_from([1, 2, 3, 7]),
    st.sampled_from([4, 20, 48, 4000]),
    st.integers(1, 8),
    st.integers(1, 5),
    st.sampled_from([0, 1, 2**32 - 1]),
)


@given(st.lists(texts, max_size=5), plans)
@settings(max_examples=150)
@example([], Plan(3, 48, 2, 2, 4, 1))
@example(["", "", ""], Plan(3, 4, 2, 2, 4, 1))
@example(["a"] * 4, Plan(3, 4, 2, 2, 4, 1))
@example(["a b c d e"] * 30, Plan(3, 20, 2, 2, 4, 1))
@example(["a " * 2000], Plan(1, 4, 2, 2, 4, 1))
@example(["a\n" * 2000, "\r\n" * 200], Plan(1, 4, 2, 2, 4, 1))
@example(["ก" * 3000, "字" * 3000, "a-" * 3000], Plan(3, 4, 2, 2, 4, 1))
def test_every_column_of_a_scan_is_the_same(several: list[str], plan: Plan) -> None:
    held = texts_of_strings(several)
    plain = PLAIN.scan(held, plan)
    compiled = COMPILED.scan(held, plan)
    for name in COLUMNS:
        one, two = getattr(plain, name), getattr(compiled, name)
        assert one.dtype == two.dtype
        assert one.shape == two.shape
        assert np.array_equal(one, two), name


def test_memory_that_is_used_again_leaves_nothing_behind() -> None:
    plan = Plan(3, 4, 2, 2, 4, 1)
    compute = Compiled()
    for several in (["word " * 900 + "\n" + "other " * 50], ["one", "two words"], [], ["three\n" * 40]):
        held = texts_of_strings(several)
        scanned, expected = compute.scan(held, plan), PLAIN.scan(held, plan)
        assert all(np.array_equal(getattr(scanned, name), getattr(expected, name)) for name in COLUMNS)


def test_results_that_are_held_do_not_change_with_later_scans() -> None:
    plan = Plan(3, 4, 2, 2, 4, 1)
    compute = Compiled()
    first = compute.scan(texts_of_strings(["one two three"]), plan)
    before = [getattr(first, name).copy() for name in COLUMNS]
    compute.scan(texts_of_strings(["four five six seven\neight"]), plan)
    assert all(
        np.array_equal(getattr(first, name), held) for name, held in zip(COLUMNS, before, strict=True)
    )


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Way:
    """Lets everything that follows be computed by kernels, or nothing."""

    def choose(compiled: bool) -> None:
        limit = -1 if compiled else 1 << 40
        monkeypatch.setattr(dedupe.compute, "SMALL", limit)
        monkeypatch.setattr(dedupe.compute, "SMALL_UNCOMPILED", limit)

    return choose


reports = settings(
    max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@reports
@given(
    corpora(), st.sampled_from([0.3, 0.5, 0.55, 0.8]), st.sampled_from([1, 3]), st.sampled_from([1, 2])
)
def test_the_report_on_sentences_that_return_is_the_same(
    way: Way, several: list[str], threshold: float, shingle: int, jobs: int
) -> None:
    documents = [Document(str(row), text) for row, text in enumerate(several)]
    chosen = Settings(threshold=threshold, shingle=shingle, jobs=jobs)
    way(False)
    expected = audit(documents, chosen).to_json()
    way(True)
    assert audit(documents, chosen).to_json() == expected


@reports
@given(st.lists(texts, max_size=3), st.integers(1, 12))
def test_the_report_on_any_texts_is_the_same(way: Way, several: list[str], least: int) -> None:
    documents = [
        Document(str(row), text) for row, text in enumerate([*several, *several, "\n\n".join(several)])
    ]
    chosen = Settings(min_words=least, jobs=1)
    way(False)
    expected = audit(documents, chosen).to_json()
    way(True)
    assert audit(documents, chosen).to_json() == expected


@pytest.mark.parametrize("least", [2**31, 2**63, 10**30])
def test_a_least_number_of_words_that_nothing_has_is_no_trouble_to_either(way: Way, least: int) -> None:
    documents = [Document(str(row), "The old mill by the river.\n" * 3) for row in range(2)]
    chosen = Settings(min_words=least)
    way(False)
    expected = audit(documents, chosen).to_json()
    way(True)
    assert audit(documents, chosen).to_json() == expected


def test_the_report_on_articles_of_every_kind_is_the_same(way: Way) -> None:
    lines = [
        line
        for file in sorted((Path(__file__).parents[1] / "pairs").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    documents = [
        Document(id=f"{row}/{side}", **each)
        for row, line in enumerate(lines)
        for side, each in enumerate(json.loads(line)["documents"])
    ]
    way(False)
    expected = audit(documents).to_json()
    way(True)
    assert audit(documents).to_json() == expected
