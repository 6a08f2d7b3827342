"""Findings as columns."""

from __future__ import annotations

import numpy as np

from dedupe.findings.assemble import Lazy
from dedupe.findings.tables import Finds, empty, finds_of, together


def finds(code: str, rows: list[tuple[int, int, int]]) -> Finds:
    """Findings of one code from finding, first and last passage of each location."""
    finding, first, last = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    count = int(finding.max()) + 1
    flags = np.zeros(len(rows), np.bool_)
    ones = np.ones(len(rows))
    return finds_of(
        np.full(count, code),
        np.zeros(count, np.int64),
        finding,
        first,
        last,
        flags,
        flags,
        flags,
        ones,
        ones,
        ones,
        flags,
    )


def test_locations_are_ordered_by_finding_and_place() -> None:
    held = finds("REP001", [(1, 5, 6), (0, 9, 9), (1, 2, 3), (0, 1, 1), (1, 2, 2)])
    assert len(held) == 2
    assert held.bounds.tolist() == [0, 2, 5]
    assert held.first.tolist() == [1, 9, 2, 2, 5]
    assert held.last.tolist() == [1, 9, 2, 3, 6]


def test_tables_are_put_one_behind_the_other() -> None:
    one, two = (
        finds("REP001", [(0, 1, 1), (0, 2, 2)]),
        finds("DUP001", [(0, 3, 3), (0, 4, 4), (1, 5, 5), (1, 6, 6)]),
    )
    held = together([empty(), one, empty(), two, empty()])
    assert held.code.tolist() == ["REP001", "DUP001", "DUP001"]
    assert held.bounds.tolist() == [0, 2, 4, 6]
    assert held.first.tolist() == [1, 2, 3, 4, 5, 6]


def test_of_nothing_there_is_an_empty_table() -> None:
    assert len(together([empty(), empty()])) == 0
    assert together([empty()]).bounds.tolist() == [0]


def test_a_lazy_sequence_makes_its_items_when_they_are_asked_for() -> None:
    made = []

    def make(row: int) -> int:
        made.append(row)
        return row * row

    held = Lazy(4, make)
    assert len(held) == 4
    assert made == []
    assert (held[1], held[-1], held[1:3]) == (1, 9, [1, 4])
    assert made == [1, 3, 1, 2]
    assert list(held) == [0, 1, 4, 9]
    assert held == [0, 1, 4, 9] != Lazy(3, make)
