"""Files that are elsewhere: ``s3://`` and ``gs://`` through Arrow, ``https://`` through fsspec.

Arrow brings its own clients of object stores, which find credentials as those of the vendors do. What
HTTP needs is the extra ``remote``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit, urlunsplit

import pyarrow as pa

from dedupe.addresses import scheme
from dedupe.documents.interface import UnreadableError
from dedupe.documents.problems import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyarrow.fs import FileSystem

MISSING = "needs what reads addresses: pip install 'dedupe-corpus[remote]'"


class Found(NamedTuple):
    """A file that is there."""

    path: str
    size: int
    """In bytes; 0 where nobody says."""
    inside: bool
    """Whether it was found in a folder that was named."""


def find(path: str) -> Iterator[Found]:
    """The file of this name, or all files below it.

    Raises:
        UnreadableError: there is none, or nobody answers.
    """
    if scheme(path) in ("http", "https"):
        yield Found(path, _http_size(path), False)
        return
    from pyarrow.fs import FileSelector, FileType

    store, place = _store(path)
    base = path.split("://", 1)[0] + "://"
    try:
        about = store.get_file_info(place)
        if about.type == FileType.File:
            yield Found(path, about.size or 0, False)
            return
        if about.type == FileType.NotFound:
            raise UnreadableError("does not exist")
        query = urlsplit(path).query
        for each in store.get_file_info(FileSelector(place, recursive=True)):
            if each.type == FileType.File:
                name = f"{base}{each.path}" + (f"?{query}" if query else "")
                yield Found(name, each.size or 0, True)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableError(f"cannot be reached: {one_line(error)}") from None


def open_stream(path: str) -> BinaryIO:
    """The file, to be read from its first byte to its last.

    Raises:
        UnreadableError: it cannot be opened.
    """
    if scheme(path) in ("http", "https"):
        return cast("BinaryIO", _Http(_http(path)))
    store, place = _store(path)
    try:
        return cast("BinaryIO", store.open_input_stream(place, compression=None))
    except (OSError, pa.ArrowException) as error:
        raise UnreadableError(f"cannot be reached: {one_line(error)}") from None


def open_at_random(path: str) -> pa.NativeFile | None:
    """The file, to be read at any place; None where not every server lets us: its whole has to be had.

    Raises:
        UnreadableError: it cannot be opened.
    """
    if scheme(path) in ("http", "https"):
        return None
    store, place = _store(path)
    try:
        return store.open_input_file(place)
    except (OSError, pa.ArrowException) as error:
        raise UnreadableError(f"cannot be reached: {one_line(error)}") from None


class _Http:
    """The body of an answer; what goes wrong on the way says why."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._opened.read(size)
        except Exception as error:  # each layer below has errors of its own
            raise UnreadableError(f"breaks off: {_said(error)}") from None
        return data

    def close(self) -> None:
        self._opened.close()

    def __enter__(self) -> _Http:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _http(path: str) -> Any:
    try:
        return _client().open(path, "rb", block_size=0)
    except UnreadableError:
        raise
    except Exception as error:  # each layer below has errors of its own
        raise UnreadableError(_unreached(error)) from None


def _http_size(path: str) -> int:
    try:
        return int(_client().info(path).get("size") or 0)
    except UnreadableError:
        raise
    except Exception as error:  # each layer below has errors of its own
        raise UnreadableError(_unreached(error)) from None


def _unreached(error: Exception) -> str:
    # fsspec says of all that goes wrong that the file is not there.
    cause = error.__cause__ if isinstance(error.__cause__, Exception) else None
    if isinstance(error, FileNotFoundError) and (cause is None or getattr(cause, "status", 0) == 404):
        return "does not exist"
    return f"cannot be reached: {_said(cause or error)}"


def _said(error: Exception) -> str:
    return one_line(error) or type(error).__name__


@lru_cache(maxsize=1)
def _client() -> Any:
    try:
        from fsspec.implementations.http import HTTPFileSystem
    except ImportError:
        raise UnreadableError(MISSING) from None
    return HTTPFileSystem(use_listings_cache=False)


@lru_cache(maxsize=8)
def _store_of(base: str, query: str) -> FileSystem:
    from pyarrow.fs import FileSystem

    store, _ = FileSystem.from_uri(base + (f"?{query}" if query else ""))
    return store


def _store(path: str) -> tuple[FileSystem, str]:
    """The store, and what the file is called there; a query says how to reach it, as Arrow takes it."""
    parts = urlsplit(path)
    place = f"{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")
    try:
        return _store_of(
            urlunsplit((parts.scheme.lower(), parts.netloc, "", "", "")), parts.query
        ), place
    except (OSError, ValueError, pa.ArrowException) as error:
        raise UnreadableError(f"cannot be reached: {one_line(error)}") from None
