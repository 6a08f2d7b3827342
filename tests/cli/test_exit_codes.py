"""What a command exits with, for every combination of gate, baseline and input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from typer.testing import Result

from dedupe.audit import audit
from dedupe.report import Report
from dedupe.settings import Settings
from tests.prose import article, edited, paragraph

Run = Callable[..., Result]

BASELINES = ("none", "other", "own", "missing", "broken")
"""No baseline; one that knows other findings; one that knows these; no such file; no baseline in it."""
INPUTS = ("clean", "warning", "error", "in part", "unread")
"""What is found; an error and a path that cannot be read; and nothing but such a path."""

# A row for each command with its gate, a column for each input; in it a digit for each baseline.
TABLE = """
audit                                    00022  00022  00022  00022  22222
audit --exit-zero                        00022  00022  00022  00022  22222
audit --fail-on error                    00022  00022  11022  11022  22222
audit --fail-on warning                  00022  11022  11022  11022  22222
audit --fail-on new                      00022  11022  11022  11022  22222
audit --fail-on reuse                    00022  11022  00022  00022  22222
audit --fail-on REP001                   00022  00022  11022  11022  22222
audit --fail-on repetition>0.01          00022  00022  11122  11122  22222
audit --fail-on error,reuse>0.01         00022  11122  11022  11022  22222
audit --fail-on original<=1              11122  11122  11122  11122  22222
audit --fail-on error --exit-zero        00022  00022  00022  00022  22222
audit --fail-on eror                     22222  22222  22222  22222  22222
audit --fail-on eror --exit-zero         22222  22222  22222  22222  22222
check                                    00022  00022  11022  11022  22222
check --exit-zero                        00022  00022  00022  00022  22222
check --fail-on error                    00022  00022  11022  11022  22222
check --fail-on warning                  00022  11022  11022  11022  22222
check --fail-on new                      00022  11022  11022  11022  22222
check --fail-on boilerplate              00022  00022  00022  00022  22222
check --fail-on repetition>0.01          00022  00022  11122  11122  22222
check --fail-on repetition>0.9           00022  00022  00022  00022  22222
check --fail-on new --exit-zero          00022  00022  00022  00022  22222
check --fail-on repetition>5             22222  22222  22222  22222  22222
"""

CASES = [
    (line[:41].split(), name, baseline, int(digit))
    for line in TABLE.strip().splitlines()
    for name, digits in zip(INPUTS, line[41:].split(), strict=True)
    for baseline, digit in zip(BASELINES, digits, strict=True)
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each input, and the baselines."""
    root = tmp_path_factory.mktemp("corpus")
    articles = {
        "clean": [article(1, 2), article(3, 4)],
        "warning": [article(5, 6, 7), article(8, 9) + "\n" + edited(paragraph(6), 0.1)],
        "error": [article(10, 11, 12, 11), article(13, 14)],
    }
    for name, texts in articles.items():
        (root / name).mkdir()
        for number, text in enumerate(texts):
            (root / name / f"{number}.txt").write_text(text, encoding="utf-8")
    (root / "broken.baseline").write_text("An article.\n", encoding="utf-8")
    return root


PATHS = {
    "clean": ["clean"],
    "warning": ["warning"],
    "error": ["error"],
    "in part": ["error", "gone"],
    "unread": ["gone"],
}


@pytest.fixture(autouse=True)
def _each_corpus_once(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    monkeypatch.setattr(sys.modules["dedupe.audit"], "audit", _audited)


@lru_cache
def _once(paths: tuple[str, ...]) -> Report:
    return audit(list(paths))


def _audited(paths: list[str], _settings: Settings, *, progress: object = None) -> Report:
    assert progress is None
    return _once(tuple(paths))


@pytest.fixture
def baseline(run: Run, corpus: Path) -> Callable[[str, str], list[str]]:
    """The option that gives a baseline of this sort."""

    def option(sort: str, name: str) -> list[str]:
        known = {"other": "warning" if name != "warning" else "error", "own": PATHS[name][0]}
        if sort == "none":
            return []
        if sort in known and known[sort] != "gone":
            path = corpus / f"{known[sort]}.baseline"
            if not path.exists():
                assert run("audit", known[sort], "--write-baseline", str(path)).exit_code == 0
            return ["--baseline", str(path)]
        return ["--baseline", str(corpus / f"{sort}.baseline")]

    return option


@pytest.mark.parametrize(("command", "name", "sort", "expected"), CASES)
def test_exit_codes(
    run: Run,
    baseline: Callable[[str, str], list[str]],
    command: list[str],
    name: str,
    sort: str,
    expected: int,
) -> None:
    result = run(*command, *PATHS[name], *baseline(sort, name))
    assert result.exit_code == expected, result.stderr
    if expected == 2:
        assert result.stdout == ""
        assert result.stderr.startswith("dedupe: ")
    if expected == 1:
        assert "fail" in (result.stdout + result.stderr)
