"""The code quality report is what GitLab asks for."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest

from dedupe.formats.interface import View, by_file_name, by_name
from dedupe.report import Origin, Report

from . import builder
from .builder import finding, place, report


def issues(built: Report) -> Any:
    stream = io.StringIO()
    by_name("gitlab").write(built, stream, View())
    return json.loads(stream.getvalue())


def test_the_name_of_the_file_asks_for_it() -> None:
    assert by_file_name("build/gl-code-quality.json") is by_name("gitlab")
    assert by_file_name("build/quality.json") is by_name("json")


def test_each_has_what_gitlab_reads() -> None:
    for each in issues(builder.rich_report()):
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(each)
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert each["location"]["lines"]["begin"] >= 1
    fingerprints = [each["fingerprint"] for each in issues(builder.rich_report())]
    assert len(set(fingerprints)) == len(fingerprints)


def test_no_findings_are_an_empty_array() -> None:
    assert issues(report([], [])) == []


@pytest.mark.parametrize(
    ("document", "path", "line"),
    [
        ("./a.txt", "a.txt", 2),
        ("row-6", "crawl.jsonl", 7),
        ("crawl.parquet#6", "crawl.parquet", 1),
        ("article-1", "article-1", 1),
    ],
)
def test_a_path_and_a_line_as_far_as_they_are_known(document: str, path: str, line: int) -> None:
    what = finding("REP001", "repetition", "error", [place(document, "x\ny", 2, 2, anchor=True)])
    origins = {"row-6": Origin("crawl.jsonl", 6, 7)}
    (issue,) = issues(replace(report([], [what]), origins=origins))
    assert (issue["location"]["path"], issue["location"]["lines"]["begin"]) == (path, line)


def test_no_word_of_an_article_is_in_it() -> None:
    stream = io.StringIO()
    by_name("gitlab").write(builder.rich_report(), stream, View())
    assert "Negosiasi" not in stream.getvalue()
