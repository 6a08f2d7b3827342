"""Starting atheris: what it is to see of the package is loaded again, with its counters in it."""

from __future__ import annotations

import sys
from importlib import import_module


def fuzz(target: str) -> None:
    """Fuzz the ``one_input`` of a module until told to stop."""
    import atheris

    for name in [each for each in sys.modules if each.split(".")[0] == "dedupe" or each == target]:
        del sys.modules[name]
    with atheris.instrument_imports(include=["dedupe"], enable_loader_override=False):
        module = import_module(target)
    atheris.Setup(sys.argv, module.one_input)
    atheris.Fuzz()
