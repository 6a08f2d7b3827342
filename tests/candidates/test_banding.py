"""Bands and rows from the threshold."""

from __future__ import annotations

import pytest

from dedupe.candidates.banding import chance_of_meeting, choose
from dedupe.settings import Settings

THRESHOLDS = [round(0.05 * step, 2) for step in range(1, 21)]


@pytest.mark.parametrize("permutations", [64, 128, 256])
@pytest.mark.parametrize("threshold", THRESHOLDS[1:])
def test_a_pair_at_the_threshold_is_missed_with_a_chance_of_at_most_one_percent(
    threshold: float, permutations: int
) -> None:
    bands, rows = choose(Settings(threshold=threshold, permutations=permutations))
    assert 1 - chance_of_meeting(threshold, bands, rows) <= 0.01
    assert 1 - chance_of_meeting((1 + threshold) / 2, bands, rows) <= 0.01


@pytest.mark.parametrize("permutations", [1, 2, 7, 128, 1000])
@pytest.mark.parametrize("threshold", THRESHOLDS)
def test_bands_fit_into_the_signature(threshold: float, permutations: int) -> None:
    bands, rows = choose(Settings(threshold=threshold, permutations=permutations))
    assert bands >= 1
    assert rows >= 1
    assert bands * rows <= permutations


@pytest.mark.parametrize("threshold", THRESHOLDS[1:-1])
def test_rows_are_as_long_as_that_allows_so_that_strangers_stay_apart(threshold: float) -> None:
    _, rows = choose(Settings(threshold=threshold))
    assert 1 - chance_of_meeting(threshold, 128 // (rows + 1), rows + 1) > 0.01


def test_rows_grow_with_the_threshold() -> None:
    found = [choose(Settings(threshold=threshold))[1] for threshold in THRESHOLDS]
    assert found == sorted(found)
    assert choose(Settings(threshold=1.0)) == (1, 128)


def test_those_asked_for_win() -> None:
    assert choose(Settings(threshold=0.9, bands=2, rows=60)) == (2, 60)
    assert choose(Settings(threshold=0.1, bands=1, rows=1)) == (1, 1)


def test_where_no_choice_is_good_enough_single_rows_are_best() -> None:
    assert choose(Settings(threshold=0.01)) == (128, 1)
    assert choose(Settings(threshold=0.3, permutations=4)) == (4, 1)


@pytest.mark.parametrize(
    ("similarity", "bands", "rows", "chance"),
    [(0.0, 10, 3, 0.0), (1.0, 10, 3, 1.0), (0.5, 1, 1, 0.5), (0.5, 2, 1, 0.75), (0.5, 1, 2, 0.25)],
)
def test_the_chance_of_meeting_is(similarity: float, bands: int, rows: int, chance: float) -> None:
    assert chance_of_meeting(similarity, bands, rows) == chance


@pytest.mark.parametrize("threshold", THRESHOLDS[1:-1])
def test_bands_are_as_few_as_that_allows(threshold: float) -> None:
    bands, rows = choose(Settings(threshold=threshold))
    assert bands == 1 or 1 - chance_of_meeting(threshold, bands - 1, rows) > 0.01
