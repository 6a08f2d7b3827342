"""Signatures and shingle sets as kernels. MinHash: A. Broder, *On the resemblance and containment of
documents*, 1997; the permutations and the pre-mix are datasketch's affine32 scheme; XXH32 by Y. Collet.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel, part
from dedupe.passages.characters import WEIGHT_OF_WORD, Tables
from dedupe.passages.hashing import load32, rotate64
from dedupe.passages.normalisation import tokenise

_P1: Final = np.uint32(0x9E3779B1)
_P2: Final = np.uint32(0x85EBCA77)
_P3: Final = np.uint32(0xC2B2AE3D)
_P4: Final = np.uint32(0x27D4EB2F)
_P5: Final = np.uint32(0x165667B1)
_MIX1: Final = np.uint32(0x85EBCA6B)
_MIX2: Final = np.uint32(0xC2B2AE35)
_FACTOR: Final = np.uint64(0x517CC1B727220A95)
_NONE: Final = np.uint32(0xFFFFFFFF)


@part
def _rotate32(value: np.uint32, by: int) -> np.uint32:
    return np.uint32((value << np.uint32(by)) | (value >> np.uint32(32 - by)))


@part
def _round32(lane: np.uint32, value: np.uint32) -> np.uint32:
    return np.uint32(_rotate32(np.uint32(lane + np.uint32(value * _P2)), 13) * _P1)


@part
def _choose(condition: bool, yes: np.uint32, no: np.uint32) -> np.uint32:
    """``yes if condition else no`` without a branch."""
    mask = np.uint32(0) - np.uint32(condition)
    return np.uint32((yes & mask) | (no & ~mask))


@part
def xxh32(data: NDArray[np.uint8], start: int, end: int) -> np.uint32:
    """``xxhash.xxh32_intdigest`` of ``data[start:end]``, seed 0; 16 bytes behind it must be readable.

    Shingles are some 20 bytes long, of any length modulo 16: a branch a step would be guessed
    wrong twice a shingle and cost more than the hash. So the steps of one stripe and of the rest
    are all taken, and those that do not apply are dropped.
    """
    size = end - start
    a = _round32(np.uint32(_P1 + _P2), load32(data, start))
    b = _round32(_P2, load32(data, start + 4))
    c = _round32(np.uint32(0), load32(data, start + 8))
    d = _round32(np.uint32(np.uint32(0) - _P1), load32(data, start + 12))
    at = start + 16
    while at + 16 <= end:
        a = _round32(a, load32(data, at))
        b = _round32(b, load32(data, at + 4))
        c = _round32(c, load32(data, at + 8))
        d = _round32(d, load32(data, at + 12))
        at += 16
    total = np.uint32(_rotate32(a, 1) + _rotate32(b, 7) + _rotate32(c, 12) + _rotate32(d, 18))
    total = _choose(size >= 16, total, _P5)
    total = np.uint32(total + np.uint32(size))
    at = start + (size & ~15)
    for step in range(3):
        value = np.uint32(load32(data, at + 4 * step) * _P3)
        stepped = np.uint32(_rotate32(np.uint32(total + value), 17) * _P4)
        total = _choose(size & 15 >= 4 * step + 4, stepped, total)
    at = start + (size & ~3)
    for step in range(3):
        value = np.uint32(np.uint32(data[np.uint64(at + step)]) * _P5)
        stepped = np.uint32(_rotate32(np.uint32(total + value), 11) * _P1)
        total = _choose(size & 3 > step, stepped, total)
    total = np.uint32((total ^ (total >> np.uint32(15))) * _P2)
    total = np.uint32((total ^ (total >> np.uint32(13))) * _P3)
    return np.uint32(total ^ (total >> np.uint32(16)))


@part
def _mix(value: np.uint32) -> np.uint32:
    """MurmurHash3's finaliser, as datasketch applies it before the permutations."""
    value = np.uint32((value ^ (value >> np.uint32(16))) * _MIX1)
    value = np.uint32((value ^ (value >> np.uint32(13))) * _MIX2)
    return np.uint32(value ^ (value >> np.uint32(16)))


