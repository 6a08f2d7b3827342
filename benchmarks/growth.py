"""How time and memory grow with the size of the corpus, and whether what was planted is found.

``python -m benchmarks.growth --sizes 10MB,100MB,1GB`` generates each corpus, audits it into a JSON
report beside ``wc -w`` on the same text, in turn, and fits the exponent of growth.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow.parquet as pq

from benchmarks.generate import bytes_of, generate, planted_beside
from benchmarks.plot import Line, plot
from benchmarks.tables import FOLDER, Result
from benchmarks.timing import DEDUPE, Cost, Rounds, busy, command, in_turn, plain_environment

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZES: Final = "10MB,100MB,1GB"
ONCE: Final = 500_000_000
"""Bytes of text from which a corpus is audited once, not to warm up and then in rounds."""
ROUNDS: Final = 3
START: Final = 100_000
"""Bytes of text whose audit is taken for start-up: as few as still make it load the kernels."""
FITTED: Final = 50_000_000
"""Bytes of text from which sizes count for the exponent, where two or more are as large."""
HALF: Final = 0.5
SEED: Final = 1
NOTES: Final = (
    "The corpora are generated from a seed (`benchmarks/generate.py`), the smaller ones beginnings of "
    "the larger: words by Zipf's law in seven scripts, links and a notice of its source below each "
    "document, copied paragraphs and spans in a tenth of them, copies of whole documents.",
    "`dedupe audit FILE.parquet -o report.json`, from start to end, beside `wc -w` on the text alone; "
    "`LC_ALL=C.UTF-8`. Memory is the peak of all its processes.",
    f"Medians of {ROUNDS} rounds; from {ONCE // 10**6} MB of text on of one.",
    f"Start-up is the audit of {START // 1000} kB; the exponent is the slope of a line through the "
    "logarithms of size and time, start-up subtracted.",
    "A planted copy is found where one finding has places on half of the copy or more and on half of "
    "the original or more: a repetition for one inside a document, else reuse, a repetition or a "
    "near-duplicate. Edited copies have a tenth of their words replaced, dropped or added, whole "
    "documents a twenty-fifth.",
)


@dataclass(frozen=True, slots=True)
class Locations:
    """The places that findings name, columns of (l,)."""

    finding: NDArray[np.int64]
    """Numbers in the report's order."""
    repetition: NDArray[np.bool_]
    """Whether the finding is one; boilerplate is left out."""
    document: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]


