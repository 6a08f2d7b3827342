"""The same computations twice: compiled for speed, plain for small inputs, equal in every bit.

Loading the kernels takes as long as reading some ten kilobytes of text in plain Python, and
compiling the kernels as long as some megabytes. Which of the two ran never shows in a result.
"""

from __future__ import annotations

from typing import Final

from dedupe.compute.interface import Compute

SMALL: Final = 50_000
"""Bytes of text up to which plain Python is quicker than loading the compiled kernels."""
SMALL_UNCOMPILED: Final = 3_000_000
"""Bytes of text up to which it is quicker than compiling them first."""


def choose(text_bytes: int) -> Compute:
    """What computes an input of this size soonest."""
    if text_bytes > SMALL:
        from dedupe.kernels import are_compiled

        if text_bytes > SMALL_UNCOMPILED or are_compiled():
            from dedupe.compute.compiled import Compiled

            return Compiled()
    from dedupe.compute.plain import Plain

    return Plain()


__all__ = ["SMALL", "SMALL_UNCOMPILED", "Compute", "choose"]
