"""Cue phrases: what link lists, calls to action, interface debris and credits say, in many languages.

``cues/`` holds a file a language, a line a kind, phrases parted by commas. They are matched by the
hashes of their words, so that case, punctuation and spacing make no difference. A language without
a file is judged by shape, neighbours and repetition alone.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dedupe.passages.characters import WEIGHT_OF_WORD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS: Final = ("link", "action", "debris", "menu", "credit")
"""What a phrase speaks for; kind k is bit ``1 << k``."""
BROAD_WEIGHT: Final = 2 * WEIGHT_OF_WORD
"""A phrase that weighs less counts only where the passage says little else."""
BROAD: Final = 1 << len(KINDS)
"""Bit of a phrase that weighs enough."""
_BITS: Final = (1 << 64) - 1
_FOLDER: Final = Path(__file__).parent / "cues"
FILTER_BITS: Final = 17
"""Of a hash: its place in a filter, which stays in the nearest cache."""
PAIR_FACTOR: Final = 0x9E3779B97F4A7C15
"""Makes one hash of two words: the first times this, xor the second."""

Phrase = tuple[int, ...]
"""The hashes of its words."""


@lru_cache(maxsize=1)
def phrases() -> dict[Phrase, int]:
    """Every phrase with its bits: the kinds that list it, and BROAD."""
    from dedupe.passages.reference import hash_word, words

    found: dict[Phrase, int] = {}
    for file in sorted(_FOLDER.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            kind, colon, listed = line.partition(": ")
            if not colon:
                continue
            bit = 1 << KINDS.index(kind)
            for each in listed.split(", "):
                held = list(words(each))
                broad = BROAD if sum(word.weight for word in held) >= BROAD_WEIGHT else 0
                phrase = tuple(hash_word(word.normal, word.weight) for word in held)
                found[phrase] = found.get(phrase, 0) | bit | broad
    return found


@lru_cache(maxsize=1)
def by_first_word() -> dict[int, list[Phrase]]:
    """The phrases that begin with a word, the longest first."""
    found: dict[int, list[Phrase]] = {}
    for phrase in sorted(phrases(), key=lambda each: (-len(each), each)):
        found.setdefault(phrase[0], []).append(phrase)
    return found


FILTER_SIZE: Final = (1 << FILTER_BITS) // 64
BUCKET_BITS: Final = 11
"""Of a hash: the bucket in which its row is looked for."""
BUCKETS: Final = FILTER_SIZE + 4
"""Where in the table the buckets begin; four numbers before them are where the rest begins."""
FIRSTS: Final = BUCKETS + (1 << BUCKET_BITS) + 1
"""Where the first words begin."""


@lru_cache(maxsize=1)
def cue_table() -> NDArray[np.uint64]:
    """(n,): the phrases for the kernels, all in one array: passing several is slow.

    A filter, one bit for each value of a hash's highest bits, set where a phrase is of one word with
    this hash, or its first two words make it: many phrases begin with a common word. Then four
    places: where the firsts end, and where the last three parts begin. Where in the table each bucket
    of firsts begins, by their highest bits, and the end. The hashes of all first words, ascending;
    the row of the first phrase that begins with each (f + 1); where each phrase's words stand
    (p + 1); the bits of each phrase (p); the hashes of all words of all phrases.
    """
    import numpy as np

    every, held = phrases(), by_first_word()
    firsts = sorted(held)
    rows = [phrase for first in firsts for phrase in held[first]]
    seen = np.zeros(1 << FILTER_BITS, np.uint8)
    for phrase in rows:
        hash_ = phrase[0] if len(phrase) == 1 else phrase[0] * PAIR_FACTOR & _BITS ^ phrase[1]
        seen[hash_ >> 64 - FILTER_BITS] = 1
    buckets = np.arange((1 << BUCKET_BITS) + 1, dtype=np.uint64)
    bounds = FIRSTS + len(firsts)
    starts = bounds + len(firsts) + 1
    bits = starts + len(rows) + 1
    parts = [
        np.packbits(seen, bitorder="little").view("<u8"),
        np.array([bounds, starts, bits, bits + len(rows)], np.uint64),
        FIRSTS + np.searchsorted(np.array(firsts, np.uint64) >> np.uint64(64 - BUCKET_BITS), buckets),
        np.array(firsts, np.uint64),
        np.cumsum([0, *(len(held[first]) for first in firsts)]),
        bits + len(rows) + np.cumsum([0, *map(len, rows)]),
        np.array([every[phrase] for phrase in rows], np.uint64),
        np.array([each for phrase in rows for each in phrase], np.uint64),
    ]
    return np.concatenate([part.astype(np.uint64) for part in parts])
