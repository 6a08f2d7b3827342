"""Reuse between Indonesian articles, by the measures of PAN's text alignment.

``python -m benchmarks.pan FOLDER``; with ``--show`` each case and each false detection is listed
before the table, by id and offsets.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.alignments import OF_A_FINDING, shared
from benchmarks.data import INDONESIAN_REUSE, folder_and_show, indonesian_reuse
from benchmarks.plagdet import Alignment, Comparison, Measures, Span
from benchmarks.tables import Result
from dedupe import audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


TYPES = ("none", "random-shuffling", "pos-preserving", "semantic-variation", "simulated")
"""How a case was made, from copied as it is to written anew by hand; others follow by name."""
ALL = "all"
TARGETS = {
    ALL: "precision at least .88, plagdet at least .75",
    "none": "recall at least .99, granularity at most 1.05",
    "random-shuffling": "recall at least .95, granularity at most 1.05",
    "pos-preserving": "recall at least .95, granularity at most 1.05",
}
COUNTS = ("cases", "detected", "by")
MEASURES = ("recall", "precision", "granularity", "plagdet")
NOTES = (
    "Recall, precision and granularity by character, macro-averaged per case, and plagdet as M. "
    "Potthast and others define them (An Evaluation Framework for Plagiarism Detection, COLING 2010).",
    "Cases, how many of them are detected, and by how many detections; in the first row with those that "
    "share text with no case. Of a type: recall and granularity over its cases, precision over the "
    "detections that share text with one of them.",
    OF_A_FINDING,
    "Only pairs of a suspicious and a source document count. The folder is audited as it is, with "
    "default settings.",
)


@dataclass(frozen=True, slots=True)
class Case:
    """Text that was taken over on purpose: how, and from where to where."""

    type: str
    alignment: Alignment


def main() -> None:
    """Audit the folder, compare with the keys, print the table."""
    folder, show = folder_and_show("pan", INDONESIAN_REUSE)
    folder = indonesian_reuse(folder)
    cases = cases_of(folder)
    found = between(shared(audit([folder])), folder)
    comparison = Comparison([case.alignment for case in cases], found)
    if show:
        sys.stdout.writelines(f"{line}\n" for line in listed(cases, comparison))
    result_of(cases, comparison).publish()


def cases_of(folder: Path) -> list[Case]:
    """The cases that the keys beside the suspicious documents name, each once."""
    found: dict[Case, None] = {}
    for path in sorted((folder / "suspicious").glob("*.xml")):
        root = ElementTree.parse(path).getroot()
        suspicious = _id(folder / "suspicious" / root.attrib["reference"])
        for feature in root.iter("feature"):
            if feature.get("name") == "plagiarism":
                said = feature.attrib
                source = _id(folder / "source" / said["source_reference"])
                spans = (
                    _span(suspicious, said["this_offset"], said["this_length"]),
                    _span(source, said["source_offset"], said["source_length"]),
                )
                kind = said.get("obfuscation") or said["type"]
                found[Case(kind, Alignment(*sorted(spans)))] = None
    return list(found)


def between(found: Sequence[Alignment], folder: Path) -> list[Alignment]:
    """Those of a suspicious and a source document."""
    wanted = {_id(folder / "suspicious"), _id(folder / "source")}
    return [
        each
        for each in found
        if {_id(Path(each.left.document).parent), _id(Path(each.right.document).parent)} == wanted
    ]


def result_of(cases: Sequence[Case], comparison: Comparison) -> Result:
    """The figures, over all cases and by type."""
    rows: dict[str, list[int]] = {}
    for row, case in enumerate(cases):
        rows.setdefault(case.type, []).append(row)
    types = sorted(rows, key=lambda kind: (TYPES.index(kind) if kind in TYPES else len(TYPES), kind))
    result = Result(
        "pan",
        f"{len(cases)} cases of reuse in Indonesian articles, made by machine and by hand: what is "
        "found of them, to the character, by how they were made.",
        "python -m benchmarks.pan ../shared/data",
        [*COUNTS, *MEASURES],
        notes=NOTES,
    )

    def add(name: str, rows: Sequence[int], by: int, measures: Measures) -> None:
        counts = [len(rows), sum(bool(comparison.of_case[row]) for row in rows), by]
        figures = [float(getattr(measures, each)) for each in MEASURES]
        forms = ["{:,}"] * len(counts) + ["{:.3f}"] * len(figures)
        result.add(name, [*counts, *figures], forms, TARGETS.get(name, ""))

    add(ALL, range(len(cases)), len(comparison.detections), comparison.measures())
    for kind in types:
        by = {one for row in rows[kind] for one in comparison.of_case[row]}
        add(kind, rows[kind], len(by), comparison.measures_of(rows[kind]))
    return result


def listed(cases: Sequence[Case], comparison: Comparison) -> Iterator[str]:
    """Each case with its detections, the least detected first; then the false detections."""
    for row in sorted(range(len(cases)), key=lambda row: comparison.recall[row]):
        held = comparison.of_case[row]
        yield (
            f"{cases[row].type}: {_named(cases[row].alignment)}: recall {comparison.recall[row]:.3f} "
            f"by {len(held)}"
        )
        for one in held:
            others = [other for other in comparison.of_detection[one] if other != row]
            beside = f", of {len(others)} more cases" if others else ""
            precision = f"precision {comparison.precision[one]:.3f}"
            yield f"    {_named(comparison.detections[one])}: {precision}{beside}"
    for each in comparison.false:
        yield f"false: {_named(each)}"


def _named(alignment: Alignment) -> str:
    return " = ".join(
        f"{Path(span.document).stem} {span.start}-{span.end}"
        for span in (alignment.left, alignment.right)
    )


def _id(path: Path) -> str:
    """A document's id is its path as given."""
    return path.as_posix()


def _span(document: str, offset: str, length: str) -> Span:
    return Span(document, int(offset), int(offset) + int(length))


if __name__ == "__main__":
    main()
