"""The lines of a file as UTF-8, a block at a time, for formats made of lines."""

from __future__ import annotations

import codecs
from itertools import chain
from typing import TYPE_CHECKING

from dedupe.documents.batches import BATCH_BYTES
from dedupe.documents.decode import BINARY, byte_order_mark, is_utf8
from dedupe.documents.interface import Opened, UnreadableError, too_long
from dedupe.documents.legacy import python_name, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dedupe.limits import Limits

TOO_LONG = b"a line that is too long"
"""What stands for such a line: nothing that is JSON."""
_LENGTHS = ((1, 0x80), (1, 0xC0), (2, 0xE0), (3, 0xF0), (4, 0x100))
"""Bytes of a character of UTF-8 that begins with less than this."""
CHUNK = BATCH_BYTES
"""Bytes asked of the file at a time."""


class Feed:
    """What of a file is still to be read: `block` shows the next bytes, `advance` passes over them.

    A block ends with a whole line. It is UTF-8 if the file is, if a byte order mark says what else
    it is, or if the encoding can be told from the first lines that are not ASCII. A file that is
    UTF-8 with some broken lines is handed on as it is: they are for the reader to find.
    """

    def __init__(self, opened: Opened, *, skip_long: bool = False) -> None:
        self._opened = opened
        self._skip_long = skip_long
        self.limits = opened.run.settings.limits
        self._lines = True
        self._begin: bytes | None = None
        self._source = self._decoded_chunks()
        self._pieces = self._utf8()
        self._held = b""
        self._failed: UnreadableError | OSError | None = None
        self.line = 1
        """Number of the line that the next byte is on."""
        self.read = 0
        """Bytes of the file read so far."""

    def peek(self) -> bytes:
        """How the file begins, before it is cut into lines."""
        if self._begin is None:
            self._begin = next(self._source, b"")
        return self._begin

    def without_lines(self) -> None:
        """Cut it between characters instead, wherever they are; to be said before anything is read."""
        self._lines = False

    def block(self, least: int = 1) -> bytes:
        """The next lines, at least so many bytes unless the file ends; empty at its end.

        What goes wrong with the file is raised when all before it is passed over.
        """
        if len(self._held) < least and self._failed is None:
            pieces = [self._held] if self._held else []
            total = len(self._held)
            try:
                while total < least and (piece := next(self._pieces, b"")):
                    pieces.append(piece)
                    total += len(piece)
            except (UnreadableError, OSError) as error:
                self._failed = error
            self._held = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        if self._failed is not None and not self._held:
            raise self._failed
        return self._held

    def advance(self, count: int, lines: int | None = None) -> None:
        """Pass over so many bytes of the block (and lines, where the caller has counted them)."""
        self.line += self._held.count(b"\n", 0, count) if lines is None else lines
        self._held = b"" if count == len(self._held) else self._held[count:]

    @property
    def held(self) -> int:
        """Bytes of the block as it stands."""
        return len(self._held)

    @property
    def done(self) -> int:
        """Bytes of the whole run read up to here."""
        return self._opened.done(self.read)

    def _utf8(self) -> Iterator[bytes]:
        """Pieces of whole lines, decoded from what encoding there is."""
        encoding = ""
        chunks = chain([self.peek()], self._source)
        pieces = (
            whole_lines(chunks, self.limits, skip=self._skip_long)
            if self._lines
            else whole_characters(chunks)
        )
        for number, piece in enumerate(pieces):
            if number == 0 and b"\0" in piece[: piece.find(b"\n") + 1 or None]:
                raise UnreadableError(BINARY)
            if not encoding and not piece.isascii():
                encoding = "utf-8" if is_utf8(piece) else tell(piece) or "utf-8"
                if encoding != "utf-8":
                    self._opened.run.encodings.note(self._opened.file.path, encoding)
            other = encoding not in ("", "utf-8")
            yield piece.decode(python_name(encoding), "replace").encode() if other else piece

    def _decoded_chunks(self) -> Iterator[bytes]:
        """The file's bytes; what a byte order mark says about them is followed."""
        chunks = self._chunks()
        first = next(chunks, b"")
        mark = byte_order_mark(first)
        if mark is None:
            yield first
            yield from chunks
            return
        start, encoding = mark
        if encoding == "utf-8":
            yield first[len(start) :]
            yield from chunks
            return
        self._opened.run.encodings.note(self._opened.file.path, encoding)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            yield decoder.decode(first[len(start) :]).encode()
            for chunk in chunks:
                yield decoder.decode(chunk).encode()
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            name = encoding[:6].upper()
            raise UnreadableError(
                f"is {name} by its byte order mark, but breaks off: {error.reason}"
            ) from None

    def _chunks(self) -> Iterator[bytes]:
        """The file's bytes in chunks of one size: a pipe hands out little at a time."""
        size = max(CHUNK, 4)  # a byte order mark has to be in one chunk
        more = True
        while more:
            parts: list[bytes] = []
            missing = size
            try:
                while missing and (part := self._opened.stream.read(missing)):
                    parts.append(part)
                    missing -= len(part)
            except (UnreadableError, OSError):
                yield b"".join(parts)
                raise
            more = missing == 0
            self.read += size - missing
            if parts:
                yield b"".join(parts)


def whole_lines(chunks: Iterable[bytes], limits: Limits, *, skip: bool = False) -> Iterator[bytes]:
    """The same bytes, cut behind line ends; a last line without one is left with those before it.

    A line that is too long becomes TOO_LONG where such are to be skipped.

    Raises:
        UnreadableError: a line is too long.
    """
    lines = b""
    rest: list[bytes] = []
    length = 0
    try:
        for chunk in chunks:
            if length > limits.line:
                # The rest of a line that is left out.
                chunk = chunk[chunk.find(b"\n") :] if b"\n" in chunk else b""
            cut = chunk.rfind(b"\n") + 1
            if cut:
                if lines:
                    yield lines
                lines = b"".join([*rest, chunk[:cut]])
                rest, length = [], 0
            if cut < len(chunk):
                rest.append(chunk[cut:])
                length += len(chunk) - cut
                if length > limits.line:
                    if not skip:
                        raise UnreadableError(f"breaks off at a line that {too_long(limits)}")
                    rest = [TOO_LONG]
    except (UnreadableError, OSError):
        if lines:
            yield lines
        raise
    if last := b"".join([lines, *rest]):
        yield last


def whole_characters(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where no character of UTF-8 is."""
    rest = b""
    for chunk in chunks:
        chunk = rest + chunk
        cut = len(chunk)
        for back in range(1, min(4, len(chunk)) + 1):
            if chunk[-back] & 0xC0 != 0x80:
                # What begins a character that is longer than what is left of the chunk waits.
                length = next(size for size, most in _LENGTHS if chunk[-back] < most)
                cut -= back if length > back else 0
                break
        rest = chunk[cut:]
        if cut:
            yield chunk[:cut]
    if rest:
        yield rest
