"""How much goes into one page, so that it opens at once and stays readable: what is worst goes first.

Whatever is left out is counted on the page.
"""

from __future__ import annotations

from typing import Final

DOCUMENTS: Final = 50_000
"""Articles in the table."""
FINDINGS: Final = 20_000
"""Findings in the list."""
PLACES: Final = 100
"""Places of one finding that are named."""
ARTICLES: Final = 12_000_000
"""Characters of whole articles."""
CLEAN: Final = 1_000_000
"""Characters up to which articles with original words only go in, too."""
EXCERPTS: Final = 8_000_000
"""Characters of the places of findings."""
COMPARED: Final = 3_000_000
"""Characters of places whose differences are marked: to find them takes time, a second for half a
million."""
WHOLES: Final = 250_000
"""Characters of near-duplicates that are laid beside each other as wholes, which takes longer."""
OTHERS: Final = 3
"""Places of one finding that are laid beside its anchor."""
ROOM: Final = 3_000
"""Characters of one place that are shown,"""
LITTLE: Final = 600
"""and where differences are not marked."""
LONGEST: Final = 20_000
"""Characters up to which a place is compared."""
WORST: Final = 12
"""Articles in the chart of the worst."""
MATRIX: Final = 16
"""Rows and columns of the matrix of who shares with whom."""
CAUSES: Final = 50
"""Causes that are told."""
LISTED: Final = 200
"""Skipped paths, and notes, that are named."""
CHUNK: Final = 64
"""Findings that the page reads together when one of them is opened."""
