"""Settings from files and the environment, and who comes before whom."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import Result

from dedupe.cli import configuration
from dedupe.cli.commands import COMMANDS
from dedupe.cli.main import app
from tests.prose import article
from tests.repositories import TestRepository, make_repository

from .conftest import FakeAudit

Run = Callable[..., Result]
PROGRAM: Any = typer.main.get_command(app)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, without variables of the machine."""
    monkeypatch.chdir(tmp_path)
    for key in configuration.keys().values():
        if key.variable:
            monkeypatch.delenv(key.variable, raising=False)
    monkeypatch.delenv("DEDUPE_CONFIG", raising=False)
    (tmp_path / "a.txt").write_text("An article.", encoding="utf-8")
    return tmp_path


def complaint(result: Result) -> str:
    """The one line on stderr."""
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    return line.removeprefix("dedupe: ")


class TestInput:
    def test_limits_are_a_list_and_the_line_comes_first(self, run: Run, fake: FakeAudit) -> None:
        Path("dedupe.toml").write_text('limit = ["document=1MB", "depth=9"]\nhtml = "all"\n')
        assert run("audit", "a.txt").exit_code == 0
        assert fake.settings is not None
        assert fake.settings.limits.changed == {"document": 1 << 20, "depth": 9}
        assert fake.settings.html == "all"
        assert run("audit", "a.txt", "--limit", "line=2KB", "--limit", "ratio=7").exit_code == 0
        assert fake.settings.limits.changed == {"line": 2048, "ratio": 7}
        assert run("audit", "a.txt", DEDUPE_LIMIT="line=1KB empty=5").exit_code == 0
        assert fake.settings.limits.changed == {"line": 1024, "empty": 5}

    def test_a_limit_that_is_none_names_the_file(self, run: Run) -> None:
        Path("dedupe.toml").write_text('limit = ["document=much"]\n')
        said = complaint(run("audit", "a.txt"))
        assert said.startswith("dedupe.toml: limit document=much is out of range: ")

    def test_addresses_are_no_paths_of_the_folder(self, here: Path) -> None:
        (here / "in").mkdir()
        (here / "in/dedupe.toml").write_text('paths = ["https://a.example/b.jsonl", "c.txt"]\n')
        found = configuration.load(None, "in")
        assert found.paths == ["https://a.example/b.jsonl", "in/c.txt"]