def main() -> None:
    """Measure each size, print the table, draw the plot."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth")
    parser.add_argument("--sizes", default=SIZES, metavar="SIZE,...", help=f"default: {SIZES}")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folder", type=Path, help="for the corpora; default: a temporary one")
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("audit", nargs="*", help="options of dedupe audit, behind --")
    asked = parser.parse_args()
    try:
        sizes = sorted(map(bytes_of, asked.sizes.split(",")))
    except ValueError:
        sys.exit(f"--sizes {asked.sizes} is no list of sizes: 10MB,1GB is one")
    with TemporaryDirectory(dir=asked.folder) as folder:
        result = measure(sizes, asked.seed, Path(folder), asked.audit)
    result.publish(asked.output)
    name = asked.output / "growth.svg"
    name.write_text(drawn(result), encoding="utf-8")


def measure(sizes: Sequence[int], seed: int, folder: Path, options: Sequence[str] = ()) -> Result:
    """The figures; ``folder`` is for what is written on the way."""
    environment = plain_environment()
    words = ["python -m benchmarks.growth --sizes", ",".join(map(_said, sizes))]
    result = Result(
        "growth",
        "An audit of generated text, to its JSON report, beside `wc -w`: how both grow with its size.",
        " ".join(words + (["--", *options] if options else [])),
        [_said(size) for size in sizes],
    )
    rounds: list[Rounds] = []
    found: list[dict[str, float]] = []
    bytes_held: list[int] = []

    start, _ = _corpus(START, seed, folder)
    audit = [*DEDUPE, *options]

    def of(corpus: Path) -> Cost:
        return command([*audit, str(corpus), "-o", str(folder / "report.json")], environment)

    startup = in_turn({"audit": lambda: of(start)}, 2 * ROUNDS + 1).seconds("audit").median
    for size in sizes:
        corpus, held = _corpus(size, seed, folder)
        plain = str(corpus.with_suffix(".txt"))
        runs = {
            "wc": lambda plain=plain: command(["wc", "-w", plain], environment),
            "audit": lambda corpus=corpus: of(corpus),
        }
        rounds.append(in_turn(runs, 1, warm=False, again=1) if size >= ONCE else in_turn(runs, ROUNDS))
        truth = pq.read_table(planted_beside(corpus))
        found.append(recall(truth.to_pydict(), locations_of(folder / "report.json")))
        bytes_held.append(held)
        for each in (corpus, corpus.with_suffix(".txt"), planted_beside(corpus)):
            each.unlink()

    seconds = [each.seconds("audit").median for each in rounds]
    memory = [each.memory("audit").median for each in rounds]
    megabytes = [each / 1e6 for each in bytes_held]
    result.add("text, MB", megabytes, "{:,.0f}")
    result.add("`dedupe audit`, seconds", seconds, "{:.2f}")
    result.add("`wc -w`, seconds", [each.seconds("wc").median for each in rounds], "{:.2f}")
    ratios = [each.ratios("audit", "wc").median for each in rounds]
    result.add("time / `wc -w`", ratios, "{:.2f}", "at most 3 at 1GB")
    without = [(each.seconds("audit").median - startup) / each.seconds("wc").median for each in rounds]
    result.add("time without start-up / `wc -w`", without, "{:.2f}")
    result.add("MB/s", [size / each for size, each in zip(megabytes, seconds, strict=True)], "{:.0f}")
    result.add("peak memory, GB", [each / 1e9 for each in memory], "{:.2f}")
    of_text = [each / held for each, held in zip(memory, bytes_held, strict=True)]
    result.add("peak memory / text", of_text, "{:.2f}", "at most 1.5 at 1GB")
    names = dict.fromkeys(name for each in found for name in each)
    for name in names:
        result.add(f"found: {name}", [each.get(name) for each in found], "{:.1%}")
    power, counted = exponent(sizes, [each - startup for each in seconds])
    blanks = [None] * (len(sizes) - 1)
    result.add("start-up, seconds", [startup, *blanks], "{:.2f}")
    result.add("exponent of growth", [power, *blanks], "{:.3f}", "at most 1.05 from 100MB on")
    most = max(each.others for each in rounds)
    fitted = (
        f"Exponent fitted from {_said(counted)} on." if power is not None else "One size: no exponent."
    )
    result.notes = (busy(most), *NOTES, fitted)
    result.details["bytes"] = bytes_held
    return result


def _corpus(size: int, seed: int, folder: Path) -> tuple[Path, int]:
    corpus = folder / f"{size}.parquet"
    return corpus, generate(size, seed, corpus, corpus.with_suffix(".txt"))


def _said(size: int) -> str:
    for unit, times in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= times:
            return f"{size / times:g}{unit}"
    return str(size)


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> tuple[float | None, int]:
    """The slope of the logarithms, over the larger sizes where two are large; from which size on."""
    large = [size >= FITTED for size in sizes]
    held = np.array(large if sum(large) > 1 else [True] * len(sizes))
    if held.sum() < 2:
        return None, min(sizes)
    x, y = np.log(np.array(sizes)[held]), np.log(np.array(seconds)[held])
    return float(np.polyfit(x, y, 1)[0]), int(np.array(sizes)[held][0])


def locations_of(report: Path) -> Locations:
    """The places in a JSON report, read line by line: a finding is a line of it."""
    rows: list[tuple[int, bool, int, int, int]] = []
    number = 0
    with report.open(encoding="utf-8") as lines:
        for line in lines:
            if line == '  "findings": [\n':
                break
        for line in lines:
            if not line.startswith("    {"):
                break
            finding = json.loads(line.rstrip().rstrip(","))
            number += 1
            if finding["kind"] == "boilerplate":
                continue
            repetition = finding["kind"] == "repetition"
            rows += [
                (number, repetition, int(each["document"]), each["start"], each["end"])
                for each in finding["locations"]
            ]
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    return Locations(columns[0], columns[1] > 0, *columns[2:])


def recall(truth: dict[str, list[Any]], places: Locations) -> dict[str, float]:
    """The share of planted copies that are found, by where the original stands and whether edited."""
    inside = np.array([where == "inside" for where in truth["where"]])
    original, copied = (_covering(truth, side, places) for side in ("original", "copy"))
    # Findings that have places on both sides, as case and finding in one number.
    both = np.intersect1d(original, copied, assume_unique=True)
    repetitions = np.unique(places.finding[places.repetition])
    case, finding = np.divmod(both, _FINDINGS)
    fits = ~inside[case] | np.isin(finding, repetitions)
    found = np.zeros(inside.size, np.bool_)
    found[case[fits]] = True
    kinds = [
        f"{where}, {'edited' if edited else 'exact'}"
        for where, edited in zip(truth["where"], truth["edited"], strict=True)
    ]
    return {
        kind: float(found[np.array([each == kind for each in kinds])].mean())
        for kind in dict.fromkeys(sorted(kinds, key=lambda kind: (kind[0] != "i", kind)))
    }


_FINDINGS: Final = 1 << 40
"""More than any report has findings."""


def _covering(truth: dict[str, list[Any]], side: str, places: Locations) -> NDArray[np.int64]:
    """The findings whose places cover half of a case or more, as ``case * _FINDINGS + finding``."""
    documents, starts, ends = (
        np.array(truth[f"{side}{field}"], np.int64) for field in ("", "_start", "_end")
    )
    order = np.argsort(places.document, kind="stable")
    held = places.document[order]
    first, last = np.searchsorted(held, documents), np.searchsorted(held, documents, "right")
    counts = last - first
    case = np.repeat(np.arange(documents.size), counts)
    place = order[np.arange(case.size) + np.repeat(first - (np.cumsum(counts) - counts), counts)]
    low = np.maximum(places.start[place], starts[case])
    high = np.minimum(places.end[place], ends[case])
    pairs, row = np.unique(case * _FINDINGS + places.finding[place], return_inverse=True)
    covered = np.bincount(row, np.maximum(high - low, 0), pairs.size)
    wanted = HALF * (ends - starts)[pairs // _FINDINGS]
    enough: NDArray[np.int64] = pairs[covered >= wanted]
    return enough


def drawn(result: Result) -> str:
    """Time of the audit and of ``wc -w``, and memory, by the size of the text."""
    rows = {row.name: row.values for row in result.rows}
    x = [float(value or 0) for value in rows["text, MB"]]

    def line(label: str, name: str) -> Line:
        return Line(label, list(zip(x, [float(value or 0) for value in rows[name]], strict=True)))

    return plot(
        "An audit beside wc -w, by the size of the text",
        "MB of text",
        "seconds; GB",
        [
            line("dedupe audit, seconds", "`dedupe audit`, seconds"),
            line("wc -w, seconds", "`wc -w`, seconds"),
            line("peak memory, GB", "peak memory, GB"),
        ],
    )


if __name__ == "__main__":
    main()
