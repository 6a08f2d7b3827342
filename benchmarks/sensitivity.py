"""What each ``--sensitivity`` finds and misses, and what it costs.

``python -m benchmarks.sensitivity FOLDER``: the cases of ``benchmarks.pan`` and of
``benchmarks.planted``, and the press releases.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, get_args

from benchmarks import sample
from benchmarks.alignments import shared
from benchmarks.data import folder_of, indonesian_reuse, press_releases
from benchmarks.pan import TYPES, between, cases_of
from benchmarks.plagdet import Comparison
from benchmarks.planted import CASES, SEED, WHERE, compare
from benchmarks.planting import EDITS, articles_of, plant
from benchmarks.tables import Result
from benchmarks.timing import processor_seconds
from dedupe import Settings, audit
from dedupe.settings import Sensitivity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dedupe import Document

LEVELS: tuple[Sensitivity, ...] = get_args(Sensitivity)
KINDS = ("repetition", "reuse", "near-duplicate")
CHOSEN = (
    *("copied as it is", "10% of words replaced", "20% of words replaced", "40% of words replaced"),
    *("sentences reordered", "paragraphs merged", "newlines removed"),
)
"""Kinds of edits that are planted."""
ROUNDS = 3
SHARE, COUNT = "{:.3f}", "{:,}"
NOTES = (
    "Reuse between Indonesian articles: as in `python -m benchmarks.pan`, recall by how the cases were "
    "made. Planted: as in `python -m benchmarks.planted`, recall by how the copies were edited, the "
    "mean of those inside one article and those across two.",
    "Precision: of the characters that detections name, those that were taken over; the mean over all "
    "detections, of planted copies over these edits.",
)


def main() -> None:
    """Audit everything once a level, print the table."""
    folder = folder_of("sensitivity")
    releases, reuse = press_releases(folder), indonesian_reuse(folder)
    articles = articles_of(sample.read(releases))
    result = Result(
        "sensitivity",
        "What `--sensitivity low`, `normal` and `high` find, of what is known to be there and in the "
        "press releases, and how long it takes.",
        "python -m benchmarks.sensitivity ../shared/data",
        LEVELS,
    )
    add(result, [of_reuse(reuse, level) for level in LEVELS], SHARE)
    add(result, [of_planted(articles, level) for level in LEVELS], SHARE)
    add(result, [of_releases(releases, level) for level in LEVELS], COUNT)
    seconds = processor_seconds({level: auditing(releases, level) for level in LEVELS}, ROUNDS)
    result.add(
        "press releases, time / that of `low`",
        [seconds[level] / seconds["low"] for level in LEVELS],
        "{:.2f}",
        "`normal` at most 2",
    )
    result.notes = (
        *NOTES,
        f"Times: processor time of all threads, kernels compiled, on {os.cpu_count()} processors; the "
        f"least of {ROUNDS} rounds in turn.",
    )
    result.publish()


def add(result: Result, figures: Sequence[dict[str, float]], form: str) -> None:
    """A row for each figure that the levels have."""
    for name in figures[0]:
        result.add(name, [of_level[name] for of_level in figures], form)


def of_reuse(folder: Path, level: Sensitivity) -> dict[str, float]:
    """Recall and precision on the Indonesian cases."""
    cases = cases_of(folder)
    found = between(shared(audit([folder], Settings(sensitivity=level))), folder)
    comparison = Comparison([case.alignment for case in cases], found)
    kinds = [case.type for case in cases]
    whole = comparison.measures()
    return {
        "Indonesian reuse, precision": float(whole.precision),
        "Indonesian reuse, recall": float(whole.recall),
        **{
            f"Indonesian reuse, recall, {kind}": float(
                comparison.measures_of([row for row, each in enumerate(kinds) if each == kind]).recall
            )
            for kind in TYPES
            if kind in kinds
        },
    }


def of_planted(articles: Sequence[Document], level: Sensitivity) -> dict[str, float]:
    """Recall and precision on planted copies."""
    recall: dict[str, float] = {}
    precision: list[float] = []
    for name in CHOSEN:
        corpus = plant(articles, EDITS[name], CASES, SEED)
        compared = compare(corpus, Settings(sensitivity=level))
        measures = [compared[where].measures() for where in WHERE]
        recall[f"planted, recall, {name}"] = sum(float(each.recall) for each in measures) / len(WHERE)
        precision += [float(each.precision) for each in measures]
    return {"planted, precision": sum(precision) / len(precision), **recall}


def of_releases(releases: Path, level: Sensitivity) -> dict[str, float]:
    """Findings by kind, and the words that stand in any."""
    report = audit([releases], Settings(sensitivity=level))
    counts = [sum(finding.kind == kind for finding in report.findings) for kind in KINDS]
    return {f"press releases, {kind}": count for kind, count in zip(KINDS, counts, strict=True)}


def auditing(releases: Path, level: Sensitivity) -> Callable[[], object]:
    """An audit of the press releases to be timed."""
    return lambda: audit([releases], Settings(sensitivity=level))


if __name__ == "__main__":
    main()
