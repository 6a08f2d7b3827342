"""Times taken in turn: what is compared runs alternately, so that both meet the same machine."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
CHILD = Path(__file__).with_name("child.py")
DEDUPE = (sys.executable, "-m", "dedupe", "audit", "--quiet")
QUIET = 0.1
"""Processors that others may keep busy in a round that counts."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    seconds: float
    memory: int = 0
    """Peak, in bytes; 0 where it was not measured."""


class Spread(NamedTuple):
    """The middle one and both ends of some figures."""

    median: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Of at least one figure."""
    return Spread(median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Rounds:
    """The costs of what ran in turn, the same number of each."""

    costs: Mapping[str, Sequence[Cost]]
    others: float
    """Processors that other processes kept busy in the worst of these rounds."""

    def ratios(self, name: str, to: str) -> Spread:
        """The ratios of the seconds of two that ran in the same round."""
        pairs = zip(self.costs[name], self.costs[to], strict=True)
        return spread([one.seconds / other.seconds for one, other in pairs])

    def rates(self, name: str, size: float) -> Spread:
        """How much of something of that size was done in a second."""
        return spread([size / cost.seconds for cost in self.costs[name]])

    def seconds(self, name: str) -> Spread:
        """How long it took."""
        return spread([cost.seconds for cost in self.costs[name]])

    def memory(self, name: str) -> Spread:
        """Peak memory, in bytes."""
        return spread([cost.memory for cost in self.costs[name]])

    def gigabytes(self, name: str) -> Spread:
        """The same in larger units."""
        return spread([cost.memory / 1e9 for cost in self.costs[name]])


def in_turn(
    runs: Mapping[str, Callable[[], Cost]], rounds: int, *, warm: bool = True, again: int = 4
) -> Rounds:
    """Each once to warm up, then all of them in turn, so many rounds.

    While other processes are at work, a round is done again, up to ``again`` times as many in all; the
    quietest count.
    """
    for run in runs.values() if warm else ():
        run()
    done: list[tuple[float, dict[str, Cost]]] = []
    while sum(others <= QUIET for others, _ in done) < rounds and len(done) < again * rounds:
        before = _Use.now()
        costs = {name: run() for name, run in runs.items()}
        done.append((_Use.now().others_since(before), costs))
    done.sort(key=lambda each: each[0])
    held = done[:rounds]
    return Rounds({name: [costs[name] for _, costs in held] for name in runs}, held[-1][0])


@dataclass(frozen=True, slots=True)
class _Use:
    """Seconds of processor time so far: of the whole machine, and of this process and its children."""

    clock: float
    machine: float
    own: float

    @classmethod
    def now(cls) -> _Use:
        own = sum(os.times()[:4])
        stat = Path("/proc/stat")
        if not stat.is_file():  # no Linux: taken for quiet
            return cls(time.perf_counter(), own, own)
        user, nice, system, _, _, interrupts, soft, *_ = map(int, stat.read_text().split()[1:9])
        ticks = user + nice + system + interrupts + soft
        return cls(time.perf_counter(), ticks / os.sysconf("SC_CLK_TCK"), own)

    def others_since(self, before: _Use) -> float:
        """Processors that others kept busy meanwhile."""
        used = (self.machine - before.machine) - (self.own - before.own)
        return max(0.0, used / (self.clock - before.clock))


def plain_environment() -> dict[str, str]:
    """The variables that commands are timed with: modules are kept compiled, as pip leaves them."""
    told = {name: value for name, value in os.environ.items() if name not in _UNUSUAL}
    return {**told, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}


_UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONDEVMODE", "PYTHONPROFILEIMPORTTIME", "PYTHONOPTIMIZE")


def machine() -> str:
    """What figures are measured on, in words."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.is_file() else []
    model = next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"{platform.python_implementation()} {platform.python_version()}"
    kind = model or platform.machine()
    return f"{os.cpu_count()} processors ({kind}), {memory:.0f} GiB of memory, {python}"


def busy(others: float) -> str:
    """The machine, and how busy others kept it."""
    return f"{machine()}; other processes kept at most {others:.2f} processors busy."


def timed(run: Callable[[], object]) -> Cost:
    """What a call in this process takes."""
    begin = time.perf_counter()
    run()
    return Cost(time.perf_counter() - begin)


def processor_seconds(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least processor time of all threads that each call in this process takes.

    Each once to warm up, then all of them in turn, so many rounds. Other processes hardly change it.
    """
    least = dict.fromkeys(runs, float("inf"))
    for number in range(rounds + 1):
        for name, run in runs.items():
            before = time.process_time()
            run()
            if number:
                least[name] = min(least[name], time.process_time() - before)
    return least


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
