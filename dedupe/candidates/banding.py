"""How a signature is cut into bands (J. Leskovec et al., *Mining of Massive Datasets*, section 3.4)."""

from __future__ import annotations

from typing import Final

from dedupe.settings import Settings

MISSED_AT_MOST: Final = 0.01
"""Probability with which a pair just at the threshold may share no band."""


def chance_of_meeting(similarity: float, bands: int, rows: int) -> float:
    """Probability that two signatures of this Jaccard similarity agree in a whole band."""
    return 1.0 - (1.0 - similarity**rows) ** bands


def choose(settings: Settings) -> tuple[int, int]:
    """Bands and rows: those asked for, else the longest rows that miss at most 1% at the threshold.

    Long rows keep strangers apart; all permutations are used, so that the chance is the best the
    rows allow. Where even single rows miss more (thresholds below .04 or so), single rows.
    """
    if settings.bands:
        return settings.bands, settings.rows
    for rows in range(settings.permutations, 1, -1):
        bands = settings.permutations // rows
        if 1.0 - chance_of_meeting(settings.threshold, bands, rows) <= MISSED_AT_MOST:
            return bands, rows
    return settings.permutations, 1
