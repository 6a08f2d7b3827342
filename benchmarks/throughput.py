"""How long dedupe takes beside ``wc -w`` and other tools on the same text, and how much memory.

``python -m benchmarks.throughput FOLDER``, on the press releases; ``--generated 1GB`` on generated text.
Other tools are installed into a temporary folder, or kept in that of ``--cache``.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.data import press_releases
from benchmarks.generate import bytes_of, generate
from benchmarks.peers import PEERS, Part, installed, run
from benchmarks.tables import Result
from benchmarks.timing import (
    DEDUPE,
    ROOT,
    Cost,
    busy,
    command,
    in_turn,
    plain_environment,
    spread,
    timed,
)
from dedupe import Settings
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Texts
from dedupe.sketch.corpus import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RATIO, RATE = "{:.2f}", "{:.0f}"
SEED = 1
PEER_ROUNDS = 3


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput")
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="of the data")
    parser.add_argument("--generated", type=bytes_of, metavar="SIZE", help="generate the text instead")
    parser.add_argument("--cache", type=Path, help="keeps the environments of other tools")
    asked = parser.parse_args()
    with TemporaryDirectory() as held:
        folder = Path(held)
        if asked.generated:
            corpus = folder / "corpus.parquet"
            generate(asked.generated, SEED, corpus)
        elif asked.folder:
            corpus = press_releases(asked.folder)
        else:
            sys.exit(
                "usage: python -m benchmarks.throughput FOLDER, the folder of press-releases.parquet"
            )
        measure(corpus, folder, asked.cache or folder, asked.generated).publish()


def measure(corpus: Path, folder: Path, cache: Path, generated: int | None = None) -> Result:
    """The figures; ``folder`` is for what is written on the way, ``cache`` for environments."""
    column = pq.read_table(corpus, columns=["text"])["text"]
    texts = texts_of(column.cast(pa.large_string()).combine_chunks())
    plain = folder / "corpus.txt"
    plain.write_bytes(texts.data[texts.offsets[0] : texts.offsets[-1]].tobytes())
    megabytes = plain.stat().st_size / 1e6
    environment = {**plain_environment(), "NUMBA_CACHE_DIR": str(folder / "compiled")}
    what = "generated text" if generated else "the press releases"
    asked = f"--generated {megabytes:.0f}MB" if generated else "../shared/data"
    result = Result(
        "throughput-generated" if generated else "throughput",
        f"dedupe beside `wc -w` and other tools on the {megabytes:.0f} MB of {what}, in turn.",
        f"python -m benchmarks.throughput {asked}",
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
    json = [*DEDUPE, "--format", "json", str(corpus)]
    whole = in_turn(
        {
            "wc": count,
            audit: lambda: command([*DEDUPE, str(corpus)], environment),
            as_json: lambda: command(json, environment, folder / "report.json"),
        },
        rounds=5,
        again=2,
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
    others = _peers(result, corpus, megabytes, environment, folder, cache)
    most = max(kernel.others, whole.others, first.others, others)
    result.notes = (
        busy(most),
        "`LC_ALL=C.UTF-8`; kernels compiled beforehand where nothing else is said.",
        "Ratios are of runs of the same round; median, least and most of 9 rounds, of whole commands 5, "
        "the quietest where other processes were at work.",
        "Signatures are computed from Arrow buffers in memory, each document one passage; commands are "
        "timed from start to end, Parquet decoding included.",
        "Other tools run in environments of their own, each on the first documents of the same text, in "
        f"turn with the audit of all of it into a JSON report; {PEER_ROUNDS} rounds, ratios are of the "
        "throughput.",
    )
    return result


def _peers(
    result: Result,
    corpus: Path,
    megabytes: float,
    environment: Mapping[str, str],
    folder: Path,
    cache: Path,
) -> float:
    """Add other tools to the table; how busy others kept the machine."""
    report = [*DEDUPE, str(corpus), "-o", str(folder / "report.json")]
    runs: dict[str, Callable[[], Cost]] = {"dedupe": lambda: command(report, environment)}
    table = pq.read_table(corpus, columns=["id", "text"])
    parts: dict[str, Part] = {}
    for number, peer in enumerate(PEERS):
        python = installed(peer, cache)
        if python is not None:
            part = parts[peer.name] = Part(table, peer.megabytes, folder / f"part-{number}")
            runs[peer.name] = partial(run, peer, python, part.folder, environment)
    del table
    rounds = in_turn(runs, PEER_ROUNDS, warm=False, again=1)
    for peer in PEERS:
        if peer.name not in parts:
            nothing = [None] * len(result.columns)
            result.add(peer.name, nothing, RATE, about="not measured: pip could not install it")
            continue
        size = parts[peer.name].bytes / 1e6
        pairs = zip(rounds.costs["dedupe"], rounds.costs[peer.name], strict=True)
        factors = [megabytes / one.seconds / (size / other.seconds) for one, other in pairs]
        name = f"{peer.name}: {size:.0f} MB, MB/s"
        result.add(name, rounds.rates(peer.name, size), "{:.2f}", about=peer.about)
        result.add(f"`dedupe audit -o report.json` / {peer.name}", spread(factors), "{:.1f}", peer.times)
    return rounds.others


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
