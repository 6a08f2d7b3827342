"""What a crawl has twice by its own doing: each is said once."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from findings.corpora import line

from dedupe import audit

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "\n\n".join(line(name) for name in ("one", "two", "three"))
OTHER = "\n\n".join(line(name) for name in ("four", "five", "six"))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_rows_of_one_url_are_one_copy_that_says_so(tmp_path: Path) -> None:
    rows = [{"id": str(at), "url": "http://a.example/1", "text": TEXT} for at in range(3)]
    rows.append({"id": "9", "url": "http://a.example/2", "text": OTHER})
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (finding,) = audit(["a.jsonl"]).findings
    assert finding.code == "DUP001"
    assert finding.occurrences == 3
    assert any("http://a.example/1" in each.detail or "URL" in each.detail for each in finding.evidence)


def test_ids_used_twice_are_noted_once(tmp_path: Path) -> None:
    rows = [{"id": "same", "text": text} for text in (TEXT, OTHER, line("seven"))]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    report = audit(["a.jsonl"])
    assert [each.id for each in report.documents] == ["same", "a.jsonl#1", "a.jsonl#2"]
    assert report.notes == (
        "a.jsonl: 2 rows have an id used before; they are named a.jsonl#ROW (first: a.jsonl#1)",
    )
    assert list(report.findings) == []


def test_a_file_under_two_names_is_read_once_through_a_link_and_a_copy_otherwise(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "folder").symlink_to(".")
    report = audit(["."])
    assert [each.id for each in report.documents] == ["a.txt"]
    assert list(report.findings) == []
    os.link("a.txt", "hard.txt")
    (finding,) = audit(["."]).findings
    assert (finding.code, finding.occurrences) == ("DUP001", 2)
