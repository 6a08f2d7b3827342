"""Machine code of kernels, kept on disk and run without the compiler that made it.

Importing Numba and setting it up takes most of a second; the code it makes needs none of it, only an
allocator. So a kernel is compiled once, its LLVM module is turned into an object file, and from then
on llvmlite alone links that and gives its address.

A compiled function follows Numba's calling convention
(https://numba.readthedocs.io/en/stable/developer/numba-runtime.html and ``numba.core.callconv``):
``status f(result *, exception **, arguments...)``, an array as seven or more of them: its owner and
parent (null here: the caller keeps the array), items, bytes of an item, data, shape, strides.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import xxhash

_SUCCEEDED: Final = (0, -2)
"""Statuses: returned a value, returned None."""
_SCALARS: Final = {"q": ctypes.c_int64, "Q": ctypes.c_uint64, "d": ctypes.c_double}
_RETURNED: Final = {
    "int64": ctypes.c_int64,
    "uint64": ctypes.c_uint64,
    "int32": ctypes.c_int32,
    "uint32": ctypes.c_uint32,
    "uint8": ctypes.c_uint8,
    "float64": ctypes.c_double,
}
_C_LIBRARY: Final = ("memcpy", "memmove", "memset")
_DIGEST: Final = 16
"""Bytes of a file's digest, at its beginning."""
_one_at_a_time = Lock()


@cache
def _llvm() -> Any:
    """llvmlite, imported where there is something to link: small inputs need none of it."""
    import llvmlite.binding

    return llvmlite.binding


class UnsupportedError(Exception):
    """These arguments, or what the function returns, are not for this convention."""


def layout(argument: object) -> str:
    """The kind of an argument, as far as it matters to compiled code.

    Raises:
        UnsupportedError: of a kind that kernels do not take.
    """
    if isinstance(argument, np.ndarray):
        if not argument.flags.c_contiguous or not argument.flags.aligned:
            raise UnsupportedError("an array that is not contiguous")
        return f"{argument.dtype.str}{argument.ndim}"
    if isinstance(argument, tuple):
        return f"({','.join(map(layout, argument))})"
    if isinstance(argument, np.uint64):
        return "Q"
    if isinstance(argument, bool | np.bool_):
        raise UnsupportedError("a truth value")
    if isinstance(argument, int | np.int64):
        return "q"
    if isinstance(argument, float | np.float64):
        return "d"
    raise UnsupportedError(f"a {type(argument).__name__}")


def _sample(argument: Any) -> Any:
    """Something of the same kind that may be written to: code is compiled for one of both only."""
    if isinstance(argument, np.ndarray):
        return np.empty((0,) * argument.ndim, argument.dtype)
    if isinstance(argument, tuple):
        items = map(_sample, argument)
        return type(argument)(*items) if hasattr(argument, "_fields") else tuple(items)
    return argument


class _Owner(ctypes.c_void_p):
    """The first of the values that an array is passed as."""


def _kinds(argument: object) -> list[Any]:
    """The C types that an argument is passed as."""
    if isinstance(argument, np.ndarray):
        sizes = 2 * argument.ndim
        return [
            *(_Owner, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64, ctypes.c_void_p),
            *[ctypes.c_int64] * sizes,
        ]
    if isinstance(argument, tuple):
        return _all_kinds(argument)
    return [_SCALARS[layout(argument)]]


def _all_kinds(arguments: tuple[Any, ...]) -> list[Any]:
    return [kind for argument in arguments for kind in _kinds(argument)]


def _pass(argument: Any, values: list[Any]) -> None:
    """Append the values that an argument is passed as."""
    if isinstance(argument, np.ndarray):
        values += (None, None, argument.size, argument.itemsize, argument.ctypes.data)
        values += argument.shape
        values += argument.strides
    elif isinstance(argument, tuple):
        for item in argument:
            _pass(item, values)
    else:
        values.append(argument)