@part
def sign_words(
    buffer: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    codes: NDArray[np.uint8],
    first: int,
    last: int,
    shingle: int,
    factors: NDArray[np.uint32],
    terms: NDArray[np.uint32],
    hashes: NDArray[np.uint32],
    signature: NDArray[np.uint32],
) -> None:
    """The signature of the words ``first`` to ``last`` of those that ``tokenise`` left in ``buffer``.

    Without a word it is 2**32 - 1 throughout. ``hashes`` is scratch, room for one value a word.
    """
    wanted = shingle * WEIGHT_OF_WORD
    count = weight = 0
    end = first
    opened = at = bounds[first - 1] + 1 if first > 0 else 0
    for start in range(first, last):
        while end < last and weight < wanted:
            weight += WEIGHT_OF_WORD >> codes[end]
            end += 1
        if weight < wanted:
            break
        hashes[count] = _mix(xxh32(buffer, at, bounds[end - 1]))
        count += 1
        weight -= WEIGHT_OF_WORD >> codes[start]
        at = bounds[start] + 1
    if count == 0 and last > first:
        hashes[0] = _mix(xxh32(buffer, opened, bounds[last - 1]))
        count = 1
    for permutation in range(signature.size):
        signature[permutation] = _NONE
    done = 0
    # Four shingles at a time: each permutation is then loaded and stored once for the four.
    while done + 4 <= count:
        h0, h1, h2, h3 = hashes[done], hashes[done + 1], hashes[done + 2], hashes[done + 3]
        for permutation in range(signature.size):
            a, b = factors[permutation], terms[permutation]
            low = min(np.uint32(a * h0 + b), np.uint32(a * h1 + b))
            high = min(np.uint32(a * h2 + b), np.uint32(a * h3 + b))
            signature[permutation] = min(signature[permutation], min(low, high))
        done += 4
    while done < count:
        h0 = hashes[done]
        for permutation in range(signature.size):
            value = np.uint32(factors[permutation] * h0 + terms[permutation])
            signature[permutation] = min(signature[permutation], value)
        done += 1


@kernel
def sign(
    text: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    tables: Tables,
    shingle: int,
    factors: NDArray[np.uint32],
    terms: NDArray[np.uint32],
    signatures: NDArray[np.uint32],
) -> None:
    """The signatures of texts, each taken as one passage.

    Args:
        text: (n,) valid UTF-8.
        offsets: (t + 1,): text i is ``text[offsets[i]:offsets[i + 1]]``.
        tables: ``characters.tables()``.
        shingle: whole words in a shingle.
        factors: (k,) and
        terms: (k,): ``permutations(k, seed)``.
        signatures: out, (t, k).
    """
    longest = 0
    for row in range(offsets.size - 1):
        longest = max(longest, offsets[row + 1] - offsets[row])
    buffer = np.empty(4 * longest + 32, np.uint8)
    begins = np.empty(longest // 2 + 1, np.int64)
    bounds = np.empty(longest // 2 + 1, np.int64)
    codes = np.empty(longest // 2 + 1, np.uint8)
    hashes = np.empty(longest // 2 + 1, np.uint32)
    for row in range(offsets.size - 1):
        count = tokenise(text, offsets[row], offsets[row + 1], tables, buffer, begins, bounds, codes)
        sign_words(buffer, bounds, codes, 0, count, shingle, factors, terms, hashes, signatures[row])


@part
def hash_shingles(
    words: NDArray[np.uint64], first: int, last: int, shingle: int, hashes: NDArray[np.uint64]
) -> int:
    """Write the shingle hashes of ``words[first:last]``, in order of place; their number."""
    wanted = shingle * WEIGHT_OF_WORD
    count = weight = 0
    end = first
    for start in range(first, last):
        while end < last and weight < wanted:
            weight += WEIGHT_OF_WORD >> np.int64(words[end] & np.uint64(3))
            end += 1
        if weight < wanted:
            break
        total = np.uint64(0)
        for word in range(start, end):
            total = (rotate64(total, 5) ^ words[word]) * _FACTOR
        hashes[count] = total
        count += 1
        weight -= WEIGHT_OF_WORD >> np.int64(words[start] & np.uint64(3))
    if count == 0 and last > first:
        total = np.uint64(0)
        for word in range(first, last):
            total = (rotate64(total, 5) ^ words[word]) * _FACTOR
        hashes[0] = total
        count = 1
    return count
