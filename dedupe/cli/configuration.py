"""Configuration: ``[tool.dedupe]`` in pyproject.toml, or dedupe.toml, found upwards from what is read.

A key is the long name of an option that has an environment variable; what has none is asked for each
time. The command line comes before the environment, that before the file, the file before defaults.
``Configured`` is the class of commands that are configured: it reads the file before the command runs.
"""

from __future__ import annotations

import os
import re
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from inspect import signature
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from typer.core import TyperCommand

from dedupe.addresses import scheme
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import typer

FILE: Final = "dedupe.toml"
PROJECT: Final = "pyproject.toml"
_PATHS: Final = "paths"
_SCOPES: Final = "scopes"
_A_PATH: Final = ("FILE", "PATH", "DIR")
"""Metavars of options that take paths: in a file, these are relative to its folder."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a file can hold under one name."""

    name: str
    """As in a file: the option's, without its dashes."""
    parameter: str
    """What commands call it."""
    kind: Any
    """The type of its value, or of each value."""
    many: bool = False
    """Takes a list."""
    is_path: bool = False
    variable: str | None = None

    @property
    def wanted(self) -> str:
        """What its value has to be, in words."""
        if self.many:
            return "a list of strings"
        if get_origin(self.kind) is Literal:
            *others, last = map(repr, get_args(self.kind))
            return f"{', '.join(others)} or {last}"
        names = {bool: "true or false", int: "a whole number", float: "a number"}
        return names.get(self.kind, "a string")

    def takes(self, value: object) -> bool:
        """Whether a value of a file is one of those."""
        if self.many:
            return isinstance(value, list) and all(isinstance(each, str) for each in value)
        if get_origin(self.kind) is Literal:
            return value in get_args(self.kind)
        if self.kind is bool:
            return isinstance(value, bool)
        if self.kind is float:
            return isinstance(value, int | float) and not isinstance(value, bool)
        if self.kind is int:
            return isinstance(value, int) and not isinstance(value, bool)
        return isinstance(value, str)


@cache
def keys() -> dict[str, Key]:
    """All keys by name, those that several commands have once."""
    from dedupe.cli.commands import COMMANDS

    found = {_PATHS: Key(_PATHS, _PATHS, str, many=True, is_path=True)}
    for command in COMMANDS.values():
        for parameter in signature(command).parameters.values():
            key = _key_of(parameter.name, parameter.annotation)
            if key is not None:
                found.setdefault(key.name, key)
    return found


