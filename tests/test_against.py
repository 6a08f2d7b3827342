"""Only what documents share with an archive is reported, and only of them."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from findings.corpora import corpora, edited, line, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe.compute
from dedupe import DedupeError, Document, Settings
from dedupe.audit import audit
from dedupe.formats.interface import FORMATS, View, by_name
from dedupe.formats.json import render, write
from dedupe.report import Report

A, B, C, D, E, F, G, H = (line(name) for name in "ABCDEFGH")


@pytest.fixture(params=[False, True], ids=["plain", "compiled"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds whichever way it is computed."""
    if request.param:
        monkeypatch.setattr(dedupe.compute, "SMALL", 0)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: str, *texts: str) -> str:
    Path(folder).mkdir(exist_ok=True)
    for row, text in enumerate(texts):
        Path(folder, f"{row:0{len(str(len(texts) - 1))}}.txt").write_text(text, encoding="utf-8")
    return folder


def report_on(new: list[str], archive: list[str], **choices: Any) -> Report:
    return audit([put("new", *new)], Settings(against=(put("old", *archive),), **choices))


def found(report: Report) -> list[tuple[str, list[str]]]:
    return sorted((each.code, [at.document for at in each.locations]) for each in report.findings)


def test_what_documents_share_with_the_archive_is_found_and_nothing_else() -> None:
    new = [text_of(A, B, C, B), text_of(D, E, F), text_of(D, E, G)]
    report = report_on(
        new, [text_of(H, A, line(1)), text_of(line(2), line(3)), text_of(line(2), line(3))]
    )
    assert found(report) == [("REU001", ["old/0.txt", "new/0.txt"])]


def test_documents_and_scores_are_those_of_the_new_ones() -> None:
    report = report_on(
        [text_of(A, B, C, D), text_of(E, F)], [text_of(H, A, G), text_of(line(1), line(2))]
    )
    assert [each.id for each in report.documents] == ["new/0.txt", "new/1.txt"]
    assert report.summary.documents == 2
    assert report.summary.words == 150
    assert report.summary.passages == 6
    assert report.summary.characters == sum(each.characters for each in report.documents)
    assert [each.fractions.reuse for each in report.documents] == [0.25, 0.0]
    assert report.summary.duplication_density == 25 / 150
    assert list(report.ranking) == [0]
    assert [len(each.findings) for each in report.documents] == [1, 0]


def test_the_archive_keeps_its_copies() -> None:
    report = report_on([text_of(A, B)], [text_of(A, B)])
    (finding,) = report.findings
    assert finding.code == "DUP001"
    assert [(at.document, at.keep, at.anchor) for at in finding.locations] == [
        ("old/0.txt", True, True),
        ("new/0.txt", False, False),
    ]
    assert report.summary.redundant_fraction == report.summary.redundant_exact_fraction == 1.0


def test_a_copy_that_stands_twice_in_a_document_is_two_places() -> None:
    report = report_on([text_of(A, B, A, C)], [text_of(D, A, E)])
    (finding,) = report.findings
    assert [(at.document, at.line) for at in finding.locations] == [
        ("old/0.txt", 2),
        ("new/0.txt", 1),
        ("new/0.txt", 3),
    ]
    assert report.summary.fractions.reuse == 0.5
    assert report.summary.fractions.repetition == 0.0


def test_a_copy_of_a_document_that_is_new_too_hides_nothing() -> None:
    new = text_of(A, B, C, D)
    for archive in (text_of(E, A, F, G), text_of(E, f"{line(1, 9)} {A} {line(2, 9)}", F)):
        report = report_on([new, new, text_of(new, H)], [archive])
        ((code, documents),) = found(report)
        assert code == "REU001"
        assert documents == ["old/0.txt", "new/0.txt", "new/1.txt", "new/2.txt"]


def test_a_document_that_is_a_copy_of_the_archives_hides_nothing_in_another() -> None:
    old = text_of(A, B, C, D)
    report = report_on([old, edited(old, 3), text_of(E, A, F, G)], [old])
    assert found(report) == [
        ("DUP001", ["old/0.txt", "new/0.txt"]),
        ("DUP002", ["old/0.txt", "new/1.txt"]),
        ("REU001", ["old/0.txt", "new/2.txt"]),
    ]


