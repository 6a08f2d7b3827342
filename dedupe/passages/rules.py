"""The numbers that segmentation turns on, in one place. Weights are quarters of a word."""

from __future__ import annotations

from typing import Final

from dedupe.passages.characters import WEIGHT_OF_WORD

LONG_WEIGHT: Final = 150 * WEIGHT_OF_WORD
"""A paragraph above this is taken in groups of sentences: it is rarely one in edited text."""
SENTENCES_WEIGHT: Final = 12 * WEIGHT_OF_WORD
"""A group of sentences closes at the first sentence end from here: about one sentence of news, so
that two texts that begin differently soon fall into the same groups."""
SENTENCES_SOFT_LIMIT: Final = 100 * WEIGHT_OF_WORD
"""Where no sentence ends, a group closes at the next blank from here,"""
SENTENCES_HARD_LIMIT: Final = 200 * WEIGHT_OF_WORD
"""and between any two words from here."""
SHORT_ABBREVIATION: Final = 3
"""A capitalised word of at most this many characters before a full stop is an abbreviation."""

WRAP_WIDEST: Final = 120
"""Characters in the longest line of hard-wrapped text,"""
WRAP_LEAST_WIDTH: Final = 40
"""and at least this many,"""
WRAP_LEAST_PAIRS: Final = 3
"""with at least this many full lines followed by another."""

PROSE: Final = 1
"""Flag of a passage of running prose."""
PARTED: Final = 2
"""Flag of a passage before which something stands that is not compared: set behind the scan."""
PROSE_WEIGHT: Final = 6 * WEIGHT_OF_WORD
PROSE_WITHOUT_STOP_WEIGHT: Final = 40 * WEIGHT_OF_WORD
