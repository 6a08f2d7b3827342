"""What is found in documents that lost their newlines, beside the same documents with them.

``python -m benchmarks.oneline FOLDER``, on every eighth press release.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import sample
from benchmarks.data import folder_of, press_releases
from benchmarks.tables import Result
from benchmarks.words import places
from dedupe import audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedupe import Document, Report

NOTES = (
    "Each run of newlines, with the blanks around it, is one space; so both audits see the same words "
    "in the same order, and the n-th of a document is the same word in both.",
    "A word is covered where it lies in a place of any finding but boilerplate; left out are words that "
    "are boilerplate in either audit.",
)
WORST = 50
"""Documents that are named in the JSON, those with most words that only one audit covers."""


def main() -> None:
    """Audit both, print the table."""
    documents = sample.read(press_releases(folder_of("oneline")))
    result = compare(documents)
    result.publish()


def compare(documents: Sequence[Document]) -> Result:
    """Both audits of the documents, word by word."""
    flat = [replace(each, text=without_newlines(each.text)) for each in documents]
    covered, furniture = words_of(documents, audit(documents))
    covered_flat, furniture_flat = words_of(flat, audit(flat))
    counts = np.zeros((len(documents), 6), np.int64)
    for row, name in enumerate(each.id for each in documents):
        prose = ~(furniture[name] | furniture_flat[name])
        one, other = covered[name] & prose, covered_flat[name] & prose
        masks = (furniture[name], furniture_flat[name], prose, one, other, one & other)
        counts[row] = [np.count_nonzero(mask) for mask in masks]
    boilerplate, boilerplate_flat, others, with_lines, without, both = counts.sum(axis=0).tolist()
    result = Result(
        "oneline",
        f"Every {sample.EVERY}th press release with newlines and without: which words findings cover.",
        "python -m benchmarks.oneline ../shared/data",
        ["value"],
        notes=NOTES,
    )
    for name, number in (
        ("documents", len(documents)),
        ("words that are boilerplate with newlines", boilerplate),
        ("words that are boilerplate without", boilerplate_flat),
        ("words that are boilerplate in neither", others),
        ("of them covered with newlines", with_lines),
        ("of them covered without", without),
        ("of them covered in both", both),
    ):
        result.add(name, [number], "{:,}")
    shares = [both / each if each else None for each in (with_lines, without)]
    result.add("of those covered with newlines, covered without", shares[:1], "{:.1%}", "at least 95%")
    result.add("of those covered without, covered with newlines", shares[1:], "{:.1%}", "at least 95%")
    single = counts[:, 3] + counts[:, 4] - 2 * counts[:, 5]
    result.details["worst"] = [
        {
            "document": documents[row].id,
            "only with newlines": int(counts[row, 3] - counts[row, 5]),
            "only without": int(counts[row, 4] - counts[row, 5]),
        }
        for row in np.argsort(-single, kind="stable")[:WORST].tolist()
        if single[row]
    ]
    return result


def without_newlines(text: str) -> str:
    """The text as one line."""
    return re.sub(r"\s*[\r\n]\s*", " ", text)


def words_of(
    documents: Sequence[Document], report: Report
) -> tuple[dict[str, NDArray[np.bool_]], dict[str, NDArray[np.bool_]]]:
    """For each document (n,) which words stand in findings, and (n,) which in boilerplate."""
    stretches: tuple[dict[str, list[tuple[int, int]]], ...] = (defaultdict(list), defaultdict(list))
    for finding in report.findings:
        held = stretches[finding.kind == "boilerplate"]
        for location in finding.locations:
            held[location.document].append((location.start, location.end))
    words = {document.id: places(document.text) for document in documents}
    covered, furniture = (
        {name: covering(each, held.get(name, [])) for name, each in words.items()} for held in stretches
    )
    return covered, furniture


def covering(words: NDArray[np.int64], stretches: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """(n,): which of the words (n, 2) begin in one of the stretches of text."""
    bounds = np.array(stretches, np.int64).reshape(-1, 2)
    inside = np.zeros(len(words) + 1, np.int64)
    np.add.at(inside, np.searchsorted(words[:, 0], bounds[:, 0]), 1)
    np.add.at(inside, np.searchsorted(words[:, 0], bounds[:, 1]), -1)
    return np.cumsum(inside)[:-1] > 0


if __name__ == "__main__":
    main()
