"""How every kernel of the package is compiled: machine code without the interpreter lock, kept on disk.

Arithmetic on unsigned 64-bit integers wraps, as the hashes need it to.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import lru_cache, update_wrapper
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar, cast

import xxhash

from dedupe import machine_code

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: Final = {"nogil": True, "error_model": "numpy"}
_BARE: Final = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""Without what only Numba's own calls need."""
_PACKAGE = Path(__file__).parent
_FOLDERS: Final = ("passages", "sketch", "candidates", "matches", "boilerplate", "findings")
_INDIFFERENT: Final = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS")
"""Variables that leave compiled code as it is."""

_one_at_a_time = RLock()
_unknown_to_numba: list[tuple[Callable[..., Any], dict[str, Any]]] = []


def kernel(function: Function) -> Function:
    """Compile at first call; load the compiled code in later processes."""
    return cast("Function", _Kernel(function))


def part(function: Function) -> Function:
    """A piece of a kernel: compiled into those that call it, so it needs no place of its own."""
    _unknown_to_numba.append((function, {**_OPTIONS, "forceinline": True}))
    return function


def aside(function: Function) -> Function:
    """A piece that is rarely needed: called, so that the loop around it stays small."""
    _unknown_to_numba.append((function, dict(_OPTIONS)))
    return function


class _Kernel:
    """A function, and its machine code for each kind of arguments it was called with."""

    def __init__(self, function: Callable[..., Any]) -> None:
        update_wrapper(self, function)
        self._function = function
        self._code: dict[str, Callable[..., Any]] = {}
        self._dispatcher: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        try:
            kinds = ",".join(map(machine_code.layout, arguments))
        except machine_code.UnsupportedError:
            return self._by_numba()(*arguments)
        code = self._code.get(kinds)
        if code is None:
            with _one_at_a_time:
                code = self._code.get(kinds)
                if code is None:
                    code = self._code[kinds] = self._make(kinds, arguments)
        return code(*arguments)

    def _make(self, kinds: str, arguments: tuple[Any, ...]) -> Callable[..., Any]:
        folder = None if _numba_is_told_how() or self._function.__closure__ else cache_folder()
        if folder is None:
            return self._by_numba()
        place = folder / f"{self._function.__qualname__}-{self._digest(kinds)}.kernel"
        try:
            try:
                return machine_code.load(place, arguments)
            except (OSError, ValueError):
                machine_code.compile_to(place, _njit(self._function, **_BARE), arguments)
                return machine_code.load(place, arguments)
        except (OSError, ValueError, machine_code.UnsupportedError):
            return self._by_numba()

    def _by_numba(self) -> Callable[..., Any]:
        with _one_at_a_time:
            if self._dispatcher is None:
                self._dispatcher = _njit(self._function)
            return self._dispatcher

    def _digest(self, kinds: str) -> str:
        code = self._function.__code__
        state = (kinds, self.__module__, code.co_firstlineno, code.co_code.hex(), repr(code.co_consts))
        return xxhash.xxh3_64_hexdigest(repr((state, _source_digest(code.co_filename))).encode())


def _njit(function: Callable[..., Any], **further: bool) -> Any:
    """Numba's own wrapper of a function; the pieces that it may call are made known first."""
    import numba
    from numba.extending import register_jitable

    while _unknown_to_numba:
        piece, options = _unknown_to_numba.pop()
        register_jitable(**options)(piece)
    njit: Any = numba.njit
    return njit(**_OPTIONS, **further)(function)


def are_compiled() -> bool:
    """Whether compiled kernels are kept, so that loading them beats computing without."""
    folder = cache_folder()
    return folder is not None and next(folder.glob("*.kernel"), None) is not None


def _numba_is_told_how() -> bool:
    """Whether a variable changes what Numba makes (bounds checks, say): then it is left to Numba."""
    return any(name.startswith("NUMBA_") and name not in _INDIFFERENT for name in os.environ)


@lru_cache(maxsize=1)
def cache_folder() -> Path | None:
    """A writable folder for this state of the sources and this processor, or None.

    A kernel is made of parts from several files: all of them are in the name.
    """
    digest = xxhash.xxh3_64()
    digest.update(f"{sys.implementation.cache_tag} {machine_code.host()}".encode())
    digest.update(_version("numba") + _version("llvmlite"))
    for source in [
        *(Path(machine_code.__file__), Path(__file__)),
        *(file for name in _FOLDERS for file in sorted((_PACKAGE / name).glob("*.py"))),
        *sorted((_PACKAGE / "passages" / "cues").glob("*.txt")),
    ]:
        digest.update(source.read_bytes())
    told = os.environ.get("NUMBA_CACHE_DIR")
    bases = [Path(told)] if told else []
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


def _version(package: str) -> bytes:
    """What tells the package's version: a file of its own, since the metadata's reader loads slowly."""
    spec = find_spec(package)
    try:
        return Path(spec.origin if spec and spec.origin else "").with_name("_version.py").read_bytes()
    except (OSError, ValueError):
        from importlib.metadata import version

        return version(package).encode()


@lru_cache(maxsize=64)
def _source_digest(name: str) -> str:
    try:
        return xxhash.xxh3_64_hexdigest(Path(name).read_bytes())
    except OSError:
        return ""
