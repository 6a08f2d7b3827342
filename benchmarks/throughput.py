"""How long dedupe takes beside ``wc -w`` on the same text, and how much memory.

``python -m benchmarks.throughput FOLDER``, on the press releases.
"""

from __future__ import annotations

import itertools
import os
import platform
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.data import folder_of, press_releases
from benchmarks.tables import Result
from benchmarks.timing import Cost, Spread, command, in_turn, ratios, spread, timed
from dedupe import Settings
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Texts
from dedupe.sketch.corpus import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
DEDUPE = (sys.executable, "-m", "dedupe", "audit", "--quiet")


def main() -> None:
    """Measure, print the table."""
    releases = press_releases(folder_of("throughput"))
    with TemporaryDirectory() as folder:
        result = measure(releases, Path(folder))
    result.publish()


def measure(releases: Path, folder: Path) -> Result:
    """The figures; ``folder`` is for what is written on the way."""
    busy = others()
    texts = texts_of(
        pq.read_table(releases, columns=["text"])["text"].cast(pa.large_string()).combine_chunks()
    )
    plain = folder / "releases.txt"
    plain.write_bytes(texts.data[texts.offsets[0] : texts.offsets[-1]].tobytes())
    megabytes = plain.stat().st_size / 1e6
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "NUMBA_CACHE_DIR": str(folder / "compiled"),
        "PYTHONPATH": str(SEEDS.parent),
    }

    def count() -> Cost:
        return command(["wc", "-w", str(plain)], environment)

    result = Result(
        "throughput",
        f"dedupe beside `wc -w` on the {megabytes:.0f} MB of the press releases, in turn.",
        "python -m benchmarks.throughput ../shared/data",
        ["median", "least", "most"],
    )

    def add(name: str, values: Spread, form: str, target: str = "") -> None:
        result.add(name, [values.median, values.least, values.most], form, target)

    def rate(costs: Sequence[Cost]) -> Spread:
        return spread([megabytes / cost.seconds for cost in costs])

    kernels = in_turn(
        {
            "wc": count,
            "one": lambda: timed(signatures(texts, 1)),
            "two": lambda: timed(signatures(texts, 2)),
        },
        rounds=9,
    )
    add(
        "signatures on two threads, time / `wc -w`",
        ratios(kernels["two"], kernels["wc"]),
        "{:.2f}",
        "at most 1",
    )
    add("signatures on one thread, time / `wc -w`", ratios(kernels["one"], kernels["wc"]), "{:.2f}")
    add("`wc -w`, MB/s", rate(kernels["wc"]), "{:.0f}")
    add("signatures on two threads, MB/s", rate(kernels["two"]), "{:.0f}")
    add("signatures on one thread, MB/s", rate(kernels["one"]), "{:.0f}")

    whole = in_turn(
        {
            "wc": count,
            "terminal": lambda: command([*DEDUPE, str(releases)], environment),
            "json": lambda: command(
                [*DEDUPE, "--format", "json", str(releases)], environment, folder / "report.json"
            ),
        },
        rounds=5,
    )
    for name, shown in (("terminal", "dedupe audit"), ("json", "dedupe audit --format json")):
        costs = whole[name]
        add(f"`{shown}`, time / `wc -w`", ratios(costs, whole["wc"]), "{:.2f}", "at most 6")
        add(f"`{shown}`, MB/s", rate(costs), "{:.1f}")
        memory = spread([cost.memory / 1e9 for cost in costs])
        add(f"`{shown}`, peak memory in GB", memory, "{:.2f}", "at most 1.5")

    still = others()
    first = in_turn({"cold": _cold(folder, environment), "warm": _seeds(environment)}, rounds=9)
    add(
        "`dedupe audit seeds/`, time without compiled kernels / with",
        ratios(first["cold"], first["warm"]),
        "{:.2f}",
        "at most 1.5",
    )
    add("`dedupe audit seeds/`, seconds", spread([cost.seconds for cost in first["warm"]]), "{:.2f}")
    result.notes = (
        f"{os.cpu_count()} processors, {platform.python_implementation()} {platform.python_version()}; "
        f"load of the machine by others before the first run {busy:.1f}, before the last {still:.1f}.",
        "`LC_ALL=C.UTF-8`; kernels compiled beforehand where nothing else is said.",
        "Ratios are of runs of the same round; median, least and most of 9 rounds, of whole commands 5.",
        "Signatures are computed from Arrow buffers in memory, each release one passage; commands are "
        "timed from start to end, Parquet decoding included.",
    )
    return result


def signatures(texts: Texts, threads: int) -> Callable[[], object]:
    """The signature kernel over all texts, each thread an equal share of the bytes."""
    compute, settings = Compiled(), Settings()
    shares = np.linspace(texts.offsets[0], texts.offsets[-1], threads + 1)
    cuts = np.searchsorted(texts.offsets, shares).tolist()
    parts = [
        Texts(texts.data, texts.offsets[first : last + 1]) for first, last in itertools.pairwise(cuts)
    ]

    def sign(part: Texts) -> object:
        return compute.signatures(part, settings.shingle, settings.permutations, settings.seed)

    def run() -> object:
        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(sign, parts))

    return run


def others() -> float:
    """Processors that others keep busy, over two seconds; 0 where that cannot be told."""
    stat = Path("/proc/stat")
    if not stat.is_file():
        return 0.0

    def idle() -> int:
        return int(stat.read_text().split()[4])  # cpu, user, nice, system, idle

    before, begin = idle(), time.perf_counter()
    time.sleep(2)
    ticks = os.sysconf("SC_CLK_TCK") * (time.perf_counter() - begin)
    return max(0.0, (os.cpu_count() or 1) - (idle() - before) / ticks)


def _seeds(environment: dict[str, str]) -> Callable[[], Cost]:
    return lambda: command([*DEDUPE, str(SEEDS)], environment)


def _cold(folder: Path, environment: dict[str, str]) -> Callable[[], Cost]:
    """The seeds with a new, empty folder for compiled kernels each time."""

    def run() -> Cost:
        with TemporaryDirectory(dir=folder) as empty:
            return _seeds({**environment, "NUMBA_CACHE_DIR": empty})()

    return run


if __name__ == "__main__":
    main()
