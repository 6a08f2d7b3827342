"""A folder that appears whole or not at all.

All is written into a draft beside it, brought to the disk, and renamed. A draft that was left by a
process that is no more is told by its name and by nobody holding its lock; the next run removes it.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import xxhash

from dedupe.documents.problems import problem
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DRAFT: Final = ".{name}.dedupe-clean.tmp"
_MARKER: Final = "this-is-a-draft-of-dedupe-clean"
_CORPUS: Final = "corpus"
_MANY: Final = 256
"""Files that are brought to the disk one by one, at most."""


def check(target: Path, inputs: Sequence[str]) -> None:
    """See that a folder can be written, before any work is done.

    Raises:
        DedupeError: it is not empty, is or holds or is in what is read, or cannot be written.
    """
    real = Path(os.path.realpath(target))
    for path in inputs:
        if not os.path.exists(path):
            continue
        given = Path(os.path.realpath(path))
        if real == given:
            raise DedupeError(f"--output {target} is also read: name a folder of its own")
        if given.is_dir() and real.is_relative_to(given):
            raise DedupeError(f"--output {target} is inside {path}, which is read: name one outside it")
        if given.is_relative_to(real):
            raise DedupeError(f"--output {target} holds {path}, which is read: name another folder")
    if os.path.lexists(real) and not real.is_dir():
        raise DedupeError(f"--output {target} is a file: name a folder")
    try:
        if real.is_dir() and any(real.iterdir()):
            raise DedupeError(f"--output {target} is not empty: name a new folder")
    except OSError as error:
        raise DedupeError(f"--output {target} {problem(error)}") from error
    if not real.parent.is_dir():
        raise DedupeError(f"--output {target} cannot be written: there is no folder {target.parent}")
    if not os.access(real.parent, os.W_OK | os.X_OK):
        raise DedupeError(f"--output {target} cannot be written: no permission in {target.parent}")


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """An empty folder that becomes the target once all is written into it.

    Raises:
        DedupeError: it cannot be written, or somebody else is writing it.
    """
    real = Path(os.path.realpath(target))
    draft = real.with_name(DRAFT.format(name=real.name))
    try:
        with _own(draft, target):
            try:
                corpus = draft / _CORPUS
                corpus.mkdir()
                yield corpus
                _to_disk(corpus)
                _take_place(corpus, real)
                _sync(real.parent)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise DedupeError(f"{target} cannot be written: {error.strerror or error}") from error


@contextmanager
def _own(draft: Path, target: Path) -> Iterator[None]:
    """The draft as a folder of ours alone, whoever left one there."""
    with suppress(FileExistsError):
        draft.mkdir()
    descriptor = _locked(draft, target)
    try:
        held = {entry.name for entry in draft.iterdir()}
        if held - {_MARKER} and _MARKER not in held:
            raise DedupeError(f"{draft} is in the way, and not a draft of dedupe: rename or remove it")
        shutil.rmtree(draft / _CORPUS, ignore_errors=True)
        (draft / _MARKER).touch()
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _locked(draft: Path, target: Path) -> int | None:
    """Hold the draft, so that another process can tell that somebody writes it."""
    try:
        import fcntl
    except ImportError:  # Windows has no such locks: there two runs at once are not told apart
        return None
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise DedupeError(f"another dedupe clean is writing {target}: wait for it to end") from None
    return descriptor


def _take_place(corpus: Path, real: Path) -> None:
    """Take the place of an empty folder; it was empty when this began, and a rename checks it again."""
    try:
        os.replace(corpus, real)
    except PermissionError:  # on Windows a folder is never replaced
        real.rmdir()
        os.replace(corpus, real)


def _to_disk(folder: Path) -> None:
    """See that all of a folder is on the disk: a rename must not be there before what it renames."""
    paths = []
    for path, _, files in os.walk(folder):
        paths += [*(os.path.join(path, name) for name in files), path]
    if sys.platform == "linux" and len(paths) > _MANY:
        os.sync()  # waits for everything there, and once is much faster than for each
        return
    for path in paths:
        _sync(path)


def _sync(path: str | Path) -> None:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:  # a folder cannot be opened everywhere
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def copy(source: str | os.PathLike[str], target: Path) -> tuple[int, str]:
    """Copy a file's bytes; its size, and their digest."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(source, "rb") as read, open(target, "xb") as written:
        return pour(iter(lambda: read.read(1 << 20), b""), written.write)


def digest_of(path: str | os.PathLike[str]) -> tuple[int, str]:
    """A file's size, and the digest of its bytes."""
    with open(path, "rb") as file:
        return pour(iter(lambda: file.read(1 << 20), b""), lambda _: None)


def pour(pieces: Iterator[bytes], write: Callable[[bytes], object]) -> tuple[int, str]:
    """Write pieces; the size and the digest of all."""
    hashed = xxhash.xxh3_128()
    size = 0
    for piece in pieces:
        write(piece)
        hashed.update(piece)
        size += len(piece)
    return size, hashed.hexdigest()
