"""The same articles in every format and compression are the same documents with the same findings."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from findings.corpora import line

from dedupe import audit

from .everywhere import DOCUMENTS, PACKINGS, TABLES, write_documents, write_table
from .helpers import reading

if TYPE_CHECKING:
    from dedupe.report import Report


def _articles() -> list[dict[str, Any]]:
    texts = []
    for number in range(24):
        own = [line(f"{number}-{part}") for part in range(3)]
        if number % 6 == 0:
            own.append(own[0])  # says something twice
        if number % 4 == 1:
            own.insert(1, line("shared"))
        texts.append("\n\n".join(own))
    texts[20] = texts[3]
    return [{"text": text, "url": f"http://site.example/{number}"} for number, text in enumerate(texts)]


ARTICLES = _articles()


@pytest.fixture(scope="module", autouse=True)
def _kept() -> Any:
    _reports.clear()
    yield
    _reports.clear()


_reports: list[list[Any]] = []


def found(report: Report, numbers: dict[str, int]) -> list[Any]:
    """The findings, documents by number: everything but what comes of their ids."""
    return sorted(
        [
            each.code,
            each.words,
            each.jaccard,
            each.cohesion,
            [(numbers[place.document], place.start, place.end, place.text) for place in each.locations],
        ]
        for each in report.findings
    )


def same_as_the_others(report: Report) -> None:
    numbers = {document.id: number for number, document in enumerate(report.documents)}
    assert report.skipped == ()
    assert len(numbers) == len(ARTICLES)
    _reports.append(found(report, numbers))
    assert _reports[0], "there is something to find"
    assert _reports[-1] == _reports[0]


@pytest.mark.parametrize(
    ("name", "packing"),
    # Every format, and every compression; all pairs are read below.
    [(name, PACKINGS[at % len(PACKINGS)]) for at, name in enumerate(TABLES)],
)
def test_findings_of_tables_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, packing: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_table(tmp_path, name, packing, ARTICLES)
    report = audit([path])
    assert [each.id for each in report.documents] == [f"{path}#{row}" for row in range(len(ARTICLES))]
    same_as_the_others(report)


@pytest.mark.parametrize(("suffix", "packing"), [(".txt", ""), (".md", ".xz"), (".html", ".zst")])
def test_findings_of_files_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, packing: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_documents(Path("in"), suffix, packing, ARTICLES)
    report = audit(["in"])
    assert report.documents[0].id == f"in/0000{suffix}{packing}"
    same_as_the_others(report)


@pytest.mark.parametrize(("name", "packing"), list(itertools.product(TABLES, PACKINGS)))
def test_texts_of_tables_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, packing: str
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_table(tmp_path, name, packing, ARTICLES)
    for given in (path, "."):
        seen = reading([given])
        assert (seen.skipped, seen.notes) == ([], [])
        assert [(row["id"], row["text"], row["url"], row["source"]) for row in seen.rows] == [
            (f"{path}#{number}", row["text"], row["url"], "site.example")
            for number, row in enumerate(ARTICLES)
        ]


@pytest.mark.parametrize(("suffix", "packing"), list(itertools.product(DOCUMENTS, PACKINGS)))
def test_texts_of_files_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, packing: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_documents(Path("in"), suffix, packing, ARTICLES)
    seen = reading(["in"])
    assert (seen.skipped, seen.notes) == ([], [])
    assert seen.texts == [row["text"] for row in ARTICLES]
    assert {row["markdown"] for row in seen.rows} == {suffix == ".md"}


def test_the_suffix_of_compression_may_be_written_in_capitals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(write_table(tmp_path, "lines.jsonl", ".gz", ARTICLES)).rename("A.JSONL.GZ")
    assert reading(["."]).ids[0] == "A.JSONL.GZ#0"
