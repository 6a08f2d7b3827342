"""What git knows of a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedupe.errors import DedupeError
from dedupe.git import repository
from tests.repositories import TestRepository, make_repository


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestRepository:
    made = make_repository(tmp_path / "repo")
    monkeypatch.chdir(made.root)
    return made


def test_no_repository_is_none(tmp_path: Path) -> None:
    assert repository(str(tmp_path)) is None


def test_it_is_found_from_a_path_that_is_gone(repo: TestRepository) -> None:
    found = repository("articles/deep/gone.txt")
    assert found is not None
    assert Path(found.root) == repo.root.resolve()


def test_tracked_articles_also_before_the_first_commit(repo: TestRepository) -> None:
    names = [
        "b.txt",
        "a.md",
        "deep/ä ö.txt",
        ".hidden/c.txt",
        ".d.md",
        "code.py",
        "rows.jsonl",
        "gone.txt",
    ]
    for name in names:
        repo.write(name, "An article.")
    repo.git("add", "--all")
    repo.write("untracked.txt", "An article.")
    (repo.root / "gone.txt").unlink()
    found = repository()
    assert found is not None
    assert found.tracked() == ["a.md", "b.txt", "deep/ä ö.txt", "rows.jsonl"]
    repo.git("commit", "--quiet", "--message", "First")
    assert found.tracked() == ["a.md", "b.txt", "deep/ä ö.txt", "rows.jsonl"]


def test_a_commit_is_written_without_a_checkout(repo: TestRepository, tmp_path: Path) -> None:
    for name, text in {
        "articles/a.txt": "before",
        "articles/.gitignore": "draft*",
        "articles/code.py": "no article",
        "articles/line\r\nends.txt": "one\r\ntwo\r\n",
        "named.xyz": "named",
        "other/b.txt": "elsewhere",
    }.items():
        repo.write(name, text)
    repo.write("articles/.gitattributes", "* export-ignore export-subst text\n")
    repo.commit()
    repo.write("articles/a.txt", "after")
    repo.git("rm", "--quiet", "--cached", "named.xyz")
    found = repository()
    assert found is not None
    target = tmp_path / "there"
    there = found.export("HEAD", ["articles", "named.xyz", "./gone"], str(target))
    assert there == [str(target / "articles"), str(target / "named.xyz")]
    files = {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*.*")}
    assert files.pop("articles/.gitignore") == b"draft*"
    assert files.pop("articles/a.txt") == b"before"
    assert files.pop("named.xyz") == b"named"
    assert [path.rpartition(".")[2] for path in files] == ["txt"]
    assert (repo.root / "articles" / "a.txt").read_text() == "after"
    assert "rm" not in repo.git("status", "--short", "articles")


def test_paths_are_names_not_patterns(repo: TestRepository, tmp_path: Path) -> None:
    repo.write("a.txt", "a")
    repo.write("[ab]*.txt", "brackets")
    repo.commit()
    found = repository()
    assert found is not None
    found.export("HEAD", ["[ab]*.txt"], str(tmp_path / "there"))
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["[ab]*.txt"]


@pytest.mark.parametrize("revision", ["nothing", "--all", "HEAD~7", "HEAD:a.txt", ""])
def test_what_is_no_commit_is_said(repo: TestRepository, tmp_path: Path, revision: str) -> None:
    repo.write("a.txt", "a")
    repo.commit()
    found = repository()
    assert found is not None
    with pytest.raises(DedupeError, match="git knows no commit"):
        found.export(revision, ["a.txt"], str(tmp_path / "there"))


def test_a_path_outside_is_said(repo: TestRepository) -> None:
    found = repository()
    assert found is not None
    with pytest.raises(DedupeError, match="is outside of the git repository"):
        found.inside("../elsewhere.txt")
    assert found.inside(str(repo.root / "..named" / "a.txt")) == "..named/a.txt"


def test_a_merge_by_union_is_seen(repo: TestRepository) -> None:
    found = repository()
    assert found is not None
    assert not found.merges_by_union("deep/.dedupe-baseline")
    repo.write(".gitattributes", "/deep/.dedupe-baseline merge=union\n")
    assert found.merges_by_union("deep/.dedupe-baseline")


def test_no_git_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DedupeError, match="git is not installed"):
        repository(str(tmp_path))
