"""What was planted counts as found where a finding has places on both sides; growth is a slope."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks.generate import TRUTH, generate, planted_beside
from benchmarks.growth import Locations, exponent, locations_of, recall
from benchmarks.plot import Line, plot
from dedupe import Settings, audit


def truth(*rows: tuple[Any, ...]) -> dict[str, list[Any]]:
    return {
        name: list(column) for name, column in zip(TRUTH.names, zip(*rows, strict=True), strict=True)
    }


def places(*rows: tuple[int, bool, int, int, int]) -> Locations:
    return Locations(*(np.array(column) for column in zip(*rows, strict=True)))


ACROSS = ("across", False, 30, 0, 100, 200, 7, 0, 100)
INSIDE = ("inside", True, 30, 3, 0, 100, 3, 500, 600)


@pytest.mark.parametrize(
    ("case", "held", "found"),
    [
        (ACROSS, places((1, False, 0, 90, 210), (1, False, 7, 0, 50)), 1),
        (ACROSS, places((1, False, 0, 90, 149), (1, False, 7, 0, 50)), 0),
        (ACROSS, places((1, False, 0, 100, 200), (2, False, 7, 0, 100)), 0),
        (ACROSS, places((1, False, 0, 90, 125), (1, False, 0, 150, 175), (1, False, 7, 0, 50)), 1),
        (INSIDE, places((1, True, 3, 0, 100), (1, True, 3, 500, 600)), 1),
        (INSIDE, places((1, False, 3, 0, 600), (1, False, 9, 0, 600)), 0),
    ],
)
def test_a_copy_is_found_where_one_finding_covers_half_of_both_sides(
    case: tuple[Any, ...], held: Locations, found: int
) -> None:
    (share,) = recall(truth(case), held).values()
    assert share == found


def test_recall_is_told_by_kind() -> None:
    held = places((1, False, 0, 100, 200), (1, False, 7, 0, 100))
    other = ("across", False, 30, 1, 0, 100, 8, 0, 100)
    assert recall(truth(ACROSS, INSIDE, other), held) == {"inside, edited": 0, "across, exact": 0.5}


def test_places_are_read_from_a_report_and_what_is_planted_is_found(tmp_path: Path) -> None:
    corpus, report = tmp_path / "corpus.parquet", tmp_path / "report.json"
    generate(500_000, 1, corpus)
    report.write_text(audit(str(corpus), Settings(jobs=1)).to_json(), encoding="utf-8")
    held = locations_of(report)
    findings = [
        each for each in json.loads(report.read_text())["findings"] if each["kind"] != "boilerplate"
    ]
    assert len(set(held.finding.tolist())) == len(findings)
    assert held.document.size == sum(len(each["locations"]) for each in findings)
    shares = recall(pq.read_table(planted_beside(corpus)).to_pydict(), held)
    assert min(shares.values()) == 1


def test_the_exponent_is_the_slope_over_the_larger_sizes() -> None:
    sizes = [10**7, 10**8, 10**9]
    power, counted = exponent(sizes, [0.5, *(size**1.25 / 1e9 for size in sizes[1:])])
    assert power == pytest.approx(1.25)
    assert counted == 10**8
    assert exponent(sizes[:1], [1.0]) == (None, 10**7)


def test_a_plot_is_a_picture_with_a_point_for_each_figure() -> None:
    lines = [Line("a < b", [(1, 1), (10, 100), (50, 0)]), Line("other", [])]
    drawn = ET.fromstring(plot("speed & size", "MB", "s", lines))
    names = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a < b", "other", "speed & size", "MB", "1", "100"} <= set(names)
    circles = list(drawn.iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == 2
    assert float(circles[0].get("cy", 0)) > float(circles[1].get("cy", 0))
