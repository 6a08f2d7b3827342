"""``dedupe audit``: options reach the audit, the report reaches its reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from typer.testing import Result

from dedupe.report import Skipped
from dedupe.settings import Settings

from .conftest import FakeAudit, nothing_read

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("fake")

VERDICT = "1 error in 2 articles: 50.0% of the words stand twice\n"


def test_the_report_for_people_is_on_stdout(run: Run, fake: FakeAudit) -> None:
    result = run("audit", "a.txt", "b.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(VERDICT)
    assert result.stdout.endswith("  dedupe audit a.txt b.txt -o report.json\n")
    assert fake.paths == ["a.txt", "b.txt"]
    assert fake.settings == Settings()


def test_json_is_on_stdout(run: Run, fake: FakeAudit) -> None:
    result = run("audit", "-", "--format", "json")
    assert fake.paths == ["-"]
    assert json.loads(result.stdout)["findings"][0]["locations"][0]["text"] == "satu dua “tiga”"


def test_without_text_there_are_no_excerpts(run: Run) -> None:
    assert "satu dua" not in run("audit", "x", "--no-text").stdout
    assert "satu dua" not in run("audit", "x", "--no-text", "--format", "json").stdout


OPTIONS = [
    ("--threshold", "0.6", {"threshold": 0.6}),
    ("--document-threshold", "0.9", {"document_threshold": 0.9}),
    ("--min-words", "20", {"min_words": 20}),
    ("--sensitivity", "low", {"sensitivity": "low"}),
    ("--jobs", "3", {"jobs": 3}),
    ("--text-column", "t", {"text_column": "t"}),
    ("--id-column", "i", {"id_column": "i"}),
    ("--title-column", "h", {"title_column": "h"}),
    ("--source-column", "s", {"source_column": "s"}),
    ("--url-column", "u", {"url_column": "u"}),
    ("--date-column", "d", {"date_column": "d"}),
    ("--shingle", "5", {"shingle": 5}),
    ("--permutations", "64", {"permutations": 64}),
    ("--seed", "7", {"seed": 7}),
]


@pytest.mark.parametrize(("option", "value", "expected"), OPTIONS)
def test_every_option_is_a_setting(
    run: Run, fake: FakeAudit, option: str, value: str, expected: dict[str, object]
) -> None:
    assert run("audit", "x", option, value).exit_code == 0
    assert fake.settings == Settings(**expected)  # type: ignore[arg-type]


@pytest.mark.parametrize(("option", "value", "expected"), OPTIONS)
def test_every_option_has_a_variable_and_gives_way_to_it(
    run: Run, fake: FakeAudit, option: str, value: str, expected: dict[str, object]
) -> None:
    variable = "DEDUPE_" + option.removeprefix("--").replace("-", "_").upper()
    assert run("audit", "x", **{variable: value}).exit_code == 0
    assert fake.settings == Settings(**expected)  # type: ignore[arg-type]


def test_bands_and_rows_go_together(run: Run, fake: FakeAudit) -> None:
    run("audit", "x", "--bands", "20", "--rows", "5")
    assert fake.settings == Settings(bands=20, rows=5)


def test_the_next_step_repeats_what_changes_the_result(run: Run) -> None:
    result = run("audit", "my articles", "--threshold", "0.7", "--jobs", "2", "--no-text")
    assert result.stdout.endswith("  dedupe audit 'my articles' --threshold 0.7 -o report.json\n")


def test_the_result_does_not_tell_how_many_jobs_made_it(run: Run) -> None:
    assert run("audit", "x", "--jobs", "1").stdout == run("audit", "x", "--jobs", "2").stdout


@pytest.mark.parametrize("extra", [[], ["--quiet"], ["--format", "json"]])
def test_nothing_read_is_2_with_the_reason(run: Run, fake: FakeAudit, extra: list[str]) -> None:
    fake.answer = nothing_read(Skipped("a.pdf", "no suffix that is read"))
    result = run("audit", "a.pdf", *extra)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "dedupe: no document could be read: a.pdf: no suffix that is read\n"


def test_nothing_read_from_several_paths_gives_every_reason(run: Run, fake: FakeAudit) -> None:
    fake.answer = nothing_read(Skipped("a.pdf", "why\x1b[0m"), Skipped("b", "gone"))
    assert run("audit", "a.pdf", "b").stderr.splitlines() == [
        "dedupe: skipped a.pdf: why\\x1b[0m",
        "dedupe: skipped b: gone",
        "dedupe: no document could be read: 2 paths skipped",
    ]


def test_nothing_found_at_all_is_2(run: Run, fake: FakeAudit) -> None:
    fake.answer = nothing_read()
    result = run("audit", "empty")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_what_was_skipped_is_said_once(run: Run, fake: FakeAudit) -> None:
    assert not isinstance(fake.answer, BaseException)
    fake.answer = replace(
        fake.answer, skipped=(Skipped("a.pdf", "why"),), notes=("2 ids were used twice",)
    )
    for_people = run("audit", "x")
    assert "a.pdf: why" in for_people.stdout
    assert for_people.stderr == ""
    assert run("audit", "x", "--format", "json").stderr.startswith("dedupe: 1 path was skipped")
    assert run("audit", "x", "--format", "json", "--quiet").stderr == ""
    assert run("audit", "x", "--format", "json", "--verbose").stderr.splitlines() == [
        "dedupe: skipped a.pdf: why",
        "dedupe: note: 2 ids were used twice",
    ]
