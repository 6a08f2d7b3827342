"""How every kernel of the package is compiled: machine code without the interpreter lock, kept on disk.

Arithmetic on unsigned 64-bit integers wraps, as the hashes need it to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile at first call; load the compiled code from the cache in later processes."""
    return cast("Function", numba.njit(nogil=True, cache=True, error_model="numpy")(function))


def part(function: Function) -> Function:
    """A piece of a kernel: compiled into those that call it, so it needs no place of its own."""
    return cast("Function", numba.njit(nogil=True, error_model="numpy")(function))
