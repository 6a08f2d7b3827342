"""What the name of a file says: its format, and how it is packed."""

from __future__ import annotations

import posixpath
import re
from typing import Final

from dedupe.addresses import REMOTE

PACKED: Final = (".gz", ".zst", ".bz2", ".xz")
"""Compressed files: the suffix before tells what is in them."""


def suffix(name: str) -> str:
    """What tells the format: a name from its last dot, in lower case, compression left out."""
    stem, ending = posixpath.splitext(_bare(name))
    if ending.lower() in PACKED:
        ending = posixpath.splitext(stem)[1]
    return ending.lower()


def packing(name: str) -> str | None:
    """The suffix that says how a file is compressed; None if it is not."""
    ending = posixpath.splitext(_bare(name))[1].lower()
    return ending if ending in PACKED else None


def _bare(name: str) -> str:
    """Without what follows the path of an address."""
    return re.split(r"[?#]", name, maxsplit=1)[0] if REMOTE.match(name) else name
