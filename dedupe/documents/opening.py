"""Opening: a file's bytes, wherever it is and however it is packed.

What is a format's business, its reader; what is not, is here: the network, compression, limits, files
that change while they are read.
"""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, cast

import pyarrow as pa

from dedupe.addresses import scheme
from dedupe.documents import remote
from dedupe.documents.interface import Opened, Tally, UnreadableError, too_large
from dedupe.documents.names import packing
from dedupe.documents.problems import problem
from dedupe.documents.unpack import Unpacked
from dedupe.limits import size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dedupe.documents.interface import File, Reader, Rows, Run
    from dedupe.limits import Limits

VANISHED: Final = "vanished before it was read"
CHANGED: Final = "was changed while it was read: what is reported of it may be of either state"
_PIECE: Final = 1 << 20


def one_by_one(read: Callable[[Opened], Iterator[Rows]]) -> Reader:
    """A Reader from a function that reads one file: opens it, and lists it when it cannot be read."""

    def reader(files: Iterable[File], run: Run, /) -> Iterator[Rows]:
        for file in files:
            tally = Tally(file.path, run.intake, run.settings.limits)
            try:
                with open_file(file, run.settings.limits) as stream:
                    before = state_of(stream)
                    for rows in read(Opened(file, stream, run, tally)):
                        yield rows
                        tally.check()
                    if state_of(stream) != before:
                        run.intake.skip(file.path, CHANGED)
            except UnreadableError as unreadable:
                run.intake.skip(file.path, str(unreadable))
            except OSError as error:
                run.intake.skip(file.path, trouble(error))
            finally:
                tally.close()

    return reader


def open_file(file: File, limits: Limits) -> BinaryIO:
    """Open it without a buffer: readers ask for megabytes at a time. What is packed is unpacked.

    Raises:
        UnreadableError: it is no file, or cannot be reached.
        OSError: it cannot be opened.
    """
    packed = packing(file.path)
    if file.where == "-":
        return standard_input()
    stream: BinaryIO
    if scheme(file.where):
        stream = remote.open_stream(file.where)
    else:
        stream = open(file.where, "rb", buffering=0, opener=_without_waiting)  # noqa: SIM115
    return cast("BinaryIO", Unpacked(stream, packed, limits)) if packed else stream


def read_whole(file: File, limits: Limits) -> bytes:
    """All bytes of a file that is one document.

    Raises:
        UnreadableError: it is larger than a document may be, is no file, or changed meanwhile.
        OSError: it cannot be read.
    """
    most = limits.document
    with open_file(file, limits) as stream:
        before = state_of(stream)
        # Mostly all comes at once.
        data = stream.read(min(max(file.size, 1 << 12), most) + 1)
        if len(data) <= most and (piece := stream.read(_PIECE)):
            pieces = [data]
            length = len(data)
            while piece and length <= most:
                pieces.append(piece)
                length += len(piece)
                piece = stream.read(_PIECE)
            data = b"".join(pieces)
        if state_of(stream) != before:
            raise UnreadableError("was changed while it was read: run it again when nobody writes there")
    if len(data) > most:
        raise UnreadableError(too_large(limits))
    return data


@contextmanager
def at_random(opened: Opened) -> Iterator[Callable[[], pa.NativeFile]]:
    """What opens a file that is read here and there: as often as there are threads to read it.

    A file that is packed, or comes from where only its whole can be had, is first written out.

    Raises:
        UnreadableError: it cannot be unpacked (also by what is returned, where the file is another now).
    """
    where = opened.file.where
    packed = packing(opened.file.path)
    if not packed and not scheme(where):
        yield lambda: _again(opened)
        return
    if not packed and (first := remote.open_at_random(where)) is not None:
        first.close()
        yield lambda: remote.open_at_random(where)
        return
    most = opened.run.settings.limits.unpacked
    with tempfile.NamedTemporaryFile(prefix="dedupe-") as copy:
        written = 0
        while piece := opened.stream.read(_PIECE):
            copy.write(piece)
            written += len(piece)
            if written > most:
                raise UnreadableError(f"is larger than {size(most)} (--limit unpacked=SIZE allows more)")
        copy.flush()
        yield lambda: pa.OSFile(copy.name)


def _again(opened: Opened) -> pa.NativeFile:
    held = state_of(opened.stream)
    if held is not None and _state(os.stat(opened.file.where)) != held:
        raise UnreadableError("was replaced while it was read: run it again when nobody writes there")
    return pa.OSFile(os.fsencode(opened.file.where))  # as bytes: a name need not be UTF-8


def state_of(stream: BinaryIO) -> tuple[int, ...] | None:
    """What tells whether an open file is as it was; None where nothing does."""
    try:
        return _state(os.fstat(stream.fileno()))
    except (AttributeError, OSError, ValueError):
        return None


def _state(status: os.stat_result) -> tuple[int, ...] | None:
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def trouble(error: OSError) -> str:
    """Why a file that was found cannot be read."""
    return VANISHED if isinstance(error, FileNotFoundError) else problem(error)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; what has become a pipe meanwhile is not waited for."""
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("is no ordinary file any more")
    return descriptor


def standard_input() -> BinaryIO:
    """Standard input, kept open when the reader is done with it."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise UnreadableError("there is no standard input")
    try:
        return open(os.dup(stream.fileno()), "rb", buffering=0)
    except OSError:
        # A stand-in without a file behind it, as tests and callers in Python put there.
        return io.BytesIO(stream.read())
