"""Rows from JSON values that are already parsed: the plain path, and the one that rules."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from dedupe.documents.columns import ROLES, require, set_name, spellings
from dedupe.documents.interface import loose
from dedupe.documents.problems import one_line
from dedupe.documents.strings import text_array

if TYPE_CHECKING:
    import pyarrow as pa

    from dedupe.settings import Settings

_PLANS = 1000
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
# Python refuses whole numbers of more than 4300 digits, JSON does not.
_DECODER_OF_LONG_NUMBERS = json.JSONDecoder(parse_int=str)
_KINDS = {bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "an object"}


class BrokenError(Exception):
    """A line that is no JSON value; the message says why."""


class Objects:
    """Collects objects and makes a batch of them.

    A role is held by the first of its keys that is there and not null. The text has to be a string;
    of the others, numbers are written out, and what is neither is left out.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        named = {role: set_name(role, settings) for role in ROLES}
        self._paths = {role: name for role, name in named.items() if name and "." in name}
        self._plans: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self._values: dict[str, list[str | None]] = {role: [] for role in ROLES}
        self.reasons: dict[int, str] = {}
        """Why a row is no document."""
        self.keys: dict[str, None] = {}
        """Every key there is, in order of appearance."""
        self.rows = 0

    def add(self, value: object) -> None:
        """One row; without an object, it is none and says why."""
        if not isinstance(value, dict):
            return self.fail(f"is {_kind(value)}, not an object")
        plan = self._plan(tuple(value))
        for role, keys in plan.items():
            key, found = "", None
            for key in keys:
                found = value[key]
                if found is not None:
                    break
            if found is None and role in self._paths:
                key, found = self._inside(value, self._paths[role])
            if found is not None and not isinstance(found, str):
                if role == "text":
                    self.reasons[self.rows] = f"has no text: its {key} is {_kind(found)}"
                found = None if role == "text" else written_out(found)
            self._values[role].append(found)
        self.rows += 1
        return None

    def _inside(self, value: object, path: str) -> tuple[str, object]:
        """What stands at ``a.b``: under the key ``b`` of the object under ``a``."""
        for key in path.split("."):
            if not isinstance(value, dict) or key not in value:
                return path, None
            value = value[key]
        self.keys[path] = None
        return path, value

    def fail(self, reason: str) -> None:
        """A row that is no document."""
        for values in self._values.values():
            values.append(None)
        self.reasons[self.rows] = reason
        self.rows += 1

    def require(self) -> None:
        """See that some object has a text key, and each key the settings name.

        Raises:
            UnreadableError: none has.

        """
        if self.keys:
            require(self.keys, spellings(self.keys, self._settings), self._settings)

    def batch(self) -> pa.RecordBatch:
        """The rows so far, of LOOSE."""
        return loose({role: text_array(values) for role, values in self._values.items()}, self.rows)

    def _plan(self, keys: tuple[str, ...]) -> dict[str, list[str]]:
        """Where the roles are in an object of these keys; most objects of a file have the same."""
        plan = self._plans.get(keys)
        if plan is None:
            if len(self._plans) >= _PLANS:
                self._plans.clear()
            plan = self._plans[keys] = spellings(keys, self._settings)
            self.keys.update(dict.fromkeys(keys))
        return plan


def parse(line: str, deepest: int | None = None) -> object:
    """The one JSON value a line holds.

    Raises:
        BrokenError: it does not hold one, or one with more in each other than ``deepest``.

    """
    value, end = parse_at(line, skip_space(line, 0), deepest)
    if skip_space(line, end) < len(line):
        raise BrokenError(f"is not valid JSON: something follows its value at column {end + 1}")
    return value


def parse_at(
    text: str, start: int, deepest: int | None = None, lines: int = 0, columns: int = 0
) -> tuple[object, int]:
    """The JSON value that starts there, and where it ends.

    Args:
        text: JSON, and whatever follows.
        start: where in it.
        deepest: how many objects and lists may be in each other.
        lines: line ends before the text, for messages,
        columns: and characters between the last of them and the text.

    Raises:
        BrokenError: none does.

    """
    for decoder in (_DECODER, _DECODER_OF_LONG_NUMBERS):
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            line = lines + error.lineno
            where = f"column {columns + error.colno}" if line == 1 else f"line {line}"
            raise BrokenError(f"is not valid JSON: {one_line(error.msg)} at {where}") from None
        except RecursionError:
            raise BrokenError("is nested too deep") from None
        except ValueError:
            continue
        if deepest is not None and text.count("{", start, end) + text.count("[", start, end) > deepest:
            _check_depth(value, deepest)
        return value, end
    raise AssertionError("strings take numbers of any length")


def _check_depth(value: object, deepest: int) -> None:
    """See that no more objects and lists are in each other.

    Raises:
        BrokenError: there are.
    """
    inside = [value]
    for _ in range(deepest):
        further: list[object] = []
        for held in inside:
            within = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
            further += [each for each in within if isinstance(each, dict | list)]
        if not further:
            return
        inside = further
    raise BrokenError(f"is nested too deep: more than {deepest} levels (--limit depth=N)")


def skip_space(text: str, start: int) -> int:
    """Where the next character is that is no JSON white space."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


def written_out(value: object) -> str | None:
    """A number or truth value as JSON writes it; else None."""
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return json.dumps(value)
    return None


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null" if value is None else "a string")
