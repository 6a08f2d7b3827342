"""What stands inside of places and is not compared: code and the like, of Markdown."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dedupe.findings.from_stretches import bytes_of, documents_of
from dedupe.passages.markdown import Range, left_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedupe.compute.interface import Compute
    from dedupe.findings.from_stretches import Grouped
    from dedupe.settings import Settings
    from dedupe.sketch.corpus import Corpus


def differs(
    grouped: Grouped, corpus: Corpus, settings: Settings, compute: Compute, jobs: int
) -> NDArray[np.bool_]:
    """(l,): whether a place that says what its anchor says has other code in it.

    What a reader would call an edited copy, as where documents differ in code alone.
    """
    found = np.zeros(grouped.finding.size, np.bool_)
    if settings.markdown != "prose" or not corpus.markdown.any():
        return found
    of = documents_of(corpus, grouped.begin)
    asked = grouped.exact & corpus.markdown[of]
    anchors = np.zeros(grouped.count, np.int64)
    anchors[grouped.finding[grouped.anchor]] = np.flatnonzero(grouped.anchor)
    rows = np.flatnonzero(asked & asked[anchors[grouped.finding]])
    starts, ends = (np.zeros(grouped.finding.size, np.int64) for _ in range(2))
    starts[rows], ends[rows] = bytes_of(corpus, grouped.begin[rows], grouped.end[rows], compute, jobs)

    @cache
    def held(document: int) -> tuple[bytes, list[Range]]:
        text = corpus.whole(document).encode()
        return text, left_out(text)

    @cache
    def inside(row: int) -> list[list[bytes]]:
        text, ranges = held(int(of[row]))
        start, end = int(starts[row]), int(ends[row])
        low, high = (bisect_left(ranges, (at, at)) for at in (start, end))
        return [text[first:behind].split() for first, behind in ranges[low:high]]

    for row, anchor in zip(rows.tolist(), anchors[grouped.finding[rows]].tolist(), strict=True):
        found[row] = row != anchor and inside(row) != inside(anchor)
    return found
