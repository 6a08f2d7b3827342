"""What went wrong with a path, in words."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "does not exist",
    errno.ENOTDIR: "does not exist: a part of its path is no folder",
    errno.EACCES: "cannot be opened: permission denied",
    errno.EPERM: "cannot be opened: permission denied",
    errno.ELOOP: "is a symbolic link that leads in a circle",
    errno.ENAMETOOLONG: "does not exist: the name is too long",
    errno.EISDIR: "is a folder",
    errno.EMFILE: "cannot be opened: too many files are open",
    errno.EIO: "cannot be read: the disk reports an error",
}


def problem(error: OSError | ValueError) -> str:
    """The reason as a reader of the report understands it, in one line."""
    if not isinstance(error, OSError):
        return "is no name a file can have"
    words = _WORDS.get(error.errno or 0)
    return words or f"cannot be read: {one_line(error.strerror or error)}"


def one_line(message: object, limit: int = 160) -> str:
    """A message of a library, cut to one line of bearable length."""
    line = " ".join(str(message).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
