"""The JSON is the contract's object, the same numbers, safe wherever it is shown."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dedupe
from dedupe.formats.json import render, schema, write
from dedupe.report import Evidence, Fractions, Skipped

from . import builder
from .builder import finding, many, place, report, score
from .schemas import valid_report

if TYPE_CHECKING:
    from dedupe.report import Report

ANY = st.text(st.characters(exclude_categories=()))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)


def keys(value: dict[str, Any]) -> list[str]:
    return list(value)


def test_the_keys_stand_in_the_order_of_the_contract(rich_report: Report) -> None:
    parsed = json.loads(render(rich_report))
    assert keys(parsed) == [
        "schema", "version", "settings", "summary", "documents", "findings", "skipped", "notes",
    ]  # fmt: skip
    assert keys(parsed["settings"]) == [
        "threshold", "shingle", "permutations", "bands", "rows", "min_words",
        "document_threshold", "sensitivity", "seed",
    ]  # fmt: skip
    assert keys(parsed["summary"]) == [
        "documents", "passages", "words", "characters", "fractions",
        "duplication_density", "redundant_fraction", "redundant_exact_fraction", "findings",
    ]  # fmt: skip
    assert keys(parsed["summary"]["findings"]) == [
        "repetition",
        "reuse",
        "near-duplicate",
        "boilerplate",
    ]
    assert keys(parsed["documents"][0]) == [
        "id", "source", "title", "words", "characters", "passages", "fractions", "findings",
    ]  # fmt: skip
    assert keys(parsed["documents"][0]["fractions"]) == [
        "original",
        "reuse",
        "repetition",
        "boilerplate",
    ]
    assert keys(parsed["findings"][0]) == [
        "id", "code", "kind", "severity", "known", "allowed", "words", "occurrences", "jaccard",
        "containment", "cohesion", "template", "evidence", "locations",
    ]  # fmt: skip
    assert keys(parsed["findings"][0]["locations"][0]) == [
        "document", "start", "end", "line", "end_line",
        "anchor", "keep", "jaccard", "containment",
        "containment_in_anchor", "containment_of_anchor", "text",
    ]  # fmt: skip
    assert keys(parsed["skipped"][0]) == ["path", "reason"]


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
def test_the_schema_allows_it(make: Callable[[], Report], text: bool) -> None:
    valid_report(render(make(), text=text))


def test_the_schema_allows_what_an_audit_finds() -> None:
    folder = str(builder.SEEDS)
    valid_report(dedupe.audit([folder]).to_json())
    valid_report(dedupe.audit([folder], dedupe.Settings(sensitivity="high", min_words=3)).to_json())
    valid_report(dedupe.audit([]).to_json())


def test_the_example_in_the_repository_is_valid() -> None:
    example = Path(__file__).parents[2] / "reports" / "seeds.json"
    valid_report(example.read_text("utf-8"))


def missing(value: dict[str, Any], *path: str | int) -> dict[str, Any]:
    """The same without one of its parts."""
    copy = json.loads(json.dumps(value))
    *before, last = path
    held = copy
    for step in before:
        held = held[step]
    del held[last]
    return copy  # type: ignore[no-any-return]


def test_the_schema_refuses_a_report_without_any_of_its_parts(rich_report: Report) -> None:
    whole = json.loads(render(rich_report))
    parts: list[tuple[dict[str, Any], tuple[str | int, ...]]] = [
        (whole, ()),
        (whole["summary"], ("summary",)),
        (whole["documents"][0], ("documents", 0)),
        (whole["findings"][0], ("findings", 0)),
        (whole["findings"][0]["locations"][0], ("findings", 0, "locations", 0)),
        (whole["skipped"][0], ("skipped", 0)),
    ]
    for part, path in parts:
        for key in part:
            with pytest.raises(jsonschema.ValidationError):
                valid_report(json.dumps(missing(whole, *path, key)))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "dedupe-report/2"),
        (("summary", "duplication_density"), 1.5),
        (("findings", 0, "kind"), "copy"),
        (("findings", 0, "id"), "12"),
        (("findings", 0, "locations"), []),
        (("findings", 0, "locations", 1, "anchor"), True),
        (("findings", 0, "locations", 0, "line"), 0),
        (("documents", 0, "words"), -1),
    ],
)
def test_the_schema_refuses_wrong_values(
    rich_report: Report, path: tuple[str | int, ...], value: object
) -> None:
    whole = json.loads(render(rich_report))
    held = whole
    for step in path[:-1]:
        held = held[step]
    held[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        valid_report(json.dumps(whole))


def test_the_schema_names_every_key(rich_report: Report) -> None:
    text = json.dumps(schema())
    whole = json.loads(render(rich_report))

    def names(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {*value, *(name for each in value.values() for name in names(each))}
        return {name for each in value for name in names(each)} if isinstance(value, list) else set()

    assert all(f'"{name}"' in text for name in names(whole))


def test_the_values_are_those_of_the_report(rich_report: Report) -> None:
    parsed = json.loads(render(rich_report))
    assert parsed["schema"] == "dedupe-report/1"
    # A round through JSON turns tuples into lists.
    expected = json.loads(json.dumps([asdict(each) for each in rich_report.findings]))
    for each in expected:
        for location in each["locations"]:
            del location["title"]  # it stands once, with its document
        for evidence in each["evidence"]:
            del evidence["quotes"]  # it says whether the detail may stand here
    assert parsed["findings"] == expected
    assert parsed["documents"] == json.loads(json.dumps([asdict(d) for d in rich_report.documents]))
    assert parsed["summary"] == asdict(rich_report.summary)
    assert parsed["notes"] == list(rich_report.notes)


def test_without_text_nothing_of_an_article_is_left() -> None:
    what = finding(
        "BPL002",
        "boilerplate",
        "info",
        [place("a.txt", "Read more: SECRET", 1, 1, anchor=True)],
        template="Read more: ‹…›",
        evidence=(
            Evidence("template", "3 of 9 articles carry it"),
            Evidence("filling", "SECRET", None, True),
        ),
    )
    whole = render(report([], [what]), text=False)
    (parsed,) = json.loads(whole)["findings"]
    assert "SECRET" not in whole
    assert parsed["template"] is None
    assert [each["signal"] for each in parsed["evidence"]] == ["template"]


def test_offsets_find_the_text_again(seeds_report: Report) -> None:
    from .builder import seed

    texts = dict(seed(number) for number in range(5))
    for each in json.loads(render(seeds_report))["findings"]:
        for location in each["locations"]:
            assert texts[location["document"]][location["start"] : location["end"]] == location["text"]


def test_without_text_there_are_no_excerpts(rich_report: Report) -> None:
    shown = render(rich_report, text=False)
    assert all(
        location["text"] is None
        for each in json.loads(shown)["findings"]
        for location in each["locations"]
    )
    assert "Negosiasi" not in shown


def test_one_document_or_finding_stands_on_a_line(rich_report: Report) -> None:
    lines = render(rich_report).splitlines()
    findings = [line for line in lines if line.lstrip().startswith('{"id"') and '"code"' in line]
    documents = [line for line in lines if line.lstrip().startswith('{"id"') and '"code"' not in line]
    assert len(findings) == len(rich_report.findings)
    assert len(documents) == len(rich_report.documents)


def test_an_empty_report_is_an_object_too() -> None:
    parsed = json.loads(render(report([], [])))
    assert (parsed["documents"], parsed["findings"], parsed["skipped"], parsed["notes"]) == (
        [],
        [],
        [],
        [],
    )


def test_letters_of_every_script_are_not_escaped(seeds_report: Report) -> None:
    assert "“pilihan strategis" in render(seeds_report)


def test_what_acts_on_a_terminal_is_escaped() -> None:
    told = replace(report([], []), notes=("\x1b[2J \x7f \x9b2J \u202e \U000e0041 \udcff",))
    shown = render(told)
    assert r'"\u001b[2J \u007f \u009b2J \u202e \udb40\udc41 \udcff"' in shown
    assert json.loads(shown)["notes"] == list(told.notes)


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(report([], [], density=float("nan")))


def test_findings_are_read_once_in_order() -> None:
    built, made = many(2000)
    write(built, io.StringIO())
    assert made == list(range(2000))


@given(ANY, NUMBER, NUMBER, st.integers())
def test_it_parses_back_to_the_same(text: str, one: float, other: float, count: int) -> None:
    each = finding(
        "REP001",
        "repetition",
        "info",
        [place(text, text, 1, 1, anchor=True, jaccard=one, containment=other)],
        jaccard=one,
        evidence=(Evidence(text, text),),
        template=text,
    )
    document = replace(score(text, "x", Fractions(one, other, 0, 0), [each], text), words=count)
    built = report([document], [each], density=other, skipped=(Skipped(text, text),))
    shown = render(built)
    shown.encode()
    parsed = json.loads(shown)
    assert parsed["summary"]["duplication_density"] == other
    assert parsed["documents"][0]["words"] == count
    assert parsed["documents"][0]["fractions"]["original"] == one
    assert parsed["findings"][0]["jaccard"] == one
    # Two halves of a pair, next to each other, are the character when parsed: compare as UTF-16.
    for again in (
        parsed["documents"][0]["id"],
        parsed["skipped"][0]["reason"],
        parsed["findings"][0]["template"],
    ):
        assert again.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")
