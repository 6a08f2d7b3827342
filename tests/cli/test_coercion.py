"""Values that are what is wanted are taken as they are; whatever else, typer converts or refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import typer
from typer.core import TyperCommand
from typer.testing import CliRunner, Result

from dedupe.cli.coercion import WithoutPydantic

Taken = dict[str, Any]


class Command(WithoutPydantic, TyperCommand):
    """As commands are."""


@pytest.fixture
def run() -> Callable[..., tuple[Result, Taken]]:
    """Runs a command with one option of each kind, as it is and as typer has it."""

    def both(*arguments: str, **variables: str) -> tuple[Result, Taken]:
        outcomes: list[tuple[Result, Taken]] = []
        for kind in (Command, TyperCommand):
            taken: Taken = {}
            app = typer.Typer()

            @app.command(cls=kind)
            def command(
                words: Annotated[list[str] | None, typer.Argument()] = None,
                name: Annotated[str | None, typer.Option(envvar="NAME")] = None,
                number: Annotated[int, typer.Option(envvar="NUMBER")] = 3,
                share: float = 0.5,
                how: Literal["low", "high"] = "low",
                file: Path | None = None,
                files: Annotated[list[Path] | None, typer.Option("--files")] = None,
                flag: bool = False,
                _taken: Annotated[Any, typer.Option(hidden=True, parser=str)] = None,
            ) -> None:
                taken.update({key: value for key, value in locals().items() if key[0] in "wnshf"})  # noqa: B023

            outcomes.append((CliRunner().invoke(app, arguments, env=variables), taken))
        ours, theirs = outcomes
        assert (ours[0].exit_code, ours[0].output) == (theirs[0].exit_code, theirs[0].output)
        assert repr(ours[1]) == repr(theirs[1])
        return ours

    return both


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["a", "b", "--name", "x", "--flag"],
        ["--number", "7", "--share", "0.25", "--how", "high"],
        ["--file", "no/such", "--files", "a", "--files", "b"],
        ["--number", "-7", "--share", "1e-3"],
        ["--number", "7.0", "--share", ".5"],
        ["--number", "٧"],
        ["--number", "seven"],
        ["--share", "much"],
        ["--how", "middling"],
        ["--help"],
    ],
)
def test_options_are_the_same_as_typer_has_them(run: Any, arguments: list[str]) -> None:
    run(*arguments)


def test_variables_are_converted_too(run: Any) -> None:
    _, taken = run(NAME="x", NUMBER="12")
    assert (taken["name"], taken["number"]) == ("x", 12)
    result, _ = run(NUMBER="twelve")
    assert result.exit_code == 2
