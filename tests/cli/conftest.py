"""What the tests of the command line start from: a stand-in for the audit, and a way to run dedupe."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner, Result

from dedupe.cli.main import app
from dedupe.report import (
    DocumentScore,
    Finding,
    Fractions,
    Location,
    Report,
    ReportSettings,
    Skipped,
    Summary,
)

if TYPE_CHECKING:
    from dedupe.settings import Settings

Progress = Callable[[str, int, int], None]


def one_error() -> Report:
    """Two articles, one of them with a block that stands twice."""
    text = "satu dua “tiga”"
    spots = tuple(
        Location("a.txt", start, start + 15, line, line, line == 1, line == 1, 1.0, 1.0, text)
        for start, line in ((0, 1), (16, 2))
    )
    finding = Finding(
        "0" * 32, "REP001", "repetition", "error", False, 3, 2, 1.0, 1.0, 1.0, None, (), spots
    )
    documents = (
        DocumentScore("a.txt", None, None, 6, 31, 2, Fractions(0.5, 0, 0.5, 0), (finding.id,)),
        DocumentScore("b.txt", None, None, 6, 31, 2, Fractions(original=1.0), ()),
    )
    return Report(
        "0.1.0",
        ReportSettings(0.5, 0.8, "normal", 12, 3, 128, 25, 5, 1),
        Summary(2, 4, 12, 62, Fractions(0.75, 0, 0.25, 0), 0.5, 0.25, 0.25, {"repetition": 1}),
        documents,
        (finding,),
        (),
        (),
        (0,),
    )


def nothing_read(*skipped: Skipped) -> Report:
    """A report of nothing, and why."""
    report = one_error()
    summary = Summary(0, 0, 0, 0, Fractions(), 0.0, 0.0, 0.0, {})
    return replace(report, summary=summary, documents=(), findings=(), skipped=skipped, ranking=())


@dataclass
class FakeAudit:
    """Stands where ``dedupe.audit.audit`` does: gives its answer, remembers what it was asked."""

    answer: Report | BaseException = field(default_factory=one_error)
    paths: Sequence[str] | None = None
    settings: Settings | None = None

    def audit(
        self, paths: Sequence[str], settings: Settings | None = None, *, progress: Progress | None = None
    ) -> Report:
        self.paths, self.settings = list(paths), settings
        if progress is not None:
            progress("reading", 1, 2)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAudit:
    """The stand-in, in place."""
    instead = FakeAudit()
    module: Any = types.ModuleType("dedupe.audit")
    module.audit = instead.audit
    monkeypatch.setitem(sys.modules, "dedupe.audit", module)
    return instead


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run ``dedupe`` with these arguments (and environment)."""
    runner = CliRunner()

    def invoke(*arguments: str, **environment: str) -> Result:
        return runner.invoke(app, list(arguments), env=environment, prog_name="dedupe")

    return invoke
