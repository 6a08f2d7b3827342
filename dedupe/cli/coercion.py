"""Values of options that are what is wanted already, or nearly: taken without pydantic.

Typer has pydantic convert every value, defaults included. Importing that, and making a converter for
each option, takes as long as an audit of some files: a hook would wait for it at every commit.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_origin

_NOTHING: Final = object()


class WithoutPydantic:
    """What commands are besides: their parameters take values as they are where that is enough."""

    def get_params(self, ctx: Any) -> list[Any]:
        """All parameters, ``--help`` too."""
        found: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for each in found:
            # A version of typer that keeps no converter in this place is left as it is: it costs time.
            if getattr(each, "_runtime_param", _NOTHING) is None:
                each._runtime_param = _AsGiven(each.type_descriptor.annotation)
        return found


class _AsGiven:
    """What typer asks for the value of a parameter."""

    def __init__(self, annotation: Any) -> None:
        self._annotation = annotation

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value as the command gets it."""
        many = param.multiple or param.nargs == -1
        if value is None:
            return () if many else None
        taken = _taken(value, self._annotation)
        if taken is not _NOTHING:
            return taken
        param._runtime_param = None  # typer makes its own
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


def _taken(value: Any, kind: Any) -> Any:
    """The value as one of that kind; ``_NOTHING`` where it takes more than a look."""
    if get_origin(kind) is list and isinstance(value, list | tuple):
        every = [_taken(each, get_args(kind)[0]) for each in value]
        return _NOTHING if _NOTHING in every else every
    if get_origin(kind) is Literal:
        return value if value in get_args(kind) else _NOTHING
    if (
        kind is Path
        and isinstance(value, str)
        and (os.access(value, os.R_OK) or not os.path.lexists(value))
    ):
        return Path(value)
    if kind in (int, float) and isinstance(value, str) and _is_plain(value, point=kind is float):
        return kind(value)
    return value if type(value) is kind else _NOTHING


def _is_plain(number: str, *, point: bool) -> bool:
    """Whether a number is written with digits and perhaps a point, as everybody reads it."""
    digits = number.replace(".", "", 1) if point else number
    return digits.isascii() and digits.isdecimal()