def test_boilerplate_is_told_from_all_documents_and_listed_for_none() -> None:
    menu = "Sign up for our weekly letter about the sea and the weather."
    new, old = (
        [text_of(line(row), menu, line(-row)) for row in rows] for rows in (range(1, 3), range(3, 20))
    )
    report = report_on(new, old)
    assert found(report) == []
    assert all(each.fractions.boilerplate > 0 for each in report.documents)
    assert report.summary.findings["boilerplate"] == 0


class TestReading:
    def test_a_file_that_is_in_both_is_no_part_of_the_archive(self) -> None:
        put("old", text_of(A, B), text_of(A, C), text_of(D, E))
        report = audit(["old/0.txt"], Settings(against=("old",)))
        assert [each.id for each in report.documents] == ["old/0.txt"]
        assert found(report) == [("REU001", ["old/1.txt", "old/0.txt"])]

    def test_an_archive_without_another_file_is_none(self) -> None:
        put("old", A)
        with pytest.raises(DedupeError, match="--against old: every file there is among the PATHs"):
            audit(["old"], Settings(against=("old",)))

    def test_an_archive_that_cannot_be_read_is_none(self) -> None:
        put("new", A)
        with pytest.raises(DedupeError, match="--against gone: no document could be read there: "):
            audit(["new"], Settings(against=("gone",)))

    def test_without_new_documents_there_is_no_report_and_no_complaint_of_the_archive(self) -> None:
        put("old", A)
        assert audit(["gone"], Settings(against=("gone too",))).summary.documents == 0

    def test_new_rows_keep_their_ids(self) -> None:
        for name in ("new", "old"):
            Path(f"{name}.jsonl").write_text(f'{{"id": "1", "text": "{A}"}}\n', encoding="utf-8")
        report = audit(["new.jsonl"], Settings(against=("old.jsonl",)))
        assert found(report) == [("DUP001", ["old.jsonl#0", "1"])]

    def test_documents_may_be_objects(self) -> None:
        put("old", text_of(A, B))
        report = audit([Document("x", text_of(A, B))], Settings(against=("old",)))
        assert found(report) == [("DUP001", ["old/0.txt", "x"])]

    def test_what_is_excluded_is_no_part_of_the_archive(self) -> None:
        put("old", text_of(A, B), text_of(C, D))
        put("new", text_of(A, B))
        report = audit(["new"], Settings(against=("old",), exclude=("old/0.txt",)))
        assert found(report) == []


def long_lines(text: str) -> list[str]:
    return [each for each in text.splitlines() if len(each.split()) >= 12]


@given(corpora(), corpora(), st.integers(1, 3))
@settings(max_examples=60)
def test_what_stands_word_for_word_in_the_archive_is_found_however_often_it_is_new(
    new: list[str], archive: list[str], times: int
) -> None:
    for path in Path().glob("*/*.txt"):
        path.unlink()
    new, archive = [*new * times, A], [*archive, B]
    report = report_on(new, archive)
    ids = {each.id for each in report.documents}
    for finding in report.findings:
        assert finding.kind in ("reuse", "near-duplicate")
        own = [at.document in ids for at in finding.locations]
        assert any(own)
        assert not all(own)
    there = {each for text in archive for each in long_lines(text)}
    for text, score in zip(new, report.documents, strict=True):
        words = sum(len(each.split()) for each in long_lines(text) if each in there)
        found = (score.fractions.reuse + score.fractions.boilerplate) * score.words
        assert round(found) >= words


@pytest.mark.parametrize("name", [each.name for each in FORMATS if each.name != "parquet"])
def test_every_format_shows_places_in_the_archive(name: str) -> None:
    new, old = [text_of(A, B), text_of(C, D, E)], [text_of(A, B), text_of(F, C, G)]
    report = report_on(new, old, group_column=None)
    stream = StringIO()
    by_name(name).write(report, stream, View(width=100))
    shown = stream.getvalue()
    assert "new/1.txt" in shown
    assert "old/1.txt" in shown or name in ("github", "svg")


def test_columns_give_the_same_bytes_as_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_on([text_of(A, B), text_of(C, D, E)], [text_of(A, B), text_of(F, C, G)])
    objects = render(replace(report, findings=list(report.findings)))
    monkeypatch.setattr(type(report.findings), "are_many", lambda _: True)
    stream = StringIO()
    write(report, stream)
    assert stream.getvalue() == objects
    assert [each.text for each in report.articles] == [text_of(A, B), text_of(C, D, E)]
