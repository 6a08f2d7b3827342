"""A file named .json: lines, or objects in an array or one behind the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedupe.clean.formats import jsonl
from dedupe.clean.formats.interface import Change, Located, Range, byte_places, flat, pairs
from dedupe.clean.formats.literals import text_ranges
from dedupe.documents.jsonfile import is_lines
from dedupe.documents.objects import BrokenError, parse_at, skip_space

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe.documents.interface import Opened


class _Items(NamedTuple):
    ranges: list[Range]
    array: bool


def locate(content: bytes, opened: Opened, changes: Mapping[int, Change], /) -> Located:
    """What goes of objects, and with a whole one the comma beside it."""
    if is_lines(content):
        return jsonl.locate(content, opened, changes)
    text = content.decode()
    items = _items(text)
    last_kept = len(items.ranges) - 1
    while last_kept in changes and changes[last_kept].ranges is None:
        last_kept -= 1
    found: dict[int, list[Range]] = {}
    for row, change in changes.items():
        if row >= len(items.ranges):
            continue
        if change.ranges is None:
            found[row] = [_with_comma(items, row, last_kept)]
        else:
            ranges = text_ranges(text, items.ranges[row][0], change.ranges, opened.run.settings)
            if ranges is not None:
                found[row] = ranges
    located = Located(unsafe=set(changes) - set(found))
    # In the order of the file, so that its bytes are counted once.
    order = sorted(found, key=lambda row: found[row][0])
    places = iter(byte_places(text, flat([each for row in order for each in found[row]])))
    for row in order:
        located.ranges[row] = pairs([next(places) for _ in flat(found[row])])
    return located


def _items(text: str) -> _Items:
    """Where the values are, as far as the file is JSON."""
    at = skip_space(text, 0)
    array = text.startswith("[", at)
    if array:
        at = skip_space(text, at + 1)
    ranges: list[Range] = []
    while at < len(text) and not (array and text.startswith("]", at)):
        try:
            _, end = parse_at(text, at)
        except BrokenError:
            break
        ranges.append((at, end))
        at = skip_space(text, end)
        if array and text.startswith(",", at):
            at = skip_space(text, at + 1)
    return _Items(ranges, array)


def _with_comma(items: _Items, row: int, last_kept: int) -> Range:
    """An item and what parts it from its neighbour, so that what is left is an array again."""
    ranges = items.ranges
    if items.array and 0 <= last_kept < row:
        return ranges[row - 1][1], ranges[row][1]
    return ranges[row][0], ranges[row + 1][0] if row + 1 < len(ranges) else ranges[row][1]