def compile_to(place: Path, dispatcher: Any, arguments: tuple[Any, ...]) -> None:
    """Compile for arguments of these kinds and keep the object file at ``place``.

    Args:
        place: the file; it appears whole or not at all.
        dispatcher: what ``numba.njit`` makes of the function.
        arguments: of the call that is to be made.

    Raises:
        UnsupportedError: by this convention it cannot be called.
    """
    import numba

    typeof: Any = numba.typeof
    signature = tuple(typeof(_sample(argument)) for argument in arguments)
    dispatcher.compile(signature)
    compiled = dispatcher.overloads[signature]
    returned = compiled.signature.return_type
    items = getattr(returned, "types", [returned])
    names = [] if str(returned) == "none" else [str(item) for item in items]
    if not set(names) <= set(_RETURNED) or (len(names) > 1 and not set(names) <= {"int64", "float64"}):
        raise UnsupportedError(f"a kernel that returns {returned}")
    symbol = compiled.fndesc.llvm_func_name
    _prepare()
    module = _llvm().parse_assembly(compiled.library.get_llvm_str())
    if len(list(module.get_function(symbol).arguments)) != 2 + len(_all_kinds(arguments)):
        raise UnsupportedError("another calling convention")
    module = _without_owners(module, symbol, arguments)
    needed = {each.name for each in module.functions if each.is_declaration}
    needed = {name for name in needed if not name.startswith("llvm.")}
    if not needed <= {*_C_LIBRARY, *_allocator()}:
        # Linking would leave all that it looks for at address 0, and say nothing.
        raise UnsupportedError(f"a kernel that calls {', '.join(sorted(needed))}")
    code = _machine().emit_object(module)
    single = not hasattr(returned, "types")
    facts = json.dumps({"symbol": symbol, "returns": names, "single": single})
    held = facts.encode() + b"\n" + code
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        # Code that is damaged would not fail but do anything: it is told by its digest.
        draft.write_bytes(xxhash.xxh3_128_digest(held) + held)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _without_owners(module: Any, symbol: str, arguments: tuple[Any, ...]) -> Any:
    """The module made again, knowing that the arrays passed to it have no owner.

    Numba counts references to every array that is handed on, with a call each time and in inner loops
    too; without an owner there is nothing to count. What the kernel itself allocates is still counted,
    in place.
    """
    names = [each.name for each in module.get_function(symbol).arguments][2:]
    kinds = _all_kinds(arguments)
    owners = [re.escape(name) for name, kind in zip(names, kinds, strict=True) if kind is _Owner]
    text = str(module)
    if owners:
        begin = text.index("{\n", text.index(f" @{symbol}("))
        end = text.index("\n}\n", begin)
        body = re.sub(rf"%(?:{'|'.join(owners)})(?![\w.])", "null", text[begin:end])
        text = text[:begin] + body + text[end:]
    made = _llvm().parse_assembly(
        re.sub(r"^(attributes .*)\bnoinline\b", r"\1alwaysinline", text, flags=re.MULTILINE)
    )
    for function in made.functions:
        if not function.is_declaration and function.name != symbol:
            function.linkage = "internal"
    passes = _llvm().create_new_module_pass_manager()
    passes.add_ipsccp_pass()
    passes.add_always_inliner_pass()
    passes.add_simplify_cfg_pass()
    passes.add_instruction_combine_pass()
    passes.add_simplify_cfg_pass()
    passes.add_dead_arg_elimination_pass()
    passes.add_global_dead_code_eliminate_pass()
    options = _llvm().create_pipeline_tuning_options()
    passes.run(made, _llvm().create_pass_builder(_machine(), options))
    return made


def load(place: Path, arguments: tuple[Any, ...]) -> Callable[..., Any]:
    """The function kept at ``place``, to be called with arguments of these kinds.

    Raises:
        OSError: there is none.
        ValueError: the file is not whole.
        UnsupportedError: the allocator that it needs is not to be had.
    """
    kept = place.read_bytes()
    held = kept[_DIGEST:]
    if kept[:_DIGEST] != xxhash.xxh3_128_digest(held):
        raise ValueError(f"{place} is damaged")
    header, _, code = held.partition(b"\n")
    facts = json.loads(header)
    kinds = _all_kinds(arguments)
    fields = [(f"_{at}", _RETURNED[name]) for at, name in enumerate(facts["returns"])]
    result: Any = type("_Result", (ctypes.Structure,), {"_fields_": fields})
    with _one_at_a_time:
        _prepare()
        engine = _llvm().create_mcjit_compiler(_llvm().parse_assembly(""), _machine())
        engine.add_object_file(_llvm().ObjectFileRef.from_data(code))
        engine.finalize_object()
        address = engine.get_function_address(facts["symbol"])
    function = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *kinds)(address)
    single = facts["single"]

    def call(*given: Any, _engine: object = engine) -> Any:
        """Call it; ``_engine`` holds the code."""
        values: list[Any] = []
        for argument in given:
            _pass(argument, values)
        returned = result()
        exception = ctypes.c_void_p()
        status = function(ctypes.addressof(returned), ctypes.addressof(exception), *values)
        if status not in _SUCCEEDED:
            raise MemoryError("a kernel could not get the memory that it needs")
        if not fields:
            return None
        found = tuple(getattr(returned, name) for name, _ in fields)
        return found[0] if single else found

    return call


def host() -> str:
    """The processor that code is made for."""
    return f"{_llvm().get_process_triple()} {_llvm().get_host_cpu_name()} {_features()}"


@cache
def _features() -> str:
    return str(_llvm().get_host_cpu_features().flatten())


@lru_cache(maxsize=1)
def _prepare() -> None:
    """Set LLVM up, and tell it where the allocator is that compiled code calls."""
    _llvm().initialize_native_target()
    _llvm().initialize_native_asmprinter()
    for name, address in _allocator().items():
        _llvm().add_symbol(name, address)


@cache
def _allocator() -> dict[str, int]:
    """Numba's memory functions by name, from the one small library that holds them.

    Raises:
        UnsupportedError: there is none where it is looked for.
    """
    module = _nrt_python()
    return {f"NRT_{name}": address for name, address in module.c_helpers.items()}


def _nrt_python() -> Any:
    name = "numba.core.runtime._nrt_python"
    if name in sys.modules:
        return sys.modules[name]
    found = find_spec("numba")
    for base in (found.submodule_search_locations or []) if found else []:
        for suffix in EXTENSION_SUFFIXES:
            place = Path(base, "core", "runtime", f"_nrt_python{suffix}")
            if place.exists():
                spec = spec_from_file_location(name, place, loader=ExtensionFileLoader(name, str(place)))
                assert spec is not None
                return module_from_spec(spec)
    raise UnsupportedError("this Numba keeps its allocator elsewhere")


def _machine() -> Any:
    """Code generation as Numba sets it up for code that runs where it was made.

    A new one each time: an engine owns the one that it is given.
    """
    target = _llvm().Target.from_triple(_llvm().get_process_triple())
    static = target.name.startswith("x86")
    return target.create_target_machine(
        cpu=_llvm().get_host_cpu_name(),
        features=_features(),
        opt=3,
        reloc="static" if static else "default",
        codemodel="jitdefault",
        jit=True,
    )
