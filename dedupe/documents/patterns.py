"""Patterns of paths, as .gitignore files have them, for paths of any folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa
    from numpy.typing import NDArray
    from pathspec import GitIgnoreSpec


@lru_cache(maxsize=64)
def spec_of(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """The patterns, to be asked about one path at a time.

    Raises:
        ValueError: one of them is none.
    """
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def relatives(paths: Iterable[str], base: str | None) -> list[str]:
    """Paths as patterns see them: from the folder that these are relative to, with ``/``.

    A path outside of that folder is the whole one, so that only patterns without a folder fit it.
    """
    here = os.path.abspath(os.curdir).replace(os.sep, "/").rstrip("/") + "/"
    folder = os.path.abspath(base or os.curdir).replace(os.sep, "/").rstrip("/") + "/"
    found = []
    for path in paths:
        whole = path.replace(os.sep, "/") if os.path.isabs(path) else here + path.replace(os.sep, "/")
        if "./" in whole or whole.endswith(("/.", "/..")):
            whole = os.path.normpath(whole).replace(os.sep, "/")
        whole = whole.rstrip("/")
        found.append("." if f"{whole}/" == folder else whole.removeprefix(folder).removeprefix("/"))
    return found


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is left out inside of a folder that was named."""

    begin: int
    """Characters of the names of what is in it that are the folder's own."""
    folder: str
    """The folder as patterns see it, with a slash behind it, or empty."""
    spec: GitIgnoreSpec

    def holds(self, path: str) -> bool:
        """Whether something in the folder is left out; a folder's path ends with a slash."""
        return self.spec.match_file(self.folder + path[self.begin :])


def excluded_in(where: str, begin: str, patterns: tuple[str, ...], base: str | None) -> Excluded | None:
    """What patterns leave out in a folder that is itself to be read.

    Patterns that would leave out the folder as a whole do not count in it: it was asked for.

    Args:
        where: the folder.
        begin: how the names of what is in it begin.
        patterns: of .gitignore's kind.
        base: the folder that they are relative to; None for the current one.
    """
    if not patterns:
        return None
    (path,) = relatives([where], base)
    folder = "" if path == "." else f"{path}/"
    others = tuple(each for each in patterns if not folder or not spec_of((each,)).match_file(folder))
    return Excluded(len(begin), folder, spec_of(others)) if others else None


def excludes(where: str, patterns: tuple[str, ...], base: str | None) -> bool:
    """Whether patterns leave out a path, a file or a folder."""
    if not patterns:
        return False
    (path,) = relatives([where], base)
    return spec_of(patterns).match_file(f"{path}/" if os.path.isdir(where) else path)


def fitting(patterns: tuple[str, ...], names: pa.Array) -> NDArray[np.bool_]:
    """(n,): which of the names the patterns fit; the last one that says anything about a name decides.

    All names are asked at once: a corpus has millions.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    fit = np.zeros(len(names), np.bool_)
    for pattern in spec_of(patterns).patterns:
        expression = pattern.regex
        if pattern.include is None or expression is None:
            continue
        try:
            hits = pc.match_substring_regex(names, expression.pattern)
        except pa.ArrowInvalid:
            hits = pa.array([expression.search(name) is not None for name in names.to_pylist()])
        fit[hits.to_numpy(zero_copy_only=False)] = pattern.include
    return fit
