"""``python -m benchmarks``: the benchmarks there are."""

import sys

BENCHMARKS = {
    "boilerplate": "which lines of web pages are boilerplate, beside jusText",
    "recall": "of the passages that have a partner, how many stand in a finding with one",
    "throughput": "time and memory beside `wc -w` on the same text",
}

for name, question in BENCHMARKS.items():
    sys.stdout.write(f"python -m benchmarks.{name} FOLDER   {question}\n")
