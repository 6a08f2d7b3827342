"""Two documents side by side on the screen: what it says, how it fits, and that no text can touch it."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dedupe.documents import Document
from dedupe.formats.interface import Pair, View
from dedupe.formats.svg import write as write_svg
from dedupe.formats.terminal import write
from dedupe.report import Fractions, Kind, Report

from . import pairs
from .builder import finding, place, report, score
from .test_terminal import UNSEEN, WILD

SNAPSHOTS = Path(__file__).parent / "snapshots"
Made = tuple[Report, Document, Document]
PAIRS: dict[str, Callable[[], Made]] = {
    "edited": pairs.edited_pair,
    "copies": pairs.copies,
    "strangers": pairs.strangers,
}


def shown(made: Made, *, whole: bool = False, **view: object) -> str:
    stream = io.StringIO()
    what, left, right = made
    command = "dedupe compare A B"
    settings = View(command=command, pair=Pair(left, right, whole))
    write(what, stream, replace(settings, **view))  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 160])
@pytest.mark.parametrize("name", PAIRS)
def test_it_looks_as_it_did(name: str, width: int) -> None:
    text = shown(PAIRS[name](), width=width)
    snapshot = SNAPSHOTS / f"compare-{name}-{width}.txt"
    if os.environ.get("RENEW_SNAPSHOTS"):
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
@pytest.mark.parametrize("name", PAIRS)
def test_lines_fit_and_colour_only_adds_colour(name: str, width: int) -> None:
    plain = shown(PAIRS[name](), width=width)
    for line in plain.split("\n"):
        assert line == line.rstrip()
        assert cell_len(line) <= min(width, 180)
    coloured = shown(PAIRS[name](), width=width, colour=True)
    without = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in without.split("\n")] == plain.split("\n")


def verdict(made: Made) -> str:
    return shown(made, width=180).split("\n")[0]


def test_the_verdict_says_how_much_returns() -> None:
    assert verdict(pairs.edited_pair()) == (
        "A and B share 4 passages: 60.4% of A's words stand in B, 83.1% of B's in A (REU001); "
        "B repeats itself"
    )
    assert verdict(pairs.copies()) == (
        "B is an edited copy of A: 99.4% of A's words stand in B, 99.4% of B's in A; "
        "Jaccard 0.97 (DUP002)"
    )
    assert verdict(pairs.strangers()) == "A and B share no passage"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("DUP001", "B is an exact copy of A"),
        ("DUP002", "B is an edited copy of A"),
        ("DUP003", "A contains B"),
        ("DUP004", "A and B are of one series"),
        ("DUP005", "A and B are chapters of one story"),
        ("DUP999", "A and B are near-duplicates"),
    ],
)
def test_the_verdict_goes_by_the_code(code: str, says: str) -> None:
    made, left, right = pairs.copies()
    (whole,) = made.findings
    text = verdict((replace(made, findings=(replace(whole, code=code),)), left, right))
    assert text == f"{says}: 99.4% of A's words stand in B, 99.4% of B's in A; Jaccard 0.97 ({code})"


def test_that_one_is_contained_of_which_more_returns() -> None:
    made, left, right = pairs.copies()
    (whole,) = made.findings
    contained = replace(made, findings=(replace(whole, code="DUP003"),))
    longer = replace(right, text=right.text + pairs.RIGHT[-200:])
    assert verdict((contained, left, longer)).startswith("B contains A: ")


def test_quotes_are_no_reuse() -> None:
    made, left, right = pairs.edited_pair()
    found = tuple(replace(each, code="REU002") for each in made.findings if each.kind == "reuse")
    assert verdict((replace(made, findings=found), left, right)).startswith("A and B quote the same: ")


def test_both_wordings_are_in_one_text_on_a_narrow_screen_and_apart_on_a_wide_one() -> None:
    narrow = " ".join(shown(pairs.edited_pair(), width=80).replace("│", "").split())
    assert "expected to cost [-640-] {+680+} million euros" in narrow
    wide = shown(pairs.edited_pair(), width=160)
    assert re.search(r"cost \[-640-\].*│.*cost\s", wide)


def test_what_moved_and_what_is_repeated_is_said() -> None:
    text = shown(pairs.edited_pair(), width=80)
    assert "  4  A:11  B:5  the same, moved\n" in text
    assert "  3  B:13  3 again in B: 36 words\n" in text
    assert "  -  A:13  boilerplate: 10 words\n" in text


def test_what_is_the_same_or_alone_is_cut_unless_all_is_wanted() -> None:
    made = pairs.copies()
    cut, whole = shown(made, width=80), shown(made, width=80, whole=True)
    assert "… left out (--all shows it)" in " ".join(cut.split())
    assert "1-4  A:1-7  B:1-7  the same\n" in cut
    assert "…" not in whole
    for word in made[1].text.split():
        assert word in whole


def test_without_text_only_places_are_named() -> None:
    for width in (80, 120):
        text = shown(pairs.edited_pair(), width=width, text=False)
        assert "harbour" not in text.replace("City council backs harbour tunnel", "")
        assert "  3  A:7  B:9  edited\n" in text


def test_ascii_where_the_encoding_has_nothing_else() -> None:
    assert shown(pairs.edited_pair(), width=120, encoding="ascii").isascii()


def test_a_picture_of_it() -> None:
    what, left, right = pairs.edited_pair()
    stream = io.StringIO()
    write_svg(what, stream, View(pair=Pair(left, right)))
    assert "640" in stream.getvalue()


KINDS: list[tuple[str, Kind]] = [
    ("REU001", "reuse"),
    ("DUP002", "near-duplicate"),
    ("REP001", "repetition"),
    ("BPL001", "boilerplate"),
]


@given(WILD, WILD, st.sampled_from(KINDS), st.sampled_from([40, 80, 120]), st.booleans(), st.booleans())
def test_nothing_foreign_acts_on_the_screen(
    one: str, other: str, kind: tuple[str, Kind], width: int, colour: bool, whole: bool
) -> None:
    left, right = Document(one, one, title=other, date=one), Document(f"{one}b", f"{other}\n{one}")
    spots = [
        place(left.id, left.text, 1, 1, anchor=True),
        place(right.id, right.text, 1, 1 + right.text.count("\n"), jaccard=0.5),
    ]
    each = replace(finding(*kind, "info", spots), code=one)
    scores = [score(d.id, d.text, Fractions(reuse=1.0), [each], d.title) for d in (left, right)]
    made = replace(report(scores, [each], density=0.5), notes=(other,))
    text = shown((made, left, right), width=width, colour=colour, whole=whole, command=f"dedupe {one}")
    if colour:
        text = re.sub("\x1b\\[[0-9;]*m", "", text)
    assert not (UNSEEN - {"\n"}) & set(text)
    assert not [c for c in text if 0xD800 <= ord(c) < 0xF900 or ord(c) >= 0xE0000]
    for line in text.split("\n"):
        if not line.startswith("  dedupe "):
            assert cell_len(line) <= width, line
