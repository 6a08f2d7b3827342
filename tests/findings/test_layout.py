"""Echoes that the layout of a source makes are one finding."""

from __future__ import annotations

import pytest

from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.report import Report
from findings.corpora import line, text_of


def article(name: object, *, echo: bool) -> str:
    """A title of 14 words, which an echo repeats with a word changed below the first line."""
    title = line(("title", name), 14)[:-1]
    deck = [" ".join([*title.split()[:-1], "again"])] if echo else []
    return text_of(title, *deck, *(line((name, row), 30) for row in range(4)))


def report_on(echoing: int, quiet: int, source: str | None = "paper") -> Report:
    texts = [article(row, echo=row < echoing) for row in range(echoing + quiet)]
    return audit(
        [Document(f"{row:03}", text, source=source) for row, text in enumerate(texts)], Settings()
    )


def test_it_is_one_finding_of_the_source_with_its_cause() -> None:
    report = report_on(12, 8)
    (finding,) = report.findings
    assert (finding.code, finding.severity, finding.occurrences) == ("REP003", "info", 24)
    assert finding.jaccard is None
    (evidence,) = finding.evidence
    assert evidence.signal == "layout"
    assert evidence.detail.startswith("12 of 20 articles of paper say a line twice")
    assert "the first line and the second line (100%)" in evidence.detail
    assert sum(place.keep for place in finding.locations) == 12


def test_it_stands_outside_the_ranking_but_its_words_are_repetition() -> None:
    report = report_on(12, 8)
    assert not report.ranking
    assert report.summary.fractions.repetition > 0
    assert [each.finding for each in report.causes] == [0]


@pytest.mark.parametrize(("echoing", "quiet"), [(9, 0), (10, 200)])
def test_below_ten_articles_or_a_twentieth_of_them_each_stands_for_itself(
    echoing: int, quiet: int
) -> None:
    findings = [f for f in report_on(echoing, quiet).findings if f.code == "REP003"]
    assert [f.occurrences for f in findings] == [2] * echoing
    assert all(f.jaccard is not None for f in findings)


def test_its_id_stays_when_articles_are_added() -> None:
    assert report_on(12, 0).findings[0].id == report_on(15, 3).findings[0].id
    assert report_on(12, 0).findings[0].id != report_on(12, 0, "another").findings[0].id
