"""What a passage's shingles and signature are, in plain Python with xxhash and datasketch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import xxhash

from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.reference import Word, words
from dedupe.sketch.permutations import permutations

if TYPE_CHECKING:
    from numpy.typing import NDArray

_permutations = lru_cache(maxsize=8)(permutations)
_FACTOR = 0x517CC1B727220A95
_BITS = (1 << 64) - 1


def windows(weights: Sequence[int], shingle: int) -> list[tuple[int, int]]:
    """Word ranges of a passage's shingles.

    From each word on, as many words as together weigh ``shingle`` whole words: three words of a
    spaced script, six Han clusters, twelve Thai ones, or what a mixture takes. A passage that
    weighs less has one shingle, all of it; without a word it has none.
    """
    wanted = shingle * WEIGHT_OF_WORD
    found = []
    weight = end = 0
    for start in range(len(weights)):
        while end < len(weights) and weight < wanted:
            weight += weights[end]
            end += 1
        if weight < wanted:
            break
        found.append((start, end))
        weight -= weights[start]
    return found or [(0, len(weights))] * (len(weights) > 0)


def shingles(held: Sequence[Word], shingle: int) -> list[str]:
    """The shingles of a passage as they are hashed: normal words, joined by one space."""
    ranges = windows([word.weight for word in held], shingle)
    return [" ".join(word.normal for word in held[start:end]) for start, end in ranges]


def signature(text: str, shingle: int, count: int, seed: int) -> NDArray[np.uint32]:
    """(count,): the MinHash signature of a text taken as one passage."""
    return signature_of_words(list(words(text)), shingle, count, seed)


def signature_of_words(held: Sequence[Word], shingle: int, count: int, seed: int) -> NDArray[np.uint32]:
    """(count,): the MinHash signature of a passage; 2**32 - 1 throughout without a word."""
    factors, terms = _permutations(count, seed)
    hashes = [xxhash.xxh32_intdigest(each.encode()) for each in shingles(held, shingle)]
    if not hashes:
        return np.full(count, 0xFFFFFFFF, np.uint32)
    mixed: NDArray[Any] = np.array(hashes, np.uint32)
    # MurmurHash3's finaliser, as datasketch applies it before the permutations.
    mixed = (mixed ^ (mixed >> 16)) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> 13)) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> 16
    values: NDArray[np.uint32] = (mixed[:, None] * factors + terms).min(axis=0)
    return values


def signature_by_datasketch(text: str, shingle: int, count: int, seed: int) -> NDArray[np.uint32]:
    """The same from datasketch itself, which everything else is held equal to."""
    from datasketch import MinHash

    sketch = MinHash(num_perm=count, seed=seed, scheme="affine32", hashfunc=xxhash.xxh32_intdigest)
    sketch.update_batch([each.encode() for each in shingles(list(words(text)), shingle)])
    values: NDArray[np.uint32] = sketch.hashvalues.astype(np.uint32)
    return values


def hash_shingle(hashes: Sequence[int]) -> int:
    """64 bits of a shingle from the hashes of its words, for comparing sets (not for the signature)."""
    total = 0
    for each in hashes:
        total = ((total << 5 | total >> 59) & _BITS ^ each) * _FACTOR & _BITS
    return total


def shingle_set(hashes: Sequence[int], shingle: int) -> set[int]:
    """The shingle hashes of a run of words given by their hashes (weight code in the low bits)."""
    weights = [WEIGHT_OF_WORD >> (each & 3) for each in hashes]
    return {hash_shingle(hashes[start:end]) for start, end in windows(weights, shingle)}
