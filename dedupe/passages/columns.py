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
"""PROSE or nothing."""
PASSAGE_COLUMNS: Final = 7
