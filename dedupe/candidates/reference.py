"""Which passages are compared, in plain Python: members of a band's bucket, each with a few others."""

from __future__ import annotations

from collections.abc import Sequence

REPRESENTATIVES = 2
"""First members of a bucket, compared with every later one: the anchors of groups come of them."""
NEIGHBOURS = 2
"""Members right before one in its bucket, compared with it too: a bucket may hold several kinds."""


_FACTOR = 0x9E3779B97F4A7C15
_BITS = (1 << 64) - 1


def band_key(values: Sequence[int]) -> int:
    """32 bits of a band of a signature: equal bands have equal keys."""
    total = 0
    for value in values:
        total = (total ^ value) * _FACTOR & _BITS
        total ^= total >> 32
    return (total * _FACTOR & _BITS) >> 32


def candidates(keys: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs of rows (smaller first), ascending, that share a band and are close in its bucket.

    ``keys`` holds the band keys of each passage. A bucket of n members gives at most
    ``(REPRESENTATIVES + NEIGHBOURS) * n`` pairs, so the work is linear in the members however many
    are alike; in the small buckets of real text that is every pair.
    """
    pairs: set[tuple[int, int]] = set()
    buckets: dict[tuple[int, int], list[int]] = {}
    for row, bands in enumerate(keys):
        for band, key in enumerate(bands):
            members = buckets.setdefault((band, key), [])
            pairs.update((other, row) for other in members[:REPRESENTATIVES])
            pairs.update((other, row) for other in members[-NEIGHBOURS:])
            members.append(row)
    return sorted(pairs)
