"""Compressed files as streams: each member in turn, and no more than the limits allow."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast

import pyarrow as pa

from dedupe.documents.interface import UnreadableError
from dedupe.documents.problems import one_line
from dedupe.limits import size

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe.limits import Limits

_FREE: Final = 256 << 20
"""What anything may unpack to, whatever the ratio: what says the same a thousand times packs well."""
_PIECE: Final = 1 << 16
"""Bytes unpacked at a time: so much is lost where a file breaks off."""
_BROKEN: Final = (OSError, EOFError, zlib.error, lzma.LZMAError, pa.ArrowException)


class _Readable(Protocol):
    """What gives as much as comes at once, so that nothing before a broken place is lost."""

    def read1(self, size: int, /) -> bytes: ...

    def close(self) -> None: ...


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        data = self.stream.read(-1 if size is None else size)
        self.count += len(data)
        return data


def _zstandard(stream: BinaryIO) -> _Readable:
    return cast("_Readable", pa.CompressedInputStream(pa.PythonFile(stream, mode="r"), "zstd"))


_OPENERS: Final[dict[str, Callable[[BinaryIO], _Readable]]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": _zstandard,
}


class Unpacked(io.RawIOBase):
    """What a compressed stream holds.

    Reading raises UnreadableError where it is broken, and where it unpacks to more than it may.
    """

    def __init__(self, stream: BinaryIO, packing: str, limits: Limits) -> None:
        self._stream = stream
        self._counted = _Counted(stream)
        self._packing = packing
        self._inner = _OPENERS[packing](cast("BinaryIO", self._counted))
        self._limits = limits
        self._size = 0

    @property
    def consumed(self) -> int:
        """Bytes of the compressed file read so far."""
        return self._counted.count

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to so many bytes, as many as come at once; all that is left if negative."""
        if size is None or size < 0:
            pieces = []
            while piece := self.read(_PIECE):
                pieces.append(piece)
            return b"".join(pieces)
        try:
            data = self._inner.read1(min(size, _PIECE))
        except _BROKEN as error:
            raise UnreadableError(
                f"is no whole {self._packing} file: {one_line(error) or type(error).__name__}"
            ) from None
        self._size += len(data)
        self._check()
        return data

    def fileno(self) -> int:
        """That of the compressed file."""
        return self._stream.fileno()

    def close(self) -> None:
        """Close it, and the compressed file."""
        if not self.closed:
            self._inner.close()
            self._stream.close()
        super().close()

    def _check(self) -> None:
        limits = self._limits
        if self._size > limits.unpacked:
            raise UnreadableError(
                f"unpacks to more than {size(limits.unpacked)} (--limit unpacked=SIZE allows more)"
            )
        if self._size > _FREE and self._size > limits.ratio * self.consumed:
            raise UnreadableError(
                f"unpacks to more than {limits.ratio} times its size (--limit ratio=N allows more)"
            )