class TestFinding:
    def test_a_file_of_its_own_or_a_table_of_the_project(self, run: Run, fake: FakeAudit) -> None:
        for name, head in (("pyproject.toml", "[tool.dedupe]\n"), ("dedupe.toml", "")):
            Path(name).write_text(f"{head}threshold = 0.{len(name)}\n", encoding="utf-8")
            assert run("audit", "a.txt").exit_code == 0
            assert fake.settings is not None
            assert fake.settings.threshold == float(f"0.{len(name)}")

    def test_is_upwards_from_the_first_path_and_stops_at_the_first_file(
        self, here: Path, run: Run, fake: FakeAudit
    ) -> None:
        (here / "in/deep").mkdir(parents=True)
        (here / "in/deep/b.txt").touch()
        (here / "dedupe.toml").write_text("seed = 1\nmin-words = 20\n", encoding="utf-8")
        (here / "in/dedupe.toml").write_text("seed = 2\n", encoding="utf-8")
        # A project that says nothing about dedupe does not stop the search.
        (here / "in/deep/pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
        run("audit", "in/deep/b.txt", "a.txt")
        assert fake.settings is not None
        assert (fake.settings.seed, fake.settings.min_words) == (2, 12)
        run("audit", "a.txt", "in")
        assert (fake.settings.seed, fake.settings.min_words) == (1, 20)

    def test_a_file_may_be_named(self, run: Run, fake: FakeAudit) -> None:
        Path("dedupe.toml").write_text("seed = 1\n", encoding="utf-8")
        Path("other.toml").write_text("seed = 2\n", encoding="utf-8")
        run("audit", "a.txt", "--config", "other.toml")
        assert fake.settings is not None
        assert fake.settings.seed == 2
        run("audit", "a.txt", DEDUPE_CONFIG="other.toml")
        assert fake.settings.seed == 2

    def test_help_and_completion_do_not_read_it(self, run: Run) -> None:
        Path("dedupe.toml").write_text("nonsense", encoding="utf-8")
        assert run("audit", "--help").exit_code == 0


class TestOrder:
    def test_the_line_comes_before_the_environment_and_that_before_the_file(
        self, run: Run, fake: FakeAudit
    ) -> None:
        Path("dedupe.toml").write_text("seed = 1\nshingle = 4\nmin-words = 20\n", encoding="utf-8")
        run("audit", "a.txt", "--seed", "3", DEDUPE_SEED="2", DEDUPE_SHINGLE="5")
        assert fake.settings is not None
        assert (fake.settings.seed, fake.settings.shingle, fake.settings.min_words) == (3, 5, 20)

    def test_lists_are_not_added_up(self, run: Run, fake: FakeAudit) -> None:
        Path("dedupe.toml").write_text('exclude = ["*.md"]\n', encoding="utf-8")
        run("audit", "a.txt", "--exclude", "x", "--exclude", "y")
        assert fake.settings is not None
        assert fake.settings.exclude == ("x", "y")

    @pytest.mark.usefixtures("fake")
    def test_flags_can_be_set_and_unset(self, run: Run) -> None:
        Path("dedupe.toml").write_text('fail-on = "error"\nexit_zero = true\n', encoding="utf-8")
        assert run("audit", "a.txt").exit_code == 0
        assert run("audit", "a.txt", DEDUPE_EXIT_ZERO="0").exit_code == 1


class TestPaths:
    def test_are_read_where_none_is_named_from_the_folder_of_the_file(
        self, here: Path, run: Run, fake: FakeAudit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (here / "in").mkdir()
        (here / "dedupe.toml").write_text(
            'paths = ["docs", "a.txt"]\nagainst = ["old"]\n', encoding="utf-8"
        )
        run("audit")
        assert fake.paths == ["docs", "a.txt"]
        monkeypatch.chdir(here / "in")
        run("audit")
        assert fake.paths == ["../docs", "../a.txt"]
        assert fake.settings is not None
        assert fake.settings.against == ("../old",)
        run("audit", "../a.txt")
        assert fake.paths == ["../a.txt"]

    def test_that_are_excluded_are_not_read_unless_they_are_named(
        self, run: Run, fake: FakeAudit
    ) -> None:
        Path("dedupe.toml").write_text(
            'paths = ["a.txt", "b.md"]\nexclude = ["*.txt"]\n', encoding="utf-8"
        )
        run("audit")
        assert fake.paths == ["b.md"]
        run("audit", "a.txt")
        assert fake.paths == ["a.txt"]
        assert complaint(run("audit", "--exclude", "*")) == (
            "dedupe.toml: all paths are excluded: change paths, or exclude"
        )

    def test_without_any_there_is_nothing_to_do(self, run: Run) -> None:
        assert complaint(run("audit")).startswith("Missing argument")

    def test_patterns_are_relative_to_where_they_were_said(
        self, here: Path, run: Run, fake: FakeAudit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (here / "in").mkdir()
        (here / "dedupe.toml").write_text(
            'exclude = ["/in/x"]\n[scopes]\none = ["/in/y"]\n', encoding="utf-8"
        )
        run("audit", "a.txt")
        assert fake.settings is not None
        assert (fake.settings.exclude_base, fake.settings.scopes_base) == (None, None)
        monkeypatch.chdir(here / "in")
        run("audit", ".")
        assert (fake.settings.exclude_base, fake.settings.scopes_base) == (str(here), str(here))
        assert fake.settings.scopes == (("one", ("/in/y",)),)
        run("audit", ".", "--exclude", "/x")
        assert (fake.settings.exclude_base, fake.settings.scopes_base) == (None, str(here))


class TestComplaints:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("thresold = 1", "dedupe.toml: thresold is no key of dedupe: did you mean threshold?"),
            ("scope = 1", "dedupe.toml: scope is no key of dedupe: did you mean scopes?"),
            ("xyzzy = 1", "dedupe.toml: xyzzy is no key of dedupe (dedupe config lists them)"),
            (
                "write-baseline = 'b'",
                "dedupe.toml: write-baseline is no key of dedupe: did you mean baseline?",
            ),
            ("threshold = 'x'", "dedupe.toml: threshold takes a number, not 'x'"),
            ("threshold = true", "dedupe.toml: threshold takes a number, not true"),
            ("seed = 1.5", "dedupe.toml: seed takes a whole number, not 1.5"),
            ("no-text = 1", "dedupe.toml: no-text takes true or false, not 1"),
            ("markdown = 'x'", "dedupe.toml: markdown takes 'prose' or 'all', not 'x'"),
            ("fail-on = ['x']", "dedupe.toml: fail-on takes a string, not ['x']"),
            ("exclude = 'x'", "dedupe.toml: exclude takes a list of strings, not 'x'"),
            ("exclude = [1]", "dedupe.toml: exclude takes a list of strings, not [1]"),
            (
                "scopes = 1",
                "dedupe.toml: scopes takes a table of names, each with a list of patterns, not 1",
            ),
            ("scopes.a = 'x'", "dedupe.toml: scopes.a takes a list of strings, not 'x'"),
            (
                "min-words = 1\nmin_words = 1",
                "dedupe.toml: min-words and min_words are the same key: leave one out",
            ),
            (
                "[tool.dedupe]",
                "dedupe.toml: its keys stand by themselves, without the table [tool.dedupe]",
            ),
            ("seed = 1\nx = ]\n", "dedupe.toml:2: is no TOML: Invalid value (column 5)"),
            ("seed = 1\nx = ", "dedupe.toml:2: is no TOML: Invalid value (at end of document)"),
            (
                "threshold = 7",
                "dedupe.toml: threshold 7.0 is out of range: it takes a number above 0 and at most 1",
            ),
            ("exclude = ['!']", "dedupe.toml: exclude: '!' is no pattern of paths, as in .gitignore"),
            ("scopes.a = ['!']", "dedupe.toml: scopes.a: '!' is no pattern of paths, as in .gitignore"),
            ("fail-on = 'x'", "dedupe.toml: fail-on"),
        ],
    )
    def test_name_the_file_the_key_and_what_is_wanted(self, run: Run, text: str, said: str) -> None:
        Path("dedupe.toml").write_text(text, encoding="utf-8")
        assert complaint(run("audit", "a.txt")).startswith(said)

    def test_name_the_variable(self, run: Run) -> None:
        assert complaint(run("audit", "a.txt", DEDUPE_THRESHOLD="7")) == (
            "DEDUPE_THRESHOLD: threshold 7.0 is out of range: it takes a number above 0 and at most 1"
        )
        assert "DEDUPE_THRESHOLD" in complaint(run("audit", "a.txt", DEDUPE_THRESHOLD="x"))

    def test_blame_no_file_for_what_stands_on_the_line(self, run: Run) -> None:
        Path("dedupe.toml").write_text("threshold = 0.5", encoding="utf-8")
        assert complaint(run("audit", "a.txt", "--threshold", "7")).startswith("--threshold 7.0 is out")

    def test_a_file_that_is_named_has_to_be_one(self, run: Run) -> None:
        Path("pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
        for name, said in (
            ("gone.toml", "gone.toml cannot be read: No such file or directory"),
            ("pyproject.toml", "--config pyproject.toml has no table [tool.dedupe]"),
        ):
            assert complaint(run("audit", "a.txt", "--config", name)) == said

    def test_an_option_or_command_that_is_none_has_a_near_one(self, run: Run) -> None:
        assert "--threshold" in complaint(run("audit", "a.txt", "--thresold", "1"))
        assert "audit" in complaint(run("aduit", "a.txt"))


OPTIONS = [
    (name, parameter)
    for name in (*COMMANDS, "config")
    for parameter in PROGRAM.commands[name].params
    if parameter.param_type_name == "option" and parameter.name != "help"
]
ASKED_FOR_EACH_TIME = {
    ("check", "--changed"),
    ("check", "--diff"),
    ("clean", "--output"),
    ("clean", "--dry-run"),
    ("clean", "--restore"),
    ("config", "--format"),
}
"""What a command does, and what it writes; as are --write-baseline and --update-baseline."""


class TestEveryOption:
    @pytest.mark.parametrize(
        ("command", "parameter"), OPTIONS, ids=[f"{name} {each.name}" for name, each in OPTIONS]
    )
    def test_has_a_variable_and_a_key_of_its_name(self, command: str, parameter: Any) -> None:
        name = max(parameter.opts, key=len)
        if (command, name) in ASKED_FOR_EACH_TIME or name.endswith(
            ("write-baseline", "update-baseline")
        ):
            assert parameter.envvar is None
            return
        assert parameter.envvar == f"DEDUPE_{name.removeprefix('--').upper().replace('-', '_')}"
        if name != "--config":
            key = configuration.keys()[name.removeprefix("--")]
            assert (key.parameter, key.variable) == (parameter.name, parameter.envvar)

    @pytest.mark.parametrize("parameter", [each for _, each in OPTIONS], ids=lambda each: each.name)
    def test_says_what_it_is_for_in_a_panel(self, parameter: Any) -> None:
        assert parameter.help
        assert parameter.help.endswith((".", ".toml", "parquet")) or "Its end decides" in parameter.help
        in_none = {"--output", "--dry-run", "--restore", "--changed", "--diff"}
        assert parameter.rich_help_panel or max(parameter.opts, key=len) in in_none

    @pytest.mark.parametrize("command", [*PROGRAM.commands])
    def test_help_has_examples_and_exit_codes(self, command: str, run: Run) -> None:
        shown = run(command, "--help", COLUMNS="100").stdout
        assert "Some uses:" in shown
        assert f"dedupe {command}" in shown
        assert "Exit codes:" in shown


class TestConfig:
    def table(self, result: Result) -> dict[str, tuple[str, str]]:
        assert result.exit_code == 0
        rows = [line.split(maxsplit=1) for line in result.stdout.splitlines() if line.startswith("  ")]
        return {name: tuple(rest.rsplit("  ", 1)) for name, rest in rows}  # type: ignore[misc]

    def test_shows_what_is_in_effect_and_where_it_comes_from(self, run: Run) -> None:
        Path("dedupe.toml").write_text(
            'paths = ["a.txt"]\nmin_words = 20\ndrop = ["reuse"]\n[scopes]\nde = ["de/"]\n',
            encoding="utf-8",
        )
        result = run("config", "--seed", "7", DEDUPE_FORMAT="json")
        assert result.stdout.startswith("configuration file: dedupe.toml\n")
        shown = {
            name: (value.strip(), place.strip()) for name, (value, place) in self.table(result).items()
        }
        assert shown["paths"] == ('["a.txt"]', "dedupe.toml")
        assert shown["min-words"] == ("20", "dedupe.toml")
        assert shown["seed"] == ("7", "command line")
        assert shown["format"] == ('"json"', "DEDUPE_FORMAT")
        assert shown["threshold"] == ("0.5", "default")
        assert shown["drop"] == ('["reuse"]', "dedupe.toml")
        assert shown["scopes.de"] == ('["de/"]', "dedupe.toml")
        assert {*configuration.keys()} <= {*shown}

    def test_shows_the_same_as_json(self, run: Run) -> None:
        Path("dedupe.toml").write_text("min-words = 20\n", encoding="utf-8")
        found = json.loads(run("config", "--format", "json", DEDUPE_NO_TEXT="1").stdout)
        assert found["file"] == "dedupe.toml"
        settings = found["settings"]
        assert settings["min-words"] == {"value": 20, "from": "file", "place": "dedupe.toml"}
        assert settings["no-text"] == {"value": True, "from": "environment", "place": "DEDUPE_NO_TEXT"}
        assert settings["threshold"] == {"value": 0.5, "from": "default", "place": None}

    def test_complains_as_the_command_would(self, run: Run) -> None:
        Path("dedupe.toml").write_text("threshold = 7\n", encoding="utf-8")
        assert complaint(run("config")).startswith("dedupe.toml: threshold 7.0 is out of range")


class TestCompletion:
    def complete(self, run: Run, line: str) -> list[str]:
        result = run(
            _DEDUPE_COMPLETE="complete_bash",
            COMP_WORDS=line,
            COMP_CWORD=str(len(line.split()) - (not line.endswith(" "))),
        )
        return result.stdout.split()

    def test_of_commands_options_and_names_of_formats(self, run: Run) -> None:
        assert {"audit", "check", "config"} <= {*self.complete(run, "dedupe ")}
        assert self.complete(run, "dedupe au") == ["audit"]
        assert self.complete(run, "dedupe audit --format js") == ["json"]
        assert self.complete(run, "dedupe audit --sens") == ["--sensitivity"]
        assert self.complete(run, "dedupe audit --markdown ") == ["prose", "all"]
        assert self.complete(run, "dedupe explain DUP00") == [f"DUP00{row}" for row in range(1, 6)]

    def test_does_not_mind_a_broken_file(self, run: Run) -> None:
        Path("dedupe.toml").write_text("nonsense", encoding="utf-8")
        assert self.complete(run, "dedupe audit --format js") == ["json"]

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_can_be_shown_for_every_shell(self, run: Run, shell: str) -> None:
        result = run(_DEDUPE_COMPLETE=f"source_{shell}")
        assert "_DEDUPE_COMPLETE" in result.stdout


class TestInRepositories:
    @pytest.fixture
    def repo(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> TestRepository:
        """Two folders with an article each, the same one."""
        made = make_repository(here / "repo")
        monkeypatch.chdir(made.root)
        made.write("docs/a.md", article(1, 2))
        made.write("other/a.md", article(1, 3))
        made.commit()
        return made

    def test_what_changed_is_compared_with_the_configured_paths(
        self, repo: TestRepository, run: Run
    ) -> None:
        repo.write("docs/new.md", article(3, 4))
        check = ("check", "--changed", "docs/new.md", "--fail-on", "warning")
        assert run(*check).exit_code == 1
        repo.write("dedupe.toml", 'paths = ["docs"]\n')
        assert run(*check).exit_code == 0
        repo.write("docs/newer.md", article(2, 5))
        assert run("check", "--changed", "docs/newer.md", "--fail-on", "warning").exit_code == 1
        # Without files nothing changed, whatever is configured.
        nothing = run("check", "--changed")
        assert (nothing.exit_code, "no files were given" in nothing.stderr) == (0, True)

    def test_what_is_excluded_does_not_count_as_changed(self, repo: TestRepository, run: Run) -> None:
        repo.write("docs/CHANGELOG.md", article(1, 4))
        repo.write("dedupe.toml", 'exclude = ["CHANGELOG*"]\n')
        check = ("check", "--changed", "docs/CHANGELOG.md", "--fail-on", "warning")
        excluded = run(*check)
        assert excluded.exit_code == 0
        assert "all files that were given are excluded: nothing was checked" in excluded.stderr
        repo.git("add", "--all")
        repo.write("docs/b.md", article(4, 5))
        assert run("check", "--changed", "docs/b.md", "--fail-on", "warning").exit_code == 0

    def test_a_commit_is_read_as_the_files_are(self, repo: TestRepository, run: Run) -> None:
        repo.write("docs/de.md", article(1, 5))
        repo.write("docs/draft.md", article(1, 6))
        repo.commit()
        repo.write("dedupe.toml", 'exclude = ["/docs/draft.md"]\n[scopes]\nde = ["/docs/de.md"]\n')
        repo.write("docs/again.md", article(5, 6))
        check = ("check", ".", "--baseline-ref", "HEAD", "--fail-on", "warning")
        assert run(*check).exit_code == 0
        repo.write("dedupe.toml", 'exclude = ["/docs/draft.md"]\n')
        assert run(*check).exit_code == 1
