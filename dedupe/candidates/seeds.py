"""Seeds: the same few words in a row at two places, the one kind of evidence that no cut can hide.

A sentence lifted into another paragraph, two paragraphs merged, a text whose newlines were lost: the
signatures of whole passages differ, but runs of words return. Those that stand in few places say
something; those that stand everywhere are how people write.

Like passim (D. Smith et al., *Computational methods for uncovering reprinted texts*, 2014) this looks
for n-grams of bounded frequency; each place is linked with two others only, so that the links are
linear in the words however often a text was copied.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from dedupe.passages.characters import WEIGHT_OF_WORD

WEIGHT: Final = 4 * WEIGHT_OF_WORD
"""Quarter words of a seed: four words, or as many clusters as weigh that."""
PLACES: Final = 16
"""Places that a seed may have: what stands more often says little,"""
LONG: Final = 3
"""unless so many such seeds in a row do: those are a sentence, and no phrase."""
KEY_BITS: Final = 40
"""Of a seed's hash. Where two seeds share them by chance, extension finds that their words differ."""

FACTORS: Final = tuple(pow(0x9E3779B97F4A7C15, power, 1 << 64) for power in range(1, WEIGHT + 1))
_BITS: Final = (1 << 64) - 1


def end_of_seed(words: Sequence[int], at: int, last: int) -> int:
    """Behind the last word of the seed that begins at a place; 0 where ``last`` comes before."""
    weight = 0
    while weight < WEIGHT:
        if at >= last:
            return 0
        weight += WEIGHT_OF_WORD >> (words[at] & 3)
        at += 1
    return at


def hash_of_seed(words: Sequence[int], at: int, end: int) -> int:
    """64 bits of a seed."""
    return sum(word * factor for word, factor in zip(words[at:end], FACTORS, strict=False)) & _BITS


def key_of_seed(words: Sequence[int], at: int, end: int) -> int:
    """What seeds are told apart by."""
    return hash_of_seed(words, at, end) >> 64 - KEY_BITS


def frequencies(
    words: Sequence[int], firsts: Sequence[int], lasts: Sequence[int], groups: Sequence[int]
) -> tuple[list[int], list[bool]]:
    """In how many of some runs of words the seed at each word stands, 0 where there is none; and
    whether these are of several groups.
    """
    keys: dict[int, int] = {}
    runs: dict[int, set[int]] = {}
    for run, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for at in range(first, last):
            end = end_of_seed(words, at, last)
            if end == 0:
                break
            keys[at] = key_of_seed(words, at, end)
            runs.setdefault(keys[at], set()).add(run)
    of_words = [runs[keys[at]] if at in keys else set() for at in range(len(words))]
    return [len(held) for held in of_words], [
        len({groups[run] for run in held}) > 1 for held in of_words
    ]


def marked(
    words: Sequence[int], firsts: Sequence[int], lasts: Sequence[int], places: Sequence[int]
) -> list[bool]:
    """Which words stand in seeds, of some runs, that say what those at some places say."""
    known = {hash_of_seed(words, at, end_of_seed(words, at, len(words))) for at in places}
    found = [False] * len(words)
    for first, last in zip(firsts, lasts, strict=True):
        for at in range(first, last):
            end = end_of_seed(words, at, last)
            if end == 0:
                break
            if hash_of_seed(words, at, end) in known:
                found[at:end] = [True] * (end - at)
    return found


def seeds(
    words: Sequence[int], firsts: Sequence[int], lasts: Sequence[int]
) -> tuple[list[tuple[int, int]], set[int]]:
    """Pairs of word positions (earlier, later) at which the same seed begins, and common words.

    Each place of a seed is linked with its first place and with the one before. What stands in too
    many places is how people write: its words say little where they stand. But where a run of LONG
    seeds stands in as many, its places are linked like those of a seed.

    Args:
        words: hash of each word, the code of its weight in the two lowest bits.
        firsts: first words of the runs that are searched; a seed lies in one of them,
        lasts: and the words behind them.

    Returns:
        The pairs ordered by the later place, then the earlier one; the positions of all words of
        seeds that have more than PLACES places, but for those of such runs.
    """
    places: dict[int, list[int]] = {}
    for first, last in zip(firsts, lasts, strict=True):
        for at in range(first, last):
            end = end_of_seed(words, at, last)
            if end == 0:
                break
            places.setdefault(key_of_seed(words, at, end), []).append(at)
    pairs: set[tuple[int, int]] = set()
    common: set[int] = set()
    crowded: set[int] = set()

    def link(held: list[int]) -> None:
        pairs.update((later, earlier) for earlier, later in pairwise(held))
        pairs.update((later, held[0]) for later in held[1:])

    for held in places.values():
        if len(held) <= PLACES:
            link(held)
        else:
            crowded.update(held)
            for at in held:
                common.update(range(at, end_of_seed(words, at, len(words))))
    runs: dict[int, list[tuple[int, int]]] = {}
    for first, last in zip(firsts, lasts, strict=True):
        for at in range(first, last):
            end, total = at, 0
            for _ in range(LONG):
                if end not in crowded:
                    break
                before, end = end, end_of_seed(words, end, last)
                if end == 0:
                    break
                total = (total * FACTORS[0] + hash_of_seed(words, before, end)) & _BITS
            else:
                runs.setdefault(total, []).append((at, end))
    for spans in runs.values():
        if len(spans) > PLACES:
            link([at for at, _ in spans])
            common.difference_update(*(range(at, end) for at, end in spans))
    return [(earlier, later) for later, earlier in sorted(pairs)], common
