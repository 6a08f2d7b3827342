"""A file named .json: an array of objects, one object, several in a row, or JSON Lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dedupe.documents import jsonl
from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.feed import Feed
from dedupe.documents.interface import Opened, Rows, UnreadableError
from dedupe.documents.objects import BrokenError, Objects, parse, parse_at, skip_space

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = b" \t\r\n"


def read(opened: Opened) -> Iterator[Rows]:
    """The objects of a file, whichever way it holds them."""
    feed = Feed(opened)
    if is_lines(feed.block()):
        yield from jsonl.read(opened, feed)
    else:
        yield from _read_whole(opened, feed)


def is_lines(block: bytes) -> bool:
    """Whether one of the first two lines is an object by itself, and it is not the only line."""
    lines = [line for line in block[: 1 << 20].split(b"\n") if line.strip(_BLANK)][:2]
    return len(lines) == 2 and block.lstrip(_BLANK)[:1] == b"{" and any(map(_is_object, lines))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parse(line.decode()), dict)
    except (BrokenError, UnicodeDecodeError):
        return False


def _read_whole(opened: Opened, feed: Feed) -> Iterator[Rows]:
    data = feed.block(sys.maxsize)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not valid UTF-8: byte {error.start} is broken") from None
    feed.advance(len(data))
    items = _items(text)
    row, passed = 0, 0
    objects = Objects(opened.run.settings)
    broken = ""
    while not broken:
        try:
            value, end = next(items)
        except StopIteration:
            break
        except BrokenError as reason:
            broken = str(reason)
            break
        objects.add(value)
        if end - passed >= BATCH_BYTES:
            yield _rows(opened, objects, row, end / len(text))
            row, passed, objects = row + objects.rows, end, Objects(opened.run.settings)
    if objects.rows:
        yield _rows(opened, objects, row, 1.0)
    row += objects.rows
    if broken:
        raise UnreadableError(f"{broken}; {_count(row)} before that" if row else broken)
    if row == 0:
        raise UnreadableError("holds no rows")


def _count(items: int) -> str:
    return f"{items} item was read" if items == 1 else f"{items} items were read"


def _rows(opened: Opened, objects: Objects, row: int, share: float) -> Rows:
    if row == 0:
        objects.require()
    return Rows(
        objects.batch(),
        opened.file.path,
        opened.file.before + int(opened.file.size * share),
        opened.tally,
        first=row,
        reasons={row + at: reason for at, reason in objects.reasons.items()},
        place=lambda at: f"item {at}",
    )


def _items(text: str) -> Iterator[tuple[object, int]]:
    """The values of an array one by one, or those that stand in a row, each with where it ends.

    Raises:
        BrokenError: from there on it is not JSON.

    """
    at = skip_space(text, 0)
    if not text.startswith("[", at):
        while at < len(text):
            value, end = parse_at(text, at)
            yield value, end
            at = skip_space(text, end)
        return
    at = skip_space(text, at + 1)
    closed = text.startswith("]", at)
    while not closed:
        value, end = parse_at(text, at)
        yield value, end
        at = skip_space(text, end)
        closed = text.startswith("]", at)
        if not closed and not text.startswith(",", at):
            raise BrokenError(f"is not valid JSON: a comma or ] is missing at line {_line(text, at)}")
        if not closed:
            at = skip_space(text, at + 1)
    if skip_space(text, at + 1) < len(text):
        raise BrokenError(f"is not valid JSON: something follows the array at line {_line(text, at)}")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
