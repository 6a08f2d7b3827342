"""Boilerplate by what many documents of a source have in common: what is found, and what is spared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from findings.corpora import edited, line, text_of

from dedupe import Document, Settings
from dedupe.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe.report import Finding, Report

ABOUT = line("about the company", 30)
CONTINUE = "SCROLL TO CONTINUE WITH CONTENT"


def body(name: object, size: int = 6) -> list[str]:
    return [line((name, row), 30) for row in range(size)]


def report_on(
    texts: Iterable[str], source: str | None = "paper", urls: dict[int, str] | None = None
) -> Report:
    documents = [
        Document(f"{row:03}", text, source=source, url=(urls or {}).get(row))
        for row, text in enumerate(texts)
    ]
    return audit(documents, Settings())


def boilerplate(report: Report, code: str = "") -> list[Finding]:
    return [f for f in report.findings if f.kind == "boilerplate" and f.code.startswith(code)]


def labelled(report: Report) -> set[str]:
    """The texts of all places that are boilerplate."""
    return {place.text or "" for each in boilerplate(report) for place in each.locations}


class TestRepeatedPassages:
    def test_what_many_articles_of_a_source_carry_is_one_finding(self) -> None:
        report = report_on(text_of(*body(row), ABOUT) for row in range(12))
        (finding,) = boilerplate(report)
        assert (finding.code, finding.severity, finding.occurrences) == ("BPL001", "info", 12)
        assert [place.line for place in finding.locations] == [7] * 12
        assert finding.jaccard == finding.cohesion == 1.0
        first = finding.evidence[0]
        assert first.signal == "repeated"
        assert first.detail == "12 of 12 articles of paper carry it"
        assert first.weight is not None
        assert first.weight > 0
        assert not [f for f in report.findings if f.kind == "reuse"]
        assert report.summary.fractions.boilerplate == pytest.approx(1 / 7)

    def test_near_copies_of_it_are_found_with_it(self) -> None:
        report = report_on(text_of(*body(row), edited(ABOUT, row)) for row in range(12))
        (finding,) = boilerplate(report)
        assert finding.occurrences == 12
        assert finding.jaccard is not None
        assert 0.5 <= finding.jaccard < 1

    def test_it_is_found_in_the_middle_of_articles_too(self) -> None:
        texts = [text_of(*body(row)[:3], CONTINUE, *body(row)[3:]) for row in range(30)]
        (finding,) = boilerplate(report_on(texts))
        assert finding.occurrences == 30
        assert {place.text for place in finding.locations} == {CONTINUE}

    def test_passages_that_always_stand_together_are_one_finding(self) -> None:
        tail = [line(("tail", row), 25) for row in range(3)]
        report = report_on(text_of(*body(row), *tail) for row in range(12))
        (finding,) = boilerplate(report)
        assert {(place.line, place.end_line) for place in finding.locations} == {(7, 9)}

    def test_two_papers_that_carry_a_paragraph_share_a_text(self) -> None:
        report = report_on([text_of(*body(0), ABOUT), text_of(*body(1), ABOUT)])
        assert not boilerplate(report)
        assert [f.code for f in report.findings] == ["REU001"]

    def test_it_is_evidence_of_one_source_that_counts(self) -> None:
        several = [
            Document(f"{row}", text_of(ABOUT, *body(row)), source=f"paper {row}") for row in range(4)
        ]
        assert not boilerplate(audit(several, Settings()))

    def test_documents_without_a_source_are_one_corpus(self) -> None:
        report = report_on((text_of(*body(row), ABOUT) for row in range(12)), source=None)
        (finding,) = boilerplate(report)
        assert finding.evidence[0].detail == "12 of 12 articles carry it"

    def test_versions_of_one_text_share_it_where_no_source_says_otherwise(self) -> None:
        clauses = [line(("clause", row), 30) for row in range(30)]
        texts = [
            text_of(*(c for row, c in enumerate(clauses) if (row * 7 + each) % 3), *body(each, 8))
            for each in range(20)
        ]
        assert boilerplate(report_on(texts))
        report = report_on(texts, source=None)
        assert not boilerplate(report)
        assert {f.kind for f in report.findings} == {"reuse"}

    def test_a_doubled_block_inside_one_article_is_repetition(self) -> None:
        article = body("doubled")
        report = report_on([text_of(*article, *article), *(text_of(*body(row)) for row in range(9))])
        assert not boilerplate(report)
        assert [f.code for f in report.findings] == ["REP001"]


class TestVotes:
    """An article that was crawled again and again says nothing again and again."""

    def test_exact_copies_vote_together(self) -> None:
        texts = [text_of(*body(row)) for row in range(4)] * 12
        report = report_on(texts)
        assert not boilerplate(report)
        assert {f.code for f in report.findings} == {"DUP001"}

    def test_copies_with_a_word_changed_vote_together(self) -> None:
        texts = []
        for row in range(6):
            first, *rest = body(row, 8)
            texts += [text_of(first, *rest), text_of(first, *rest), text_of(edited(first, 3), *rest)]
            texts += [text_of(edited(first, 5, 9), *rest), text_of(*rest)]
        report = report_on(texts)
        assert not boilerplate(report)
        assert {f.kind for f in report.findings} == {"near-duplicate"}

    def test_rows_of_one_url_vote_together(self) -> None:
        texts = [text_of(*body(("new", row)), *body("same", 2)) for row in range(12)]
        same = dict.fromkeys(range(12), "https://paper.example/live")
        assert boilerplate(report_on(texts))
        assert not boilerplate(report_on(texts, urls=same))


class TestTemplates:
    def test_a_frame_with_different_fillings_is_one_finding(self) -> None:
        texts = [
            text_of(*body(row)[:3], f"Baca Juga: {line(('title', row), 8)[:-1]}", *body(row)[3:])
            for row in range(12)
        ]
        (finding,) = boilerplate(report_on(texts), "BPL002")
        assert finding.template == "Baca Juga: ‹…›"
        assert finding.occurrences == 12
        assert finding.jaccard is None
        assert [place.line for place in finding.locations] == [4] * 12
        fillings = [each.detail for each in finding.evidence if each.signal == "filling"]
        assert len(set(fillings)) == 3

    def test_a_frame_in_a_language_without_a_list_is_found_by_its_spread(self) -> None:
        texts = [
            text_of(*body(row)[:3], f"Zuru vasi: {line(('title', row), 8)[:-1]}", *body(row)[3:])
            for row in range(40)
        ]
        (finding,) = boilerplate(report_on(texts), "BPL002")
        assert (finding.template, finding.occurrences) == ("Zuru vasi: ‹…›", 40)

    def test_before_a_sentence_only_the_frame_is_boilerplate(self) -> None:
        texts = [text_of(f"JAKARTA, KOMPAS.com – {line(row, 30)}", *body(row)) for row in range(12)]
        report = report_on(texts)
        (finding,) = boilerplate(report)
        assert finding.template == "JAKARTA, KOMPAS.com – ‹…›"
        assert {(place.start, place.text) for place in finding.locations} == {
            (0, "JAKARTA, KOMPAS.com –")
        }
        assert finding.words == 3

    def test_figures_alone_make_no_template(self) -> None:
        texts = [text_of(*body(row), f"Emas Antam: {1000 + row} {row}") for row in range(12)]
        assert not boilerplate(report_on(texts), "BPL002")

    def test_two_fillings_make_no_template(self) -> None:
        fillings = [line("one", 8)[:-1], line("two", 8)[:-1]]
        texts = [text_of(*body(row), f"Baca Juga: {fillings[row % 2]}") for row in range(4)]
        assert not boilerplate(report_on(texts), "BPL002")

    def test_a_headline_is_never_judged_by_its_frame(self) -> None:
        texts = [text_of(f"Foto: {line(row, 7)[:-1]}", *body(row)) for row in range(40)]
        assert labelled(report_on(texts)) <= {"Foto:"}


class TestInterruptions:
    """What stands inside of sentences, where newlines were lost."""

    @pytest.mark.parametrize("marker", ["SCROLL TO CONTINUE WITH CONTENT", "[Baca Juga]"])
    def test_what_many_articles_carry_is_cut_out_of_them(self, marker: str) -> None:
        texts = [f"{line(row, 20)} {marker} {line((row, 'more'), 30)}" for row in range(12)]
        report = report_on(texts)
        (finding,) = boilerplate(report)
        assert (finding.code, finding.occurrences) == ("BPL001", 12)
        assert {place.text for place in finding.locations} == {marker}
        assert finding.evidence[0].detail.startswith("12 of 12 articles of paper carry it")
        assert report.summary.fractions.boilerplate > 0

    def test_a_label_in_brackets_is_a_template(self) -> None:
        texts = [f"{line(row, 20)} [Gambas:Video {row}detik] {line((row, 2), 30)}" for row in range(12)]
        (finding,) = boilerplate(report_on(texts))
        assert (finding.code, finding.template) == ("BPL002", "[Gambas:‹…›]")
        assert finding.occurrences == 12

    def test_a_name_in_capitals_in_some_articles_is_none(self) -> None:
        names = ["THE NEW YORK TIMES" if row < 4 else "Nobody" for row in range(40)]
        texts = [f"{line(row, 20)} {name} {line((row, 2), 30)}" for row, name in enumerate(names)]
        assert not boilerplate(report_on(texts))


class TestOtherFindings:
    def test_a_passage_that_is_shared_and_no_boilerplate_stays_reuse(self) -> None:
        shared = line("shared report", 40)
        texts = [
            text_of(*body(row), *([shared] if row < 2 else []), *body((row, "more"), 2), ABOUT)
            for row in range(12)
        ]
        report = report_on(texts)
        assert {f.code for f in report.findings} == {"BPL001", "REU001"}
        (reuse,) = (f for f in report.findings if f.kind == "reuse")
        assert {place.text for place in reuse.locations} == {shared}

    def test_documents_are_near_duplicates_without_their_boilerplate(self) -> None:
        tail = [line(("tail", row), 60) for row in range(4)]
        texts = [text_of(*body(row, 2), *tail) for row in range(12)]
        assert not [f for f in report_on(texts).findings if f.kind == "near-duplicate"]

    def test_boilerplate_is_no_duplication(self) -> None:
        summary = report_on(text_of(*body(row), ABOUT) for row in range(12)).summary
        assert summary.duplication_density == summary.redundant_fraction == 0.0

    def test_ids_stay_when_an_article_is_added(self) -> None:
        texts = [text_of(*body(row), ABOUT) for row in range(20)]
        (before,), (after,) = boilerplate(report_on(texts[:12])), boilerplate(report_on(texts))
        assert before.id == after.id

    def test_causes_come_with_most_articles_first(self) -> None:
        texts = [text_of(*body(row), *([ABOUT] if row % 2 else []), CONTINUE) for row in range(40)]
        report = report_on(texts)
        assert [each.occurrences for each in report.causes] == [40, 20]
        assert [each.text for each in report.causes] == [CONTINUE, ABOUT]
        assert report.causes[0].places == (("000", 7), ("001", 8))
        assert report.findings[report.causes[0].finding].locations[0].text == CONTINUE


def test_there_is_nothing_without_documents_or_words() -> None:
    assert not boilerplate(report_on([]))
    assert not boilerplate(report_on(["", "…", "\n\n"]))
