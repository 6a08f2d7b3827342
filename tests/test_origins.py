"""Rows of tables are known by file and line, whatever their ids are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.report import Origin

LINES = [
    {"id": "one", "text": "A text."},
    {"text": "Another."},
    {"text": None},
    {"id": "four", "text": "B."},
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_blank_lines_and_rows_without_text_are_counted() -> None:
    Path("a.jsonl").write_text("\n\n".join(map(json.dumps, LINES)) + "\n", encoding="utf-8")
    assert dict(audit(["a.jsonl"]).origins) == {
        "one": Origin("a.jsonl", 0, 1),
        "a.jsonl#1": Origin("a.jsonl", 1, 3),
        "four": Origin("a.jsonl", 3, 7),
    }


def test_a_record_of_csv_begins_where_its_first_cell_does() -> None:
    Path("a.csv").write_text('id,text\n1,"two\nlines"\n\n2,one\n3,three\n', encoding="utf-8")
    found = audit(["a.csv"]).origins
    assert [found[name].line for name in "123"] == [2, 5, 6]


def test_rows_that_are_no_lines_have_none() -> None:
    Path("a.json").write_text(json.dumps(LINES), encoding="utf-8")
    assert audit(["a.json"]).origins["four"] == Origin("a.json", 3, None)


def test_files_and_documents_are_no_rows() -> None:
    Path("a.txt").write_text("A text.", encoding="utf-8")
    assert dict(audit(["a.txt"]).origins) == {}
    assert dict(audit([Document("one", "A text.")]).origins) == {}


def test_an_archive_has_its_own() -> None:
    for name in ("new", "old"):
        rows = [{"id": f"{name} {row}", "text": f"Text {row}."} for row in range(2)]
        Path(f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    Path("note.txt").write_text("A text.", encoding="utf-8")
    found = audit(["new.jsonl", "note.txt"], Settings(against=("old.jsonl",))).origins
    assert found["new 1"] == Origin("new.jsonl", 1, 2)
    assert found["old 0"] == Origin("old.jsonl", 0, 1)
    assert "note.txt" not in found
    assert len(found) == len(list(found)) == 4
