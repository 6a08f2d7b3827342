"""What files are called in the cleaned corpus: as they are below the folder that holds all inputs."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from dedupe.clean import manifest
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Sequence


def names(paths: Sequence[str], files: Sequence[str]) -> list[str]:
    """The name of each file, with ``/``.

    One folder is taken as it is: its files keep their places in it. Of several paths, the deepest
    folder that holds all of them is.

    Args:
        paths: as given.
        files: what the operating system calls them.

    Raises:
        DedupeError: two files would have one name, or one that of the manifest.
    """
    given = [os.path.abspath(path) for path in paths if os.path.exists(path)]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in given]
    try:
        root = os.path.commonpath(folders) if folders else ""
    except ValueError:
        raise DedupeError("the paths are on several drives: clean them one by one") from None
    found: dict[str, str] = {}
    for file in files:
        name = PurePath(os.path.relpath(os.path.abspath(file), root)).as_posix()
        if name == manifest.NAME:
            raise DedupeError(
                f"{file} would stand where the manifest goes: rename it, or clean it alone"
            )
        if name in found:
            raise DedupeError(f"{found[name]} and {file} would have one name: clean them one by one")
        found[name] = file
    return list(found)
