"""A bar of a fixed number of cells, divided among the four classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedupe.report import Fractions


def cells(fractions: Fractions, width: int) -> dict[str, int]:
    """Cells of each class; they sum to the width, and what is there gets one cell at least.

    All are 0 for a document without words.
    """
    shares = {
        "original": fractions.original,
        "reuse": fractions.reuse,
        "repetition": fractions.repetition,
        "boilerplate": fractions.boilerplate,
    }
    if sum(shares.values()) <= 0:
        return dict.fromkeys(shares, 0)
    given = {name: max(int(share * width), 1 if share > 0 else 0) for name, share in shares.items()}
    # Largest remainder: the cells left over go where most was rounded away; a cell too many is
    # taken from the longest.
    while sum(given.values()) < width:
        most = max(shares, key=lambda name: shares[name] * width - given[name])
        given[most] += 1
    while sum(given.values()) > width:
        longest = max(given, key=lambda name: given[name])
        given[longest] -= 1
    return given
