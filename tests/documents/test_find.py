"""Which files are read: folders walked, each file once, in the order of their paths."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .helpers import reading, write

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Paths are relative to an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestPaths:
    @pytest.mark.parametrize(
        "given", ["seeds", "seeds/", "./seeds", "seeds//", ".//seeds/.", Path("seeds"), "seeds/./"]
    )
    def test_an_id_is_the_path_as_given_with_nothing_superfluous(self, here: Path, given: str) -> None:
        write(here / "seeds/002.txt")
        assert reading(given).ids == ["seeds/002.txt"]

    def test_the_current_folder_does_not_show_in_an_id(self, here: Path) -> None:
        write(here / "a/b.txt")
        assert reading(["."]).ids == ["a/b.txt"]

    def test_an_absolute_path_stays_absolute(self, here: Path) -> None:
        write(here / "a.txt")
        assert reading([here]).ids == [f"{here}/a.txt"]

    def test_a_path_upwards_stays_as_it_is(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(here / "a/b.txt")
        (here / "c").mkdir()
        monkeypatch.chdir(here / "c")
        assert reading(["../a"]).ids == ["../a/b.txt"]

    def test_a_file_called_like_standard_input_can_be_named(self, here: Path) -> None:
        write(here / "-", "dash")
        assert reading(["./-"]).texts == ["dash"]

    def test_a_name_that_is_not_utf8_is_shown_as_well_as_can_be(self, here: Path) -> None:
        try:
            (here / os.fsdecode(b"caf\xe9.txt")).write_text("A text.")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
        assert reading(["."]).ids == ["caf\ufffd.txt"]


class TestOrder:
    def test_documents_come_by_path_in_code_points(self, here: Path) -> None:
        for name in ("b.txt", "B.txt", "a/z.txt", "a.txt", "ä.txt", "a-b.txt"):
            write(here / name)
        assert reading(["."]).ids == ["B.txt", "a-b.txt", "a.txt", "a/z.txt", "b.txt", "ä.txt"]

    def test_the_order_in_which_paths_are_named_does_not_show(self, here: Path) -> None:
        write(here / "in/a.txt", "a")
        write(here / "in/b.jsonl", '{"text": "b"}')
        write(here / "c.txt", "c")
        (here / "link.txt").symlink_to(here / "in/a.txt")
        paths = ["in", "in/a.txt", "c.txt", "./c.txt", "link.txt", "missing", "empty.txt/none"]
        readings = [reading(list(order)) for order in list(permutations(paths))[::97]]
        assert all(other.rows == readings[0].rows for other in readings)
        assert all(other.skipped == readings[0].skipped for other in readings)
        assert readings[0].ids == ["c.txt", "in/a.txt", "in/b.jsonl#0"]


class TestOnce:
    def test_a_file_named_twice_is_read_once(self, here: Path) -> None:
        write(here / "a.txt")
        assert reading(["a.txt", "./a.txt", here / "a.txt"]).ids == [f"{here}/a.txt"]

    def test_a_file_named_and_in_a_named_folder_is_read_once(self, here: Path) -> None:
        write(here / "seeds/a.txt")
        assert reading(["seeds", "seeds/a.txt", "seeds/../seeds"]).ids == ["seeds/../seeds/a.txt"]

    def test_a_link_to_a_file_is_the_file(self, here: Path) -> None:
        write(here / "z.txt")
        (here / "a.txt").symlink_to("z.txt")
        assert reading(["."]).ids == ["z.txt"]

    def test_a_link_that_is_named_counts_like_any_name(self, here: Path) -> None:
        write(here / "z.txt")
        (here / "a.txt").symlink_to("z.txt")
        assert reading(["z.txt", "a.txt"]).ids == ["a.txt"]

    def test_copies_are_documents_of_their_own(self, here: Path) -> None:
        write(here / "a.txt")
        os.link(here / "a.txt", here / "b.txt")
        assert reading(["."]).ids == ["a.txt", "b.txt"]


class TestFolders:
    def test_what_is_not_a_document_by_its_name_is_passed_over(self, here: Path) -> None:
        for name in ("a.TXT", "b.py", "c", "d.md", "e.text", "f.png"):
            write(here / name)
        seen = reading(["."])
        assert seen.ids == ["a.TXT", "d.md", "e.text"]
        assert seen.skipped == []

    def test_hidden_folders_and_files_are_not_walked(self, here: Path) -> None:
        write(here / ".git/a.txt")
        write(here / ".hidden.txt")
        write(here / "b.txt")
        assert reading(["."]).ids == ["b.txt"]

    def test_a_hidden_path_that_is_named_is_read(self, here: Path) -> None:
        write(here / ".notes/a.txt")
        write(here / ".hidden.txt")
        assert reading([".notes", ".hidden.txt"]).ids == [".hidden.txt", ".notes/a.txt"]

    def test_a_named_file_is_read_whatever_its_name(self, here: Path) -> None:
        write(here / "LICENSE", "Do as you like.")
        assert reading(["LICENSE"]).texts == ["Do as you like."]

    def test_links_in_a_circle_end(self, here: Path) -> None:
        write(here / "a/z.txt")
        (here / "a/again").symlink_to(here)
        (here / "a/self").symlink_to(".")
        assert reading(["."]).ids == ["a/z.txt"]

    def test_a_linked_folder_is_walked_under_its_own_name_first(self, here: Path) -> None:
        write(here / "z/a.txt")
        (here / "b").symlink_to("z")
        assert reading(["."]).ids == ["z/a.txt"]

    def test_a_link_that_leads_elsewhere_is_followed(self, here: Path) -> None:
        write(here / "other/a.txt")
        (here / "in").mkdir()
        (here / "in/b").symlink_to("../other")
        assert reading(["in"]).ids == ["in/b/a.txt"]

    def test_a_folder_without_documents_says_so(self, here: Path) -> None:
        write(here / "code/a.py")
        seen = reading(["code"])
        assert seen.rows == []
        assert seen.skipped[0][0] == "code"
        assert seen.skipped[0][1].startswith("holds no readable documents: ")
        assert ".jsonl" in seen.skipped[0][1]


class TestExclude:
    FILES = ("a.txt", "de/a.txt", "in/de/b.md", "in/c.md")

    @pytest.fixture(autouse=True)
    def _files(self, here: Path) -> None:
        for name in self.FILES:
            write(here / name)

    @pytest.mark.parametrize(
        ("patterns", "read"),
        [
            (("*.md",), ["a.txt", "de/a.txt"]),
            (("de/",), ["a.txt", "in/c.md"]),
            (("/de/",), ["a.txt", "in/c.md", "in/de/b.md"]),
            (("*.md", "!c.md"), ["a.txt", "de/a.txt", "in/c.md"]),
            (("in/*/b.*",), ["a.txt", "de/a.txt", "in/c.md"]),
        ],
    )
    def test_patterns_are_those_of_gitignore(self, patterns: tuple[str, ...], read: list[str]) -> None:
        assert reading(["."], exclude=patterns).ids == read

    def test_a_path_that_is_named_is_always_read(self) -> None:
        assert reading(["in/c.md", "a.txt"], exclude=("*.md", "*.txt")).ids == ["a.txt", "in/c.md"]

    def test_a_folder_that_is_named_is_read_but_for_what_is_excluded_in_it(self) -> None:
        assert reading(["in/de"], exclude=("de/",)).ids == ["in/de/b.md"]
        assert reading(["in/de"], exclude=("de/", "*.md")).ids == []

    def test_patterns_are_relative_to_their_folder(
        self, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(here / "in")
        assert reading(["."], exclude=("/in/de",), exclude_base=str(here)).ids == ["c.md"]
        assert reading([here], exclude=("/in/de", "/de"), exclude_base=str(here)).ids == [
            f"{here}/a.txt",
            f"{here}/in/c.md",
        ]

    def test_no_gitignore_brings_back_what_is_excluded(self, here: Path) -> None:
        write(here / ".gitignore", "!c.md\n")
        assert reading(["in"], exclude=("*.md",)).ids == []

    def test_that_all_is_excluded_is_said(self) -> None:
        (reason,) = reading(["in"], exclude=("*.md",)).reasons
        assert reason.startswith("holds no readable documents: ")
        assert reason.endswith("none excluded")


class TestGitignore:
    def test_what_git_ignores_in_a_folder_is_not_read(self, here: Path) -> None:
        write(here / ".gitignore", "build/\n*.md\n!keep.md\n/top.txt\n")
        for name in ("build/a.txt", "b.md", "keep.md", "top.txt", "sub/top.txt", "sub/c.md"):
            write(here / name)
        assert reading(["."]).ids == ["keep.md", "sub/top.txt"]

    def test_a_file_further_down_overrules_one_above(self, here: Path) -> None:
        write(here / "in/.gitignore", "*.md\n")
        write(here / "in/sub/.gitignore", "!*.md\n*.txt\n")
        for name in ("in/a.md", "in/a.txt", "in/sub/a.md", "in/sub/a.txt"):
            write(here / name)
        assert reading(["in"]).ids == ["in/a.txt", "in/sub/a.md"]

    def test_what_is_named_is_read_all_the_same(self, here: Path) -> None:
        write(here / ".gitignore", "*\n")
        write(here / "a.txt")
        write(here / "build/b.txt")
        assert reading(["a.txt", "build"]).ids == ["a.txt", "build/b.txt"]

    def test_a_pattern_that_is_none_does_no_harm(self, here: Path) -> None:
        write(here / ".gitignore", b"!\n\xff\n[\n*.md\n")
        write(here / "a.md")
        write(here / "a.txt")
        assert reading(["."]).ids == ["a.txt"]


class TestTroubles:
    def test_a_path_that_does_not_exist(self, here: Path) -> None:
        write(here / "a.txt")
        seen = reading(["./gone//b.txt", "a.txt", "", "a.txt/b", "x\0y"])
        assert seen.ids == ["a.txt"]
        assert seen.skipped == [
            ("", "does not exist"),
            ("a.txt/b", "does not exist: a part of its path is no folder"),
            ("gone/b.txt", "does not exist"),
            ("x\0y", "is no name a file can have"),
        ]

    def test_a_link_to_nothing(self, here: Path) -> None:
        (here / "a.txt").symlink_to("gone")
        (here / "loop.txt").symlink_to("loop.txt")
        (here / "other.py").symlink_to("gone")
        expected = [
            ("a.txt", "is a symbolic link to nothing"),
            ("loop.txt", "is a symbolic link that leads in a circle"),
        ]
        assert reading(["."]).skipped == expected
        assert reading(["a.txt", "loop.txt"]).skipped == expected

    def test_pipes_and_devices_are_not_waited_for(self, here: Path) -> None:
        os.mkfifo(here / "pipe.txt")
        os.mkfifo(here / "pipe")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.txt")
            seen = reading([".", "/dev/null"])
        assert [(path, reason.split(",")[0]) for path, reason in seen.skipped] == [
            ("/dev/null", "is a device"),
            ("pipe.txt", "is a pipe"),
            ("socket.txt", "is a socket"),
        ]

    def test_without_rights_only_what_needs_them_is_lost(self) -> None:
        with reachable_folder() as folder:
            write(folder / "a.txt", "a")
            write(folder / "b.txt").chmod(0)
            write(folder / "c.parquet").chmod(0)
            write(folder / "closed/c.txt")
            (folder / "closed").chmod(0)
            reading([folder])  # imports what it needs while it may
            with as_nobody():
                seen = reading([folder, folder / "closed"])
        denied = "cannot be opened: permission denied"
        assert seen.texts == ["a"]
        assert seen.skipped == [
            (f"{folder}/closed", denied),
            (f"{folder}/b.txt", denied),
            (f"{folder}/c.parquet", denied),
        ]


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A temporary folder that any user can look into; those of pytest are for their owner only."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for path in folder.rglob("*"):
            path.chmod(0o755)
        shutil.rmtree(folder)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: give that up for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
