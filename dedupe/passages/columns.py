"""The columns of passages, and those of a whole corpus."""

from __future__ import annotations

from typing import Final

DOCUMENT: Final = 0
"""Row of the document."""
START: Final = 1
"""First byte of the passage in the text."""
END: Final = 2
"""Byte behind its last."""
FIRST_WORD: Final = 3
"""Row of its first word."""
WORDS: Final = 4
"""How many words it has."""
WEIGHT: Final = 5
"""Their weight in quarter words."""
FLAGS: Final = 6
"""PROSE, PARTED, both or nothing."""
FRAME: Final = 7
"""Where the line could be cut into a frame and its filling: ``frames.packed``."""
SIGNALS: Final = 8
"""What the line says of itself: bits of ``signals.SIGNALS``."""
PASSAGE_COLUMNS: Final = 9
