"""Excerpts of many places at once, cut from the documents' bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe.kernels import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe.report import Places


def excerpts_of(places: Places, rows: slice) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The text of some places as UTF-8 without a gap, and where each begins and the last ends."""
    starts = np.cumsum([0, *(offsets.size - 1 for _, offsets in places.texts)])
    document = places.document[rows]
    batch = np.searchsorted(starts, document, "right") - 1
    base = np.zeros(document.size, np.int64)
    for number in np.unique(batch).tolist():
        held = batch == number
        base[held] = places.texts[number][1][document[held] - starts[number]]
    first, last = base + places.first_byte[rows], base + places.last_byte[rows]
    bounds = np.zeros(document.size + 1, np.int64)
    np.cumsum(last - first, out=bounds[1:])
    out = np.empty(int(bounds[-1]), np.uint8)
    for number in np.unique(batch).tolist():
        (held,) = np.nonzero(batch == number)
        gather(places.texts[number][0], first[held], last[held], bounds[held], out)
    return out, bounds


@kernel
def gather(
    data: NDArray[np.uint8],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    to: NDArray[np.int64],
    out: NDArray[np.uint8],
) -> None:
    """Copy stretches of bytes to where they belong."""
    for row in range(first.size):
        shift = to[row] - first[row]
        for place in range(first[row], last[row]):
            out[place + shift] = data[place]
