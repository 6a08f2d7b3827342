"""Load the kernels while documents are still being read: each takes some 30 ms from the cache."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

import numpy as np

from dedupe.candidates.pairs import merge
from dedupe.findings.places import walk
from dedupe.findings.scores import paint, tally
from dedupe.matches.blocks import grow, join
from dedupe.matches.places import settle
from dedupe.matches.stars import cover

if TYPE_CHECKING:
    from dedupe.compute.compiled import Compiled


def start(compute: Compiled) -> None:
    """Call every kernel behind the scan once, on next to nothing, in a thread of its own."""
    Thread(target=_call, args=(compute,), name="dedupe-warm", daemon=True).start()


def _call(compute: Compiled) -> None:
    numbers, table = np.zeros(1, np.int64), np.zeros((1, 5), np.int64)
    fractions, bits = np.zeros(1), np.zeros(1, np.uint8)
    none, nothing = numbers[:0], fractions[:0]
    fixed, data = numbers.view(), bits.view()
    fixed.flags.writeable = data.flags.writeable = False
    compute.pairs(np.zeros(1, np.uint32))
    words = np.zeros(1, np.uint64)
    compute.compare(
        words, numbers, numbers, compute.sizes(words, numbers, numbers, 1), none, none, 1, 0.0
    )
    compute.run(merge)(none, numbers, none, none)
    compute.run(cover)(none, none, nothing, none, none, none)
    compute.run(grow)(none, none, none, bits[:0].view(np.bool_), none, table[:0, :3].copy())
    compute.run(join)(table[:0, :3].copy(), none, none, numbers, table[:0])
    compute.run(settle)(none, none, numbers, none, none, none)
    compute.run(paint)(bits, none, none, bits[:0])
    compute.run(tally)(bits, numbers, table[:0])
    compute.run(walk)(data, fixed, none, none, none, none)
