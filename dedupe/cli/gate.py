"""What a command does about its gate: understand it before the work, judge the report after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dedupe.gate.expression import parse
from dedupe.gate.judge import judge

if TYPE_CHECKING:
    from dedupe.cli.shared import Gating
    from dedupe.gate.expression import Term
    from dedupe.report import Report

FAILED = 1


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked of a report."""

    terms: tuple[Term, ...]
    exit_zero: bool

    def judge(self, report: Report) -> Report:
        """The report with what was asked of it and how it stands."""
        return replace(report, gate=judge(report, self.terms)) if self.terms else report

    def exit_code(self, report: Report) -> int:
        """What the command exits with."""
        failed = report.gate is not None and report.gate.failed
        return FAILED if failed and not self.exit_zero else 0


def plan(gating: Gating, usual: str | None = None) -> Gate:
    """What to ask of the report; ``usual`` is asked where nothing else is.

    Raises DedupeError: an expression that is none.
    """
    expression = gating.fail_on if gating.fail_on is not None else usual
    return Gate(parse(expression) if expression is not None else (), gating.exit_zero)
