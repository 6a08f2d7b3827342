"""The folder appears whole or not at all; what is read is never touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dedupe.clean import folder as folders
from dedupe.clean.manifest import NAME
from dedupe.clean.restore import restore
from dedupe.documents import Document
from dedupe.errors import DedupeError
from dedupe.report import Finding

from .helpers import cleaned, finding, spot

SCRIPT = """
import os, shutil, signal, sys
from pathlib import Path
from dedupe.clean import folder, manifest, write
from tests.clean.test_folder import go
from tests.clean.helpers import cleaned

count = 0
def counted(module, name, wait=int(sys.argv[3])):
    real = getattr(module, name)
    def instead(*arguments, **options):
        global count
        for _ in range(2):  # before it and behind it
            count += 1
            if count == wait:
                os.kill(os.getpid(), signal.SIGKILL)
            if _ == 0:
                result = real(*arguments, **options)
        return result
    setattr(module, name, instead)

for module, name in ((os, "fsync"), (os, "replace"), (os, "mkdir"), (shutil, "rmtree"),
                     (write, "copy"), (write, "pour"), (manifest.Writer, "write")):
    counted(module, name)
cleaned([sys.argv[1]], Path(sys.argv[2]), go)
print(count)
"""


def go(documents: list[Document]) -> list[Finding]:
    """The first line of each document."""
    return [finding("BPL001", spot(each.id, 0, 4)) for each in documents if "Menu" in each.text]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Five files in two folders."""
    base = tmp_path / "in"
    (base / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "sub/c.md", "sub/d.jsonl"):
        (base / name).write_text("Menu\nStays here.\n")
    (base / "sub" / "d.jsonl").write_text('{"text": "Menu\\nStays."}\n')
    (base / "same.csv").write_text("text\nOne\n")
    return base


def contents(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def run(corpus: Path, target: Path, wait: int) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, str(corpus), str(target), str(wait)],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_kill_leaves_nothing_or_the_whole(corpus: Path, tmp_path: Path) -> None:
    before = contents(corpus)
    whole = run(corpus, tmp_path / "whole", 0)
    assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout)
    expected = contents(tmp_path / "whole")
    target = tmp_path / "out"
    killed = 0
    for wait in sorted({1, 2, *range(3, steps - 8, 9), *range(max(steps - 8, 1), steps + 1)}):
        result = run(corpus, target, wait)
        assert result.returncode == -signal.SIGKILL, result.stderr
        killed += 1
        if target.exists():
            assert contents(target) == expected
            for path in sorted(target.rglob("*"), reverse=True):
                path.unlink() if path.is_file() else path.rmdir()
            target.rmdir()
        assert contents(corpus) == before
    assert killed > 10
    # What the last one left behind is in nobody's way, and gone.
    cleaned([corpus], target, go)
    assert contents(target) == expected
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in", "out", "whole"]


def test_a_failure_leaves_nothing(corpus: Path, tmp_path: Path) -> None:
    def fail() -> None:
        with folders.appearing(tmp_path / "out") as draft:
            (draft / "a.txt").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sorted(each.name for each in tmp_path.iterdir()) == [corpus.name]


