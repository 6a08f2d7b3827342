"""From the bytes of a file to UTF-8, when its encoding can be told."""

from __future__ import annotations

import codecs

import numpy as np
import pyarrow as pa

from dedupe.documents.interface import UnreadableError
from dedupe.documents.legacy import python_name, tell

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MARK_STARTS = frozenset(mark[:1] for mark, _ in _MARKS)
"""First bytes of all byte order marks."""

BINARY = "is binary, not text (it holds NUL bytes)"
UNTOLD = "is not UTF-8 and its encoding could not be told: convert it to UTF-8"


def byte_order_mark(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that data begins with, and its encoding."""
    return next((found for found in _MARKS if data.startswith(found[0])), None)


def is_utf8(data: bytes) -> bool:
    """Whether bytes are valid UTF-8, without making a string of them."""
    if data.isascii():
        return True
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64))
    array = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(data)])
    try:
        checked(array)
    except pa.ArrowInvalid:
        return False
    return True


def checked(texts: pa.LargeBinaryArray) -> pa.LargeStringArray:
    """The same bytes as text.

    Not a cast: that imports all of Arrow's functions, which takes longer than some small files.

    Raises ArrowInvalid: some of them are not valid UTF-8.
    """
    said = texts.view(pa.large_string())
    said.validate(full=True)
    return said


def to_utf8(data: bytes) -> tuple[bytes, str | None]:
    """The text of a file as UTF-8, without its byte order mark, and its encoding if it was another.

    Raises:
        UnreadableError: it is binary, broken, or in an encoding that cannot be told.

    """
    mark = byte_order_mark(data)
    if mark and mark[1] != "utf-8":
        return _from_wide(data[len(mark[0]) :], mark[1]), mark[1]
    if mark:
        data = data[len(mark[0]) :]
    if b"\0" in data:
        raise UnreadableError(BINARY)
    if is_utf8(data):
        return data, None
    encoding = None if mark else tell(data)
    if encoding is None:
        raise UnreadableError(_broken_utf8(data) if mark else UNTOLD)
    return data.decode(python_name(encoding)).encode(), encoding


def _from_wide(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeDecodeError as error:
        name = encoding[:6].upper()
        raise UnreadableError(
            f"is {name} by its byte order mark, but broken at byte {error.start}"
        ) from None


def _broken_utf8(data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"is UTF-8 by its byte order mark, but broken at byte {error.start}"
    return UNTOLD
