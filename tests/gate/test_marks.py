"""A report with its marks is the same report, and no less quick to write."""

from __future__ import annotations

from dataclasses import replace

import dedupe
from dedupe import Document
from dedupe.baseline.entries import gather
from dedupe.baseline.fingerprints import fingerprinted
from dedupe.gate.allowed import AllowList, parse
from dedupe.gate.marks import mark
from dedupe.report import Columns, Report
from tests.prose import article

NOBODY = AllowList(())


def audited() -> Report:
    texts = [article(1, 2, 3, 2), article(4, 5, 4), article(6, 7), article(6, 7)]
    return dedupe.audit([Document(f"{number}.txt", text) for number, text in enumerate(texts)])


def test_nothing_changes_but_the_marks() -> None:
    report = audited()
    marked = mark(report, {}, NOBODY).report
    assert list(marked.findings) == list(report.findings)
    assert replace(marked, findings=report.findings, allowed=()) == report
    everything = mark(report, {}, NOBODY, everything=True).report
    assert [replace(each, known=False) for each in everything.findings] == list(report.findings)
    assert everything.known == len(report.findings)


def test_what_is_held_as_columns_stays_so() -> None:
    report = audited()
    marked = mark(report, {}, NOBODY, everything=True).report.findings
    assert isinstance(report.findings, Columns)
    assert isinstance(marked, Columns)
    heads = [marked.without_places(index) for index in range(len(marked))]
    assert heads == [replace(each, locations=()) for each in marked]
    assert marked.places().bounds.tolist() == report.findings.places().bounds.tolist()


def test_what_is_allowed_is_not_known_and_takes_no_entry() -> None:
    report = audited()
    baseline = gather(fingerprint for _, fingerprint in fingerprinted(report.findings))
    allow = parse('[[allow]]\nreason = "so it is"\ncode = "DUP001"', "allow.toml")
    marked = mark(report, baseline, allow)
    assert [(each.known, each.allowed) for each in marked.report.findings] == [
        (each.code != "DUP001", "so it is" if each.code == "DUP001" else None)
        for each in report.findings
    ]
    assert len(marked.report.stale) == 1
    assert len(marked.everything()) == len(baseline) - 1


def test_an_update_of_what_did_not_change_changes_nothing() -> None:
    report = audited()
    baseline = gather(fingerprint for _, fingerprint in fingerprinted(report.findings))
    assert mark(report, baseline, NOBODY).renewed() == baseline
    assert mark(report, {}, NOBODY).renewed() == {}
