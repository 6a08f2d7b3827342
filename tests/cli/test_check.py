"""``dedupe check``: quiet when clean, a few lines when not; baselines and what is allowed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.prose import article, edited, paragraph
from tests.repositories import TestRepository, make_repository

Run = Callable[..., Result]

DOUBLED = article(1, 2, 3, 2)
CLEAN = article(4, 5, 6)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    write("clean.txt", CLEAN)
    return tmp_path


def write(name: str, text: str) -> None:
    Path("articles", name).write_text(text, encoding="utf-8")


def test_it_says_nothing_when_clean(run: Run) -> None:
    result = run("check", "articles")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_it_says_where_what_and_what_to_do(run: Run) -> None:
    write("a.txt", DOUBLED)
    result = run("check", "articles")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert re.fullmatch(
        r"articles/a\.txt:7: REP001 error: repeated exactly, 60 words, also at articles/a\.txt:3 "
        r"\[[0-9a-f]{16}\]",
        first,
    )
    assert second.strip().removesuffix("...") in paragraph(2)
    assert result.stderr.splitlines() == [
        "dedupe: failed: error: 1 new finding of severity error",
        "dedupe: take the copies out; or accept all there is: "
        "dedupe check articles --write-baseline .dedupe-baseline",
        "dedupe: or allow one: its fingerprint, in brackets, and a reason in dedupe-allow.toml",
    ]


def test_quiet_leaves_the_reason(run: Run) -> None:
    write("a.txt", DOUBLED)
    result = run("check", "articles", "--quiet")
    assert result.stderr == "dedupe: failed: error: 1 new finding of severity error\n"
    assert "REP001" in result.stdout


def test_verbose_says_how_it_stands(run: Run) -> None:
    result = run("check", "articles", "--verbose", "--fail-on", "new,reuse>0.5")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        "dedupe: passed: new: no new finding",
        "dedupe: passed: reuse>0.5: reuse is 0.0, 0.5 below 0.5",
    ]


def test_a_score_that_fails_is_said_by_how_much(run: Run) -> None:
    write("a.txt", DOUBLED)
    result = run("check", "articles", "--fail-on", "redundant_fraction>=0.1")
    assert result.stdout == ""
    said = re.fullmatch(
        r"dedupe: failed: redundant_fraction>=0\.1: redundant_fraction is (\S+), (\S+) above 0\.1\n",
        result.stderr,
    )
    assert said is not None
    assert float(said[1]) == 60 / 420
    assert float(said[2]) == pytest.approx(60 / 420 - 0.1, rel=1e-2)


def test_a_report_is_written_where_it_is_asked_for(run: Run) -> None:
    write("a.txt", DOUBLED)
    as_json = run("check", "articles", "--format", "json")
    assert as_json.exit_code == 1
    content = json.loads(as_json.stdout)
    assert content["gate"] == {
        "failed": True,
        "conditions": [
            {
                "text": "error",
                "failed": True,
                "detail": "1 new finding of severity error",
                "findings": [content["findings"][0]["id"]],
            }
        ],
    }
    to_file = run("check", "articles", "-o", "report.json")
    assert (to_file.exit_code, to_file.stdout) == (1, "")
    assert json.loads(Path("report.json").read_text(encoding="utf-8")) == content
    terminal = run("check", "articles", "--format", "terminal").stdout
    assert "  failed error: 1 new finding of severity error\n" in terminal


def test_no_files_are_wrong_use_and_said_of_a_hook(run: Run) -> None:
    assert run("check").exit_code == 2
    empty = run("check", "--changed")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert empty.stderr == "dedupe: no files were given: nothing was checked\n"


def test_a_baseline_makes_known(run: Run) -> None:
    write("a.txt", DOUBLED)
    written = run("check", "articles", "--write-baseline", "known")
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr == "dedupe: 1 finding recorded in known: known from now on\n"
    assert run("check", "articles", "--baseline", "known").stderr == ""
    report = json.loads(run("audit", "articles", "--baseline", "known", "--format", "json").stdout)
    assert [each["known"] for each in report["findings"]] == [True]


def test_a_baseline_holds_no_text_and_no_path(run: Run) -> None:
    write("a.txt", DOUBLED)
    run("check", "articles", "--write-baseline", "known")
    words = set(re.findall(r"\w{4,}", DOUBLED.lower()))
    held = Path("known").read_text(encoding="ascii")
    assert words.isdisjoint(re.findall(r"[a-z]+", held))
    assert "articles" not in held


def test_an_edit_stays_known_and_a_further_copy_is_new(run: Run) -> None:
    write("a.txt", DOUBLED)
    run("check", "articles", "--write-baseline", "known")

    def code() -> int:
        return run("check", "articles", "--baseline", "known", "--fail-on", "warning").exit_code

    write("a.txt", f"{article(1, 2, 3)}\n{edited(paragraph(2), 0.1)}\n")
    assert code() == 0
    write("a.txt", f"New words before all.\n\n{article(9, 1, 2, 7, 3, 2)}")
    assert code() == 0
    write("a.txt", article(1, 2, 3, 2, 2))
    assert code() == 1
    write("a.txt", DOUBLED)
    write("b.txt", article(10, 2, 11))
    assert code() == 1


def test_an_update_drops_what_is_gone_and_adds_nothing(run: Run) -> None:
    write("a.txt", DOUBLED)
    write("b.txt", article(11, 12, 11))
    run("check", "articles", "--write-baseline", "known")
    write("b.txt", article(21, 22, 21))
    write("a.txt", f"{article(1, 2, 3)}\n{paragraph(2).replace('. ', ', ', 1)} More of it.\n")
    stale = run("audit", "articles", "--baseline", "known")
    assert "Known to the baseline: 1 finding\n  gone: repetition " in stale.stdout
    updated = run("check", "articles", "--baseline", "known", "--update-baseline")
    assert updated.exit_code == 1
    assert "dedupe: known: dropped, gone: repetition " in updated.stderr
    left = Path("known").read_text(encoding="ascii").splitlines()
    assert len(left) == 2
    again = run("check", "articles", "--baseline", "known", "--update-baseline")
    assert "known is as it should be: nothing to drop or renew" in again.stderr
    assert "gone" not in run("audit", "articles", "--baseline", "known").stdout


def test_an_update_renews_what_was_edited(run: Run) -> None:
    write("a.txt", DOUBLED)
    run("check", "articles", "--write-baseline", "known")
    new = edited(paragraph(2), 0.1)
    write("a.txt", f"{paragraph(1)}\n\n{new}\n\n{paragraph(3)}\n\n{new}\n")
    updated = run("check", "articles", "--baseline", "known", "--update-baseline")
    assert updated.exit_code == 0
    assert "dropped, edited: repetition" in updated.stderr
    assert "added, an edited one as it is now: repetition" in updated.stderr
    assert run("audit", "articles", "--baseline", "known", "--format", "json").exit_code == 0


def test_an_update_lowers_places_and_leaves_what_grew(run: Run) -> None:
    write("a.txt", article(1, 2, 3, 2, 4, 2))
    write("b.txt", article(11, 12, 11))
    run("check", "articles", "--write-baseline", "known")
    write("a.txt", DOUBLED)
    write("b.txt", article(11, 12, 11, 13, 11))
    updated = run("check", "articles", "--baseline", "known", "--update-baseline")
    assert updated.exit_code == 1
    assert "dedupe: known: 3 places before, 2 now: repetition" in updated.stderr
    lines = Path("known").read_text(encoding="ascii").splitlines()
    assert [line.split()[2] for line in lines[1:]] == ["2", "2"]


def test_a_baseline_among_the_articles_is_no_article(run: Run) -> None:
    write("a.txt", DOUBLED)
    known = "articles/baseline.txt"
    assert run("check", "articles", "--write-baseline", known).exit_code == 0
    report = json.loads(run("audit", "articles", "--baseline", known, "--format", "json").stdout)
    assert [each["id"] for each in report["documents"]] == ["articles/a.txt", "articles/clean.txt"]
    assert run("check", "articles", "--write-baseline", known).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--baseline", "gone"], "there is no baseline gone: write one with --write-baseline"),
        (["--baseline", "articles/clean.txt"], "articles/clean.txt is no baseline: one begins with"),
        (["--write-baseline", "articles/clean.txt"], "articles/clean.txt is no baseline"),
        (["--write-baseline", "articles"], "the baseline articles is a folder: name a file"),
        (["--write-baseline", "gone/known"], "cannot be written: there is no folder gone"),
        (["--update-baseline"], "--update-baseline needs the baseline to update: --baseline FILE"),
        (["--baseline", "a", "--baseline-ref", "HEAD"], "contradict each other"),
        (["--baseline", "a", "--update-baseline", "--write-baseline", "b"], "contradict each other"),
        (["--baseline-ref", "HEAD"], "--baseline-ref needs a git repository, and articles is in none"),
        (["--allow", "gone.toml"], "there is no list of allowed findings gone.toml"),
        (["--changed"], "--changed is for a git repository, and this folder is in none"),
    ],
)
def test_wrong_use_is_one_line_and_2(run: Run, arguments: list[str], reason: str) -> None:
    result = run("check", "articles", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1
    assert Path("articles/clean.txt").read_text(encoding="utf-8") == CLEAN


def test_what_is_allowed_does_not_fail(run: Run) -> None:
    write("a.txt", DOUBLED)
    name = run("check", "articles").stdout.split("[")[1].split("]")[0]
    Path("dedupe-allow.toml").write_text(
        f'[[allow]]\nreason = "a refrain"\nfingerprint = "{name}"\n'
        '[[allow]]\nreason = "not yet"\npath = "later/**"\n',
        encoding="utf-8",
    )
    assert run("check", "articles").stdout == ""
    report = json.loads(run("audit", "articles", "--format", "json").stdout)
    assert [(each["known"], each["allowed"]) for each in report["findings"]] == [(False, "a refrain")]
    assert [each["findings"] for each in report["allowed"]] == [1, 0]
    terminal = run("audit", "articles").stdout
    assert "REP001 repetition: repeated exactly (allowed)" in terminal
    assert "1 finding: entry 1: fingerprint" in terminal
    assert "not used: entry 2: path later/** (not yet)" in terminal
    # What is allowed is not in a baseline, too: each says for itself what it knows.
    run("check", "articles", "--write-baseline", "known")
    assert Path("known").read_text(encoding="ascii") == "# dedupe-baseline/1\n"


def test_the_list_is_found_in_the_folder_or_above_and_not_above_a_repository(
    run: Run, folder: Path
) -> None:
    Path("dedupe-allow.toml").write_text("nonsense", encoding="utf-8")
    assert "dedupe-allow.toml is no TOML" in run("check", "articles").stderr
    assert "dedupe-allow.toml is no TOML" in run("check", "articles/clean.txt").stderr
    make_repository(folder / "articles")
    assert run("check", "articles").exit_code == 0
    Path("articles/dedupe-allow.toml").write_text('[[allow]]\nreason = ""', encoding="utf-8")
    assert run("check", "articles/clean.txt").stderr == (
        "dedupe: articles/dedupe-allow.toml: entry 1 has no reason: "
        'say why it is allowed, reason = "..."\n'
    )


def test_without_text_the_list_of_allowed_findings_quotes_none(run: Run) -> None:
    Path("dedupe-allow.toml").write_text(
        '[[allow]]\nreason = "ours"\ntemplate = "Secret: ‹…›"\n', encoding="utf-8"
    )
    assert "Secret" not in run("audit", "articles", "--no-text", "--format", "json").stdout
    assert "Secret" not in run("audit", "articles", "--no-text").stdout


@pytest.fixture
def repo(folder: Path) -> TestRepository:
    return make_repository(folder)


def test_a_commit_is_a_baseline(run: Run, repo: TestRepository) -> None:
    write("a.txt", DOUBLED)
    repo.commit()
    assert run("check", "articles").exit_code == 1
    assert run("check", "articles", "--baseline-ref", "HEAD").exit_code == 0
    write("b.txt", article(11, 12, 11))
    result = run("check", "articles", "--baseline-ref", "main")
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.stdout.splitlines()[::2]] == ["articles/b.txt"]
    assert run("check", "articles", "--baseline-ref", "nope").stderr == (
        f"dedupe: git knows no commit nope in {repo.root.resolve()}\n"
    )
    # What was not there yet had no findings.
    assert run("check", "articles/b.txt", "--baseline-ref", "main").exit_code == 1


def test_what_changed_is_compared_with_all_that_git_tracks(run: Run, repo: TestRepository) -> None:
    write("a.txt", DOUBLED)
    write("b.txt", article(30, 31))
    repo.commit()
    assert run("check", "--changed", "articles/b.txt").stderr == ""
    write("b.txt", CLEAN)
    result = run("check", "--changed", "articles/b.txt")
    assert result.exit_code == 1
    assert result.stdout.startswith("articles/b.txt:1: DUP001 error: exact copy of a document")
    assert "a.txt" not in result.stdout
    assert run("check", "--changed", "articles/a.txt", "articles/b.txt").stdout.count("error:") == 2


def test_a_changed_file_that_cannot_be_read_is_said(run: Run, repo: TestRepository) -> None:
    Path("package.json").write_text('{"name": "x"}', encoding="utf-8")
    Path("other.json").write_text('{"name": "x"}', encoding="utf-8")
    repo.commit()
    result = run("check", "--changed", "package.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("dedupe: not checked: package.json")
    assert result.stderr.count("\n") == 1


def test_what_could_not_be_read_is_said(run: Run) -> None:
    for number in range(7):
        write(f"{number}.txt", "\0" * 9)
    result = run("check", "articles")
    assert (result.exit_code, result.stdout) == (0, "")
    first, *_, last = result.stderr.splitlines()
    assert first.startswith("dedupe: not checked: articles/0.txt: ")
    assert last == "dedupe: not checked: 2 more; --verbose lists all"
    assert run("check", "articles", "--quiet").stderr == ""
    assert run("check", "articles", "--verbose").stderr.count("skipped articles/") == 7


def test_standard_input_is_no_changed_file(run: Run) -> None:
    result = run("check", "--changed", "-")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_the_line_for_gitattributes_is_offered_until_it_is_there(run: Run, repo: TestRepository) -> None:
    offer = "echo '/.dedupe-baseline merge=union' >> .gitattributes"
    assert offer in run("check", "articles", "--write-baseline", ".dedupe-baseline").stderr
    assert not Path(".gitattributes").exists()
    repo.run("sh", "-c", offer)
    assert "gitattributes" not in run("check", "articles", "--write-baseline", ".dedupe-baseline").stderr
