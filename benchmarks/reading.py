"""How right the boilerplate labels of the press releases are, by reading; and what they leave out.

``python -m benchmarks.reading FOLDER`` counts with the verdicts that are kept in
``benchmarks/verdicts``; ``python -m benchmarks.reading FOLDER --show`` prints what is without one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import xxhash

from benchmarks.by_eye import VERDICTS, digest, say, verdicts_of
from benchmarks.data import folder_and_show, press_releases
from benchmarks.tables import Result
from dedupe import Document, Settings, audit

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = VERDICTS / "press-boilerplate.jsonl"
"""Labels that were drawn and read: document, place, digest of the text, whether it is boilerplate."""
PARAGRAPHS = VERDICTS / "press-paragraphs.jsonl"
"""Repeated paragraphs that were read and are content: digest, and why."""
SIZE = 200
LEAST = 40
"""Characters of a repeated paragraph,"""
RELEASES = 10
"""and distinct releases that it stands in."""

NOTES = (
    "A label is a location of a boilerplate finding; those read were drawn by the order of a hash of "
    "their places, so that the sample is the same for everybody. A verdict says whether the text was "
    "never written for this release: a contact, a disclaimer, a company's own description, a link.",
    "A repeated paragraph is a line of 40 characters or more that stands in ten or more releases; it is "
    "labelled where most of its places are, to nine tenths of their characters.",
)


def main() -> None:
    """Audit the press releases, then count; or show what has no verdict."""
    folder, show = folder_and_show("reading")
    table = pq.read_table(press_releases(folder))
    columns = (table.column(name).to_pylist() for name in ("id", "text", "source"))
    documents = [
        Document(name, text, source=source) for name, text, source in zip(*columns, strict=True)
    ]
    labels = labels_of(documents)
    if show:
        _show(documents, labels)
    else:
        _publish(documents, labels)


Label = tuple[int, int]


def labels_of(documents: list[Document]) -> dict[str, list[Label]]:
    """The places of all boilerplate, by document."""
    found = defaultdict(list)
    for finding in audit(documents, Settings()).findings:
        if finding.kind == "boilerplate":
            for place in finding.locations:
                found[place.document].append((place.start, place.end))
    return {name: sorted(places) for name, places in found.items()}


def drawn(labels: dict[str, list[Label]]) -> list[tuple[str, int, int]]:
    """The labels in the order in which they are read."""
    every = [(name, start, end) for name, places in labels.items() for start, end in places]
    return sorted(every, key=lambda label: xxhash.xxh3_64_intdigest("{}:{}-{}".format(*label).encode()))


def repeated_paragraphs(documents: list[Document]) -> dict[str, list[tuple[int, int]]]:
    """Lines long enough that stand in enough releases: document's row and first character of each."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, document in enumerate(documents):
        start = 0
        for line in document.text.split("\n"):
            held = line.strip()
            if len(held) >= LEAST:
                places[held].append((row, start + line.index(held)))
            start += len(line) + 1
    return {text: held for text, held in places.items() if len({row for row, _ in held}) >= RELEASES}


def is_labelled(
    text: str, held: list[tuple[int, int]], documents: list[Document], labels: dict[str, list[Label]]
) -> bool:
    """Whether most of a paragraph's places are boilerplate, to nine tenths."""
    ayes = 0
    for row, start in held:
        end = start + len(text)
        inside = sum(
            max(0, min(end, last) - max(start, first))
            for first, last in _united(labels.get(documents[row].id, []))
        )
        ayes += 10 * inside >= 9 * len(text)
    return 2 * ayes > len(held)


def _united(places: list[Label]) -> Iterator[Label]:
    start = end = -1
    for first, last in places:
        if first > end:
            if end >= 0:
                yield start, end
            start, end = first, last
        end = max(end, last)
    if end >= 0:
        yield start, end


def _show(documents: list[Document], labels: dict[str, list[Label]]) -> None:
    texts = {document.id: document.text for document in documents}
    known = {(each["document"], each["start"], each["end"]) for each in verdicts_of(SAMPLE)}
    for name, start, end in drawn(labels)[:SIZE]:
        if (name, start, end) not in known:
            text = texts[name]
            record = {"document": name, "start": start, "end": end, "digest": digest(text[start:end])}
            before, held = text[max(0, start - 60) : start], text[start:end]
            say(json.dumps(record), f"    {before!r} [[ {held[:400]!r} ]]")
    content = {each["digest"] for each in verdicts_of(PARAGRAPHS)}
    for paragraph, places in repeated_paragraphs(documents).items():
        if digest(paragraph) not in content and not is_labelled(paragraph, places, documents, labels):
            say(
                json.dumps({"digest": digest(paragraph), "places": len(places)}),
                f"    {paragraph[:300]}",
            )


def _publish(documents: list[Document], labels: dict[str, list[Label]]) -> None:
    every = {(name, start, end) for name, places in labels.items() for start, end in places}
    verdicts = verdicts_of(SAMPLE)
    standing = [each for each in verdicts if (each["document"], each["start"], each["end"]) in every]
    right = sum(bool(each["boilerplate"]) for each in standing)
    paragraphs = repeated_paragraphs(documents)
    content = {each["digest"] for each in verdicts_of(PARAGRAPHS)}
    asked = {text: held for text, held in paragraphs.items() if digest(text) not in content}
    found = sum(is_labelled(text, held, documents, labels) for text, held in asked.items())
    result = Result(
        "reading",
        "Boilerplate of the press releases, against verdicts made by reading.",
        "python -m benchmarks.reading ../shared/data",
        ["value"],
        notes=NOTES,
    )
    result.add("labels", [sum(map(len, labels.values()))], "{:,}")
    result.add("labels read that are still given", [len(standing)], "{:,}")
    result.add("of them boilerplate", [right], "{:,}")
    result.add("precision", [right / len(standing) if standing else None], "{:.3f}", "at least .97")
    result.add("repeated paragraphs", [len(paragraphs)], "{:,}")
    result.add("of them content, by reading", [len(paragraphs) - len(asked)], "{:,}")
    result.add("of the others labelled", [found], "{:,}")
    result.add("share of those", [found / len(asked)], "{:.1%}", "at least 95%")
    result.publish()


if __name__ == "__main__":
    main()