def test_two_at_once_are_told(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    with (
        folders.appearing(tmp_path / "out"),
        pytest.raises(DedupeError, match="another dedupe clean is writing"),
        folders.appearing(tmp_path / "out"),
    ):
        pass
    assert (tmp_path / "out").is_dir()


def test_somebody_elses_folder_is_no_draft(tmp_path: Path) -> None:
    other = tmp_path / folders.DRAFT.format(name="out")
    other.mkdir()
    (other / "mine.txt").write_text("x")
    with pytest.raises(DedupeError, match="is in the way"), folders.appearing(tmp_path / "out"):
        pass
    assert (other / "mine.txt").read_text() == "x"


def test_an_empty_folder_is_taken(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    cleaned([corpus], tmp_path / "out", go)
    assert "a.txt" in contents(tmp_path / "out")


class TestRefused:
    def refuse(self, corpus: Path, target: Path, match: str) -> None:
        before = contents(corpus)
        with pytest.raises(DedupeError, match=match) as error:
            cleaned([corpus], target, go)
        assert "\n" not in str(error.value)
        assert contents(corpus) == before

    def test_a_folder_that_is_not_empty(self, corpus: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "x").write_text("")
        self.refuse(corpus, tmp_path / "out", "is not empty")

    def test_the_input_and_what_is_in_it_or_around_it(self, corpus: Path, tmp_path: Path) -> None:
        self.refuse(corpus, corpus, "is also read")
        self.refuse(corpus, corpus / "out", "is inside")
        self.refuse(corpus, tmp_path, "which is read")
        (tmp_path / "link").symlink_to(corpus)
        self.refuse(corpus, tmp_path / "link" / "out", "is inside")

    def test_a_file_and_a_folder_that_is_nowhere(self, corpus: Path, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        self.refuse(corpus, tmp_path / "file", "is a file")
        self.refuse(corpus, tmp_path / "no" / "out", "there is no folder")

    def test_a_file_where_the_manifest_goes(self, corpus: Path, tmp_path: Path) -> None:
        (corpus / NAME).write_text('{"text": "a document"}')
        self.refuse(corpus, tmp_path / "out", "where the manifest goes")
        assert not (tmp_path / "out").exists()

    def test_standard_input(self, tmp_path: Path) -> None:
        with pytest.raises(DedupeError, match="standard input"):
            cleaned(["-"], tmp_path / "out", go)

    def test_a_file_that_changes_meanwhile(self, corpus: Path, tmp_path: Path) -> None:
        def meddle(documents: list[Document]) -> list[Finding]:
            (corpus / "b.txt").write_text("Something else.\n")
            return go(documents)[:1]

        with pytest.raises(DedupeError, match=r"b\.txt was changed while it was read"):
            cleaned([corpus], tmp_path / "out", meddle)
        assert not (tmp_path / "out").exists()


class TestLayout:
    def test_one_folder_is_taken_as_it_is(self, corpus: Path, tmp_path: Path) -> None:
        cleaned([corpus], tmp_path / "out", go)
        assert set(contents(tmp_path / "out")) == {*contents(corpus), NAME}

    def test_of_several_paths_the_folder_that_holds_them(self, corpus: Path, tmp_path: Path) -> None:
        cleaned([corpus / "sub", corpus / "a.txt"], tmp_path / "out", go)
        assert set(contents(tmp_path / "out")) == {"a.txt", "sub/c.md", "sub/d.jsonl", NAME}

    def test_one_file(self, corpus: Path, tmp_path: Path) -> None:
        cleaned([corpus / "sub" / "c.md"], tmp_path / "out", go)
        assert set(contents(tmp_path / "out")) == {"c.md", NAME}

    def test_a_dry_run_writes_nothing(self, corpus: Path, tmp_path: Path) -> None:
        done = cleaned([corpus], None, go)
        assert [each.places for each in done.removed] == [4]
        assert [each.name for each in tmp_path.iterdir()] == ["in"]


class TestRestore:
    @pytest.fixture
    def out(self, corpus: Path, tmp_path: Path) -> Path:
        cleaned([corpus], tmp_path / "out", go)
        return tmp_path / "out"

    def refuse(self, out: Path, match: str) -> None:
        target = out.parent / "back"
        with pytest.raises(DedupeError, match=match) as error:
            restore(out, target)
        assert "\n" not in str(error.value)
        assert not target.exists()
        assert not list(out.parent.glob(".*"))

    def test_all_comes_back(self, corpus: Path, out: Path, tmp_path: Path) -> None:
        assert restore(out, tmp_path / "back") == 5
        assert contents(tmp_path / "back") == contents(corpus)

    def test_a_file_that_was_changed(self, out: Path) -> None:
        (out / "a.txt").write_text("Stays hereX\n")
        self.refuse(out, r"a\.txt was changed since it was cleaned")

    def test_a_file_that_is_missing(self, out: Path) -> None:
        (out / "sub" / "c.md").unlink()
        self.refuse(out, r"c\.md is missing")

    @pytest.mark.parametrize("cut", [1, 40, 400, 100_000])
    def test_a_manifest_that_is_cut(self, out: Path, cut: int) -> None:
        data = (out / NAME).read_bytes()
        (out / NAME).write_bytes(data[:-cut])
        self.refuse(out, "is damaged")

    def test_every_byte_of_the_manifest_counts(self, out: Path) -> None:
        data = (out / NAME).read_bytes()
        for at in range(0, len(data), 97):
            changed = bytearray(data)
            changed[at] ^= 1
            (out / NAME).write_bytes(bytes(changed))
            self.refuse(out, "is damaged|is of schema")

    def test_no_manifest_and_no_folder(self, corpus: Path, tmp_path: Path) -> None:
        self.refuse(corpus, r"manifest\.jsonl is not there")
        self.refuse(tmp_path / "nowhere", "is no folder")

    def test_onto_what_is_there(self, out: Path, corpus: Path) -> None:
        with pytest.raises(DedupeError, match="is not empty"):
            restore(out, corpus)
