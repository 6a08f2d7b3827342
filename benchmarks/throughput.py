"""How long dedupe takes beside ``wc -w`` on the same text, and how much memory.

``python -m benchmarks.throughput FOLDER``, on the press releases.
"""

from __future__ import annotations

import itertools
import os
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.data import folder_of, press_releases
from benchmarks.tables import Result
from benchmarks.timing import Cost, command, in_turn, timed
from dedupe import Settings
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Texts
from dedupe.sketch.corpus import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
DEDUPE = (sys.executable, "-m", "dedupe", "audit", "--quiet")
RATIO, RATE = "{:.2f}", "{:.0f}"


def main() -> None:
    """Measure, print the table."""
    releases = press_releases(folder_of("throughput"))
    with TemporaryDirectory() as folder:
        result = measure(releases, Path(folder))
    result.publish()


def measure(releases: Path, folder: Path) -> Result:
    """The figures; ``folder`` is for what is written on the way."""
    column = pq.read_table(releases, columns=["text"])["text"]
    texts = texts_of(column.cast(pa.large_string()).combine_chunks())
    plain = folder / "releases.txt"
    plain.write_bytes(texts.data[texts.offsets[0] : texts.offsets[-1]].tobytes())
    megabytes = plain.stat().st_size / 1e6
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "NUMBA_CACHE_DIR": str(folder / "compiled"),
        "PYTHONPATH": str(ROOT),
    }
    result = Result(
        "throughput",
        f"dedupe beside `wc -w` on the {megabytes:.0f} MB of the press releases, in turn.",
        "python -m benchmarks.throughput ../shared/data",
        ["median", "least", "most"],
    )

    def count() -> Cost:
        return command(["wc", "-w", str(plain)], environment)

    kernel = in_turn(
        {
            "wc": count,
            "two": lambda: timed(signatures(texts, 2)),
            "one": lambda: timed(signatures(texts, 1)),
        },
        rounds=9,
    )
    result.add(
        "signatures on two threads, time / `wc -w`", kernel.ratios("two", "wc"), RATIO, "at most 1"
    )
    result.add("signatures on one thread, time / `wc -w`", kernel.ratios("one", "wc"), RATIO)
    result.add("`wc -w`, MB/s", kernel.rates("wc", megabytes), RATE)
    result.add("signatures on two threads, MB/s", kernel.rates("two", megabytes), RATE)
    result.add("signatures on one thread, MB/s", kernel.rates("one", megabytes), RATE)

    audit, as_json = "`dedupe audit`", "`dedupe audit --format json`"
    json = [*DEDUPE, "--format", "json", str(releases)]
    whole = in_turn(
        {
            "wc": count,
            audit: lambda: command([*DEDUPE, str(releases)], environment),
            as_json: lambda: command(json, environment, folder / "report.json"),
        },
        rounds=5,
    )
    for name in (audit, as_json):
        result.add(f"{name}, time / `wc -w`", whole.ratios(name, "wc"), RATIO, "at most 6")
        result.add(f"{name}, MB/s", whole.rates(name, megabytes), RATE)
        result.add(f"{name}, peak memory in GB", whole.gigabytes(name), RATIO, "at most 1.5")

    seeds = [*DEDUPE, str(ROOT / "seeds")]

    def cold() -> Cost:
        with TemporaryDirectory(dir=folder) as empty:
            return command(seeds, {**environment, "NUMBA_CACHE_DIR": empty})

    first = in_turn({"cold": cold, "warm": lambda: command(seeds, environment)}, rounds=9)
    result.add(
        "`dedupe audit seeds/`, time without compiled kernels / with",
        first.ratios("cold", "warm"),
        RATIO,
        "at most 1.5",
    )
    result.add("`dedupe audit seeds/`, seconds", first.seconds("warm"), RATIO)
    busy = max(kernel.others, whole.others, first.others)
    result.notes = (
        f"{os.cpu_count()} processors, {platform.python_implementation()} {platform.python_version()}; "
        f"other processes kept at most {busy:.2f} processors busy.",
        "`LC_ALL=C.UTF-8`; kernels compiled beforehand where nothing else is said.",
        "Ratios are of runs of the same round; median, least and most of 9 rounds, of whole commands 5, "
        "the quietest where other processes were at work.",
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


if __name__ == "__main__":
    main()