def _key_of(parameter: str, annotation: Any) -> Key | None:
    """The key of an option; None if it has none."""
    kind, *about = get_args(annotation) or (annotation,)
    option = about[0] if about else None
    variable = getattr(option, "envvar", None)
    if option is None or variable is None or parameter == "config":
        return None
    # Where types are annotated, typer holds the first name of an option as its default.
    name = max((option.default, *option.param_decls), key=len).lstrip("-")
    kinds = (
        [each for each in get_args(kind) if each is not NoneType]
        if NoneType in get_args(kind)
        else [kind]
    )
    many = get_origin(kinds[0]) is list
    kind = get_args(kinds[0])[0] if many else kinds[0]
    return Key(name, parameter, kind, many, kind is Path or option.metavar in _A_PATH, variable)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says."""

    file: str | None = None
    """Its name as shown to people; None where there is no file."""
    folder: str | None = None
    """Where it stands; None if that is the current folder."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """By parameter."""
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    used: frozenset[str] = frozenset()
    """Parameters of the command that runs which have their value from here,"""
    variables: frozenset[str] = frozenset()
    """and from the environment."""

    @property
    def paths(self) -> list[str]:
        """What is read where nothing else is named."""
        return list(self.values.get(_PATHS, ()))

    def located(self, message: str) -> str:
        """A complaint about an option, with the key of the file or the variable that is to blame."""
        for key in keys().values():
            told = (f"--{key.name} ", f"{key.name} ", f"{key.name}: ")
            if key.parameter in self.variables and message.startswith(told):
                return f"{key.variable}: {message.removeprefix('--')}"
            if key.parameter in self.used and message.startswith(told):
                return f"{self.file}: {message.removeprefix('--')}"
        return f"{self.file}: {message}" if self.scopes and message.startswith(_SCOPES) else message


_current: ContextVar[Configuration] = ContextVar("configuration", default=Configuration())  # noqa: B039


def current() -> Configuration:
    """The configuration of the command that runs."""
    return _current.get()


class Configured(TyperCommand):
    """A command that takes what is not on its line from the environment, then from a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the file that belongs to what is named on the line, then the line."""
        given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        found = Configuration()
        if not ctx.resilient_parsing and not given.get("help"):
            found = load(given.get("config") or os.environ.get("DEDUPE_CONFIG"), _named(given))
            values = dict(found.values)
            if given.get("changed"):
                values.pop(_PATHS, None)  # what changed is named, or there is nothing
            ctx.default_map = values
        rest: list[str] = super().parse_args(ctx, args)
        used, variables = (
            frozenset(name for name in ctx.params if _source(ctx, name) == source)
            for source in ("DEFAULT_MAP", "ENVIRONMENT")
        )
        found = replace(found, used=used, variables=variables)
        if _PATHS in used:
            ctx.params[_PATHS] = _not_excluded(ctx.params, found)
        ctx.meta[__name__] = found
        return rest

    def invoke(self, ctx: Any) -> Any:
        """Run it; complaints name the file where that is to blame."""
        found: Configuration = ctx.meta[__name__]
        before = _current.set(found)
        try:
            return super().invoke(ctx)
        except DedupeError as error:
            raise DedupeError(found.located(str(error))) from error
        finally:
            _current.reset(before)


def _source(ctx: typer.Context, name: str) -> str:
    source = ctx.get_parameter_source(name)
    return source.name if source is not None else ""


def _named(given: Mapping[str, Any]) -> str | None:
    """The first path on the line."""
    for name in (_PATHS, "within", "first"):
        value = given.get(name)
        if value:
            return value if isinstance(value, str) else str(next(iter(value)))
    return None


def _not_excluded(params: Mapping[str, Any], found: Configuration) -> list[str]:
    """The configured paths without those that are excluded."""
    paths: list[str] = list(params[_PATHS])
    patterns = tuple(params.get("exclude") or ())
    if not patterns:
        return paths
    from dedupe.documents.patterns import excludes

    base = found.folder if "exclude" in found.used else None
    kept = [path for path in paths if path == "-" or not excludes(path, patterns, base)]
    if paths and not kept:
        raise DedupeError(f"{found.file}: all paths are excluded: change paths, or exclude")
    return kept


def load(named: str | None, start: str | None) -> Configuration:
    """The configuration of a file, or of the first one upwards from a path that has any.

    Args:
        named: the file; None searches.
        start: where the search begins; None (or ``-``) is the current folder.

    Raises:
        DedupeError: the file cannot be read, or says what nobody understands.
    """
    if named is not None:
        path = Path(named)
        table = _table(path, _shown(path))
        if table is None:
            raise DedupeError(f"--config {named} has no table [tool.dedupe]")
        return _understood(path, table)
    for folder in _upwards(start):
        for name in (FILE, PROJECT):
            path = folder / name
            if path.is_file():
                table = _table(path, _shown(path))
                if table is not None:
                    return _understood(path, table)
    return Configuration()


def _upwards(start: str | None) -> Iterable[Path]:
    path = Path(os.path.abspath(start if start not in (None, "-") else os.curdir))
    return ([path] if path.is_dir() else []) + list(path.parents)


def _shown(path: Path) -> str:
    """A path as short as it can be."""
    return min(os.path.relpath(path), os.path.abspath(path), key=len)


def _table(path: Path, shown: str) -> dict[str, Any] | None:
    """What a file says about dedupe; None for a project file that says nothing."""
    import tomllib

    try:
        text = path.read_bytes().decode()
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DedupeError(_where(str(error), shown, text)) from error
    except UnicodeDecodeError as error:
        raise DedupeError(f"{shown} is no TOML: it is not UTF-8 text") from error
    except OSError as error:
        raise DedupeError(f"{shown} cannot be read: {error.strerror or error}") from error
    if path.name != PROJECT:
        if isinstance(found.get("tool"), dict) and "dedupe" in found["tool"]:
            raise DedupeError(f"{shown}: its keys stand by themselves, without the table [tool.dedupe]")
        return found
    tools = found.get("tool", {})
    table = tools.get("dedupe") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise DedupeError(f"{shown}: tool.dedupe takes a table: [tool.dedupe]")
    return table


def _where(message: str, shown: str, text: str) -> str:
    """A complaint of the parser, with the line where editors look for it."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", message)
    if found:
        return f"{shown}:{found[2]}: is no TOML: {found[1]} (column {found[3]})"
    return f"{shown}:{max(len(text.splitlines()), 1)}: is no TOML: {message}"


def _understood(path: Path, table: Mapping[str, Any]) -> Configuration:
    shown, known = _shown(path), keys()
    folder = os.path.dirname(os.path.abspath(path))
    values: dict[str, Any] = {}
    scopes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    given: dict[str, str] = {}
    for written, value in table.items():
        name = written.replace("_", "-")
        if name in given:
            raise DedupeError(f"{shown}: {given[name]} and {written} are the same key: leave one out")
        given[name] = written
        if name == _SCOPES:
            scopes = _scopes(value, shown)
            continue
        key = known.get(name)
        if key is None:
            raise DedupeError(
                f"{shown}: {written} is no key of dedupe{_nearest(name, [*known, _SCOPES])}"
            )
        if not key.takes(value):
            raise DedupeError(f"{shown}: {written} takes {key.wanted}, not {_toml(value)}")
        if key.is_path:
            value = [_from(folder, each) for each in value] if key.many else _from(folder, value)
        values[key.parameter] = value
    here = os.path.abspath(os.curdir)
    return Configuration(shown, None if folder == here else folder, values, scopes)


def _scopes(value: object, shown: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    wanted = "takes a table of names, each with a list of patterns"
    if not isinstance(value, dict):
        raise DedupeError(f"{shown}: scopes {wanted}, not {_toml(value)}")
    for name, patterns in value.items():
        if not isinstance(patterns, list) or not all(isinstance(each, str) for each in patterns):
            raise DedupeError(f"{shown}: scopes.{name} takes a list of strings, not {_toml(patterns)}")
    return tuple((name, tuple(patterns)) for name, patterns in value.items())


def _from(folder: str, path: str) -> str:
    """A path of a file in this folder, as the current folder sees it."""
    if path == "-" or os.path.isabs(path) or scheme(path):
        return path
    return os.path.relpath(os.path.join(folder, path))


def _nearest(name: str, known: Iterable[str]) -> str:
    found = get_close_matches(name, list(known), 1)
    return f": did you mean {found[0]}?" if found else " (dedupe config lists them)"


def _toml(value: object) -> str:
    """A value as a file has it, cut if it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    said = repr(value) if isinstance(value, str | int | float | list) else "a table"
    return said if len(said) <= 40 else f"{said[:39]}…"
