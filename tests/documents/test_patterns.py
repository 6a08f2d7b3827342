"""Patterns of paths: seen from their folder, asked one by one or all at once."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents.patterns import excludes, fitting, relatives, spec_of


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "in/deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "in")
    return tmp_path


class TestRelatives:
    def test_paths_are_seen_from_the_folder_that_patterns_are_relative_to(self, here: Path) -> None:
        given = ["a.txt", "./deep/a.txt", "../a.txt", f"{here}/b.txt", ".", "..", "deep/../c.txt"]
        assert relatives(given, str(here)) == [
            "in/a.txt",
            "in/deep/a.txt",
            "a.txt",
            "b.txt",
            "in",
            ".",
            "in/c.txt",
        ]

    def test_the_folder_may_be_below_the_current_one(self) -> None:
        assert relatives(["deep/a.txt", "deep"], "deep") == ["a.txt", "."]

    def test_paths_outside_of_it_are_whole(self, here: Path) -> None:
        assert relatives(["a.txt"], "deep") == [f"{here}/in/a.txt".removeprefix("/")]

    def test_without_a_folder_it_is_the_current_one(self) -> None:
        assert relatives(["a/b.txt", "c.txt"], None) == ["a/b.txt", "c.txt"]


class TestExcludes:
    def test_a_folder_is_told_from_a_file(self) -> None:
        Path("build").mkdir()
        Path("deep/build").touch()
        assert excludes("build", ("build/",), None)
        assert not excludes("deep/build", ("build/",), None)

    def test_no_pattern_leaves_nothing_out(self) -> None:
        assert not excludes("a.txt", (), None)


PATTERNS = st.sampled_from(["*.md", "de/", "/de/**", "!keep.md", "a?[b-d]", "**/x", "log*", "# no", ""])
NAMES = st.sampled_from(
    ["a.md", "de/a.md", "in/de/a.txt", "keep.md", "abc", "x", "in/x/y", "logs", "de", "a.md#3", "ä/x"]
)


@given(st.lists(PATTERNS, max_size=4).map(tuple), st.lists(NAMES, max_size=5))
def test_all_at_once_is_one_by_one(patterns: tuple[str, ...], names: list[str]) -> None:
    found = fitting(patterns, pa.array(names, pa.large_string())).tolist()
    expected = []
    for name in names:
        hits = [
            each.include
            for each in spec_of(patterns).patterns
            if each.include is not None and each.match_file(name)
        ]
        expected.append(bool(hits and hits[-1]))
    assert found == expected
