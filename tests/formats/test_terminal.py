"""The view for people: what it says, how it fits, and that nothing in an article can touch the screen.

The pictures of it are in ``snapshots``. To renew them after a change that is meant:
``RENEW_SNAPSHOTS=1 python -m pytest tests/formats`` and read the difference.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dedupe.formats.interface import View
from dedupe.formats.shared.visible import ACTING, HIDDEN
from dedupe.formats.terminal import write
from dedupe.report import Evidence, Fractions, GroupShare, Skipped

from . import builder
from .builder import finding, many, place, report, score

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe.report import Report

SNAPSHOTS = Path(__file__).parent / "snapshots"
CLEAN = report([score(f"{i}.txt", "some words", Fractions(original=1.0)) for i in range(5)], [])


def shown(what: Report, **view: object) -> str:
    stream = io.StringIO()
    write(what, stream, replace(View(command="dedupe audit seeds"), **view))  # type: ignore[arg-type]
    return stream.getvalue()


REPORTS: dict[str, Callable[[], Report]] = {
    "seeds": builder.seeds_report,
    "rich": builder.rich_report,
    "many": lambda: many(10_000)[0],
    "clean": lambda: CLEAN,
    "boilerplate": builder.boilerplate_report,
}


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_groups_that_share_text_are_a_small_table(width: int) -> None:
    shares = [
        GroupShare(f"group {row}", "the test split of a corpus", row, 40, 5, 1000 - row)
        for row in range(1, 13)
    ]
    shares.append(GroupShare("\x1b[31mred", "\x1b[31mred", 2, 2, 1, 5000))
    held = replace(CLEAN, groups=tuple(shares), settings=replace(CLEAN.settings, group_column="split"))
    text = shown(held, width=width)
    lines = text.split("Groups that share text (split)\n")[1].split("\n\n")[0].splitlines()
    assert len(lines) == 12
    assert "5,000" in lines[1], "most words first"
    assert ("1 and 40" in lines[2]) == (width >= 60)
    assert "and 3 more" in lines[-1]
    assert "\x1b" not in text
    assert max(map(cell_len, lines)) <= width
    assert "Groups" not in shown(CLEAN)


def test_against_an_archive_the_scores_say_so() -> None:
    held = replace(CLEAN, settings=replace(CLEAN.settings, against=("old",)))
    assert "of the words stand in the archive, too" in shown(held)
    assert "would go if the archive stayed" in shown(held)
    assert "archive" not in shown(CLEAN)


def test_without_text_causes_and_templates_quote_nothing() -> None:
    text = shown(builder.boilerplate_report(), text=False)
    assert "985 of 999 articles of paper carry it: repeated across a source" in text
    for quoted in ("SCROLL", "Read more", "Another story"):
        assert quoted not in text


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", REPORTS)
def test_it_looks_as_it_did(name: str, width: int) -> None:
    text = shown(REPORTS[name](), width=width)
    snapshot = SNAPSHOTS / f"{name}-{width}.txt"
    if os.environ.get("RENEW_SNAPSHOTS"):
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_colour_only_adds_colour(name: str) -> None:
    coloured = shown(REPORTS[name](), colour=True)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == shown(REPORTS[name]())


def test_the_colours_are_those_of_the_terminal(rich_report: Report) -> None:
    codes = set(re.findall("\x1b\\[([0-9;]*)m", shown(rich_report, colour=True)))
    numbers = {int(part) for code in codes for part in code.split(";")}
    # Reset, bold, dim; red, green, yellow, blue, magenta, cyan: no black, no white, no background.
    assert numbers <= {0, 1, 2, 31, 32, 33, 34, 35, 36}


def test_the_verdict_comes_first(rich_report: Report) -> None:
    assert shown(rich_report).startswith(
        "2 errors, 3 warnings in 6 articles: 90.0% of the words stand twice\n"
    )


def test_every_place_can_be_followed(rich_report: Report) -> None:
    text = shown(rich_report)
    for each in rich_report.findings:
        for spot in each.locations:
            lines = str(spot.line) if spot.line == spot.end_line else f"{spot.line}-{spot.end_line}"
            assert f"{spot.document}:{lines}" in text


def test_a_place_longer_than_the_screen_stays_in_one_piece() -> None:
    path = "a" * 200 + ".txt"
    each = finding("REP001", "repetition", "error", [place(path, "x", 1, 1, anchor=True)])
    text = shown(report([score(path, "x", Fractions(repetition=1.0), [each])], [each]), width=60)
    assert f"  {path}:1\n" in text


def test_an_exact_repeat_is_shown_once(seeds_report: Report) -> None:
    text = " ".join(shown(seeds_report).split())
    assert text.count("Negosiasi datang sebagai bagian") == 1
    assert "identical in both places:" in text


def test_edits_are_marked_without_colour(rich_report: Report) -> None:
    text = shown(rich_report, width=120)
    assert "[-kementerian pertahanan-]" in text
    assert "{+menteri+}" in text


def test_an_exact_block_whose_punctuation_differs_is_not_called_identical_text() -> None:
    places = [place("a", "One, two.", 1, 1, anchor=True), place("b", "one two", 1, 1)]
    each = finding("REU001", "reuse", "info", places)
    text = shown(report([score("a", "x", Fractions(reuse=1.0), [each])], [each]))
    assert "identical in both" not in text
    assert "the same words in both places; case or punctuation differs:" in text
    assert "│ One, two.\n" in text
    assert "│ one two\n" in text


def test_without_text_there_are_no_excerpts(rich_report: Report) -> None:
    text = shown(rich_report, text=False)
    assert "Negosiasi" not in text
    assert "seeds/002_610981bc28bbe29c.txt:7-15" in text


def test_clean_articles_are_only_counted() -> None:
    text = shown(CLEAN)
    assert text.startswith("Clean: nothing is said twice in 5 articles\n")
    assert ".txt" not in text
    assert text.endswith("Nothing to do.\n")


def test_what_was_not_read_is_said_even_when_all_is_clean() -> None:
    text = shown(replace(CLEAN, skipped=tuple(Skipped(f"{i}.pdf", "why") for i in range(7))))
    assert "Not read (7)\n  0.pdf: why\n" in text
    assert "… and 2 more\n" in text
    assert text.endswith("as JSON:\n  dedupe audit seeds -o report.json\n")


def test_nothing_read_is_said_in_a_line() -> None:
    assert shown(report([], [])) == "Nothing was read\n\nNothing to do.\n"


def test_of_many_findings_only_those_shown_are_made() -> None:
    built, made = many(1_000_000)
    text = shown(built)
    assert "3 errors, 499,997 warnings, 500,000 info" in text
    assert "Findings, worst first (10 of 1,000,000)" in text
    assert len(made) < 100


def test_of_many_places_the_first_are_shown() -> None:
    places = [place(f"{i}.txt", "x", 1, 1, anchor=i == 0) for i in range(5000)]
    each = finding("REU001", "reuse", "warning", places)
    text = shown(report([score("0.txt", "x", Fractions(reuse=1.0), [each])], [each]))
    assert "… and 4,988 more places\n" in text


def test_ascii_where_the_encoding_has_nothing_else(rich_report: Report) -> None:
    text = shown(rich_report, encoding="ascii")
    assert text.isascii()
    assert ". original 27.1%   = reuse 55.1%   # repetition 11.5%   / boilerplate 6.3%" in text


def lines_of(text: str) -> list[str]:
    return text.split("\n")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 500])
def test_lines_fit_the_screen(width: int) -> None:
    """All but a place and a command, which are left whole."""
    for name in REPORTS:
        for line in lines_of(shown(REPORTS[name](), width=width)):
            if not re.match(r"  +\d+  \S+:\d|  dedupe", line):
                assert cell_len(line) <= min(width, 120), line


SECRETS = st.text(st.characters(exclude_categories=()), max_size=200)
WILD = st.one_of(
    SECRETS,
    st.sampled_from(
        [
            "\x1b]8;;http://example.org\x07click\x1b]8;;\x07",
            "\x1b[2J\x9b31m",
            "a\u202ecba\u2066\u200f",
            "[bold red]x[/] [link=file:///etc/passwd]y[/link] :smile: \\[",
            "普京会见美国特使讨论乌克兰和平方案" * 5,
            "هذا نص عربي طويل " * 10,
            "z\u0351\u0301\u0300a\u0324l\u034cgo " * 10,
            "👩\u200d👩\u200d👧 ❤\ufe0f 🇮🇩" * 5,
            '"\\Ada pertukaran" C:\\Users\\x1b',
        ]
    ),
)
UNSEEN = {chr(c) for first, last in ACTING + HIDDEN for c in range(first, min(last, 0xE0FFF) + 1)}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(WILD, WILD, st.sampled_from([40, 80, 120]), st.booleans())
def test_nothing_foreign_acts_on_the_screen(one: str, other: str, width: int, colour: bool) -> None:
    spots = [place("a.txt", one, 1, 1, anchor=True), place(other, f"{one} {other}", 1, 1, jaccard=0.5)]
    each = finding(
        "REP002", "repetition", "warning", spots, template=other, evidence=(Evidence(one, other),)
    )
    each = replace(each, code=one)
    document = replace(score("a.txt", "some words", Fractions(repetition=1.0), [each]), title=one)
    wild = report([document], [each], skipped=(Skipped(one, other),), notes=(one, other), density=0.5)
    text = shown(wild, width=width, colour=colour, command=f"dedupe audit {one}")
    if colour:
        text = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert not (UNSEEN - {"\n"}) & set(text)
    assert not [c for c in text if 0xD800 <= ord(c) < 0xF900 or ord(c) >= 0xE0000]
    for line in lines_of(text):
        if not re.match(r"  \d  |  dedupe audit", line):
            assert cell_len(line) <= width, line


def test_text_that_looks_like_markup_or_an_escape_stays_as_it_is() -> None:
    raw = r'"\Ada" [bold]x[/bold] :smile: C:\n'
    each = finding("REP001", "repetition", "info", [place("[red]a.txt", raw, 1, 1, anchor=True)])
    text = shown(report([score("[red]a.txt", "x", Fractions(repetition=1.0), [each], raw)], [each]))
    assert f"│ {raw}\n" in text
    assert "  [red]a.txt:1" in text
