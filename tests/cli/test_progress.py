"""Progress is shown to somebody who waits, and to nobody else."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from dedupe.cli import progress
from dedupe.cli.progress import PATIENCE, PAUSE, Bar, shown

if TYPE_CHECKING:
    import pytest


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Screen(io.StringIO):
    """A terminal that keeps what it was sent."""

    def isatty(self) -> bool:
        return True


def test_nothing_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with shown(quiet=False) as update:
        assert update is None


def test_nothing_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Screen())
    with shown(quiet=True) as update:
        assert update is None


def test_nothing_for_short_work(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    with shown(quiet=False) as update:
        assert update is not None
        update("reading", 1, 2)
    assert screen.getvalue() == ""


def test_stage_and_share_for_long_work(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, clock = Screen(), Clock()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    bar = Bar(clock)
    bar.update("reading", 0, 100)
    clock.now += PATIENCE
    bar.update("reading", 50, 100)
    clock.now += PAUSE
    bar.update("comparing", 25, 100)
    bar.close()
    assert "reading" in screen.getvalue()
    assert "50%" in screen.getvalue()
    assert "comparing" in screen.getvalue()


def test_a_busy_stage_is_looked_at_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Counted:
        def start(self) -> None: ...
        def stop(self) -> None: ...
        def add_task(self, *_: object, completed: int, **__: object) -> int:
            asked.append(completed)
            return 0

        def update(self, _: int, *, completed: int, **__: object) -> None:
            asked.append(completed)

    monkeypatch.setattr(progress, "_make", Counted)
    clock = Clock()
    bar = Bar(clock)
    clock.now += PATIENCE
    for done in range(1000):
        bar.update("reading", done, 1000)
        clock.now += PAUSE / 100
    assert 9 <= len(asked) <= 12
