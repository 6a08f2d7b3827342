"""The terminal says what fails no gate, and which entries are of no use."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from dedupe.formats import terminal
from dedupe.formats.interface import View
from dedupe.report import Allowed
from tests.gate.reports import found, report


def shown(**changes: object) -> str:
    stream = StringIO()
    of = replace(report(found("REP001", "error", known=True)), **changes)  # type: ignore[arg-type]
    terminal.write(of, stream, View(width=80))
    return stream.getvalue()


def test_nothing_is_said_where_nobody_asked() -> None:
    assert "baseline" not in shown()
    assert "Allowed" not in shown()


def test_what_is_known_is_counted_and_what_is_gone_is_listed() -> None:
    said = shown(known=3, stale=tuple(f"repetition {number:016x} 2 9" for number in range(8)))
    assert "\nKnown to the baseline: 3 findings\n  gone: repetition 0000000000000000 2 9\n" in said
    assert said.count("  gone: ") == 5
    assert "\n  … and 3 more\n  --update-baseline drops what is gone\n" in said


def test_entries_that_are_not_used_come_first() -> None:
    entries = (
        Allowed("entry 1: code REP001", "a refrain", 2),
        Allowed("entry 2: path a", "forms\x1b", 0),
    )
    assert shown(allowed=entries).count("Allowed") == 1
    assert (
        "\nAllowed\n  not used: entry 2: path a (forms\\x1b)\n"
        "  2 findings: entry 1: code REP001 (a refrain)\n" in shown(allowed=entries)
    )
