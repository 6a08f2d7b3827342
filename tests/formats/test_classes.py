"""What every word is: spans that say exactly what a document's shares say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings

from dedupe import Document, audit
from dedupe.findings.assemble import fractions
from dedupe.formats.shared.classes import classes_of
from dedupe.passages.reference import words
from dedupe.report import Article, Fractions, Mention, Report
from tests.findings.corpora import corpora

SEEDS = Path(__file__).parents[2] / "seeds"


def painted(text: str, *places: Mention) -> list[tuple[str, str, int]]:
    return [
        (text[span.start : span.end], span.name, span.finding)
        for span in classes_of(Article(text, places))
    ]


def counted(article: Article) -> Fractions:
    """The shares that the spans give; each word lies in one span."""
    counts: Counter[str] = Counter()
    spans = list(classes_of(article))
    found = list(words(article.text))
    for span in spans:
        counts[span.name] += sum(span.start <= word.start and word.end <= span.end for word in found)
    return fractions(len(found), counts["repetition"], counts["reuse"], counts["boilerplate"])


def agree(report: Report) -> None:
    """Every document's text is there, and its spans say what its scores say."""
    assert len(report.articles) == len(report.documents)
    for document, article in zip(report.documents, report.articles, strict=True):
        assert len(article.text) == document.characters
        assert counted(article) == document.fractions
        named = {report.findings[place.finding].id for place in article.places}
        assert named == set(document.findings)
        for place in article.places:
            finding = report.findings[place.finding]
            assert place.kind == finding.kind
            (where,) = {
                (each.text, each.keep)
                for each in finding.locations
                if (each.document, each.start, each.end) == (document.id, place.start, place.end)
            }
            assert where == (article.text[place.start : place.end], place.keep)


def test_a_text_without_findings_is_original() -> None:
    assert painted("all of it") == [("all of it", "original", -1)]
    assert painted("") == []


def test_boilerplate_comes_before_repetition_before_reuse() -> None:
    text = "abcdefgh"
    assert painted(
        text,
        Mention(0, 8, 7, "reuse", True),
        Mention(2, 6, 3, "repetition", False),
        Mention(4, 5, 9, "boilerplate", True),
    ) == [
        ("ab", "reuse", 7),
        ("cd", "repetition", 3),
        ("e", "boilerplate", 9),
        ("f", "repetition", 3),
        ("gh", "reuse", 7),
    ]


def test_the_kept_copy_of_a_repetition_is_original() -> None:
    text = "once once"
    places = Mention(0, 4, 0, "repetition", True), Mention(5, 9, 0, "repetition", False)
    assert painted(text, *places) == [
        ("once", "original", 0),
        (" ", "original", -1),
        ("once", "repetition", 0),
    ]


def test_of_two_findings_the_first_names_the_span() -> None:
    places = Mention(0, 3, 5, "reuse", False), Mention(1, 4, 2, "near-duplicate", True)
    assert painted("abcd", *places) == [("a", "reuse", 5), ("bcd", "reuse", 2)]


def test_the_seeds() -> None:
    agree(audit([SEEDS]))


@settings(max_examples=25, deadline=None)
@given(corpora())
def test_any_corpus(texts: list[str]) -> None:
    agree(audit([Document(str(row), text, source="one") for row, text in enumerate(texts)]))


def test_offsets_are_code_points() -> None:
    doubled = "Ein Gespräch über größere Häuser 😀, wie sie früher jeder kannte und gerne mochte. "
    agree(audit([Document("a", f"{doubled}\n\n𝔘𝔫𝔡 noch etwas.\n\n{doubled}"), Document("b", "")]))
