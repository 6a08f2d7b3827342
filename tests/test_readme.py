"""What the README says is so: its commands, links, options, defaults and examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main
from typer.testing import CliRunner

from dedupe.cli import configuration
from dedupe.cli.main import app
from dedupe.documents.formats import READERS
from dedupe.formats.shared.codes import CODES
from dedupe.gate import allowed
from dedupe.gate.expression import SCORES, parse
from dedupe.report import KINDS, SEVERITIES
from dedupe.settings import Settings
from tests.formats import pairs

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_it_opens_with_two_commands_that_do_all_the_set_up() -> None:
    first, second = (code.strip() for language, code in BLOCKS[:2] if language == "sh")
    assert first.startswith("python3 -m venv")
    assert first.endswith("dedupe audit seeds/")
    assert second.startswith("python3 -m venv")
    assert second.endswith("pytest")
    assert "\n" not in first + second


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    missing = [link for link in links if ":" not in link and not (ROOT / link).exists()]
    assert missing == []


def test_options_are_those_of_the_commands() -> None:
    program = typer.main.get_command(app)
    commands = [program, *program.commands.values()]  # type: ignore[attr-defined]
    parameters = [parameter for command in commands for parameter in command.params]
    options = {option for parameter in parameters for option in parameter.opts} | {"--help"}
    assert set(re.findall(r"`[^`]*?(--[a-z][a-z-]*)", README)) <= options


def test_defaults_are_those_of_the_settings() -> None:
    rows = re.findall(r"^\| `--([a-z-]+)` \| ([\d.]+) \|", README, re.MULTILINE)
    assert len(rows) == 3
    for name, value in rows:
        assert getattr(Settings(), name.replace("-", "_")) == float(value)


def test_endings_are_those_that_are_read() -> None:
    table = README.split("| ending |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\.\w+)`", table)) == set(READERS)


def test_codes_are_known() -> None:
    assert set(re.findall(r"^\| ([A-Z]{3}\d{3}) \|", README, re.MULTILINE)) <= set(CODES)


def test_conditions_are_those_that_are_taken() -> None:
    table = README.split("| condition |")[1].split("\n\n")[0]
    named = re.findall(r"`([^`]+)`", table)
    assert [each.text for each in parse(",".join(named))] == named
    assert {"new", *SEVERITIES, *KINDS} <= set(named)
    scores = README.split("The scores are ")[1].split("compared")[0]
    assert set(re.findall(r"`(\w+)`", scores)) == set(SCORES)


def test_the_list_of_allowed_findings_is_one() -> None:
    code, _ = (code for language, code in BLOCKS if language == "toml")
    assert len(allowed.parse(code, "dedupe-allow.toml").entries) == 3


def test_the_configuration_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _, code = (code for language, code in BLOCKS if language == "toml")
    Path("dedupe.toml").write_text(code, encoding="utf-8")
    found = configuration.load(None, None)
    assert found.paths == ["docs", "blog"]
    assert [name for name, _ in found.scopes] == ["german", "french", "old"]
    Settings(exclude=found.values["exclude"], scopes=found.scopes)
    parse(found.values["fail_on"])


def test_hooks_are_those_that_are_published() -> None:
    section = README.split("## As a hook")[1].split("\n## ")[0]
    published = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE)
    assert re.findall(r"^- `([\w-]+)` compares", section, re.MULTILINE) == published


def test_the_comparison_is_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("paper.txt").write_text(pairs.LEFT, encoding="utf-8")
    Path("wire.txt").write_text(pairs.RIGHT, encoding="utf-8")
    result = CliRunner().invoke(
        app, ["compare", "paper.txt", "wire.txt"], env={"COLUMNS": "80", "FORCE_COLOR": ""}
    )
    (block,) = (code for language, code in BLOCKS if language == "text")
    for part in block.strip("\n").split("\n\n"):
        assert f"{part}\n" in result.stdout


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = (code for language, code in BLOCKS if language == "python")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("One article with a few words.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
