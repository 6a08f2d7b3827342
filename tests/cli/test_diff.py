"""``check --diff``: a patch that takes out what files repeat, and nothing else."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

BLOCK = (
    "The bridge was closed on Monday after a barge struck one of its piers, the port said.\n"
    "Engineers expect the repair to take until the end of the month at the very least.\n"
)
OTHER = (
    "Ferries will carry passengers across the river until then, free of charge for all who live there.\n"
)
REPEATED = (
    f"Bridge closed\n{BLOCK}{OTHER}{BLOCK}Nobody was hurt when the barge came loose from its tug.\n"
)
LEFT = f"Bridge closed\n{BLOCK}{OTHER}Nobody was hurt when the barge came loose from its tug.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def applied(patch: str, *command: str) -> None:
    done = subprocess.run(command, input=patch.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("command", [("git", "apply"), ("patch", "-p1")])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_the_patch_takes_the_copy_out(run: Run, command: tuple[str, ...], before: bytes) -> None:
    path = Path("a b.txt")
    path.write_bytes(before + REPEATED.encode())
    result = run("check", ".", "--diff")
    assert result.exit_code == 1
    applied(result.stdout, *command)
    assert path.read_bytes() == before + LEFT.encode()
    assert run("check", ".", "--diff").stdout == ""
    assert run("check", ".").exit_code == 0


def test_line_ends_stay_as_they_are(run: Run) -> None:
    Path("a.txt").write_bytes(REPEATED.replace("\n", "\r\n").encode())
    applied(run("check", ".", "--diff").stdout_bytes.decode(), "git", "apply")
    assert Path("a.txt").read_bytes() == LEFT.replace("\n", "\r\n").encode()


def test_rows_and_other_encodings_are_left_and_counted(run: Run) -> None:
    Path("rows.jsonl").write_text(json.dumps({"text": REPEATED}))
    Path("wide.txt").write_bytes(REPEATED.encode("utf-16"))
    Path("outside").mkdir()
    result = run("check", "rows.jsonl", "wide.txt", "--diff")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 place left in: stands in a row of a table" in result.stderr
    assert "1 place left in: stands in a file that is not UTF-8" in result.stderr


def test_files_elsewhere_are_left_and_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(REPEATED)
    Path("here").mkdir()
    monkeypatch.chdir("here")
    result = run("check", "../a.txt", "--diff")
    assert result.stdout == ""
    assert "1 place left in: stands in a file outside of this folder" in result.stderr


def test_copies_with_edits_stay(run: Run) -> None:
    Path("a.txt").write_text(f"{BLOCK}{OTHER}{BLOCK.replace('Monday', 'Tuesday')}")
    assert run("check", ".", "--diff").stdout == ""


def test_the_report_may_be_written_as_well(run: Run) -> None:
    Path("a.txt").write_text(REPEATED)
    result = run("check", "a.txt", "--diff", "-o", "r.json")
    assert result.stdout.startswith("--- a/a.txt\n")
    assert json.loads(Path("r.json").read_text())["gate"]["failed"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--format", "json"], "--diff and --format contradict each other"),
        (["--no-text"], "--diff shows text"),
    ],
)
def test_what_contradicts_a_patch_is_refused(run: Run, options: list[str], reason: str) -> None:
    result = run("check", ".", "--diff", *options)
    assert result.exit_code == 2
    assert reason in result.stderr
