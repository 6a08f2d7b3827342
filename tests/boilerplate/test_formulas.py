"""Formulas: what is put together of phrases that many sources have in common."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from findings.corpora import line, text_of

from dedupe import Document
from dedupe.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dedupe.report import Finding, Report

PHRASES = [line(("phrase", row), 5)[:-1].lower() for row in range(14)]
"""Phrases that lawyers have in common."""
PAPERS = ("north", "south", "east", "west")


def disclaimer(name: object, phrases: int = 8) -> str:
    """Some of the phrases in an order of its own, hardly another word between."""
    chosen = random.Random(f"{name}")
    held = chosen.sample(PHRASES, phrases)
    return f"{line(('own', name), 3)[:-1]} {', '.join(held)} and {line(('end', name), 2)}"


def report_on(lasts: Iterable[str], papers: Sequence[str | None] = PAPERS) -> Report:
    """On articles of several papers, each with one of these paragraphs at its end."""
    documents = [
        Document(
            f"{row:03}",
            text_of(*(line((row, place), 30) for place in range(5)), last),
            source=papers[row % len(papers)],
        )
        for row, last in enumerate(lasts)
    ]
    return audit(documents)


def found(report: Report, kind: str) -> list[Finding]:
    return [each for each in report.findings if each.kind == kind]


class TestAFormula:
    def test_is_boilerplate_though_it_stands_nowhere_else_as_it_is(self) -> None:
        report = report_on(disclaimer(row) for row in range(40))
        places = [place for each in found(report, "boilerplate") for place in each.locations]
        assert len(places) == 40
        assert {place.line for place in places} == {6}
        assert found(report, "reuse") == []

    def test_says_why(self) -> None:
        report = report_on(disclaimer(row) for row in range(40))
        finding = found(report, "boilerplate")[0]
        assert finding.code == "BPL001"
        (reason,) = (each for each in finding.evidence if each.signal == "formula")
        assert reason.detail.endswith(
            "words stand in phrases that many articles of several sources have"
        )
        assert reason.weight is not None
        assert reason.weight > 0

    def test_is_known_where_several_sources_have_its_phrases(self) -> None:
        for papers in (["north"], [None]):
            assert found(report_on((disclaimer(row) for row in range(40)), papers), "boilerplate") == []

    def test_is_none_where_few_have_them(self) -> None:
        lasts = [disclaimer(row) if row < 6 else line(("last", row), 40) for row in range(40)]
        assert found(report_on(lasts), "boilerplate") == []

    def test_is_none_that_was_copied_word_for_word(self) -> None:
        # Ten papers print one paragraph: all of its phrases stand in as many articles.
        copied = disclaimer("copied", 12)
        lasts = [copied if row < 10 else line(("last", row), 40) for row in range(40)]
        report = report_on(lasts)
        assert not any(
            each.signal == "formula" for f in found(report, "boilerplate") for each in f.evidence
        )
        (finding,) = found(report, "reuse")
        assert finding.occurrences == 10

    def test_is_none_that_was_copied_word_for_word_into_other_text(self) -> None:
        copied = line("copied", 14)
        lasts = [
            f"{line(('a', row), 15)} {copied} {line(('b', row), 15)}" if row < 12 else line(row, 30)
            for row in range(40)
        ]
        (finding,) = found(report_on(lasts), "reuse")
        assert finding.occurrences == 12

    def test_of_half_of_its_words_is_boilerplate_only_beside_others(self) -> None:
        half = [f"{line(('a', row), 12)[:-1]} {disclaimer(row, 3)}" for row in range(10)]
        beside = [text_of(disclaimer(row), half[row], disclaimer(-1 - row)) for row in range(10)]
        others = [disclaimer(f"whole {row}") for row in range(60)]

        def boilerplate(lasts: list[str], line: int) -> int:
            """Of the first ten articles, how many have that line as boilerplate."""
            places = [
                place
                for finding in found(report_on([*lasts, *others]), "boilerplate")
                for place in finding.locations
            ]
            return len(
                {
                    place.document
                    for place in places
                    if place.document < "010" and place.line <= line <= place.end_line
                }
            )

        assert boilerplate(half, 6) == 0
        assert boilerplate(beside, 7) > 5

    def test_a_phrase_or_two_make_none(self) -> None:
        lasts = [
            f"{line(('a', row), 20)} {disclaimer(row, 2)} {line(('b', row), 20)}" for row in range(60)
        ]
        report = report_on(lasts)
        assert found(report, "boilerplate") == []
        assert found(report, "reuse") == []
