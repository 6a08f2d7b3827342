"""``dedupe explain``: the page of a code, as plain as the reader's screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from typer.testing import Result

from dedupe.rules import codes, rule

Run = Callable[..., Result]


def test_a_page_is_printed_as_it_is_where_nobody_looks(run: Run) -> None:
    result = run("explain", "dup004")
    assert (result.exit_code, result.stdout) == (0, rule("DUP004").page)


def test_it_is_set_for_a_screen(run: Run) -> None:
    result = run("explain", "REP001", FORCE_COLOR="1", COLUMNS="70")
    assert "\x1b[1mREP001: repeated exactly\x1b[0m" in result.stdout
    assert "`" not in result.stdout
    assert "#" not in result.stdout


def test_without_a_code_all_are_listed(run: Run) -> None:
    lines = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(codes())
    assert lines[0].split("  ")[1] == "repeated exactly"


def test_an_unknown_code_is_wrong_use(run: Run) -> None:
    result = run("explain", "REP01")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "dedupe: REP01 is not a code: did you mean REP001, REU001, REP003?\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_the_screen_cannot_show_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, run: Run, encoding: str
) -> None:
    from dedupe.cli import screen

    view_of = screen.view_of
    monkeypatch.setattr(
        "dedupe.cli.screen.view_of",
        lambda stream, **view: __import__("dataclasses").replace(
            view_of(stream, **view), encoding=encoding
        ),
    )
    assert "Read more: ???" in run("explain", "BPL002").stdout
