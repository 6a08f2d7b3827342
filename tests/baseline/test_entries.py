"""The file of a baseline: what it holds, and how it merges."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.baseline.entries import Baseline, gather, line_of, parse, render
from dedupe.baseline.fingerprints import ANY, SAMPLE, WIDTH, Fingerprint
from dedupe.errors import DedupeError
from dedupe.report import KINDS

HEADER = "# dedupe-baseline/1"
LINE = "repetition 00000000000000aa 2 1 AAAB"


@st.composite
def fingerprints(draw: st.DrawFn) -> Fingerprint:
    """Any fingerprint: a text has a hash for each shingle, as far as the sample goes."""
    size = draw(st.integers(0, 100))
    length = WIDTH * min(size, SAMPLE)
    return Fingerprint(
        draw(st.sampled_from(KINDS)),
        f"{draw(st.integers(0, 2**64 - 1)):016x}",
        draw(st.one_of(st.just(ANY), st.integers(1, 1000))),
        size,
        draw(st.binary(min_size=length, max_size=length)),
    )


baselines = st.lists(fingerprints(), max_size=20).map(gather)


@given(baselines)
def test_what_is_written_is_read(baseline: Baseline) -> None:
    assert parse(render(baseline), "b") == baseline


@given(baselines)
def test_lines_are_sorted_one_an_entry(baseline: Baseline) -> None:
    first, *lines = render(baseline).splitlines()
    assert first == HEADER
    assert lines == sorted(lines)
    assert len(lines) == len(baseline)


@given(baselines, st.randoms())
def test_the_order_of_lines_does_not_matter(baseline: Baseline, draw: object) -> None:
    first, *lines = render(baseline).splitlines()
    draw.shuffle(lines)  # type: ignore[attr-defined]
    assert parse("\n".join([first, *lines]), "b") == baseline


def test_a_line_says_nothing_of_place_and_time() -> None:
    entry = Fingerprint("repetition", "00000000000000aa", 2, 1, b"\0\0\1")
    assert line_of(entry) == LINE
    assert render({}) == f"{HEADER}\n"


def test_places_of_findings_that_say_the_same_are_added_up() -> None:
    entry = Fingerprint("repetition", "00000000000000aa", 2, 1, b"\0\0\1")
    (only,) = gather([entry, entry]).values()
    assert only.places == 4


def test_of_two_lines_of_one_text_the_one_with_more_places_counts() -> None:
    for lines in ([LINE, LINE.replace(" 2 ", " 3 ")], [LINE.replace(" 2 ", " 3 "), LINE]):
        (only,) = parse("\n".join([HEADER, *lines, HEADER]), "b").values()
        assert only.places == 3


def test_an_empty_file_is_an_empty_baseline() -> None:
    assert parse("", "b") == parse("\n", "b") == {}


def test_comments_blank_lines_and_line_ends_are_let_pass() -> None:
    assert len(parse(f"\ufeff{HEADER}\r\n\r\n# ours\r\n{LINE}\r\n", "b")) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("An article.\n", "b is no baseline: one begins with the line # dedupe-baseline/1"),
        ("# dedupe-baseline/2\n", "b is a baseline of another version (dedupe-baseline/2)"),
        (f"{HEADER}\n<<<<<<< HEAD\n{LINE}\n", "b:2 is a merge conflict: keep the lines of both sides"),
        (f"{HEADER}\n=======\n", "b:2 is a merge conflict"),
        (f"{HEADER}\n{LINE[:-2]}\n", "b:2 is cut short"),
        (f"{HEADER}\n{LINE.replace(' 1 ', ' 99 ')}\n", "b:2 is cut short"),
        (f"{HEADER}\n{LINE} more\n", "b:2 is no entry of a baseline"),
        (f"{HEADER}\n{LINE.replace('repetition', 'repetitions')}\n", "b:2 has no kind of finding"),
        (f"{HEADER}\n{LINE.replace(' 2 ', ' 0 ')}\n", "b:2 is no entry of a baseline"),
    ],
)
def test_what_is_no_baseline_is_said_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(DedupeError) as error:
        parse(text, "b")
    assert str(error.value).startswith(reason)


def entry(number: int, places: int = 2) -> Fingerprint:
    return Fingerprint("repetition", f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}", places, 1, b"\0\0\1")


def merged(folder: Path, base: list[Fingerprint], *branches: list[Fingerprint]) -> Baseline:
    """What a baseline is after git merged these branches, each of which made it anew."""
    file = folder / "baseline"

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)

    def commit(entries: list[Fingerprint], message: str) -> None:
        file.write_text(render(gather(entries)), encoding="utf-8")
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "--message", message)

    git("init", "--quiet", "--initial-branch", "main")
    git("config", "user.name", "A")
    git("config", "user.email", "a@example.org")
    (folder / ".gitattributes").write_text("/baseline merge=union\n", encoding="utf-8")
    commit(base, "base")
    for number, entries in enumerate(branches):
        git("checkout", "--quiet", "-b", f"branch-{number}", "main")
        commit(entries, f"branch {number}")
    git("checkout", "--quiet", "main")
    for number in range(len(branches)):
        git("merge", "--quiet", "--no-edit", f"branch-{number}")
    return parse(file.read_text(encoding="utf-8"), "baseline")


def test_branches_that_add_merge_without_a_conflict(tmp_path: Path) -> None:
    base = [entry(number) for number in range(5)]
    ours, theirs = [entry(100), entry(101)], [entry(200), entry(201), entry(202)]
    assert merged(tmp_path, base, base + ours, base + theirs) == gather(base + ours + theirs)


def test_branches_that_both_begin_it_merge_without_a_conflict(tmp_path: Path) -> None:
    assert merged(tmp_path, [], [entry(1), entry(2)], [entry(3)]) == gather(map(entry, (1, 2, 3)))


def test_branches_that_touch_the_same_entry_keep_the_one_with_more_places(tmp_path: Path) -> None:
    base = [entry(1), entry(2)]
    ours, theirs = [entry(1, 3), entry(2)], [entry(1, 4), entry(2)]
    assert merged(tmp_path, base, ours, theirs) == gather(theirs)


def test_what_one_branch_drops_and_another_adds_to_merges(tmp_path: Path) -> None:
    base = [entry(number) for number in range(9)]
    assert merged(tmp_path, base, base[:-1], [*base, entry(100)]) == gather([*base[:-1], entry(100)])
