"""Which pairs of places a report claims."""

from __future__ import annotations

from benchmarks.alignments import repeated, shared
from benchmarks.plagdet import Alignment, Span
from dedupe import audit
from dedupe.report import Finding, Kind, Location, Report


def report(*findings: tuple[Kind, list[tuple[str, int, int]]]) -> Report:
    empty = audit([])
    return Report(
        version=empty.version,
        settings=empty.settings,
        summary=empty.summary,
        documents=(),
        findings=[finding(kind, places) for kind, places in findings],
        skipped=(),
    )


def finding(kind: Kind, places: list[tuple[str, int, int]]) -> Finding:
    locations = tuple(
        Location(*place, 1, 1, anchor=row == 0, keep=row == 0, jaccard=1.0, containment=1.0, text=None)
        for row, place in enumerate(places)
    )
    return Finding("", "", kind, "info", False, 0, len(places), 1.0, 1.0, 1.0, None, (), locations)


def pair(left: tuple[str, int, int], right: tuple[str, int, int]) -> Alignment:
    return Alignment(Span(*left), Span(*right))


def test_a_repetition_is_every_two_places_of_one_document() -> None:
    found = repeated(
        report(("repetition", [("a", 0, 9), ("a", 20, 29), ("a", 40, 49), ("b", 0, 9), ("b", 70, 79)]))
    )
    assert found == [
        pair(("a", 0, 9), ("a", 20, 29)),
        pair(("a", 0, 9), ("a", 40, 49)),
        pair(("a", 20, 29), ("a", 40, 49)),
        pair(("b", 0, 9), ("b", 70, 79)),
    ]


def test_reuse_is_every_two_places_of_different_documents() -> None:
    found = shared(report(("reuse", [("a", 0, 9), ("a", 20, 29), ("b", 5, 14), ("c", 0, 9)])))
    assert found == [
        pair(("a", 0, 9), ("b", 5, 14)),
        pair(("a", 20, 29), ("b", 5, 14)),
        pair(("a", 0, 9), ("c", 0, 9)),
        pair(("a", 20, 29), ("c", 0, 9)),
        pair(("b", 5, 14), ("c", 0, 9)),
    ]


def test_ranges_of_near_duplicates_go_in_order() -> None:
    found = shared(report(("near-duplicate", [("a", 0, 9), ("a", 20, 29), ("b", 3, 12), ("b", 30, 39)])))
    assert found == [pair(("a", 0, 9), ("b", 3, 12)), pair(("a", 20, 29), ("b", 30, 39))]


def test_ranges_that_are_not_as_many_are_one() -> None:
    found = shared(report(("near-duplicate", [("a", 0, 9), ("a", 20, 29), ("b", 3, 32)])))
    assert found == [pair(("a", 0, 29), ("b", 3, 32))]


def test_the_lesser_id_is_on_the_left_and_a_pair_is_given_once() -> None:
    reuse: tuple[Kind, list[tuple[str, int, int]]] = ("reuse", [("a", 0, 9), ("b", 0, 9)])
    turned: tuple[Kind, list[tuple[str, int, int]]] = ("reuse", [("b", 0, 9), ("a", 0, 9)])
    assert shared(report(reuse, turned)) == [pair(("a", 0, 9), ("b", 0, 9))]


def test_kinds_stay_apart() -> None:
    places = [("a", 0, 9), ("a", 20, 29), ("b", 0, 9)]
    assert shared(report(("repetition", places), ("boilerplate", places))) == []
    assert repeated(report(("reuse", places), ("near-duplicate", places))) == []
