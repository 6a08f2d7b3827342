"""The program around its commands: help, version, and one line for every failure."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import Result

from dedupe import __version__
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from .conftest import FakeAudit

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )


def test_version(run: Run) -> None:
    result = run("--version")
    assert (result.exit_code, result.stdout) == (0, f"dedupe {__version__}\n")


def test_python_m_dedupe_is_the_same_program() -> None:
    done = python("-m", "dedupe", "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"dedupe {__version__}\n", "")


def test_starting_imports_nothing_heavy() -> None:
    heavy = {"numpy", "pyarrow", "numba", "rich", "pydantic", "dedupe.audit"}
    imported = python("-c", "import dedupe.cli.main, sys; print(*sys.modules)").stdout.split()
    assert "dedupe.cli.main" in imported
    assert heavy.isdisjoint(imported)


def test_a_check_of_text_files_imports_nothing_that_it_can_do_without(tmp_path: Path) -> None:
    """A hook runs at every commit: what is imported is most of what it takes."""
    spared = {
        "importlib.metadata",
        "llvmlite",
        "numba",
        "pathspec",
        "pyarrow.compute",
        "pydantic",
    }
    (tmp_path / "a.md").write_text("A few words.\n", encoding="utf-8")
    code = (
        "import os, sys; os._exit = lambda code: print(code, *sys.modules);"
        f"sys.argv = ['dedupe', 'check', '--threshold=0.5', '--fail-on=error', {str(tmp_path)!r}];"
        "from dedupe.cli.main import main; main()"
    )
    done = python("-c", code)
    code, *imported = done.stdout.split()
    assert (code, done.stderr) == ("0", "")
    assert "dedupe.audit" in imported
    assert spared & {*imported} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["audit", "--help"], ["audit", "-h"]])
def test_help(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert "Usage: dedupe" in result.stdout


def test_the_help_of_audit_has_examples_panels_and_variables(run: Run) -> None:
    shown = run("audit", "--help", COLUMNS="120").stdout
    assert "dedupe audit articles/ -o report.json" in shown
    for panel in ("Report", "Matching", "Input", "For experts"):
        assert f"─ {panel} ─" in shown
    assert "[env var: DEDUPE_THRESHOLD]" in shown


def test_without_a_command_the_help_is_shown_and_it_is_wrong_use(run: Run) -> None:
    result = run()
    assert result.exit_code == 2
    assert "Commands" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["audit"], "Missing argument"),
        (["audti"], "Did you mean 'audit'?"),
        (["audit", "x", "--no-such"], "--no-such"),
        (["audit", "x", "--threshold", "high"], "Invalid value for '--threshold'"),
        (["audit", "x", "--threshold", "2"], "--threshold 2.0 is out of range"),
        (["audit", "x", "--bands", "3"], "--bands and --rows go together"),
        (["audit", "x", "--quiet", "--verbose"], "--quiet and --verbose contradict each other"),
        (
            ["audit", "x", "--format", "docx"],
            "--format docx is not a format: it takes terminal, json, ",
        ),
        (["audit", "x", "-o", "report.docx"], "--output report.docx names no format"),
    ],
)
def test_wrong_use_is_one_line_and_2(
    run: Run, fake: FakeAudit, arguments: list[str], reason: str
) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("dedupe: ")
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr
    assert fake.paths is None


def test_what_the_audit_refuses_is_one_line_and_2(run: Run, fake: FakeAudit) -> None:
    fake.answer = DedupeError("no such\ncolumn \x1b[31m")
    result = run("audit", "x")
    assert (result.exit_code, result.stderr) == (2, "dedupe: no such column \\x1b[31m\n")


def test_an_interruption_is_130(run: Run, fake: FakeAudit) -> None:
    fake.answer = KeyboardInterrupt()
    result = run("audit", "x")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "dedupe: interrupted\n")


def test_a_fault_is_never_taken_for_a_finding(run: Run, fake: FakeAudit) -> None:
    fake.answer = ValueError("a fault")
    result = run("audit", "x")
    assert result.exit_code == 2
    assert "ValueError: a fault" in result.stderr
    assert result.stderr.endswith(
        "dedupe: this is a fault in dedupe: please report it with the lines above\n"
    )
