"""The keys of the Indonesian reuse are read as they are meant, and what is found is told by type."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pan import Case, between, cases_of, listed, result_of
from benchmarks.plagdet import Alignment, Comparison, Span

KEY = """<?xml version="1.0" encoding="UTF-8"?>
<document reference="suspicious-1.txt">
  <feature name="about" language="id"/>
  <feature name="plagiarism" type="artificial" obfuscation="none" this_offset="10" this_length="5"
    source_reference="source-2.txt" source_offset="0" source_length="6"/>
  <feature name="plagiarism" type="simulated" this_offset="30" this_length="8"
    source_reference="source-1.txt" source_offset="7" source_length="9"/>
</document>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("suspicious", "source"):
        (tmp_path / name).mkdir()
    (tmp_path / "suspicious" / "suspicious-1.xml").write_text(KEY, encoding="utf-8")
    return tmp_path


def of(folder: Path, one: tuple[str, int, int], other: tuple[str, int, int]) -> Alignment:
    (here, *left), (there, *right) = one, other
    return Alignment(Span((folder / here).as_posix(), *left), Span((folder / there).as_posix(), *right))


def keys(folder: Path) -> list[Case]:
    suspicious = "suspicious/suspicious-1.txt"
    return [
        Case("none", of(folder, ("source/source-2.txt", 0, 6), (suspicious, 10, 15))),
        Case("simulated", of(folder, ("source/source-1.txt", 7, 16), (suspicious, 30, 38))),
    ]


def test_keys_name_type_and_both_ranges(folder: Path) -> None:
    assert cases_of(folder) == keys(folder)


def test_only_pairs_of_suspicious_and_source_count(folder: Path) -> None:
    (case, _) = (each.alignment for each in keys(folder))
    sources = of(folder, ("source/source-1.txt", 0, 9), ("source/source-2.txt", 0, 9))
    assert between([case, sources], folder) == [case]


def test_the_table_has_all_cases_and_each_type(folder: Path) -> None:
    cases = keys(folder)
    false = of(folder, ("source/source-2.txt", 50, 60), ("suspicious/suspicious-1.txt", 50, 60))
    found = [cases[0].alignment, false]
    compared = Comparison([case.alignment for case in cases], found)
    rows = {row.name: list(row.values) for row in result_of(cases, compared).rows}
    assert list(rows) == ["all", "none", "simulated"]
    assert rows["all"] == [2, 1, 2, 0.5, 0.5, 1.0, 0.5]
    assert rows["none"] == [1, 1, 1, 1.0, 1.0, 1.0, 1.0]
    assert rows["simulated"] == [1, 0, 0, 0.0, 0.0, 1.0, 0.0]


def test_the_list_names_cases_and_false_detections(folder: Path) -> None:
    cases = keys(folder)
    false = of(folder, ("source/source-2.txt", 50, 60), ("suspicious/suspicious-1.txt", 50, 60))
    found = [cases[0].alignment, false]
    lines = list(listed(cases, Comparison([case.alignment for case in cases], found)))
    assert lines == [
        "simulated: source-1 7-16 = suspicious-1 30-38: recall 0.000 by 0",
        "none: source-2 0-6 = suspicious-1 10-15: recall 1.000 by 1",
        "    source-2 0-6 = suspicious-1 10-15: precision 1.000",
        "false: source-2 50-60 = suspicious-1 50-60",
    ]
