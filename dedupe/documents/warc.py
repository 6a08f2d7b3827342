"""WARC and WET: a row is a record that can hold a text: a page, a plain text, a conversion.

Rows are counted over the records of these kinds alone, those that hold no text included; requests,
metadata and what only says that nothing has changed are passed over. The record's address and date are
its url and date. What finds records is warcio (the extra ``web``).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dedupe.documents import page
from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.interface import Opened, Rows, UnreadableError, loose, too_large
from dedupe.documents.problems import one_line
from dedupe.documents.strings import text_array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_KINDS: Final = ("response", "resource", "conversion")
_PAGES: Final = ("text/html", "application/xhtml+xml")
_CUT: Final = "is cut short"
_MANY: Final = 1 << 10
_LONGEST_LINE: Final = 1 << 20


class _Record(NamedTuple):
    """One row."""

    text: str | None
    reason: str
    title: str | None = None
    url: str | None = None
    date: str | None = None


class _NoTextError(Exception):
    """A record that is no document; the message says why."""


def read(opened: Opened) -> Iterator[Rows]:
    """The rows of an archive."""
    held: list[_Record] = []
    first, size = 0, 0
    encodings: set[str] = set()
    stream = _Counted(opened.stream)
    trouble: UnreadableError | None = None
    records = _records(opened, stream, encodings)
    while trouble is None:
        try:
            record = next(records, None)
        except UnreadableError as error:
            record, trouble = None, error
        if record is not None:
            held.append(record)
            size += len(record.text or "")
        if held and (record is None or size >= BATCH_BYTES or len(held) >= _MANY):
            yield _rows(opened, held, first, opened.done(stream.count))
            first, held, size = first + len(held), [], 0
        if record is None:
            break
    for encoding in sorted(encodings):
        opened.run.encodings.note(opened.file.path, f"{encoding}, in a part of its records")
    if trouble is not None:
        raise trouble
    if first == 0:
        raise UnreadableError("holds no records with a text")


def _rows(opened: Opened, held: list[_Record], first: int, done: int) -> Rows:
    columns = {
        name: text_array([getattr(record, name) for record in held])
        for name in ("text", "title", "url", "date")
    }
    reasons = {first + at: record.reason for at, record in enumerate(held) if record.text is None}
    return Rows(
        loose(columns, len(held)),
        opened.file.path,
        done,
        opened.tally,
        first=first,
        reasons=reasons,
        place=lambda at: f"record {at}",
    )


def _records(opened: Opened, stream: _Counted, encodings: set[str]) -> Iterator[_Record]:
    """The records of the kinds that hold texts.

    Raises:
        UnreadableError: from there on it is no archive, or is cut short.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        raise UnreadableError(page.MISSING) from None
    logging.getLogger("warcio").addHandler(logging.NullHandler())  # or it would be printed, too
    number = 0
    try:
        archive = ArchiveIterator(stream)
        archive.INC_RECORD = ""  # it would be printed
        archive.reader.readline = _short_lines(archive.reader.readline)
        for record in archive:
            if not record.rec_type:
                raise UnreadableError(_after(number, _CUT))
            if record.rec_type in _KINDS and record.rec_headers is not None:
                yield _one(opened, record, encodings)
                number += 1
            _pass_over(record)
            if getattr(record.raw_stream, "limit", 0) > 0:
                raise UnreadableError(_after(number, _CUT))
    except UnreadableError:
        raise
    except OSError as error:
        if error.errno:
            raise
        raise UnreadableError(_after(number, f"is broken: {one_line(error)}")) from None
    except Exception as error:  # what warcio meets in an archive that is none, it raises as it comes
        raise UnreadableError(_after(number, f"is no WARC: {one_line(error)}")) from None


def _short_lines(readline: Callable[..., bytes]) -> Callable[..., bytes]:
    """The same, but for lines that no header has: warcio would put them together piece by piece."""

    def read(length: int | None = None) -> bytes:
        line = readline(min(length or _LONGEST_LINE, _LONGEST_LINE))
        if len(line) >= _LONGEST_LINE:
            raise UnreadableError("is no WARC: a line of a header does not end")
        return line

    return read


def _after(number: int, what: str) -> str:
    return f"{what} after record {number - 1}" if number else what


def _pass_over(record: Any) -> None:
    """Read what is left of a record, and keep nothing of it."""
    while record.raw_stream.read(1 << 16):
        pass


def _one(opened: Opened, record: Any, encodings: set[str]) -> _Record:
    url = record.rec_headers.get_header("WARC-Target-URI")
    date = record.rec_headers.get_header("WARC-Date")
    about = {"url": url.strip("<> ") if url else None, "date": date}
    try:
        found = _text(opened, record)
    except (_NoTextError, UnreadableError) as reason:
        return _Record(None, str(reason), **about)
    if found.encoding:
        encodings.add(found.encoding)
    return _Record(found.text, "", found.title, **about)


def _text(opened: Opened, record: Any) -> page.Page:
    """What a record says.

    Raises:
        _NoTextError: it is of another kind, or what the server said instead.
        UnreadableError: it cannot be read.
    """
    settings = opened.run.settings
    headers = record.http_headers
    if headers is not None and (status := headers.get_statuscode()) and not status.startswith("2"):
        raise _NoTextError(f"is an answer with status {one_line(status, 20)}")
    kind, charset = _kind(record)
    if kind not in (*_PAGES, "text/plain"):
        raise _NoTextError(f"holds {one_line(kind, 60) or 'nobody says what'}, not text")
    limits = settings.limits
    data = _content(record, limits.document + 1)
    if len(data) > limits.document:
        raise _NoTextError(too_large(limits))
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise _NoTextError(_CUT)
    if not data.strip():
        raise _NoTextError("has no text")
    if kind in _PAGES:
        return page.read(data, settings, charset)
    text, encoding = page.decoded(data, charset)
    return page.Page(text, None, encoding)


def _kind(record: Any) -> tuple[str, str | None]:
    """The type of what is in a record, in lower case, and its encoding as its sender says."""
    headers = record.http_headers
    said = (
        headers.get_header("Content-Type")
        if headers is not None
        else record.rec_headers.get_header("Content-Type")
    )
    kind, _, more = (said or "").partition(";")
    charset = None
    for parameter in more.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip(" \"'")
    return kind.strip().lower(), charset


def _content(record: Any, most: int) -> bytes:
    """The body, as it was before the server packed and chopped it; no more than so much of it."""
    stream = record.content_stream()
    pieces, missing = [], most
    while missing > 0 and (piece := stream.read(min(missing, 1 << 16))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


class _Counted:
    """What warcio reads of, and how much it did."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.count = 0

    def tell(self) -> int:
        return self.count

    def read(self, size: int = -1) -> bytes:
        data: bytes = self._stream.read(size)
        self.count += len(data)
        return data
