"""What an audit compares of Markdown, and where it says that it stands."""

from __future__ import annotations

from typing import Any

import pytest
from findings.corpora import line, text_of
from hypothesis import given, settings
from hypothesis import strategies as st

import dedupe.compute
from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.report import Report

A, B, C, D, E = (line(name) for name in "ABCDE")
CODE = "```python\nfor each in every: print('the same code in every page of this documentation')\n```"
PAGE = f"---\ntitle: A page\n---\n\n# {line('title', 5)}\n\n{A}\n\n{CODE}\n\n{B}\n"


@pytest.fixture(params=[False, True], ids=["plain", "compiled"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds whichever way it is computed."""
    if request.param:
        monkeypatch.setattr(dedupe.compute, "SMALL", 0)


def report_on(*texts: str, suffix: str = ".md", **choices: Any) -> Report:
    documents = [Document(f"{row}{suffix}", text) for row, text in enumerate(texts)]
    return audit(documents, Settings(**choices))


def codes(report: Report) -> list[str]:
    return sorted(each.code for each in report.findings)


def test_code_and_front_matter_are_shared_by_pages_that_have_nothing_in_common() -> None:
    other = PAGE.replace(A, C).replace(B, D).replace(line("title", 5), line("other", 5))
    assert codes(report_on(PAGE, other)) == []
    assert codes(report_on(PAGE, other, markdown="all")) != []
    assert codes(report_on(PAGE, other, suffix=".txt")) != []


def test_places_are_those_of_the_text_as_read() -> None:
    first = f"<!-- a ‘remark’ — of it -->\n\n| ä | b |\n|---|---|\n\n{CODE}\n\n{A}\n\n{D}\n\n{E}\n"
    report = report_on(first, f"{C}\n\n{A}\n")
    (finding,) = report.findings
    assert finding.code == "REU001"
    for location, text in zip(finding.locations, (first, f"{C}\n\n{A}\n"), strict=True):
        assert location.text == A
        assert text[location.start : location.end] == A
        assert location.line == text[: location.start].count("\n") + 1
    assert report.documents[0].characters == len(first)


def test_a_block_around_code_is_shown_with_it() -> None:
    text = text_of(A, "", CODE, "", B)
    (finding,) = report_on(f"{C}\n\n{text}\n", f"{text}\n\n{D}\n").findings
    assert [each.text for each in finding.locations] == [text, text]
    assert finding.words == 50


def test_words_left_out_count_in_no_class() -> None:
    report = report_on(f"{A}\n\n{CODE}\n")
    assert report.summary.words == 25
    assert report.summary.fractions.original == 1.0


def test_pages_that_differ_in_code_alone_are_no_exact_copies() -> None:
    assert codes(report_on(PAGE, PAGE)) == ["DUP001"]
    assert codes(report_on(PAGE, PAGE.replace("every:", "many:"))) == ["DUP002"]


def test_the_frame_of_a_table_makes_no_difference() -> None:
    one = f"{A}\n\n| one | two |\n|-----|-----|\n| three | four |\n"
    assert codes(report_on(one, one.replace("|-----|", "| :-: |"))) == ["DUP001"]


def test_of_code_alone_nothing_is_said() -> None:
    report = report_on(CODE, CODE)
    assert codes(report) == []
    assert report.summary.words == 0


def test_boilerplate_around_code_is_boilerplate_without_it() -> None:
    pages = [
        f"{line(row)}\n\nShare this\n\n{CODE}\n\nRead more\n\n{line(-row)}\n" for row in range(1, 5)
    ]
    report = report_on(*pages)
    found = [each for each in report.findings if each.kind == "boilerplate"]
    assert found
    assert all("```" not in (at.text or "") for each in found for at in each.locations)


def severities(text: str, **choices: Any) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in report_on(text, **choices).findings]


def test_entries_of_a_list_of_parameters_are_no_running_prose() -> None:
    text = f"{C}\n\n* `one`: {A}\n\n{D}\n\n* `one`: {A}\n\n{E}\n"
    assert severities(text) == [("REP001", "info")]
    assert severities(text, markdown="all") == [("REP001", "error")]
    assert severities(text.replace("`one`:", "One")) == [("REP001", "error")]


def test_rows_of_tables_are_no_running_prose() -> None:
    table = f"| Option | What it does |\n| --- | --- |\n| one | {A} |\n"
    text = f"{C}\n\n{table}\n{D}\n\n{table}\n{E}\n"
    assert severities(text) == [("REP001", "info")]
    assert severities(text, markdown="all") == [("REP001", "error")]


def test_a_block_that_returns_with_other_code_is_an_edited_one() -> None:
    text = f"{A}\n\n{CODE}\n\n{B}\n\n{C}\n\n{A}\n\n{CODE}\n\n{B}\n"
    assert severities(text) == [("REP001", "error")]
    assert severities(text.replace("every:", "many:", 1)) == [("REP002", "warning")]


RELEASES = [f"## Release {name}\n\n{line(name)}\n\n### Known issues\n\n{A}\n\n" for name in "123"]


def test_the_same_part_of_three_entries_is_their_form() -> None:
    (finding,) = report_on("".join(RELEASES)).findings
    assert (finding.code, finding.severity, finding.occurrences) == ("REP001", "info", 3)
    assert [each.signal for each in finding.evidence] == ["form"]
    assert severities("".join(RELEASES[:2])) == [("REP001", "error")]


def test_a_section_that_was_pasted_again_is_none() -> None:
    once = f"## One\n\n### Known issues\n\n{A}\n\n"
    assert severities(once * 3) == [("REP001", "error")]
    assert severities(f"# One\n\n{A}\n\n{B}\n\n{A}\n\n{C}\n\n{A}\n") == [("REP001", "error")]


def test_variants_of_which_a_reader_sees_one_may_say_the_same() -> None:
    text = f"<AppOnly>\n\n{A}\n\n</AppOnly>\n\n{B}\n\n<PagesOnly>\n\n{A}\n\n</PagesOnly>\n\n{C}\n"
    assert severities(text) == [("REP001", "info")]
    assert severities(text.replace("PagesOnly", "AppOnly")) == [("REP001", "error")]
    assert severities(f"{text}{A}\n") == [("REP001", "error")]


PARTS = st.sampled_from(
    [A, B, f"{A} <!-- {C} --> {B}", CODE, "| a | b |\n|---|---|\n| c | d |", "    x = 1"]
)


@given(st.lists(st.lists(PARTS, max_size=6), max_size=3))
@settings(max_examples=60)
def test_every_place_is_one_of_the_text_as_read(several: list[list[str]]) -> None:
    texts = ["\n\n".join(parts) for parts in several]
    report = report_on(*texts)
    for finding in report.findings:
        for location in finding.locations:
            text = texts[int(location.document.removesuffix(".md"))]
            assert location.text == text[location.start : location.end]
            assert location.line == text[: location.start].count("\n") + 1
