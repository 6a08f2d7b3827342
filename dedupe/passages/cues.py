"""Cue phrases: what link lists, calls to action, interface debris and credits say, in many languages.

``cues/`` holds a file a language, a line a kind, phrases parted by commas. They are matched by the
hashes of their words, so that case, punctuation and spacing make no difference. A language without
a file is judged by shape, neighbours and repetition alone.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

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


class Cues(NamedTuple):
    """The phrases as arrays for the kernels."""

    singles: NDArray[np.uint64]
    """(2**11,): a bit for each value of a hash's 17 highest bits, set for phrases of one word,"""
    pairs: NDArray[np.uint64]
    """(2**11,): and for the first two words of the others: many begin with a word that is common."""
    firsts: NDArray[np.uint64]
    """(f,): hashes of first words, ascending."""
    bounds: NDArray[np.int64]
    """(f + 1,): rows of the phrases that begin with each, the longest first."""
    starts: NDArray[np.int64]
    """(p + 1,): where each phrase's words stand."""
    words: NDArray[np.uint64]
    """(w,): the hashes of all words of all phrases."""
    bits: NDArray[np.int64]
    """(p,): kinds and BROAD."""


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The arrays."""
    import numpy as np

    every, held = phrases(), by_first_word()
    firsts = sorted(held)
    rows = [phrase for first in firsts for phrase in held[first]]
    return Cues(
        _filter([phrase[0] for phrase in rows if len(phrase) == 1]),
        _filter([phrase[0] * PAIR_FACTOR & _BITS ^ phrase[1] for phrase in rows if len(phrase) > 1]),
        np.array(firsts, np.uint64),
        np.cumsum([0, *(len(held[first]) for first in firsts)]).astype(np.int64),
        np.cumsum([0, *map(len, rows)]).astype(np.int64),
        np.array([each for phrase in rows for each in phrase], np.uint64),
        np.array([every[phrase] for phrase in rows], np.int64),
    )


def _filter(hashes: list[int]) -> NDArray[np.uint64]:
    import numpy as np

    seen = np.zeros(1 << FILTER_BITS, np.uint8)
    seen[np.array(hashes, np.uint64) >> np.uint64(64 - FILTER_BITS)] = 1
    return np.packbits(seen, bitorder="little").view("<u8").astype(np.uint64)
