"""Scopes: groups of documents that are never compared with each other."""

from __future__ import annotations

from typing import Any

import pytest
from findings.corpora import corpora, line, text_of
from hypothesis import given, settings

import dedupe.compute
from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.report import Finding, Report

SCOPES = (("de", ("de/",)), ("log", ("CHANGELOG*",)))
A, B, C, D = (line(name) for name in "ABCD")


def report_on(texts: dict[str, str], scopes: Any = SCOPES, **choices: Any) -> Report:
    documents = [Document(name, text, source=choices.get("source")) for name, text in texts.items()]
    return audit(documents, Settings(scopes=scopes))


def shown(finding: Finding) -> tuple[object, ...]:
    """What is found where; of places that are equally good anchors any may be it."""
    return (
        finding.id,
        finding.code,
        finding.severity,
        finding.jaccard,
        finding.cohesion,
        [(at.document, at.start, at.end, at.keep) for at in finding.locations],
    )


def test_documents_of_different_scopes_share_nothing() -> None:
    text = text_of(A, B, C)
    report = report_on({"one.txt": text, "de/one.txt": text, "CHANGELOG.txt": text_of(A, D)})
    assert list(report.findings) == []
    assert report.summary.fractions.original == 1.0


def test_documents_of_one_scope_and_those_of_none_are_compared() -> None:
    text = text_of(A, B, C)
    report = report_on(dict.fromkeys(("one.txt", "two.txt", "de/one.txt", "de/two.txt"), text))
    assert sorted((each.code, [at.document for at in each.locations]) for each in report.findings) == [
        ("DUP001", ["de/one.txt", "de/two.txt"]),
        ("DUP001", ["one.txt", "two.txt"]),
    ]


def test_the_first_scope_that_fits_counts() -> None:
    scopes = (("one", ("a*",)), ("two", ("*b.txt", "!ab*")))
    text = text_of(A, B)
    report = report_on(dict.fromkeys(("ab.txt", "cb.txt", "c.txt", "ac.txt"), text), scopes)
    assert [[at.document for at in each.locations] for each in report.findings] == [["ab.txt", "ac.txt"]]


@pytest.mark.parametrize("name", ["../docs/de/a.md", "de/a.md"])
def test_patterns_are_relative_to_the_folder_of_the_configuration(
    name: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    choices = Settings(scopes=(("de", ("/docs/de/",)),), scopes_base=str(tmp_path))
    documents = [Document(name, text_of(A, B)), Document("b.md", text_of(A, B))]
    assert len(audit(documents, choices).findings) == 0
    assert len(audit(documents, Settings(scopes=choices.scopes)).findings) == 1


def test_what_a_document_repeats_is_found_in_every_scope_under_the_same_id() -> None:
    text = text_of(A, B, A)
    (alone,) = report_on({"de/one.txt": text}, ()).findings
    (scoped,) = report_on({"de/one.txt": text}).findings
    assert alone.code == "REP001"
    assert scoped == alone


def test_scopes_give_no_evidence_of_boilerplate_for_each_other() -> None:
    menu = "Sign up for our weekly letter about the sea and the weather."
    texts = {f"{'de/' * (row % 2)}{row}.txt": text_of(line(row), menu, line(-row)) for row in range(20)}
    (together,) = [each for each in report_on(texts, ()).findings if each.code == "BPL001"]
    assert together.occurrences == 20
    assert "20 of 20" in together.evidence[0].detail
    apart = [each for each in report_on(texts).findings if each.code == "BPL001"]
    assert [each.occurrences for each in apart] == [10, 10]
    assert all("10 of 10" in each.evidence[0].detail for each in apart)
    assert apart[0].id != apart[1].id


def test_series_are_told_in_a_scope_as_everywhere() -> None:
    words = "Auf der Messe in Hamburg kostete ein Glas am Montag {} Euro, sagte der Wirt Meier gestern."
    more = " ".join(line(row) for row in range(4))
    texts = {f"de/{row}.txt": f"{words.format(row)}\n{more}" for row in (3, 4)}
    assert [each.code for each in report_on(texts).findings] == ["DUP004"]


def test_that_a_copy_names_its_origin_is_seen_in_a_scope_as_everywhere() -> None:
    body = text_of(A, B, C, D)
    documents = [
        Document("de/a.txt", f"{body}\nDieser Artikel erschien zuerst auf Kompas.", source="Tribun"),
        Document("de/b.txt", body, source="Kompas"),
    ]
    ids = [
        [
            (each.code, [at.anchor for at in each.locations])
            for each in audit(documents, choices).findings
        ]
        for choices in (Settings(), Settings(scopes=SCOPES))
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("compiled", [False, True], ids=["plain", "compiled"])
def test_a_scope_is_a_corpus_of_its_own(compiled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if compiled:
        monkeypatch.setattr(dedupe.compute, "SMALL", 0)

    @given(corpora(), corpora())
    @settings(max_examples=40)
    def check(one: list[str], two: list[str]) -> None:
        rest = {f"{row}.txt": text for row, text in enumerate(one)}
        german = {f"de/{row}.txt": text for row, text in enumerate(two)}
        together = report_on({**rest, **german})
        apart = [report_on(rest), report_on(german)]
        expected = [shown(each) for report in apart for each in report.findings if each.code[0] != "B"]
        found = [shown(each) for each in together.findings if each.code[0] != "B"]
        assert sorted(found, key=str) == sorted(expected, key=str)
        scores = [score for report in apart for score in report.documents]
        assert [each.fractions for each in together.documents] == [each.fractions for each in scores]

    check()
