"""Which file a document's id names, and which place of a finding is to be looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dedupe.documents.formats import READERS
from dedupe.documents.names import PACKED
from dedupe.formats.shared import where
from dedupe.formats.shared.where import Files, Range, Spot, foremost
from dedupe.report import Origin

from .builder import finding, place


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("seeds/a.txt", Spot("seeds/a.txt", None, True)),
        ("README.MD", Spot("README.MD", None, True)),
        ("a.txt.gz", Spot("a.txt.gz", None, False)),
        ("a.html", Spot("a.html", None, False)),
        ("crawl.jsonl#0", Spot("crawl.jsonl", 0, False)),
        ("crawl.jsonl.zst#12", Spot("crawl.jsonl.zst", 12, False)),
        ("crawl.parquet#3#2", Spot("crawl.parquet", 3, False)),
        ("a#1.txt", Spot("a#1.txt", None, True)),
        ("-#4", Spot(None, None, False)),
        ("article-17", Spot(None, None, False)),
        ("crawl.jsonl#row", Spot(None, None, False)),
        ("https://example.org/a.txt", Spot(None, None, False)),
        ("", Spot(None, None, False)),
    ],
)
def test_an_id_names_a_file_or_none(document: str, expected: Spot) -> None:
    assert Files().spot(document) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("LICENSE", Spot("LICENSE", None, True)),
        ("news/1.md", Spot(None, None, False)),
        ("there.html", Spot("there.html", None, False)),
        ("there.jsonl#1", Spot("there.jsonl", 1, False)),
        ("gone.jsonl#1", Spot(None, None, False)),
    ],
)
def test_who_can_look_tells_paths_from_ids_that_look_like_paths(document: str, expected: Spot) -> None:
    there = {"LICENSE", "there.html", "there.jsonl"}
    assert Files(there.__contains__).spot(document) == expected


def test_every_suffix_that_is_read_is_known_here() -> None:
    assert {*where.TEXT, *where.PAGES, *where.LINES, *where.TABLES} == {*READERS}
    assert where._PACKED == PACKED


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("a.txt", Range(2, 2)),
        ("a.jsonl#4", None),
        ("named", Range(7, 7)),
        ("packed", None),
        ("a.csv#4", None),
        ("article-1", None),
    ],
)
def test_lines_are_those_of_the_file(document: str, expected: Range | None) -> None:
    origins = {"named": Origin("a.jsonl", 4, 7), "packed": Origin("a.jsonl.gz", 4, 7)}
    assert Files(None, origins).lines(place(document, "x\ny", 2, 2)) == expected


def test_the_first_place_that_need_not_stay_is_looked_at() -> None:
    kept = place("a.txt", "x\nx", 1, 1, anchor=True)
    copy = place("a.txt", "x\nx", 2, 2)
    assert foremost(finding("REP001", "repetition", "error", [kept, copy])) == copy


def test_where_none_stays_it_is_the_anchor() -> None:
    first = replace(place("a.txt", "x", 1, 1), keep=False)
    anchor = replace(place("b.txt", "x", 1, 1, anchor=True), keep=False)
    assert foremost(finding("BPL001", "boilerplate", "info", [first, anchor])) == anchor
