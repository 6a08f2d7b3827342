"""A progress bar on stderr, for work that takes more than a moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Report = Callable[[str, int, int], None]

PATIENCE = 1.0
"""Seconds before anything is shown."""
PAUSE = 0.1
"""Seconds between two looks at the same stage."""


@contextmanager
def shown(*, quiet: bool) -> Iterator[Report | None]:
    """What an audit reports its progress to; None when nobody is there to see it."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    bar = Bar()
    try:
        yield bar.update
    finally:
        bar.close()


class Bar:
    """Stage, share, throughput and time left, on a line that is gone when the work is done."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next = clock() + PATIENCE
        self._stage: str | None = None
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def update(self, stage: str, done: int, total: int) -> None:
        """Show how far the stage is, in bytes."""
        now = self._clock()
        if now < self._next and (self._progress is None or stage == self._stage):
            return
        self._next = now + PAUSE
        if self._progress is None:
            self._progress = _make()
            self._progress.start()
        if stage != self._stage or self._task is None:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(stage, total=total or None, completed=done)
            self._stage = stage
        else:
            self._progress.update(self._task, completed=done, total=total or None)

    def close(self) -> None:
        """Leave the screen as it was."""
        if self._progress is not None:
            self._progress.stop()


def _make() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        expand=True,
    )
