"""Line breaks put back where a text lost them: newlines in the place of blanks, so that no place moves.

Before which words a line may have begun is for the corpus to say (``sketch.lines``). Here a break is
put at the next blank; none before a small letter, where a sentence goes on, and none that would leave
a line of a few words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dedupe.passages.characters import LOWER, kind
from dedupe.passages.reference import words

APART: Final = 4
"""Words between two breaks, at least."""


def broken(text: str, places: Sequence[int], opens: Sequence[bool]) -> str:
    """The text with newlines for some of its blanks.

    Args:
        text: a document.
        places: words, counted from 0 and ascending, before which lines may begin.
        opens: for each of them whether something begins there; else only something ends before it.
            Where both are near, what begins counts.
    """
    wanted: dict[int, bool] = {}
    for place, opening in zip(places, opens, strict=True):
        wanted[place] = opening or wanted.get(place, False)
    found: list[tuple[int, int, bool]] = []
    pending: bool | None = None
    behind = 0
    for number, word in enumerate(words(text)):
        if number and number in wanted:
            pending = wanted[number] or bool(pending)
        blank = text.rfind(" ", behind, word.start) if number else -1
        if pending is not None and blank >= 0:
            if not kind(text[word.start]) & LOWER:
                found.append((number, blank, pending))
            pending = None
        behind = word.end
    openings: list[tuple[int, int]] = []
    for number, blank, opening in found:
        if opening and (not openings or number - openings[-1][0] >= APART):
            openings.append((number, blank))
    held = list(text)
    for _, blank in openings:
        held[blank] = "\n"
    at = 0
    for number, blank, opening in found:
        while at < len(openings) and openings[at][0] <= number:
            at += 1
        before = at == 0 or number - openings[at - 1][0] >= APART
        after = at == len(openings) or openings[at][0] - number >= APART
        if not opening and before and after:
            held[blank] = "\n"
    return "".join(held)
