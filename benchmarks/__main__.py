"""``python -m benchmarks``: the benchmarks there are."""

import sys

BENCHMARKS = {
    "boilerplate": "which lines of web pages are boilerplate, beside jusText",
    "documentation": "what fails in documentation, and whether its author wants to know, by reading",
    "oneline": "what is found in documents that lost their newlines, beside the same with them",
    "pan": "what is found of reuse between Indonesian articles, by the measures of PAN",
    "planted": "what is found of copied spans, by how much they were edited",
    "reading": "how right boilerplate is, by reading",
    "recall": "of the passages that have a partner, how many stand in a finding with one",
    "strangers": "false alarms between releases that have nothing to do with each other, by reading",
    "throughput": "time and memory beside `wc -w` on the same text",
}

WITHOUT_DATA = {
    "scripts": "what is found in each script of the same copies, edits and unrelated texts",
    "fuzz.readers": "any bytes as a file of any format, with atheris",
    "fuzz.texts": "any texts through the pipeline, with atheris",
}

for name, question in WITHOUT_DATA.items():
    sys.stdout.write(f"python -m benchmarks.{name}   {question}\n")
for name, question in BENCHMARKS.items():
    sys.stdout.write(f"python -m benchmarks.{name} FOLDER   {question}\n")
