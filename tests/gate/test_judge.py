"""The gate: what fails it, and what it says."""

from __future__ import annotations

import pytest

from dedupe.gate.expression import parse
from dedupe.gate.judge import judge
from dedupe.report import Fractions, Gate, Report
from tests.gate.reports import found, report

ERROR = found("REP001", "error")
WARNING = found("REU001", "warning", text="shared by two")
INFO = found("DUP004", "info", text="gold went up")
LAYOUT = found("REP003", "info", text="a title", layout=True)


def gate(of: Report, expression: str) -> Gate:
    return judge(of, parse(expression))


@pytest.mark.parametrize(
    ("expression", "failing"),
    [
        ("error", [0]),
        ("warning", [0, 1]),
        ("info", [0, 1, 2]),
        ("new", [0, 1, 2]),
        ("repetition", [0]),
        ("reuse", [1]),
        ("near-duplicate", [2]),
        ("boilerplate", []),
        ("REP001", [0]),
        ("REP003", []),
        ("REP002,REU001", [1]),
        ("error,near-duplicate", [0, 2]),
    ],
)
def test_conditions_name_the_findings_that_fail_them(expression: str, failing: list[int]) -> None:
    """A severity is that or worse; the layout of a source fails nothing."""
    asked = gate(report(ERROR, WARNING, INFO, LAYOUT), expression)
    assert asked.findings == failing
    assert asked.failed == bool(failing)


@pytest.mark.parametrize("expression", ["error", "info", "new", "repetition", "REP001"])
def test_what_is_known_or_allowed_fails_nothing(expression: str) -> None:
    known = found("REP001", "error", known=True)
    allowed = found("REP001", "error", allowed="it is right")
    assert not gate(report(known, allowed), expression).failed
    assert gate(report(known, allowed, ERROR), expression).findings == [2]


def test_each_condition_says_how_it_stands() -> None:
    second = found("REP001", "error", text="two")
    conditions = gate(report(ERROR, second, WARNING), "error,warning,new,reuse,REP002").conditions
    assert [(each.text, each.failed, each.detail) for each in conditions] == [
        ("error", True, "2 new findings of severity error"),
        ("warning", True, "3 new findings of severity warning or worse"),
        ("new", True, "3 new findings"),
        ("reuse", True, "1 new finding of reuse"),
        ("REP002", False, "no new finding of REP002"),
    ]


SCORED = report(fractions=Fractions(0.94, 0.0, 0.05000000000000001, 0.01), density=1 / 3)


@pytest.mark.parametrize(
    ("expression", "failed", "detail"),
    [
        ("repetition>0.05", True, "repetition is 0.05000000000000001, 6.94e-18 above 0.05"),
        ("repetition>=0.05", True, "repetition is 0.05000000000000001, 6.94e-18 above 0.05"),
        ("repetition<0.05", False, "repetition is 0.05000000000000001, 6.94e-18 above 0.05"),
        ("boilerplate>0.01", False, "boilerplate is 0.01, the bound itself"),
        ("boilerplate>=0.01", True, "boilerplate is 0.01, the bound itself"),
        ("boilerplate<=0.01", True, "boilerplate is 0.01, the bound itself"),
        ("original<0.95", True, "original is 0.94, 0.01 below 0.95"),
        (
            "duplication_density>0.33333",
            True,
            "duplication_density is 0.3333333333333333, 3.33e-06 above 0.33333",
        ),
        ("redundant_fraction>0", False, "redundant_fraction is 0.0, the bound itself"),
    ],
)
def test_scores_are_compared_unrounded(expression: str, failed: bool, detail: str) -> None:
    (condition,) = gate(SCORED, expression).conditions
    assert (condition.failed, condition.detail) == (failed, detail)
    assert list(condition.findings) == []


def test_one_condition_that_fails_is_enough() -> None:
    assert gate(SCORED, "error,repetition>0.05").failed
    assert not gate(SCORED, "error,repetition>0.06").failed


def test_only_findings_that_could_fail_are_made() -> None:
    class Worst(tuple):  # type: ignore[type-arg]
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield ERROR
            yield WARNING
            raise AssertionError("looked beyond the errors")

    of = report(ERROR, WARNING, INFO)
    object.__setattr__(of, "findings", Worst(of.findings))
    assert gate(of, "error").findings == [0]
