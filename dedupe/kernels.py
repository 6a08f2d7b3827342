"""How every kernel of the package is compiled: machine code without the interpreter lock, kept on disk.

Arithmetic on unsigned 64-bit integers wraps, as the hashes need it to.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

import numba
import xxhash

Function = TypeVar("Function", bound=Callable[..., Any])

# Set from the environment when Numba is imported, by names that its own types do not know.
_config: Any = numba.config
_one_at_a_time = Lock()
_PACKAGE = Path(__file__).parent
_FOLDERS = ("passages", "sketch", "candidates", "matches")


def kernel(function: Function) -> Function:
    """Compile at first call; load the compiled code from the cache in later processes."""
    folder = cache_folder()
    if folder is None:
        return aside(function)
    # The folder is fixed when the function is wrapped; other users of Numba keep their own.
    with _one_at_a_time:
        before = _config.CACHE_DIR
        _config.CACHE_DIR = str(folder)
        try:
            return cast("Function", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
        finally:
            _config.CACHE_DIR = before


def part(function: Function) -> Function:
    """A piece of a kernel: compiled into those that call it, so it needs no place of its own."""
    return cast("Function", numba.njit(nogil=True, error_model="numpy", forceinline=True)(function))


def aside(function: Function) -> Function:
    """A piece that is rarely needed: called, so that the loop around it stays small."""
    return cast("Function", numba.njit(nogil=True, error_model="numpy")(function))


def are_compiled() -> bool:
    """Whether compiled kernels lie in the cache, so that loading them beats computing without."""
    folder = cache_folder()
    return folder is not None and any(folder.rglob("*.nbc"))


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """A writable folder for this state of the sources, or None.

    Numba compares the time stamp of the one file that holds a kernel. A kernel is made of parts
    from several files, and compiled differently with bounds checks on: all that is in the name.
    """
    digest = xxhash.xxh3_64()
    state = f"{sys.implementation.cache_tag} {numba.__version__} {_config.BOUNDSCHECK}"
    digest.update(state.encode())
    for source in [
        Path(__file__),
        *(file for name in _FOLDERS for file in sorted((_PACKAGE / name).glob("*.py"))),
    ]:
        digest.update(source.read_bytes())
    bases = [Path(_config.CACHE_DIR)] if _config.CACHE_DIR else []
    bases += [_PACKAGE / "__pycache__", Path.home() / ".cache" / "dedupe"]
    for base in bases:
        folder = base / f"kernels-{digest.hexdigest()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None
