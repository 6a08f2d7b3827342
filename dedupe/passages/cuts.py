"""Where a stretch that begins or ends inside a passage is cut: at a word, at a sentence if one is near.

Nobody wants to read a copy from its third word on. A cut that would leave a few words of a sentence
hanging takes them along; quotes and stops go with the word that they stand at.
"""

from __future__ import annotations

from typing import Final

from dedupe.passages.characters import CLOSER, STOP, kind
from dedupe.passages.reference import sentence_ends, words

HANGING: Final = 5
"""Words of a sentence that are taken along, at most."""


def cut(text: str, at: int, ends: bool) -> tuple[int, int]:
    """Where a passage is cut near a word boundary.

    Args:
        text: of the passage.
        at: words before the cut, 0 to all.
        ends: whether the stretch ends at the cut; else it begins there.

    Returns:
        Words before the cut, and code points before it.
    """
    held = list(words(text))
    breaks = _sentence_breaks(text, [word.start for word in held])
    near = (
        range(at, min(at + HANGING, len(held)) + 1) if ends else range(at, max(at - HANGING, 0) - 1, -1)
    )
    at = next((place for place in near if place in breaks), at)
    if ends:
        if at == len(held):
            return at, len(text)
        place = held[at - 1].end if at else 0
        while place < held[at].start and kind(text[place]) & (STOP | CLOSER):
            place += 1
        return at, place
    if at == 0:
        return 0, 0
    place = held[at].start if at < len(held) else len(text)
    while place > held[at - 1].end and kind(text[place - 1]) & CLOSER:
        place -= 1
    return at, place


def _sentence_breaks(text: str, starts: list[int]) -> set[int]:
    """Numbers of words before which a sentence begins; all of them, at the end of the last."""
    breaks = {0, len(starts)}
    at = 0
    for end in sentence_ends(text, 0, len(text)):
        while at < len(starts) and starts[at] < end:
            at += 1
        breaks.add(at)
    return breaks
