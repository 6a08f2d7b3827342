"""``python -m benchmarks``: the benchmarks there are; with the name of one, runs it."""

from __future__ import annotations

import runpy
import sys

BENCHMARKS = {
    "boilerplate": "which lines of web pages are boilerplate, beside jusText",
    "documentation": "what fails in documentation, and whether its author wants to know, by reading",
    "linear": "whether time grows with the size where one paragraph stands everywhere",
    "oneline": "what is found in documents that lost their newlines, beside the same with them",
    "pan": "what is found of reuse between Indonesian articles, by the measures of PAN",
    "planted": "what is found of copied spans, by how much they were edited",
    "reading": "how right boilerplate is, by reading",
    "recall": "of the passages that have a partner, how many stand in a finding with one",
    "sensitivity": "what each sensitivity finds and misses, and how long it takes",
    "strangers": "false alarms between releases that have nothing to do with each other, by reading",
    "throughput": "time and memory beside `wc -w` and other tools on the same text",
}
"""Those that take the folder of the data."""
GENERATED = {
    "growth": "how time and memory grow with the corpus, and whether planted copies are found",
    "hook": "how long `dedupe check` takes in a commit hook",
    "scripts": "what is found in each script of the same copies, edits and unrelated texts",
    "fuzz.readers": "any bytes as a file of any format, with atheris",
    "fuzz.texts": "any texts through the pipeline, with atheris",
}
"""Those that generate their text."""
COMMANDS = {
    "generate": "text of any size from a seed, with copies planted in it",
    "page": "the page of all figures, made again from what is stored",
}
"""What benchmarks need, and are put together with."""


def main() -> None:
    """List, or run."""
    every = BENCHMARKS | GENERATED | COMMANDS
    name, *rest = sys.argv[1:] or [""]
    if name in every:
        sys.argv[:] = [f"benchmarks.{name}", *rest]
        runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)
        return
    for each, question in every.items():
        folder = "FOLDER" if each in BENCHMARKS else ""
        sys.stdout.write(f"python -m benchmarks {each:<15}{folder:<8}{question}\n")
    if name:
        sys.exit(f"there is no benchmark {name}: these are all")


if __name__ == "__main__":
    main()
