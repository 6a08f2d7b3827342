"""How long ``dedupe check`` takes where somebody waits for it: in a commit hook, in a new machine of CI.

``python -m benchmarks.hook``; the articles are generated. What is compared to is the time in which
Python imports what a command line with columns and a terminal needs: ``import numpy, rich, typer``.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks.generate import blocks
from benchmarks.tables import FOLDER, Result
from benchmarks.timing import Cost, busy, command, in_turn, plain_environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FEW: Final = 10
SMALL: Final = 4000
"""Bytes of each of the few, at most."""
MANY: Final = 2000
SEED: Final = 1
ROUNDS: Final = 15
ROUNDS_OF_MANY: Final = 5
ROUNDS_WITHOUT: Final = 2
CHECK: Final = (sys.executable, "-m", "dedupe", "check", "--exit-zero", "--quiet")
IMPORTS: Final = (sys.executable, "-c", "import numpy, rich, typer")
RATIO: Final = "{:.2f}"
NOTES: Final = (
    f"Articles are the first {MANY:,} of the generator's (`benchmarks/generate.py`), a file each, or "
    f"the first {FEW} of those that have at most {SMALL:,} bytes. Warm: modules compiled by Python, "
    "kernels by Numba, files in memory. Without kernels: the folder in which they are kept is empty.",
    f"Ratios are of runs of the same round; median, least and most of {ROUNDS} rounds, of {MANY:,} "
    f"articles {ROUNDS_OF_MANY}, without kernels {ROUNDS_WITHOUT}, the quietest where other processes "
    "were at work.",
)


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hook")
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="FOLDER")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        measure(Path(folder)).publish(asked.output)


def measure(folder: Path) -> Result:
    """The figures; ``folder`` is for the articles."""
    environment = plain_environment()
    few, many = articles(folder / "few", FEW, SMALL), articles(folder / "many", MANY)
    check, imports = "`dedupe check`", "`import numpy, rich, typer`"
    result = Result(
        "hook",
        "`dedupe check` of generated articles, a file each, beside "
        "`python -c 'import numpy, rich, typer'`, in turn.",
        "python -m benchmarks.hook",
        ["median", "least", "most"],
    )

    def run(words: Sequence[str], of: Mapping[str, str] = environment) -> Cost:
        return command(words, of)

    def cold() -> Cost:
        with TemporaryDirectory(dir=folder) as empty:
            return run([*CHECK, str(many)], {**environment, "NUMBA_CACHE_DIR": empty})

    warm = in_turn(
        {"few": lambda: run([*CHECK, str(few)]), "imports": lambda: run(IMPORTS)}, ROUNDS, again=2
    )
    result.add(f"{check}, {FEW} articles / {imports}", warm.ratios("few", "imports"), RATIO, "at most 3")
    result.add(f"{check}, {FEW} articles, seconds", warm.seconds("few"), RATIO)
    result.add(f"{imports}, seconds", warm.seconds("imports"), RATIO)
    larger = in_turn(
        {"many": lambda: run([*CHECK, str(many)]), "imports": lambda: run(IMPORTS)},
        ROUNDS_OF_MANY,
        again=1,
    )
    first = in_turn({"cold": cold, "imports": lambda: run(IMPORTS)}, ROUNDS_WITHOUT, warm=False, again=1)
    result.add(
        f"{check}, {MANY:,} articles / {imports}", larger.ratios("many", "imports"), RATIO, "at most 5"
    )
    result.add(f"{check}, {MANY:,} articles, seconds", larger.seconds("many"), RATIO)
    result.add(
        f"{check}, {MANY:,} articles, without kernels / {imports}",
        first.ratios("cold", "imports"),
        RATIO,
        "at most 20",
    )
    result.add(f"{check}, {MANY:,} articles, without kernels, seconds", first.seconds("cold"), RATIO)
    result.notes = (busy(max(warm.others, larger.others, first.others)), *NOTES)
    return result


def articles(folder: Path, count: int, most: int | None = None) -> Path:
    """The first generated articles of at most so many bytes, a file each."""
    folder.mkdir()
    texts = chain.from_iterable(block.documents["text"].to_pylist() for block in blocks(SEED))
    held = (text.encode() for text in texts)
    for number, text in enumerate(
        islice((each for each in held if not most or len(each) <= most), count)
    ):
        (folder / f"{number:05}.txt").write_bytes(text)
    return folder


if __name__ == "__main__":
    main()
