"""SARIF is what the official schema asks for, and leads to the place that would go."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest

from dedupe.formats import sarif
from dedupe.formats.interface import View, by_name
from dedupe.report import Origin, Report
from dedupe.rules import rules

from . import builder
from .builder import finding, place, report
from .schemas import valid_sarif

TEXT = "one two\nthree four\none two\n"


def log(built: Report, **view: Any) -> Any:
    stream = io.StringIO()
    by_name("sarif").write(built, stream, View(**view))
    return valid_sarif(stream.getvalue())["runs"][0]


def only(built: Report, **view: Any) -> Any:
    (result,) = log(built, **view)["results"]
    return result


def repeated(document: str = "a.txt") -> Report:
    places = [
        place(document, TEXT, 1, 1, anchor=True),
        place(document, TEXT, 3, 3),
    ]
    return report([], [finding("REP001", "repetition", "error", places)])


@pytest.mark.parametrize(
    "make",
    [
        builder.seeds_report,
        builder.rich_report,
        builder.boilerplate_report,
        builder.hostile_report,
        lambda: report([], []),
    ],
)
@pytest.mark.parametrize("text", [True, False])
def test_the_official_schema_allows_it(make: Any, text: bool) -> None:
    log(make(), text=text)


def test_the_schema_refuses_what_is_wrong() -> None:
    with pytest.raises(jsonschema.ValidationError):
        valid_sarif('{"version": "2.1.0", "runs": [{"results": []}]}')


def test_the_copy_is_the_place_and_the_kept_one_is_related() -> None:
    result = only(repeated())
    (here,) = result["locations"]
    (kept,) = result["relatedLocations"]
    region = here["physicalLocation"]["region"]
    assert region == {
        "startLine": 3,
        "endLine": 3,
        "charOffset": 19,
        "charLength": 7,
        "snippet": {"text": "one two"},
    }
    assert kept["physicalLocation"]["region"]["startLine"] == 1
    assert kept["properties"]["keep"]


def test_offsets_count_code_points() -> None:
    assert log(repeated())["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")]
)
def test_severities_are_levels(severity: Any, level: str) -> None:
    built = report([], [finding("REU001", "reuse", severity, [place("a.txt", TEXT, 1, 1, anchor=True)])])
    assert only(built)["level"] == level


def test_what_a_baseline_has_is_unchanged_and_what_is_allowed_suppressed() -> None:
    built = repeated()
    (new,) = built.findings
    assert only(built)["baselineState"] == "new"
    assert "suppressions" not in only(built)
    known = replace(built, findings=(replace(new, known=True, allowed="a refrain"),))
    assert only(known)["baselineState"] == "unchanged"
    assert only(known)["suppressions"] == [{"kind": "external", "justification": "a refrain"}]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("seeds/a.txt", "seeds/a.txt"),
        ("with space/100%.txt", "with%20space/100%25.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("/srv/a.txt", "file:///srv/a.txt"),
        ("../日本.txt", "../%E6%97%A5%E6%9C%AC.txt"),
    ],
)
def test_paths_are_references(path: str, uri: str) -> None:
    location = only(repeated(path))["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": uri}
    assert unquote(urlsplit(uri).path) == path


def test_a_row_is_a_logical_location_in_its_file() -> None:
    named = replace(repeated("row-4"), origins={"row-4": Origin("crawl.jsonl", 4, 6)})
    (here,) = only(named)["locations"]
    assert here["physicalLocation"]["artifactLocation"] == {"uri": "crawl.jsonl"}
    assert here["physicalLocation"]["region"]["startLine"] == 6
    assert "charOffset" not in here["physicalLocation"]["region"]
    assert here["logicalLocations"] == [{"fullyQualifiedName": "row-4", "kind": "document"}]
    (here,) = only(repeated("crawl.parquet#4"))["locations"]
    assert "region" not in here["physicalLocation"]


def test_no_more_than_github_takes_and_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [
        finding("REP001", "repetition", "error", [place("a.txt", TEXT, 1 + row, 1, anchor=row == 0)] * 4)
        for row in range(3)
    ]
    built = report([], [replace(each, id=f"{row:032}") for row, each in enumerate(findings)])
    monkeypatch.setattr(sarif, "PLACES", 3)
    run = log(built)
    assert [len(each["relatedLocations"]) for each in run["results"]] == [2, 2, 2]
    assert run["results"][0]["properties"]["placesLeftOut"] == 1
    assert run["invocations"][0]["toolExecutionNotifications"] == []
    for name, most in (("RESULTS", 2), ("PACKED", sarif._HEAD)):
        with monkeypatch.context() as limited:
            limited.setattr(sarif, name, most)
            run = log(built)
        (notice,) = run["invocations"][0]["toolExecutionNotifications"]
        assert len(run["results"]) < 3
        assert notice["message"]["text"].startswith(f"left out: {3 - len(run['results'])} more")


def test_an_id_that_names_no_file_is_only_logical() -> None:
    for name in ("article-17", "https://example.org/a.txt"):
        (here,) = only(repeated(name))["locations"]
        assert "physicalLocation" not in here
        assert here["logicalLocations"][0]["fullyQualifiedName"] == name


def test_every_rule_has_its_help() -> None:
    held = log(report([], []))["tool"]["driver"]["rules"]
    assert [each["id"] for each in held] == [rule.code for rule in rules()]
    assert all(each["help"]["markdown"].startswith(f"# {each['id']}: ") for each in held)
    assert all("`" not in each["help"]["text"] for each in held)


def test_without_text_no_word_of_an_article_is_in_it() -> None:
    stream = io.StringIO()
    by_name("sarif").write(builder.rich_report(), stream, View(text=False))
    assert "Negosiasi" not in stream.getvalue()
    assert "snippet" not in stream.getvalue()


def test_what_was_not_read_is_a_notification() -> None:
    (run,) = [log(builder.rich_report())]
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert [each["level"] for each in told] == ["warning", "warning", "note"]
    assert told[1]["message"]["text"] == "not read: line 3 is no JSON: Expecting ',' delimiter"


def test_brackets_in_a_message_are_no_links() -> None:
    built = replace(report([], []), notes=("see [here](https://evil.example)",))
    (told,) = log(built)["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"] == r"see \[here\](https://evil.example)"
