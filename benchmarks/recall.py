"""What dedupe finds of what an exhaustive comparison of all pairs of passages finds.

``python -m benchmarks.recall FOLDER``, on every eighth press release.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks import recomputed
from benchmarks.candidates import matching_pairs
from benchmarks.data import folder_of, press_releases
from benchmarks.exhaustive import similar_pairs
from benchmarks.sample import EVERY, Passage, long_passages, read, shingles_of
from benchmarks.tables import Result
from benchmarks.together import Places
from dedupe import Document, Settings, audit

if TYPE_CHECKING:
    from collections.abc import Sequence

THRESHOLDS = (0.5, 0.7, 0.8)

BOILERPLATE = "of them boilerplate"
HAVING = "of the others with a partner among them at or above the threshold"
TOGETHER = "of those in a finding together with a partner"
FIGURES = (
    ("documents", "{:,}", ""),
    ("passages of at least 12 words", "{:,}", ""),
    (BOILERPLATE, "{:,}", ""),
    (HAVING, "{:,}", ""),
    (TOGETHER, "{:,}", ""),
    ("share of those", "{:.2%}", "at least 99%"),
    ("pairs of distinct passages at or above the threshold", "{:,}", ""),
    ("of them verified before grouping", "{:,}", ""),
    ("share of pairs", "{:.2%}", ""),
    ("candidates verified", "{:,}", ""),
    ("candidates verified per passage", "{:.2f}", ""),
    ("findings", "{:,}", ""),
    (recomputed.COMPARED, "{:,}", ""),
    (recomputed.DIFFERENT, "{:,}", "0"),
    (recomputed.SINGLE, "{:,}", ""),
    (recomputed.SINGLE_DIFFERENT, "{:,}", "0"),
    (recomputed.SINGLE_BELOW, "{:,}", ""),
    (recomputed.FINDINGS_DIFFERENT, "{:,}", "0"),
)
NOTES = (
    "A partner is another passage, of the same document or another, whose Jaccard similarity is at or "
    "above the threshold; equal passages are partners.",
    "A passage stands in a finding together with a partner where one location holds all of the passage "
    "and another location all of the partner.",
    "Pairs before grouping are pairs of distinct passages: equal ones are collapsed first. In a bucket "
    "of many each is compared with a few only, so not every pair is verified; each passage's place in "
    "a finding does not need it to be.",
    "The exhaustive comparison, and the similarities compared again, are plain Python on sets of "
    "shingles as strings.",
    "Below the threshold are spans: kept for their length and density, they report whatever similarity "
    "they have; `--sensitivity low` gives none.",
)


def main() -> None:
    """Compare exhaustively once, audit once a threshold, print the table."""
    documents = read(press_releases(folder_of("recall")))
    truth = Truth(documents)
    found = {threshold: measure(truth, threshold) for threshold in THRESHOLDS}
    result = Result(
        "recall",
        f"All passages of every {EVERY}th press release compared with each other, exactly: "
        "what dedupe finds of what there is, at three thresholds.",
        "python -m benchmarks.recall ../shared/data",
        [str(threshold) for threshold in THRESHOLDS],
        notes=NOTES,
    )
    for name, form, target in FIGURES:
        result.add(name, [figures[name] for figures, _ in found.values()], form, target)
    result.details["missed"] = {str(threshold): missed for threshold, (_, missed) in found.items()}
    result.publish()


class Truth:
    """The passages of some documents, and all similar pairs of what they say."""

    def __init__(self, documents: Sequence[Document]) -> None:
        settings = Settings()
        self.documents = documents
        self.every = long_passages(documents, settings)
        kinds: dict[tuple[str, ...], int] = {}
        self.kinds = [kinds.setdefault(each.said, len(kinds)) for each in self.every]
        """For each passage the number of what it says."""
        self.saying: list[list[int]] = [[] for _ in kinds]
        """For each of these the passages that say it."""
        for number, kind in enumerate(self.kinds):
            self.saying[kind].append(number)
        sets = [
            shingles_of(documents[first.document].text[first.start : first.end], settings.shingle)
            for first in (self.every[numbers[0]] for numbers in self.saying)
        ]
        self.pairs = list(similar_pairs(sets, min(THRESHOLDS)))


def measure(truth: Truth, threshold: float) -> tuple[dict[str, float], list[dict[str, object]]]:
    """The figures of one threshold, and the passages that were missed."""
    settings = Settings(threshold=threshold)
    report = audit(truth.documents, settings)
    exact = {(left, right) for left, right, jaccard in truth.pairs if jaccard >= threshold}
    near: dict[int, list[int]] = defaultdict(list)
    for left, right in exact:
        near[left].append(right)
        near[right].append(left)
    places = Places(report, truth.documents, truth.every)
    having, missed = 0, []
    for number, kind in enumerate(truth.kinds):
        saying = [other for each in (kind, *near[kind]) for other in truth.saying[each]]
        if number in places.boilerplate:
            continue
        partners = [other for other in saying if other != number and other not in places.boilerplate]
        having += bool(partners)
        if partners and not places.together(number, partners):
            missed.append(_named(truth.documents, truth.every[number]))
    rows, compared, signed = matching_pairs(truth.documents, settings)
    kind_of = {each.row: kind for each, kind in zip(truth.every, truth.kinds, strict=True)}
    verified = exact & {(kind_of[left], kind_of[right]) for left, right in rows}
    figures: dict[str, float] = {
        "documents": len(truth.documents),
        BOILERPLATE: len(places.boilerplate),
        "passages of at least 12 words": len(truth.every),
        HAVING: having,
        TOGETHER: having - len(missed),
        "share of those": 1 - len(missed) / having,
        "pairs of distinct passages at or above the threshold": len(exact),
        "of them verified before grouping": len(verified),
        "share of pairs": len(verified) / len(exact),
        "candidates verified": compared,
        "candidates verified per passage": compared / signed,
        "findings": len(report.findings),
        **recomputed.recompute(report, truth.documents, truth.every, settings),
    }
    return figures, missed


def _named(documents: Sequence[Document], passage: Passage) -> dict[str, object]:
    return {"row": int(documents[passage.document].id), "start": passage.start, "end": passage.end}


if __name__ == "__main__":
    main()
