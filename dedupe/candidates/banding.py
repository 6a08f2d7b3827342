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

    Long rows keep strangers apart; of their bands there are as many as the 1% takes, since each costs
    time and memory. Where even single rows miss more (thresholds below .04 or so), single rows of all
    permutations.
    """
    if settings.bands:
        return settings.bands, settings.rows
    for rows in range(settings.permutations, 1, -1):
        bands = _fewest(settings.threshold, rows, settings.permutations // rows)
        if bands:
            return bands, rows
    bands = _fewest(settings.threshold, 1, settings.permutations)
    return bands or settings.permutations, 1


def _fewest(threshold: float, rows: int, most: int) -> int:
    """The fewest bands that miss as little as they may; 0 where that takes more than ``most``."""
    for bands in range(1, most + 1):
        if 1.0 - chance_of_meeting(threshold, bands, rows) <= MISSED_AT_MOST:
            return bands
    return 0
