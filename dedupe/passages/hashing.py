"""Hashes as kernels: words by a chain of multiplications, runs of words by XXH64.

XXH64: Y. Collet, *xxHash fast digest algorithm*. A word is mostly shorter than the eight bytes that
one step of the word hash takes, which is why it has a hash of its own.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import part

_P1: Final = np.uint64(0x9E3779B185EBCA87)
_P2: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_P3: Final = np.uint64(0x165667B19E3779F9)
_P4: Final = np.uint64(0x85EBCA77C2B2AE63)
_P5: Final = np.uint64(0x27D4EB2F165667C5)
_ODD: Final = np.uint64(0x5555555555555555)
_PAIRS: Final = np.uint64(0x3333333333333333)
_NIBBLES: Final = np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES: Final = np.uint64(0x0101010101010101)
_LOW_BYTES: Final = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)


@part
def rotate64(value: np.uint64, by: int) -> np.uint64:
    """Rotate left."""
    return (value << np.uint64(by)) | (value >> np.uint64(64 - by))


@part
def _round(lane: np.uint64, value: np.uint64) -> np.uint64:
    return rotate64(lane + value * _P2, 31) * _P1


@part
def _merge(total: np.uint64, lane: np.uint64) -> np.uint64:
    return (total ^ _round(np.uint64(0), lane)) * _P1 + _P4


@part
def _merge_lanes(a: np.uint64, b: np.uint64, c: np.uint64, d: np.uint64) -> np.uint64:
    total = rotate64(a, 1) + rotate64(b, 7) + rotate64(c, 12) + rotate64(d, 18)
    return _merge(_merge(_merge(_merge(total, a), b), c), d)


@part
def _avalanche(value: np.uint64) -> np.uint64:
    value = (value ^ (value >> np.uint64(33))) * _P2
    value = (value ^ (value >> np.uint64(29))) * _P3
    return value ^ (value >> np.uint64(32))


@part
def load64(data: NDArray[np.uint8], at: int) -> np.uint64:
    """Eight bytes as a little-endian number."""
    # Unsigned places: for signed ones a test for negative indices keeps the loads from being one.
    place = np.uint64(at)
    value = np.uint64(data[place])
    for byte in range(1, 8):
        value |= np.uint64(data[place + np.uint64(byte)]) << np.uint64(8 * byte)
    return value


@part
def store64(value: np.uint64, data: NDArray[np.uint8], at: int) -> None:
    """Write a number as eight little-endian bytes."""
    place = np.uint64(at)
    for byte in range(8):
        data[place + np.uint64(byte)] = np.uint8(value >> np.uint64(8 * byte) & np.uint64(0xFF))


@part
def ones(bits: np.uint64) -> int:
    """How many bits are set."""
    bits -= (bits >> np.uint64(1)) & _ODD
    bits = (bits & _PAIRS) + ((bits >> np.uint64(2)) & _PAIRS)
    return np.int64((((bits + (bits >> np.uint64(4))) & _NIBBLES) * _BYTES) >> np.uint64(56))


@part
def load32(data: NDArray[np.uint8], at: int) -> np.uint32:
    """Four bytes as a little-endian number."""
    place = np.uint64(at)
    return np.uint32(
        np.uint32(data[place])
        | np.uint32(data[place + np.uint64(1)]) << np.uint32(8)
        | np.uint32(data[place + np.uint64(2)]) << np.uint32(16)
        | np.uint32(data[place + np.uint64(3)]) << np.uint32(24)
    )


@part
def hash_word(data: NDArray[np.uint8], start: int, end: int) -> np.uint64:
    """``reference.hash_word`` of ``data[start:end]``; seven bytes behind it must be readable."""
    total = np.uint64(end - start) * _P5
    while end - start > 8:
        total = (total ^ load64(data, start)) * _P1
        total ^= total >> np.uint64(32)
        start += 8
    total = (total ^ (load64(data, start) & _LOW_BYTES[end - start])) * _P1
    total = (total ^ (total >> np.uint64(29))) * _P3
    return total ^ (total >> np.uint64(32))


@part
def xxh64_words(words: NDArray[np.uint64], start: int, end: int) -> np.uint64:
    """``xxhash.xxh64_intdigest`` of the little-endian bytes of ``words[start:end]``, seed 0."""
    at = start
    if end - start >= 4:
        a, b, c, d = _P1 + _P2, _P2, np.uint64(0), np.uint64(0) - _P1
        while at + 4 <= end:
            a = _round(a, words[at])
            b = _round(b, words[at + 1])
            c = _round(c, words[at + 2])
            d = _round(d, words[at + 3])
            at += 4
        total = _merge_lanes(a, b, c, d)
    else:
        total = _P5
    total += np.uint64(8 * (end - start))
    while at < end:
        total = rotate64(total ^ _round(np.uint64(0), words[at]), 27) * _P1 + _P4
        at += 1
    return _avalanche(total)
