"""What is a copy of what: word for word, or edited in nothing that matters."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import xxhash

from dedupe.passages.characters import UPPER, WEIGHT_OF_WORD, kind
from dedupe.passages.reference import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.passages.reference import Word

_SIGNS: Final = re.compile(r"\d[\d.,:/\-−–]*\d|[%‰$€£¥₹₩₽+<>=±°−]|(?<!\w)-(?=\d)")
"""What an audit does not compare, and a figure depends on: 1.5 and 15, -5 and 5, 5% and 5."""
_WORDS_OF_ASCII: Final = re.compile(r"[0-9A-Za-z]+")
_LABEL_WORDS: Final = 3
"""Words exchanged in one place, at most, where only a label is exchanged: a name, a month, "Part B"."""
_ADDED_WEIGHT: Final = 3 * WEIGHT_OF_WORD
"""Words that a copy has more than the kept one in one place, at most: more may say something."""
_LONGEST: Final = 20_000
"""Words of two texts that are compared word by word; longer ones are never copies of each other."""


def count_words(text: str) -> int:
    """Words of a text."""
    if text.isascii():
        return len(_WORDS_OF_ASCII.findall(text))
    return sum(1 for _ in words(text))


def has_words(text: str) -> bool:
    """Whether there is a word in it."""
    return next(words(text), None) is not None


class Judge:
    """Tells copies, and remembers what it has told: most places are looked at in every pass."""

    def __init__(self, min_words: int) -> None:
        self._min_words = min_words
        self._said: dict[bytes, str] = {}
        self._edited: dict[bytes, bool] = {}

    def said(self, text: str) -> str:
        """The same for two texts if one is the other word for word, figures and signs included."""
        text = " ".join(text.split())
        key = xxhash.xxh3_128_digest(text.encode())
        found = self._said.get(key)
        if found is None:
            found = self._said[key] = said(text)
        return found

    def is_edited_copy(self, copy: str, kept: str) -> bool:
        """Whether nothing would be lost with the copy but its wording."""
        key = xxhash.xxh3_128_digest(copy.encode()) + xxhash.xxh3_128_digest(kept.encode())
        found = self._edited.get(key)
        if found is None:
            found = self._edited[key] = is_edited_copy(copy, kept, self._min_words)
        return found


def said(text: str) -> str:
    """A digest of a text's words, and of the figures and signs between them."""
    held = " ".join(word.normal for word in words(text))
    signs = " ".join(_SIGNS.findall(text))
    return xxhash.xxh3_128_hexdigest(f"{held}\n{signs}".encode())


def is_edited_copy(copy: str, kept: str, min_words: int) -> bool:
    """Whether nothing would be lost with the copy but its wording.

    It is none if it has a figure of its own, if only figures or labels tell the two apart (a series,
    not an edit), or if it has a stretch of its own that is long enough for a finding.
    """
    ours, theirs = list(words(copy)), list(words(kept))
    if len(ours) + len(theirs) > _LONGEST:
        return False
    if Counter(_SIGNS.findall(copy)) - Counter(_SIGNS.findall(kept)):
        return False
    ours, theirs = _middles(ours, theirs)
    matcher = SequenceMatcher(
        None, [word.normal for word in ours], [word.normal for word in theirs], autojunk=False
    )
    labels = edits = 0
    for operation, low, high, first, last in matcher.get_opcodes():
        if operation == "equal":
            continue
        edits += 1
        own, other = ours[low:high], theirs[first:last]
        if any(character.isdigit() for word in own for character in word.normal):
            return False
        if _weight(own) >= min_words * WEIGHT_OF_WORD:
            return False
        if _weight(own) - _weight(other) > _ADDED_WEIGHT:
            return False
        labels += _is_label(own, copy) and _is_label(other, kept) and len(own) == len(other)
    return edits == 0 or labels < edits


def _middles(ours: list[Word], theirs: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words of two texts between their common beginning and end: all that needs comparing."""
    most = min(len(ours), len(theirs))
    first = 0
    while first < most and ours[first].normal == theirs[first].normal:
        first += 1
    last = 0
    while last < most - first and ours[-1 - last].normal == theirs[-1 - last].normal:
        last += 1
    return ours[first : len(ours) - last], theirs[first : len(theirs) - last]


def _weight(some: Sequence[Word]) -> int:
    return sum(word.weight for word in some)


def _is_label(some: Sequence[Word], text: str) -> bool:
    """Whether words look like what tells one of a series from the next: names, numbers, letters."""
    return 0 < len(some) <= _LABEL_WORDS and all(
        len(word.normal) <= 1
        or kind(text[word.start]) & UPPER
        or any(character.isdigit() for character in word.normal)
        for word in some
    )
