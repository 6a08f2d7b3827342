"""JSON as it is written: where the value of a key is, and where in it each character is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dedupe.clean.formats.interface import Range, remaining
from dedupe.documents.columns import spellings
from dedupe.documents.objects import BrokenError, parse_at, skip_space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.settings import Settings

_PIECE: Final = re.compile(
    r'[^"\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.'
)


class _Member(NamedTuple):
    value: object
    start: int
    end: int


def text_ranges(
    text: str, start: int, ranges: Sequence[Range], settings: Settings
) -> list[Range] | None:
    """Where ranges of the document's text are in the object that starts there; None if they are not.

    Args:
        text: JSON.
        start: of an object.
        ranges: code points of the document's text, sorted and apart.
        settings: which key holds it.
    """
    member = _text_member(text, start, settings)
    if member is None:
        return None
    literal = text[member.start : member.end]
    value = member.value
    if not isinstance(value, str) or literal[:1] != '"':
        return None
    places = _places(literal, [place for each in ranges for place in each])
    if places is None:
        return None
    found = list(zip(places[::2], places[1::2], strict=True))
    try:
        left, _ = parse_at(remaining(literal, found), 0)
    except BrokenError:
        return None
    # Two halves of a pair that come together would be read as one character.
    if left != remaining(value, ranges):
        return None
    return [(member.start + low, member.start + high) for low, high in found]


def _text_member(text: str, start: int, settings: Settings) -> _Member | None:
    """The member that holds the text, found as a reader finds it: of a key twice the last."""
    members: dict[str, _Member] = {}
    at = skip_space(text, start + 1)
    while text.startswith('"', at):
        try:
            key, at = parse_at(text, at)
            at = skip_space(text, at)
            value_start = skip_space(text, at + 1)
            value, at = parse_at(text, value_start)
        except BrokenError:
            return None
        members[str(key)] = _Member(value, value_start, at)
        at = skip_space(text, at)
        if text.startswith(",", at):
            at = skip_space(text, at + 1)
    for key in spellings(members, settings)["text"]:
        if members[key].value is not None:
            return members[key]
    return None


def _places(literal: str, wanted: Sequence[int]) -> list[int] | None:
    """Where characters of a string, counted from 0 and ascending, are in its literal."""
    places: list[int] = []
    count = 0
    at = 1
    for place in wanted:
        while True:
            if place == count:
                break
            piece = _PIECE.match(literal, at)
            if piece is None:
                return None
            if literal[at] != "\\":
                held = piece.end() - at
                if place - count < held:
                    at += place - count
                    count = place
                    break
                count += held
            else:
                count += 1
            at = piece.end()
        places.append(at)
    return places
