"""What two documents are to each other, and the evidence for it."""

from __future__ import annotations

import pytest

from dedupe import Document, Settings, audit
from dedupe.report import Finding, Report

from .corpora import line, text_of

A, B, C, D, E = (line(name) for name in "ABCDE")
LEADS = [line(("lead", row), 30) for row in range(2)]


def audited(*texts: str, settings: Settings | None = None, **columns: list[str]) -> Report:
    rows = [{name: held[row] for name, held in columns.items()} for row in range(len(texts))]
    documents = [Document(id=f"{row}", text=text, **rows[row]) for row, text in enumerate(texts)]
    return audit(documents, settings or Settings(min_words=8))


def only(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def said(finding: Finding, signal: str) -> str:
    return next(each.detail for each in finding.evidence if each.signal == signal)


class TestSeries:
    def test_one_other_figure_makes_a_series_and_no_copy(self) -> None:
        left, right = (text_of(A, f"It draws {watts} of power.", B, C) for watts in ("92W", "93W"))
        finding = only(audited(left, right))
        assert (finding.code, finding.severity) == ("DUP004", "info")
        assert said(finding, "differences") == "92W / 93W"

    def test_it_counts_for_no_density(self) -> None:
        left, right = (text_of(A, f"It draws {watts} of power.", B, C) for watts in ("92W", "93W"))
        summary = audited(left, right).summary
        assert summary.duplication_density == summary.redundant_fraction == 0.0
        assert summary.redundant_exact_fraction == 0.0
        assert summary.fractions.reuse > 0.9

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Monday", "Friday"), ("rose", "fell"), ("1.027.000", "998.500"), ("12 people", "13 people")],
    )
    def test_dates_directions_and_figures_are_slots(self, one: str, other: str) -> None:
        texts = [text_of(A, f"and then it was {each} for all of them", B, C) for each in (one, other)]
        assert only(audited(*texts)).code == "DUP004"

    def test_names_are_slots_where_the_other_knows_nothing_of_them(self) -> None:
        texts = [
            text_of(A, f"and then it rained in {town} for a day", B, C) for town in ("Rome", "Oslo")
        ]
        assert only(audited(*texts)).code == "DUP004"

    def test_more_other_edits_than_figures_make_a_copy(self) -> None:
        left = text_of(A, "it draws 92 units of the power", "and glows in a dull red colour", B, C)
        right = text_of(A, "it takes 92 units of the current", "and glows in a deep red colour", B, C)
        assert only(audited(left, right.replace("92", "93"))).code == "DUP002"

    def test_the_threshold_rules_what_must_agree(self) -> None:
        left, right = text_of(A, B, "no 1"), text_of(A, line("x"), "no 2")
        assert "DUP004" not in {each.code for each in audited(left, right).findings}


class TestUpdate:
    def test_two_leads_before_what_returns(self) -> None:
        finding = only(audited(*(text_of(lead, A, B, C) for lead in LEADS)))
        assert (finding.code, finding.severity) == ("DUP005", "info")
        assert "30 words of their own" in said(finding, "update")

    def test_one_paragraph_that_returns_is_reuse(self) -> None:
        report = audited(*(text_of(lead, A) for lead in LEADS))
        assert [each.code for each in report.findings] == ["REU001"]

    def test_a_block_in_the_middle_is_reuse(self) -> None:
        texts = [text_of(lead, A, B, line(("tail", row), 30)) for row, lead in enumerate(LEADS)]
        assert [each.code for each in audited(*texts).findings] == ["REU001"]

    def test_a_lead_before_another_document_makes_a_copy(self) -> None:
        assert only(audited(text_of(A, B, C), text_of(LEADS[0], A, B, C))).code == "DUP003"

    def test_what_a_company_says_of_itself_is_no_background(self) -> None:
        stock = ("About Orlin Robotics", A, B, C)
        report = audited(*(text_of(lead, *stock) for lead in LEADS))
        assert [each.code for each in report.findings] == ["REU001"]


class TestCopies:
    def test_the_same_url_is_said(self) -> None:
        text = text_of(A, B)
        finding = only(audited(text, text, url=["https://a.example/1"] * 2))
        assert said(finding, "url") == "crawled twice: all have the same URL"
        finding = only(audited(text, text, url=["https://a.example/1", "https://a.example/2"]))
        assert "url" not in {each.signal for each in finding.evidence}

    def test_the_declared_origin_is_the_anchor(self) -> None:
        copy = text_of(A, B, C, D, "Artikel ini telah tayang di Suara Kota dengan judul lain.")
        original = text_of(A, B, C, D)
        for row, texts in enumerate([(original, copy), (copy, original)]):
            sources = ["Suara Kota", "Info Desa"] if row == 0 else ["Info Desa", "Suara Kota"]
            finding = only(audited(*texts, source=sources))
            assert finding.code == "DUP002"
            anchor = next(each.document for each in finding.locations if each.anchor)
            assert anchor == f"{row}"
            assert said(finding, "anchor") == "named as the origin by what another of them says"
            assert "telah tayang di Suara Kota" in said(finding, "origin")

    def test_copies_gather_before_series(self) -> None:
        frame = (A, "It draws 92W of power.", B, C, D)
        copy = text_of(*frame, "And it is grey.")
        series = text_of(*frame).replace("92W", "93W")
        codes = {each.code: each for each in audited(text_of(*frame), copy, series).findings}
        assert set(codes) == {"DUP002", "DUP004"}
        assert {each.document for each in codes["DUP002"].locations} == {"0", "1"}
