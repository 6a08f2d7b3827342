"""The hooks, run by pre-commit itself in real repositories."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from dedupe.documents.formats import READERS
from tests.prose import article, edited, paragraph
from tests.repositories import TestRepository, make_repository

ROOT = Path(__file__).resolve().parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def hook(name: str) -> dict[str, str]:
    """What the published hook of this name says: a mapping of plain strings."""
    text = HOOKS.read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"^[ -] (\w+): (.*)$", each, re.MULTILINE))
        for each in re.split(r"^(?=- )", text, flags=re.MULTILINE)
    ]
    (found,) = (block for block in blocks if block.get("id") == name)
    return found


def install(repo: TestRepository, name: str, *arguments: str) -> None:
    """Install a hook as it is published, but with the dedupe that is under test."""
    published = hook(name)
    repo.write(
        ".pre-commit-config.yaml",
        json.dumps(
            {
                "repos": [
                    {
                        "repo": "local",
                        "hooks": [
                            {
                                **published,
                                "require_serial": published["require_serial"] == "true",
                                "language": "system",
                                "args": list(arguments),
                            }
                        ],
                    }
                ]
            }
        ),
    )
    repo.run("pre-commit", "install")


@pytest.fixture
def repo(tmp_path: Path) -> TestRepository:
    made = make_repository(tmp_path / "repo")
    made.environment["PRE_COMMIT_HOME"] = str(tmp_path / "pre-commit")
    return made


@pytest.mark.parametrize("name", ["dedupe", "dedupe-files"])
def test_hooks_take_what_is_read_and_nothing_else(name: str) -> None:
    files = re.compile(hook(name)["files"])
    # Hooks are installed without extras.
    endings = [ending for ending in READERS if ending not in (".html", ".htm", ".warc", ".wet")]
    assert all(
        files.search(f"articles/a{ending}") for ending in [*endings, ".TXT", ".jsonl.gz", ".md.zst"]
    )
    assert not any(files.search(each) for each in ("a.py", "a.txt.orig", "txt", "a.html", ".gitignore"))


def test_the_hook_through_the_life_of_a_repository(repo: TestRepository) -> None:
    """Before the first commit, with a baseline, after edits."""
    install(repo, "dedupe", "--baseline", ".dedupe-baseline")
    repo.write(".dedupe-baseline", "")
    repo.write("articles/a.md", article(1, 2, 3))
    repo.write("articles/b.md", article(4, 5, 6))
    repo.commit()

    # A block that stands twice is stopped, with its place and what to do.
    repo.write("articles/a.md", article(1, 2, 3, 2))
    stopped = repo.commit(check=False)
    assert stopped.returncode == 1
    said = stopped.stdout + stopped.stderr
    assert re.search(r"^articles/a\.md:7: REP001 error: .*also at articles/a\.md:3 \[\w+\]$", said, re.M)
    assert "failed: error: 1 new finding of severity error" in said
    assert len(said.splitlines()) < 12

    # With a baseline that knows it, it passes.
    repo.run("dedupe", "check", "articles", "--write-baseline", ".dedupe-baseline")
    repo.commit()

    # An edit elsewhere, and an edit of the block, pass.
    repo.write("articles/b.md", article(4, 7, 6))
    repo.commit()
    repo.write("articles/a.md", f"A new lead.\n\n{article(1, 2, 8)}\n{edited(paragraph(2), 0.1)}\n")
    repo.commit()

    # A third copy is stopped, here and in another article.
    repo.write("articles/a.md", article(1, 2, 3, 2, 9, 2))
    assert repo.commit(check=False).returncode == 1
    repo.write("articles/a.md", article(1, 2, 3, 2))
    repo.write("articles/c.md", article(4, 7, 6))
    stopped = repo.commit(check=False)
    assert stopped.returncode == 1
    assert "articles/c.md:1: DUP001 error: exact copy of a document" in stopped.stdout + stopped.stderr
    assert "articles/a.md:" not in stopped.stdout + stopped.stderr

    # What is staged counts, not what lies about.
    repo.write("articles/c.md", article(10, 11))
    repo.git("add", "--all")
    repo.write("articles/c.md", article(10, 11, 10))
    repo.run("git", "commit", "--quiet", "--message", "Staged")
    assert repo.git("show", "HEAD:articles/c.md") == article(10, 11)


def test_the_hook_stops_the_first_commit(repo: TestRepository) -> None:
    install(repo, "dedupe")
    repo.write("a.txt", article(1, 2))
    repo.write("b.txt", article(1, 2))
    assert repo.commit(check=False).returncode == 1
    repo.git("rm", "--quiet", "--cached", "b.txt")
    repo.run("git", "commit", "--quiet", "--message", "First")


def test_what_was_wrong_before_stops_nobody_else(repo: TestRepository) -> None:
    repo.write("old.txt", article(1, 2, 1))
    repo.commit()
    install(repo, "dedupe")
    repo.write("new.txt", article(3, 4))
    repo.commit()
    repo.write("old.txt", article(1, 2, 1, 5))
    assert repo.commit(check=False).returncode == 1


def test_nothing_to_do_with_articles_is_not_looked_at(repo: TestRepository) -> None:
    install(repo, "dedupe")
    repo.write("code.py", "print()")
    assert "no files to check" in repo.commit().stderr


def test_the_files_hook_looks_at_what_changed_alone(repo: TestRepository) -> None:
    repo.write("old.txt", article(1, 2))
    repo.commit()
    install(repo, "dedupe-files")
    repo.write("copy.txt", article(1, 2))
    repo.commit()
    repo.write("copy.txt", article(1, 2, 1))
    assert repo.commit(check=False).returncode == 1


def test_pre_commit_installs_it_from_a_repository(repo: TestRepository, tmp_path: Path) -> None:
    """With ``try-repo``: the project as somebody gets it who names its address."""
    project = make_repository(tmp_path / "project")
    for name in ("dedupe", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source, target = ROOT / name, project.root / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    project.commit()
    repo.write("a.txt", article(1, 2, 3, 2))
    repo.git("add", "--all")
    command = ("pre-commit", "try-repo", str(project.root), "--all-files", "--verbose")
    done = repo.run(*command, check=False)
    assert done.returncode == 1, done.stderr
    failed = re.findall(r"^- hook id: (\S+)\n- duration: .*\n- exit code: 1$", done.stdout, re.M)
    assert failed == ["dedupe", "dedupe-files"]
    assert done.stdout.count("a.txt:7: REP001 error: repeated exactly, 60 words, also at a.txt:3 [") == 2
    assert str(Path(sys.prefix)) not in done.stdout
