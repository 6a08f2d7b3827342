"""Where bytes stand in a block, found with NumPy in pieces that stay in a processor's cache."""

from __future__ import annotations

import numpy as np

_PIECE = 1 << 17


def positions(data: np.ndarray, byte: int, then: int | None = None) -> np.ndarray:
    """Where a byte stands; with ``then``, where that one follows it at once."""
    found = []
    last = len(data) - (then is not None)
    for start in range(0, last, _PIECE):
        end = min(start + _PIECE, last)
        hit = data[start:end] == byte
        if then is not None:
            hit &= data[start + 1 : end + 1] == then
        at = np.flatnonzero(hit)
        if len(at):
            found.append(at + start)
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def brackets(data: np.ndarray) -> np.ndarray:
    """Where ``{`` and ``[`` stand: they differ in one bit."""
    found = [
        np.flatnonzero((data[start : start + _PIECE] | 32) == ord("{")) + start
        for start in range(0, len(data), _PIECE)
    ]
    return np.concatenate(found) if found else np.zeros(0, np.intp)
