"""``dedupe compare`` on real files: what it shows, what it writes, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from dedupe.settings import Settings

from .conftest import FakeAudit

Run = Callable[..., Result]

BLOCK = (
    "The council met on Tuesday evening and agreed after a long debate to build the new bridge over "
    "the river, which had been promised to the people of both banks for more than twenty years."
)
OTHER = "Nobody from the opposition came, as their speaker had announced on the day before the meeting."


@pytest.fixture(autouse=True)
def _articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(f"A first line.\n{BLOCK}\n{OTHER}\n")
    Path("b.txt").write_text(f"{BLOCK.replace('evening', 'morning')}\nAnother end.\n{BLOCK}\n")
    rows = [{"id": "p", "text": Path("a.txt").read_text()}, {"text": Path("b.txt").read_text()}]
    Path("t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_two_articles_are_shown_with_their_links_and_changes(run: Run) -> None:
    result = run("compare", "a.txt", "b.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    text = result.stdout
    assert text.startswith("A contains B: ")
    assert "B repeats itself" in text.split("\n\n")[0].replace("\n", " ")
    assert "  1  A:2  B:" in text
    assert text.endswith("  dedupe compare a.txt b.txt -o report.json\n")


def test_columns_need_room(run: Run) -> None:
    narrow, wide = run("compare", "a.txt", "b.txt"), run("compare", "a.txt", "b.txt", COLUMNS="120")
    assert " │   1  B:" not in narrow.stdout
    assert " │   1  B:" in wide.stdout


def test_json_is_the_report_of_the_two(run: Run) -> None:
    result = run("compare", "a.txt", "b.txt", "--format", "json")
    compared = json.loads(result.stdout)
    audited = json.loads(run("audit", "a.txt", "b.txt", "--format", "json").stdout)
    assert compared == audited


def test_rows_and_ids_name_the_same(run: Run) -> None:
    by_row = run("compare", "t.jsonl#p", "t.jsonl#1").stdout
    by_id = run("compare", "--in", "t.jsonl", "p", "t.jsonl#1").stdout
    first_lines = run("compare", "a.txt", "b.txt").stdout.split("\n\n")[0]
    assert by_row.split("\n\n")[0] == by_id.split("\n\n")[0] == first_lines
    assert by_id.endswith("  dedupe compare --in t.jsonl p 't.jsonl#1' -o report.json\n")


def test_equal_ids_of_two_files_are_told_apart(run: Run) -> None:
    Path("u.jsonl").write_text(json.dumps({"id": "p", "text": f"{BLOCK}\n{OTHER}"}) + "\n")
    report = json.loads(run("compare", "t.jsonl#p", "u.jsonl#p", "--format", "json").stdout)
    assert [each["id"] for each in report["documents"]] == ["t.jsonl#p", "u.jsonl#p"]


def test_a_report_is_written_to_a_file(run: Run) -> None:
    result = run("compare", "a.txt", "b.txt", "-o", "c.json", "-o", "c.txt", "-o", "c.svg")
    assert (result.exit_code, result.stdout) == (0, "")
    assert Path("c.txt").read_text() == run("compare", "a.txt", "b.txt").stdout
    assert json.loads(Path("c.json").read_text())["summary"]["documents"] == 2
    assert Path("c.svg").read_text().startswith("<svg")


def test_without_text_places_alone_are_named(run: Run) -> None:
    text = run("compare", "a.txt", "b.txt", "--no-text").stdout
    assert "council" not in text
    assert "  1  A:2  B:" in text


def test_all_shows_every_word(run: Run) -> None:
    Path("long.txt").write_text(" ".join(f"word{number}" for number in range(500)))
    assert "word250" not in run("compare", "a.txt", "long.txt").stdout
    assert "word250" in run("compare", "a.txt", "long.txt", "--all").stdout


def test_an_empty_article_is_one_too(run: Run) -> None:
    Path("empty.txt").write_text("")
    result = run("compare", "a.txt", "empty.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("A and B share no passage\n")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["a.txt"], "Missing argument 'B'"),
        (["a.txt", "a.txt"], "a.txt is named twice: name two documents"),
        (["a.txt", "./a.txt"], "a.txt and ./a.txt are the same document: name two"),
        (["t.jsonl#p", "t.jsonl#0"], "t.jsonl#p and t.jsonl#0 are the same document: name two"),
        (["a.txt", "nowhere.txt"], "nowhere.txt: there is no such file"),
        (["a.txt", "t.jsonl"], "t.jsonl holds 2 documents: name one as t.jsonl#ROW"),
        (["a.txt", "t.jsonl#7"], "no document in t.jsonl has the id or row 7"),
        (["--in", "t.jsonl", "p", "q"], "no document of t.jsonl has the id q"),
        (["a.txt", "b.txt", "--format", "pdf"], "--format pdf is not a format"),
        (["a.txt", "b.txt", "-o", "a.txt"], "--output a.txt is also read"),
        (["a.txt", "b.txt", "--threshold", "2"], "--threshold 2.0 is out of range"),
        (["a.txt", "b.txt", "-q", "-v"], "--quiet and --verbose contradict each other"),
    ],
)
def test_wrong_use_is_one_line_and_2(run: Run, arguments: list[str], reason: str) -> None:
    result = run("compare", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("dedupe: ")
    assert result.stderr.count("\n") == 1
    assert reason in result.stderr


def test_options_reach_the_audit(run: Run, fake: FakeAudit) -> None:
    run("compare", "a.txt", "b.txt", "--threshold", "0.7", DEDUPE_MIN_WORDS="20")
    assert fake.settings == Settings(threshold=0.7, min_words=20)
    assert fake.paths is not None
    assert len(fake.paths) == 2


def test_the_help_has_examples_and_panels(run: Run) -> None:
    shown = run("compare", "--help", COLUMNS="120").stdout
    assert "dedupe compare crawl.jsonl#12 crawl.jsonl#40" in shown
    for panel in ("Report", "Matching", "Input", "For experts"):
        assert f"─ {panel} ─" in shown
