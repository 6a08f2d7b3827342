"""A file named .json: an array of objects, one object, several in a row, or JSON Lines.

Of an array as much is in memory as its longest item takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.documents import jsonl
from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.feed import Feed
from dedupe.documents.interface import Opened, Rows, UnreadableError, too_long
from dedupe.documents.objects import BrokenError, Objects, parse, parse_at, skip_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.limits import Limits

_BLANK = b" \t\r\n"


def read(opened: Opened) -> Iterator[Rows]:
    """The objects of a file, whichever way it holds them."""
    feed = Feed(opened, skip_long=True)
    if is_lines(feed.peek()):
        yield from jsonl.read(opened, feed)
    else:
        feed.without_lines()
        yield from _read_values(opened, feed)


def is_lines(block: bytes) -> bool:
    """Whether one of the first two lines is an object by itself, and it is not the only line."""
    lines = [line for line in block[: 1 << 20].split(b"\n") if line.strip(_BLANK)][:2]
    return len(lines) == 2 and block.lstrip(_BLANK)[:1] == b"{" and any(map(_is_object, lines))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(parse(line.decode("utf-8", "replace")), dict)
    except BrokenError:
        return False


def _read_values(opened: Opened, feed: Feed) -> Iterator[Rows]:
    text = _Text(feed, opened.run.settings.limits)
    items = text.items()
    row, passed = 0, 0
    objects = Objects(opened.run.settings)
    broken = ""
    while not broken:
        try:
            value = next(items)
        except StopIteration:
            break
        except BrokenError as reason:
            broken = str(reason)
            break
        objects.add(value)
        if text.passed - passed >= BATCH_BYTES:
            yield _rows(opened, objects, row, feed.done)
            row, passed, objects = row + objects.rows, text.passed, Objects(opened.run.settings)
    if objects.rows:
        yield _rows(opened, objects, row, feed.done)
    row += objects.rows
    if broken:
        raise UnreadableError(f"{broken}; {_count(row)} before that" if row else broken)
    if row == 0:
        raise UnreadableError("holds no rows")


def _count(items: int) -> str:
    return f"{items} item was read" if items == 1 else f"{items} items were read"


def _rows(opened: Opened, objects: Objects, row: int, done: int) -> Rows:
    if row == 0:
        objects.require()
    return Rows(
        objects.batch(),
        opened.file.path,
        done,
        opened.tally,
        first=row,
        reasons={row + at: reason for at, reason in objects.reasons.items()},
        place=lambda at: f"item {at}",
    )


class _Text:
    """What of a file is not parsed yet: as much of it as the value at hand takes."""

    def __init__(self, feed: Feed, limits: Limits) -> None:
        self._feed = feed
        self._limits = limits
        self._text = ""
        self._at = 0
        self._ended = False
        self._trouble = ""
        """Why the file ends before its end."""
        self._lines = 0
        self._columns = 0
        self._bytes = 0
        self.passed = 0
        """Characters that are parsed."""

    def items(self) -> Iterator[object]:
        """The values of an array one by one, or those that stand in a row.

        Raises:
            BrokenError: from there on it is not JSON.

        """
        try:
            yield from self._items()
        except BrokenError:
            if self._trouble:
                raise BrokenError(self._trouble) from None
            raise
        if self._trouble:
            raise BrokenError(self._trouble)

    def _items(self) -> Iterator[object]:
        if not self._takes("["):
            while self._more_than_space():
                yield self._value()
            return
        closed = self._takes("]")
        while not closed:
            yield self._value()
            closed = self._takes("]")
            if not closed and not self._takes(","):
                raise BrokenError(f"is not valid JSON: a comma or ] is missing at line {self._line}")
        line = self._line
        if self._more_than_space():
            raise BrokenError(f"is not valid JSON: something follows the array at line {line}")

    @property
    def _line(self) -> int:
        return self._lines + self._text.count("\n", 0, self._at) + 1

    def _takes(self, sign: str) -> bool:
        """Pass over a sign, if it comes next."""
        if not self._more_than_space() or not self._text.startswith(sign, self._at):
            return False
        self._at += 1
        return True

    def _more_than_space(self) -> bool:
        """Whether anything follows but space, which is passed over."""
        while True:
            self._at = skip_space(self._text, self._at)
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def _value(self) -> object:
        self._more_than_space()
        while True:
            try:
                value, end = parse_at(
                    self._text, self._at, self._limits.depth, self._lines, self._columns
                )
            except BrokenError:
                # Broken, or not all there yet.
                if len(self._text) - self._at > self._limits.line:
                    raise BrokenError(f"has an item that {too_long(self._limits)}") from None
                if not self._more():
                    raise
                continue
            if end < len(self._text) or not self._more():
                if end - self._at > self._limits.line:
                    raise BrokenError(f"has an item that {too_long(self._limits)}")
                self.passed += end - self._at
                self._at = end
                return value

    def _more(self) -> bool:
        """Take in as much again as there is of the value at hand; whether anything came."""
        pieces: list[bytes] = []
        missing = max(len(self._text) - self._at, 1)
        while missing > 0 and not self._ended:
            try:
                piece = self._feed.block()
            except UnreadableError as error:
                self._trouble, piece = str(error), b""
            self._ended = not piece
            self._feed.advance(len(piece), 0)
            pieces.append(piece)
            missing -= len(piece)
        data = b"".join(pieces)
        if not data:
            return False
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self._ended = True
            self._trouble = f"is not valid UTF-8: byte {self._bytes + error.start} is broken"
            text = data[: error.start].decode()
        self._bytes += len(data)
        passed = self._text[: self._at]
        self._lines += passed.count("\n")
        self._columns = self._columns * ("\n" not in passed) + len(passed) - passed.rfind("\n") - 1
        self._text = self._text[self._at :] + text
        self._at = 0
        return True
