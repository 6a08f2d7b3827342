"""``dedupe clean``: options reach it, what it says is one line or a table, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

BLOCK = (
    "The council met on Tuesday evening and agreed after a long debate to build the new bridge over "
    "the river, which had been promised to the people of both banks for more than twenty years."
)
OTHER = "Nobody from the opposition came, as their speaker had announced on the day before the meeting."


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An article that says something twice, and two that are the same."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"A first line.\n{BLOCK}\n{OTHER}\n{BLOCK}\nThe end.\n")
    (folder / "b.txt").write_text(f"{OTHER}\nSomething else altogether is said in this article.\n")
    (folder / "c.txt").write_text(f"{OTHER}\nSomething else altogether is said in this article.\n")
    return folder


def test_repetition_goes_and_comes_back(run: Run, corpus: Path, tmp_path: Path) -> None:
    result = run("clean", "in", "-o", "out")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "a.txt").read_text() == f"A first line.\n{BLOCK}\n{OTHER}\nThe end.\n"
    assert result.stdout.splitlines()[0] == "35 words removed from 1 of 3 documents"
    assert "  REP001  repeated exactly         1       1     35" in result.stdout.splitlines()
    assert result.stderr.startswith("dedupe: written to out;")
    assert run("clean", "--restore", "out", "-o", "back").stderr == "dedupe: 3 files restored to back\n"
    for path in corpus.iterdir():
        assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes()


def test_again_changes_nothing_and_an_audit_finds_nothing(
    run: Run, corpus: Path, tmp_path: Path
) -> None:
    before = {each["id"] for each in findings(run, str(corpus))}
    run("clean", "in", "-o", "out")
    removed = [json.loads(line) for line in (tmp_path / "out" / "manifest.jsonl").open()]
    gone = {line["finding"] for line in removed if line["record"] == "removal"}
    (tmp_path / "in").rename(tmp_path / "was")
    (tmp_path / "out").rename(tmp_path / "in")
    after = {each["id"] for each in findings(run, "in")}
    assert gone
    assert not gone & after
    assert len(before) > len(after)
    result = run("clean", "in", "-o", "again")
    assert result.stdout == "nothing to remove in 3 documents\n"
    assert (tmp_path / "again" / "a.txt").read_bytes() == (tmp_path / "in" / "a.txt").read_bytes()


def findings(run: Run, path: str) -> list[dict[str, object]]:
    report: list[dict[str, object]] = json.loads(run("audit", path, "--format", "json").stdout)[
        "findings"
    ]
    return report


@pytest.mark.usefixtures("corpus")
def test_copies_of_documents_go_when_named(run: Run, tmp_path: Path) -> None:
    result = run("clean", "in", "-o", "out", "--drop", "near-duplicate, reuse", "--keep", "first")
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "a.txt",
        "b.txt",
        "manifest.jsonl",
    ]
    assert "in/c.txt (left out)" in result.stdout
    header = json.loads((tmp_path / "out" / "manifest.jsonl").read_text().splitlines()[0])
    assert header["schema"] == "dedupe-clean/1"
    assert header["settings"]["drop"] == ["reuse", "near-duplicate"]
    assert "jobs" not in header["settings"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_stdout_is_one_line_and_2(corpus: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dedupe", "clean", str(corpus), "--dry-run", "-q"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr == "dedupe: stdout cannot be written: No space left on device\n"


@pytest.mark.usefixtures("corpus")
def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("clean", "in", "--dry-run", "-q")
    assert "REP001" in result.stdout
    assert [each.name for each in tmp_path.iterdir()] == ["in"]


@pytest.mark.usefixtures("corpus")
def test_quiet_says_nothing(run: Run) -> None:
    result = run("clean", "in", "-o", "out", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert run("clean", "--restore", "out", "-o", "back", "-q").output == ""


def test_what_was_skipped_is_counted_and_copied(run: Run, corpus: Path, tmp_path: Path) -> None:
    (corpus / "x.txt").write_bytes(b"a\0b")
    result = run("clean", "in", "-o", "out")
    first = "dedupe: 1 path skipped, files copied as they are (why: --verbose)"
    assert result.stderr.splitlines()[0] == first
    assert (tmp_path / "out" / "x.txt").read_bytes() == b"a\0b"
    assert "skipped in/x.txt: is binary" in run("clean", "in", "--dry-run", "--verbose").stderr


@pytest.mark.usefixtures("corpus")
def test_variables_count(run: Run) -> None:
    result = run("clean", "in", "--dry-run", DEDUPE_DROP="boilerplate")
    assert result.stdout == "nothing to remove in 3 documents\n"


WRONG = [
    (["clean"], "Missing argument 'PATH...'"),
    (["clean", "in"], "--output DIR is missing"),
    (["clean", "in", "-o", "out", "--dry-run"], "--dry-run writes nothing"),
    (["clean", "in", "-o", "out", "--drop", "lead"], "--drop lead is not known"),
    (["clean", "in", "-o", "out", "--drop", ","], "--drop names nothing"),
    (["clean", "in", "-o", "out", "--keep", "best"], "--keep best is not known"),
    (["clean", "in", "-o", "out", "--keep", "source="], "--keep source= is not known"),
    (["clean", "in", "-o", "in"], "--output in is also read"),
    (["clean", "-", "-o", "out"], "standard input"),
    (["clean", "nowhere", "-o", "out"], "no document could be read"),
    (["clean", "--restore", "in", "-o", "out"], "manifest.jsonl is not there"),
    (["clean", "--restore", "in"], "--output DIR is missing"),
    (["clean", "in", "--restore", "in", "-o", "out"], "--restore takes no PATH"),
    (["clean", "--restore", "in", "-o", "out", "--dry-run"], "contradict each other"),
]


@pytest.mark.usefixtures("corpus")
@pytest.mark.parametrize(("arguments", "reason"), WRONG)
def test_wrong_use_is_one_line(run: Run, tmp_path: Path, arguments: list[str], reason: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["in"]
