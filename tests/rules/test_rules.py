"""Every code has a page, and all that speaks of codes says the same."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

import dedupe.rules
from dedupe.errors import DedupeError
from dedupe.formats.shared.codes import CODES
from dedupe.report import KINDS
from dedupe.rules import codes, rule, rules
from dedupe.settings import Settings

ROOT = Path(__file__).parents[2]
SECTIONS = ["Why it matters", "Example", "Severity", "Settings", "What to do"]


def test_titles_are_those_of_the_reports() -> None:
    assert {each.code: each.title for each in rules()} == CODES
    assert list(codes()) == list(CODES)


def test_every_code_that_an_audit_gives_has_a_page() -> None:
    sources = (ROOT / "dedupe").rglob("*.py")
    given = {
        code for path in sources for code in re.findall(r'"([A-Z]{3}00[1-9])"', path.read_text("utf-8"))
    }
    assert given == set(codes())


@pytest.mark.parametrize("code", codes())
def test_a_page_says_what_why_and_what_to_do(code: str) -> None:
    held = rule(code)
    assert re.findall(r"^## (.+)$", held.page, re.MULTILINE) == SECTIONS
    assert held.kind in KINDS
    assert held.meaning.endswith(".")
    assert "```text\n" in held.page
    assert max(map(len, held.page.splitlines())) <= 105


@pytest.mark.parametrize("code", codes())
def test_the_options_it_names_are_there(code: str) -> None:
    from dedupe.cli import options

    source = Path(options.__file__).read_text("utf-8")
    known = {each.name.replace("_", "-") for each in fields(Settings)}
    known |= {"drop", "near", "keep", "diff", "against"}
    named = set(re.findall(r"--([a-z-]+)", rule(code).page))
    assert named <= known, source and named - known


@pytest.mark.parametrize("code", codes())
def test_the_readme_says_the_same_and_leads_here(code: str) -> None:
    row = re.search(
        rf"^\| \[{code}\]\((\S+)\) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
    )
    assert row
    assert (ROOT / row[1]).samefile(Path(dedupe.rules.__file__).parent / f"{code}.md")


def test_the_gravest_severity_is_told() -> None:
    assert {each.code for each in rules() if each.severity == "error"} == {"REP001", "DUP001"}
    assert {each.code for each in rules() if each.severity == "warning"} == {
        *("REP002", "REU001", "DUP002", "DUP003"),
    }


def test_a_code_is_found_in_either_case() -> None:
    assert rule("rep001") == rule("REP001")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("REP01", r"REP01 is not a code: did you mean REP001, .*\?"),
        ("DUP006", r"DUP006 is not a code: did you mean DUP005, .*\?"),
        ("nonsense", "NONSENSE is not a code: dedupe explain lists them"),
        ("../REP001", r"\.\./REP001 is not a code"),
    ],
)
def test_an_unknown_code_suggests_the_nearest(code: str, said: str) -> None:
    with pytest.raises(DedupeError, match=said):
        rule(code)


def test_the_plain_page_has_no_marks() -> None:
    for each in rules():
        assert not re.search(r"[`*]|^#", each.plain, re.MULTILINE)
        assert re.fullmatch(r"[A-Za-z]+", each.name)
