"""The options that commands share are declared once."""

from __future__ import annotations

import inspect
from dataclasses import fields

import typer.main

from dedupe.cli import shared
from dedupe.cli.main import app
from dedupe.cli.options import DEFAULTS
from dedupe.settings import Settings

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def options_of(command: str) -> list[str]:
    return [each.name for each in COMMANDS[command].params if each.name != "help"]


def test_audit_and_check_take_the_same_options_in_the_same_order() -> None:
    audit = options_of("audit")
    assert [name for name in options_of("check") if name in audit] == audit


def test_every_setting_is_an_option_with_its_default() -> None:
    groups = (shared.Choosing, shared.Sharing)
    chosen = {each.name: each.default for group in groups for each in fields(group)}
    in_files_alone = {"scopes", "scopes_base", "exclude_base"}
    settings = {each.name: getattr(DEFAULTS, each.name) for each in fields(Settings)}
    settings["limit"] = settings.pop("limits").changed or ()  # one option, given by name
    # An option that may be repeated is None where it is not given.
    assert chosen == {
        name: None if value == () else value
        for name, value in settings.items()
        if name not in in_files_alone
    }


def test_a_group_is_its_options_for_the_command_line_and_itself_for_the_command() -> None:
    @shared.takes_groups
    def command(name: str, saying: shared.Saying, *, last: int = 3) -> int:
        """What it does."""
        given.append((name, saying, last))
        return 7

    given: list[object] = []
    assert list(inspect.signature(command).parameters) == ["name", "quiet", "verbose", "last", "config"]
    assert command.__doc__ == "What it does."
    assert command(name="a", quiet=True, verbose=False, last=4) == 7
    assert given == [("a", shared.Saying(quiet=True, verbose=False), 4)]
