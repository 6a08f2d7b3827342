"""Where findings stand in the text as read: from bytes to code points and lines."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from dedupe.sketch.corpus import Corpus, texts_of


def locate(
    corpus: Corpus,
    document: NDArray[np.int64],
    place: NDArray[np.int64],
    run: Callable[..., None],
    jobs: int = 1,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Code point and line (from 1) of byte positions.

    Args:
        corpus: the documents.
        document: (n,): row of each position's document.
        place: (n,): byte in its text, at most the text's length.
        run: ``walk``, compiled or not.
        jobs: threads.
    """
    order = np.lexsort((place, document))
    document, place = document[order], place[order]
    characters = np.empty(order.size, np.int64)
    lines = np.empty(order.size, np.int64)
    cuts = np.searchsorted(document, corpus.batch_starts)

    def one(row: int) -> None:
        held = slice(cuts[row], cuts[row + 1])
        texts = texts_of(corpus.batches[row].column("text"))
        first = int(corpus.batch_starts[row])
        run(
            texts.data, texts.offsets, document[held] - first, place[held], characters[held], lines[held]
        )

    wanted = np.flatnonzero(np.diff(cuts)).tolist()
    if jobs == 1 or len(wanted) == 1:
        for row in wanted:
            one(row)
    else:
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(one, wanted))
    back = np.empty(order.size, np.int64)
    back[order] = np.arange(order.size)
    return characters[back], lines[back]


def walk(
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    documents: NDArray[np.int64],
    places: NDArray[np.int64],
    characters: NDArray[np.int64],
    lines: NDArray[np.int64],
) -> None:
    """Walk each document once, its positions ascending. Lines end at LF, CR, or both together."""
    document = -1
    at = start = last = 0
    character = 0
    line = 1
    for row in range(documents.size):
        if documents[row] != document:
            document = documents[row]
            at = start = offsets[document]
            last = offsets[document + 1] - 1
            character = 0
            line = 1
        end = start + places[row]
        # The last byte has no next one to look at; the rest goes without a branch.
        for place in range(at, min(end, last)):
            byte = data[place]
            character += (byte & 0xC0) != 0x80
            line += (byte == 10) | ((byte == 13) & (data[place + 1] != 10))
        if end > last and at <= last:
            character += (data[last] & 0xC0) != 0x80
            line += (data[last] == 10) | (data[last] == 13)
        at = end
        characters[row] = character
        lines[row] = line
