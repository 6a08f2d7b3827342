"""The verdict says how it stands, from counts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.formats.shared.verdict import severities, verdict
from dedupe.report import Fractions

from .builder import finding, many, place, report, score

if TYPE_CHECKING:
    from dedupe.report import Report


def said(shown: Report) -> str:
    return verdict(shown, severities(shown))


def test_errors_first_then_the_share_of_words(seeds_report: Report) -> None:
    assert said(seeds_report) == "1 error, 2 info in 5 articles: 16.5% of the words stand twice"


def test_a_clean_corpus_is_called_so() -> None:
    document = score("a", "some words", Fractions(original=1.0))
    assert said(report([document], [])) == "Clean: nothing is said twice in 1 article"


def test_boilerplate_alone_is_not_said_twice() -> None:
    each = finding("BPL003", "boilerplate", "info", [place("a", "x y z", 1, 1, anchor=True)])
    document = score("a", "x y z", Fractions(boilerplate=1.0), [each])
    assert said(report([document], [each])) == "1 info in 1 article: nothing is said twice"


def test_nothing_read() -> None:
    assert said(report([], [])) == "Nothing was read"


def test_severities_are_counted_without_reading_the_findings() -> None:
    built, made = many(100_000)
    assert severities(built) == {"error": 3, "warning": 49_997, "info": 50_000}
    assert len(made) < 100
