"""``dedupe config``: the settings in effect, and where each comes from."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from dedupe.cli import configuration
from dedupe.cli.configuration import Configuration
from dedupe.cli.shared import Choosing, Gating, Saying, Sharing, takes_groups

_Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH", help="What would be read: the file is found from there.", show_default=False
    ),
]
# No variable: the reports' format has one, and this is no report.
_Format = Annotated[
    Literal["terminal", "json"],
    typer.Option(
        "--format", metavar="terminal|json", help="How to show them.", rich_help_panel="Report"
    ),
]

Origin = Literal["command line", "environment", "file", "default"]
_ORIGINS: dict[str, Origin] = {
    "COMMANDLINE": "command line",
    "ENVIRONMENT": "environment",
    "DEFAULT_MAP": "file",
}


@dataclass(frozen=True, slots=True)
class _Setting:
    """One setting in effect."""

    name: str
    value: Any
    origin: Origin
    place: str | None
    """The variable, or the file."""


@takes_groups
def config(
    ctx: typer.Context,
    paths: _Paths = None,
    shown_as: _Format = "terminal",
    *,
    saying: Saying,
    gating: Gating,
    choosing: Choosing,
    sharing: Sharing,
) -> None:
    """Show the settings in effect, and where each comes from.

    The command line comes before the environment, that before the configuration file: dedupe.toml, or
    pyproject.toml with a table [tool.dedupe], in the folder of PATH or the nearest above.

    Some uses:
      dedupe config                        what a command here would do
      dedupe config articles/ --format json
      DEDUPE_THRESHOLD=0.7 dedupe config --min-words 20

    Exit codes: 0 shown, 2 wrong use.
    """
    del paths, saying, gating  # they are read from the context
    choosing.settings(sharing)  # complains of what is out of range
    found = configuration.current()
    settings = _settings(ctx, found)
    text = _as_json(found, settings) if shown_as == "json" else _as_table(found, settings)
    from dedupe.cli.output import writing_to_stdout
    from dedupe.formats.shared.visible import visible

    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    with writing_to_stdout():
        sys.stdout.write("".join(f"{visible(line, encoding)}\n" for line in text))
        sys.stdout.flush()


def _settings(ctx: typer.Context, found: Configuration) -> list[_Setting]:
    """All settings of all commands, in the order of the keys."""
    held = [_one("paths", ctx.params["paths"] or [], ctx, "paths", found)]
    others = _of_other_commands(ctx, found)
    for key in configuration.keys().values():
        if key.parameter in ctx.params and key.parameter != "paths":
            held.append(_one(key.name, ctx.params[key.parameter], ctx, key.parameter, found))
        elif key.parameter in others:
            inside = others[key.parameter]
            held.append(_one(key.name, inside.params[key.parameter], inside, key.parameter, found))
    held += [
        _Setting(f"scopes.{name}", list(patterns), "file", found.file) for name, patterns in found.scopes
    ]
    return held


def _of_other_commands(ctx: typer.Context, found: Configuration) -> dict[str, Any]:
    """A context for each parameter that only other commands have, with the value that they would see."""
    root: Any = ctx.find_root()
    contexts: dict[str, Any] = {}
    variables = {key.parameter: key.variable for key in configuration.keys().values()}
    for name, command in root.command.commands.items():
        inside = command.context_class(command, info_name=name, parent=root)
        inside.default_map = dict(found.values)
        for parameter in command.params:
            wanted = variables.get(parameter.name) is not None and parameter.envvar is not None
            if wanted and parameter.name not in ctx.params and parameter.name not in contexts:
                parameter.handle_parse_result(inside, {}, [])
                contexts[parameter.name] = inside
    return contexts


def _one(name: str, value: Any, ctx: Any, parameter: str, found: Configuration) -> _Setting:
    source = ctx.get_parameter_source(parameter)
    origin: Origin = _ORIGINS.get(source.name if source is not None else "", "default")
    variables = {key.parameter: key.variable for key in configuration.keys().values()}
    place = {"environment": variables.get(parameter), "file": found.file}.get(origin)
    return _Setting(name, _plain(value), origin, place)


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Path) else value


def _as_json(found: Configuration, settings: list[_Setting]) -> list[str]:
    shown = {
        "file": found.file,
        "settings": {
            each.name: {"value": each.value, "from": each.origin, "place": each.place}
            for each in settings
        },
    }
    return json.dumps(shown, ensure_ascii=False, indent=2).splitlines()


def _as_table(found: Configuration, settings: list[_Setting]) -> list[str]:
    rows = [("setting", "value", "from")]
    rows += [(each.name, _toml(each.value), each.place or each.origin) for each in settings]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    width = min(widths[1], 40)
    lines = [f"  {name:{widths[0]}}  {value:{width}}  {origin}".rstrip() for name, value, origin in rows]
    return [f"configuration file: {found.file or 'none'}", "", *lines]


def _toml(value: Any) -> str:
    """A value as a file would have it; a dash for none."""
    if value is None or value == []:
        return "-"
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False)
