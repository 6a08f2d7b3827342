"""CSV is a row a place, and nothing in it calculates or acts."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.formats.csv import COLUMNS
from dedupe.formats.interface import View, by_name
from dedupe.formats.shared.visible import ACTING, HIDDEN
from dedupe.report import Evidence, Report

from . import builder
from .builder import finding, place, report


def written(built: Report, **view: Any) -> str:
    stream = io.StringIO(newline="")
    by_name("csv").write(built, stream, View(**view))
    return stream.getvalue()


def rows(built: Report, **view: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(built, **view), newline=""), strict=True))


def of_text(text: str) -> Report:
    where = replace(place("x", "x", 1, 1, anchor=True), document=text, text=text, title=text)
    return report([], (finding("REP001", "repetition", "error", [where], template=text),))


def test_a_row_a_place_with_what_its_finding_says() -> None:
    held = rows(builder.rich_report())
    assert list(held[0]) == list(COLUMNS)
    assert len(held) == sum(each.occurrences for each in builder.rich_report().findings)
    assert {each["code"] for each in held} == {"DUP001", "REP001", "DUP002", "REU001", "REP002"}
    edited = [each for each in held if each["code"] == "REP002"]
    assert [each["jaccard"] for each in edited] == ["1.0", "0.6842"]
    assert {each["finding_containment"] for each in edited} == {"0.8125"}


def test_records_end_as_the_rfc_says_and_their_texts_in_line_feeds() -> None:
    text = written(of_text("one\r\ntwo\rthree\nfour"))
    assert text.count("\r\n") == 2
    assert text.endswith("\r\n")
    (row,) = rows(of_text("one\r\ntwo\rthree\nfour"))
    assert row["excerpt"] == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", "\xa0=1", "'=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = rows(of_text(text))
    for name in ("document", "title", "template", "excerpt"):
        assert row[name].startswith("'")


@pytest.mark.parametrize("text", ["a=b", "plain", "1,5", "“quoted”"])
def test_other_text_is_as_it_is(text: str) -> None:
    (row,) = rows(of_text(text))
    assert (row["document"], row["excerpt"]) == (text, text)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_nothing_acts_and_one_apostrophe_is_all_that_is_added(text: str) -> None:
    (row,) = rows(of_text(text))
    cell = row["excerpt"]
    assert not any(
        low <= ord(sign) <= high for sign in cell for low, high in ACTING if sign not in "\t\n"
    )
    assert cell[:1] not in {*"=+-@＝＋－＠\t\n"}
    hidden = any(low <= ord(sign) <= high for sign in text for low, high in HIDDEN)
    if text.isprintable() and not hidden:
        assert cell.removeprefix("'") == text.removeprefix("'") or cell == f"'{text}"


def test_without_text_nothing_of_an_article_is_left() -> None:
    where = place("a.txt", "SECRET", 1, 1, anchor=True)
    evidence = (Evidence("template", "3 of 9"), Evidence("filling", "SECRET", None, quotes=True))
    what = finding("BPL002", "boilerplate", "info", [where], template="SECRET", evidence=evidence)
    assert "SECRET" not in written(report([], [what]), text=False)
    assert rows(report([], [what]), text=False)[0]["evidence"] == "template: 3 of 9"
