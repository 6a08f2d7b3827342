"""``--changed``: the whole corpus is compared, and what changed counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import dedupe
from dedupe.errors import DedupeError
from dedupe.gate.changed import corpus, documents, narrow, without_excluded
from dedupe.settings import Settings
from tests.gate.reports import found, report
from tests.prose import article
from tests.repositories import TestRepository, make_repository


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestRepository:
    made = make_repository(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


def test_the_corpus_is_what_git_tracks_and_what_changed(
    repo: TestRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("a.txt", "a")
    repo.write("deep/b.md", "b")
    repo.write("code.py", "c")
    repo.git("add", "--all")
    assert corpus(["new.txt"], Settings()) == ["a.txt", "deep/b.md", "new.txt"]
    monkeypatch.chdir(repo.root / "deep")
    assert corpus(["b.md"], Settings()) == ["../a.txt", "b.md", "b.md"]


def test_configured_paths_come_first(repo: TestRepository) -> None:
    repo.write("a.txt", "a")
    repo.git("add", "--all")
    assert corpus(["b.txt"], Settings(), ["articles"]) == ["articles", "b.txt"]


def test_what_is_excluded_is_left_out(repo: TestRepository) -> None:
    for name in ("a.txt", "drafts/b.txt", "deep/drafts/c.txt", "deep/d.txt"):
        repo.write(name, "text")
    repo.git("add", "--all")
    settings = Settings(exclude=("drafts/",))
    assert corpus([], settings) == ["a.txt", "deep/d.txt"]
    assert without_excluded(["drafts/b.txt", "deep/d.txt"], settings) == ["deep/d.txt"]


def test_without_git_and_configuration_it_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DedupeError, match="this folder is in none"):
        corpus(["a.txt"], Settings())


def test_a_changed_file_is_found_by_whatever_name(repo: TestRepository) -> None:
    repo.write("a.txt", "a")
    repo.write("deep/b.txt", "b")
    paths = ["a.txt", "deep/b.txt"]
    assert documents(paths, ["./deep/../a.txt"], Settings()) == {"a.txt"}
    assert documents(paths, [str(repo.root / "deep" / "b.txt")], Settings()) == {"deep/b.txt"}


def test_the_rows_of_a_changed_table_are_found_by_their_ids(repo: TestRepository) -> None:
    def rows(*ids: str | None) -> str:
        return "".join(f"{json.dumps({'id': name, 'text': f'text of {name}'})}\n" for name in ids)

    repo.write("a.jsonl", rows("one", "two"))
    repo.write("b.jsonl", rows("two", None, "three"))
    repo.write("c.txt", "c")
    paths = ["a.jsonl", "b.jsonl", "c.txt"]
    assert documents(paths, ["a.jsonl"], Settings()) == {"one", "two"}
    assert documents(paths, ["b.jsonl"], Settings()) == {"b.jsonl#0", "b.jsonl#1", "three"}
    assert documents(paths, ["c.txt", "a.jsonl"], Settings()) == {"one", "two", "c.txt"}


FINDINGS = (
    found("REP001", "error", text="one", documents=("a.txt",)),
    found("DUP001", "error", text="two", documents=("a.txt", "b.txt"), known=True),
    found("REU001", "warning", text="three", documents=("b.txt", "c.txt")),
    found("BPL001", "info", text="four", documents=("a.txt", "b.txt", "c.txt")),
)


def test_findings_are_kept_in_which_a_changed_document_takes_part() -> None:
    whole = report(*FINDINGS)
    narrowed = narrow(whole, {"c.txt"})
    assert [each.code for each in narrowed.findings] == ["REU001", "BPL001"]
    assert narrowed.summary.findings == {
        "repetition": 0, "reuse": 1, "near-duplicate": 0, "boilerplate": 1,
    }  # fmt: skip
    assert narrowed.severities == {"error": 0, "warning": 1, "info": 1}
    assert [len(each.findings) for each in narrowed.documents] == [1, 2, 2]
    assert narrowed.ranking == [2]
    assert narrowed.known == 0
    assert narrow(whole, {"b.txt"}).known == 1
    assert narrowed.summary.words == whole.summary.words


def test_when_all_changed_nothing_is_left_out() -> None:
    whole = report(*FINDINGS)
    narrowed = narrow(whole, {"a.txt", "b.txt", "c.txt"})
    assert list(narrowed.findings) == list(whole.findings)
    assert list(narrowed.documents) == list(whole.documents)


def test_a_real_report_stays_whole_in_itself(repo: TestRepository) -> None:
    repo.write("a.txt", article(1, 2, 1))
    repo.write("b.txt", article(3, 4, 5))
    repo.write("c.txt", article(6, 7, 8) + "\n" + article(4))
    narrowed = narrow(dedupe.audit(["a.txt", "b.txt", "c.txt"]), {"b.txt"})
    content = json.loads(narrowed.to_json())
    assert [each["code"] for each in content["findings"]] == ["REU001"]
    ids = {each["id"] for each in content["findings"]}
    assert {each for score in content["documents"] for each in score["findings"]} == ids
    assert content["notes"] == ["1 changed document: findings of others are left out"]
