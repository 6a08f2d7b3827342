"""Where findings stand in the text as read: from bytes to code points and lines."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dedupe.signatures.corpus import Corpus, texts_of


def locate(
    corpus: Corpus,
    document: NDArray[np.int64],
    place: NDArray[np.int64],
    run: Callable[..., None],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Code point and line (from 1) of byte positions.

    Args:
        corpus: the documents.
        document: (n,): row of each position's document.
        place: (n,): byte in its text, at most the text's length.
        run: ``walk``, compiled or not.
    """
    order = np.lexsort((place, document))
    document, place = document[order], place[order]
    characters = np.empty(order.size, np.int64)
    lines = np.empty(order.size, np.int64)
    cuts = np.searchsorted(document, corpus.batch_starts)
    for row, batch in enumerate(corpus.batches):
        held = slice(cuts[row], cuts[row + 1])
        texts = texts_of(batch.column("text"))
        first = int(corpus.batch_starts[row])
        run(texts.data, texts.offsets, document[held] - first, place[held], characters[held], lines[held])
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
    at = start = 0
    character = 0
    line = 1
    for row in range(documents.size):
        if documents[row] != document:
            document = documents[row]
            start = offsets[document]
            at = start
            character = 0
            line = 1
        end = start + places[row]
        while at < end:
            byte = data[at]
            if byte & 0xC0 != 0x80:
                character += 1
            if byte == 10 or (byte == 13 and (at + 1 == offsets[document + 1] or data[at + 1] != 10)):
                line += 1
            at += 1
        characters[row] = character
        lines[row] = line
