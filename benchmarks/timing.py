"""Times taken in turn: what is compared runs alternately, so that both meet the same machine."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    seconds: float
    memory: int = 0
    """Peak, in bytes; 0 where it was not measured."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle one and both ends of some figures."""

    median: float
    least: float
    most: float


def in_turn(runs: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """Each once to warm up, then all of them in turn, so many rounds."""
    for run in runs.values():
        run()
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            costs[name].append(run())
    return costs


def spread(values: Sequence[float]) -> Spread:
    """Median, least and most."""
    return Spread(median(values), min(values), max(values))


def ratios(costs: Sequence[Cost], to: Sequence[Cost]) -> Spread:
    """The ratios of the seconds of runs of the same round."""
    return spread([one.seconds / other.seconds for one, other in zip(costs, to, strict=True)])


def timed(run: Callable[[], object]) -> Cost:
    """What a call in this process takes."""
    begin = time.perf_counter()
    run()
    return Cost(time.perf_counter() - begin)


def command(words: Sequence[str], environment: Mapping[str, str], output: Path | None = None) -> Cost:
    """What a command takes from its start to its end, its output thrown away or in a file."""
    with open(output or "/dev/null", "wb") as stream:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(CHILD), *words],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.PIPE,
            check=True,
            text=True,
        )
    seconds, memory, status = done.stderr.splitlines()[-1].split()
    if status != "0":
        sys.exit(f"{' '.join(words)} failed: {done.stderr}")
    return Cost(float(seconds), int(memory))
