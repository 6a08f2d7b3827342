"""What each character is to the segmenter, and how words are normalised: the rules, and their tables.

The rules come from the Unicode data of the running Python, so that ``str.casefold`` and
``unicodedata.normalize`` mean the same in the plain reference and in the compiled kernels.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The low three bits of a character's kind say how it makes words.
NO_WORD: Final = 0
SPACED: Final = 1
"""A letter or digit of a script that puts spaces between words."""
MARK: Final = 2
"""Continues whatever word it follows; on its own it is a word."""
HALF: Final = 3
"""Han or Kana: a word of its own that counts half in limits."""
QUARTER: Final = 4
"""Thai, Lao, Khmer or Myanmar: a word of its own that counts a quarter in limits."""
WORD_BITS: Final = 7
# The other bits say how it makes sentences.
LOWER: Final = 8
UPPER: Final = 16
BLANK: Final = 32
STOP: Final = 64
"""Can end a sentence."""
CLOSER: Final = 128
"""A quotation mark or closing bracket: belongs to the sentence that it follows."""

WEIGHT_OF_WORD: Final = 4
"""Quarter words in a word of a spaced script: weights are whole numbers of quarters."""
WEIGHTS: Final = (0, 4, 4, 2, 1)
"""Weight of a word by the kind of its first character."""

STOPS: Final = ".!?…‥。．！？｡।॥؟۔։።፧།။។៕‼⁇⁈⁉"
STOPS_WITHOUT_SPACE: Final = "。！？｡။།"
"""Stops after which a sentence ends even where no space follows."""
BULLETS: Final = "-*+#•–—·‣◦▪●■►"

# Blocks, since Python does not carry the Script property: every letter in them is of the script.
_HALF_BLOCKS: Final = (
    (0x2E80, 0x2FDF),
    (0x3005, 0x3006),
    (0x3021, 0x3029),
    (0x3031, 0x3035),
    (0x3038, 0x303C),
    (0x3041, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x16FE2, 0x16FE3),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFD),
)
_QUARTER_BLOCKS: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0x116D0, 0x116E3),
)
# Letters by category that never stand alone (UAX #29 lets them extend the cluster before them).
_EXTENDING_LETTERS: Final = frozenset("\u0e33\u0eb3\uff9e\uff9f")
# Shown as nothing at the edge of a line, although no white space by category.
_INVISIBLE: Final = frozenset("\ufeff\u200b\u2060")
# Large blocks of letters that neither fold nor decompose (Hangul does by arithmetic).
_PLAIN_LETTERS: Final = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0x17000, 0x18CFF),
    (0x20000, 0x2F7FF),
    (0x30000, 0x3FFFD),
)
# Above plane 3 there are no letters and, but for the variation selectors, no marks.
_HIGHEST_OF_INTEREST: Final = 0x3FFFF
_VARIATION_SELECTORS: Final = (0xE0100, 0xE01EF)


def kind(character: str) -> int:
    """The kind of one character, as the bits above."""
    bits = _bits_of_category(unicodedata.category(character))
    code = ord(character)
    if character in _EXTENDING_LETTERS:
        bits = MARK
    elif bits & WORD_BITS == SPACED:
        if any(first <= code <= last for first, last in _HALF_BLOCKS):
            bits ^= SPACED ^ HALF
        elif any(first <= code <= last for first, last in _QUARTER_BLOCKS):
            bits ^= SPACED ^ QUARTER
    if character.isspace() or character in _INVISIBLE:
        bits |= BLANK
    if character in STOPS:
        bits |= STOP
    if character in "\"'":
        bits |= CLOSER
    return bits


def _bits_of_category(category: str) -> int:
    if category[0] == "M":
        return MARK
    if category in ("Pe", "Pf", "Pi"):
        return CLOSER
    if category[0] != "L" and category != "Nd":
        return NO_WORD
    return SPACED | {"Ll": LOWER, "Lu": UPPER, "Lt": UPPER}.get(category, 0)


def normalise(word: str) -> str:
    """One word as it is compared: full case folding and NFC, whatever form it came in.

    Composed before folding as well as after, so that the composed and the decomposed spelling of a
    word give the same result also where folding turns a mark into a letter (U+0345).
    """
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


class Tables(NamedTuple):
    """The rules as arrays for the kernels."""

    kinds: NDArray[np.uint8]
    """(0x110000,): the kind of each code point."""
    folds: NDArray[np.int32]
    """(0x110000,): what a word character becomes, or -1 where a word that holds it may have to be
    decomposed and composed again (``normalise`` decides about the whole word)."""
    classes: NDArray[np.uint8]
    """(0x110000,): canonical combining class."""
    decomposed: NDArray[np.int32]
    """(d,): code points with a canonical decomposition, ascending."""
    decompositions: NDArray[np.int32]
    """(d, 4): their full decompositions, padded with -1."""
    folded: NDArray[np.int32]
    """(f,): code points that case folding changes, ascending."""
    foldings: NDArray[np.int32]
    """(f, 3): what it makes of them, padded with -1."""
    pairs: NDArray[np.int64]
    """(c,): first << 32 | second of each pair that NFC composes, ascending."""
    composed: NDArray[np.int32]
    """(c,): what the pairs become."""


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Build the tables (some 50 ms; once a process, and only where kernels are used)."""
    import numpy as np

    codes = np.concatenate(
        [
            np.arange(0xD800),
            np.arange(0xF900, _HIGHEST_OF_INTEREST + 1),
            np.arange(_VARIATION_SELECTORS[0], _VARIATION_SELECTORS[1] + 1),
        ]
    )
    characters = [chr(code) for code in codes.tolist()]
    names, number = np.unique([*map(unicodedata.category, characters)], return_inverse=True)
    of_category = np.array([_bits_of_category(str(name)) for name in names], np.uint8)
    kinds = np.zeros(0x110000, np.uint8)
    kinds[codes] = of_category[number]
    for blocks, word_kind in ((_HALF_BLOCKS, HALF), (_QUARTER_BLOCKS, QUARTER)):
        for first, last in blocks:
            block = kinds[first : last + 1]
            block[block & WORD_BITS == SPACED] ^= SPACED ^ word_kind
    special = [*STOPS, *"\"'", *_EXTENDING_LETTERS, *_INVISIBLE]
    blank = codes[np.isin(number, np.flatnonzero(np.isin(names, ["Cc", "Zs", "Zl", "Zp"])))]
    for code in [*map(ord, special), *blank.tolist()]:
        kinds[code] = kind(chr(code))

    folds = np.full(0x110000, -1, np.int32)
    classes = np.zeros(0x110000, np.uint8)
    words = np.flatnonzero(kinds & WORD_BITS)
    folds[words] = words
    for first, last in _PLAIN_LETTERS:
        words = words[(words < first) | (words > last)]
    marks = words[kinds[words] & WORD_BITS == MARK]
    classes[marks] = [unicodedata.combining(chr(code)) for code in marks.tolist()]

    decompositions: dict[int, list[int]] = {}
    foldings: dict[int, list[int]] = {}
    pairs: dict[int, int] = {}
    again = [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]  # Hangul vowels and tails compose
    for code in words.tolist():
        character = chr(code)
        fold = character.casefold()
        if fold != character:
            foldings[code] = [ord(each) for each in fold]
            folds[code] = ord(fold) if len(fold) == 1 else -1
        canonical = unicodedata.decomposition(character)
        if canonical and canonical[0] != "<":
            decompositions[code] = [ord(each) for each in unicodedata.normalize("NFD", character)]
            if unicodedata.normalize("NFC", character) != character:
                again.append(code)
            else:
                first, second = (int(part, 16) for part in canonical.split())
                pairs[first << 32 | second] = code
                again.append(second)
    folds[again] = -1
    # A fold that is itself unstable or a second half would need composing again.
    moved = np.array(sorted(foldings))
    folds[moved[np.isin(folds[moved], again)]] = -1
    return Tables(
        kinds,
        folds,
        classes,
        *_padded(decompositions, 4),
        *_padded(foldings, 3),
        np.array(sorted(pairs), np.int64),
        np.array([pairs[pair] for pair in sorted(pairs)], np.int32),
    )


def _padded(table: dict[int, list[int]], width: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    import numpy as np

    keys = sorted(table)
    values = [table[key] + [-1] * (width - len(table[key])) for key in keys]
    return np.array(keys, np.int32), np.array(values, np.int32).reshape(-1, width)
