"""How the words of some passages look, read from their texts again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.sketch.corpus import Corpus


def look_at(
    corpus: Corpus,
    rows: NDArray[np.int64],
    places: NDArray[np.int64],
    looks: NDArray[np.uint8],
    compute: Compute,
    pool: ThreadPoolExecutor,
) -> None:
    """Write to ``looks`` the bits of ``passages.looks``, those of each passage from its place on.

    Args:
        corpus: the documents.
        rows: (n,): the passages, ascending.
        places: (n,): where the first word of each has its bits.
        looks: out, (w,).
        compute: what computes it.
        pool: threads.
    """
    passages = corpus.passages
    cuts = np.searchsorted(passages.document[rows], corpus.batch_starts)

    def one(batch: int) -> None:
        held = slice(cuts[batch], cuts[batch + 1])
        texts = corpus.texts[batch]
        base = texts.offsets[passages.document[rows[held]] - corpus.batch_starts[batch]]
        starts, ends = passages.start[rows[held]], passages.end[rows[held]]
        compute.look(texts.data, base + starts, base + ends, places[held], looks)

    list(pool.map(one, np.flatnonzero(np.diff(cuts)).tolist()))
