"""False alarms between releases of the same topics that have nothing to do with each other, by reading.

``python -m benchmarks.strangers FOLDER`` counts with the verdicts in ``benchmarks/verdicts``;
``python -m benchmarks.strangers FOLDER --show`` prints each finding without one as a line to fill in
and to add to ``press-strangers.jsonl`` there, ``"rejected": true`` or ``false`` and why, and its text.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow.parquet as pq

from benchmarks.by_eye import VERDICTS, digest, say, verdicts_of
from benchmarks.data import folder_and_show, press_releases
from benchmarks.plagdet import Span
from benchmarks.tables import Result
from benchmarks.words import WORD
from dedupe import Document, audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dedupe.report import Location, Report

JUDGED = VERDICTS / "press-strangers.jsonl"
"""Findings that were read: two places, digest of their texts, whether a reader rejects it, and why."""
SEED = 1
SIZE = 2000
"""Releases in the sample."""
TOPICS: dict[str, frozenset[str]] = {
    "quarterly results": frozenset(["quarter", "fiscal", "revenue", "ebitda", "earnings"]),
    "clinical trials": frozenset(["clinical", "trial", "trials", "patients", "fda", "phase"]),
    "tokens": frozenset(["token", "tokens", "blockchain", "crypto", "cryptocurrency", "presale"]),
    "mining": frozenset(["drill", "drilling", "drilled", "ounces", "exploration", "ore"]),
    "appointments": frozenset(["appointed", "appoints", "appointment", "joins", "named"]),
    "books": frozenset(["author", "book", "books", "novel", "memoir"]),
}
"""The words that tell a topic."""
HEAD = 3000
"""Characters of a release that are searched for them."""
TIMES = 4
"""How often the words of a topic stand there together, at least."""
NAME = re.compile(r"(?<=[a-z,;] )[A-Z]\w{2,}")
"""A name inside a sentence."""
NAMES = 3
"""Names of a release, the first of them what it is about,"""
RARE = 0.01
"""each in this share of the releases at most."""
SAME = 0.9
"""A verdict stands for a finding whose places have this share in common with those that were read."""
SHOWN = 1500
"""Characters of a place that are shown to a reader."""

NOTES = (
    f"A release is of a topic where its first {HEAD:,} characters have {TIMES} of the topic's words or "
    "more. Its name is the capitalised word inside its sentences that is most frequent for how few "
    f"releases have it. {SIZE:,} releases are drawn, no two with the same name, and audited together "
    "with default settings.",
    f"Two releases are strangers where neither has one of the other's {NAMES} first names. A finding is "
    "between strangers where its anchor and another of its places are. Reuse and near-duplicates count.",
    "A reader rejects a finding where the texts were not taken from each other or from a third: where "
    "they only say similar things, or in common phrases. Verdicts are kept by place and digest.",
)


class Meeting(NamedTuple):
    """A finding between strangers, and two of its places."""

    finding: str
    code: str
    jaccard: float
    """Of the two places."""
    left: Span
    right: Span


@dataclass(frozen=True, slots=True)
class Release:
    """A document, its names, and its topic."""

    document: Document
    names: Sequence[str]
    topic: str


def main() -> None:
    """Audit the sample, then count; or show what has no verdict."""
    folder, show = folder_and_show("strangers")
    table = pq.read_table(press_releases(folder))
    columns = (table.column(name).to_pylist() for name in ("id", "text", "source"))
    releases = drawn(
        [Document(name, text, source=source) for name, text, source in zip(*columns, strict=True)]
    )
    documents = {each.document.id: each for each in releases}
    meetings = list(between_strangers(audit([each.document for each in releases]), documents))
    verdicts = Verdicts(verdicts_of(JUDGED))
    if show:
        for meeting in sorted(meetings, key=lambda meeting: meeting.jaccard):
            if verdicts.rejected(meeting) is None:
                say(*to_judge(meeting, documents))
    else:
        result_of(releases, meetings, verdicts).publish()


def drawn(documents: Sequence[Document], size: int = SIZE, seed: int = SEED) -> list[Release]:
    """So many releases of the topics, in an order drawn by the seed, no two about the same."""
    topics = [topic_of(document.text) for document in documents]
    rows = [row for row, topic in enumerate(topics) if topic]
    names = names_of([documents[row].text for row in rows])
    order = np.random.Generator(np.random.PCG64(seed)).permutation(len(rows)).tolist()
    found: dict[str, Release] = {}
    for at in order:
        row = rows[at]
        if names[at] and names[at][0] not in found and len(found) < size:
            found[names[at][0]] = Release(documents[row], names[at], topics[row])
    return list(found.values())


def topic_of(text: str) -> str:
    """The topic whose words stand most often at the head of a text; "" where none does often enough."""
    held = Counter(WORD.findall(text[:HEAD].lower()))
    times = {topic: sum(held[word] for word in words) for topic, words in TOPICS.items()}
    most = max(times, key=lambda topic: times[topic])
    return most if times[most] >= TIMES else ""


def names_of(texts: Sequence[str]) -> list[list[str]]:
    """For each text its most telling names, by frequency here and rarity elsewhere, the first first."""
    held = [Counter(NAME.findall(text)) for text in texts]
    having = Counter(name for names in held for name in names)
    most = max(RARE * len(texts), 1)

    def told(names: Counter[str]) -> list[str]:
        rare = [name for name in names if having[name] <= most]
        rare.sort(key=lambda name: (-names[name] * math.log(len(texts) / having[name]), name))
        return rare[:NAMES]

    return [told(names) for names in held]


def between_strangers(report: Report, releases: Mapping[str, Release]) -> Iterator[Meeting]:
    """Findings that have their anchor in one release and a place in another that is a stranger to it.

    Of several such places the first is taken.
    """
    for finding in report.findings:
        if finding.kind in ("reuse", "near-duplicate"):
            (anchor,) = (place for place in finding.locations if place.anchor)
            for place in finding.locations:
                if strangers(releases[anchor.document], releases[place.document]):
                    left, right = sorted([_span(anchor), _span(place)])
                    yield Meeting(finding.id, finding.code, place.jaccard or 0.0, left, right)
                    break


def strangers(one: Release, other: Release) -> bool:
    """Whether two releases are different ones, and neither has a name of the other."""
    return one is not other and not any(
        name in there.document.text
        for here, there in ((one, other), (other, one))
        for name in here.names
    )


class Verdicts:
    """What readers said; a finding whose places have moved a little is known still."""

    def __init__(self, records: Sequence[Mapping[str, Any]]) -> None:
        self._of: dict[tuple[str, str], list[tuple[Span, Span, bool]]] = defaultdict(list)
        for record in records:
            if record["rejected"] is not None:
                left, right = (Span(*place) for place in record["places"])
                self._of[left.document, right.document].append((left, right, record["rejected"]))

    def rejected(self, meeting: Meeting) -> bool | None:
        """Whether a reader rejected it; None where nobody has read it."""
        for left, right, rejected in self._of[meeting.left.document, meeting.right.document]:
            if _common(left, meeting.left) >= SAME and _common(right, meeting.right) >= SAME:
                return rejected
        return None


def to_judge(meeting: Meeting, releases: Mapping[str, Release]) -> Iterator[str]:
    """A line to fill in, and the two texts."""
    places = meeting.left, meeting.right
    texts = [releases[place.document].document.text[place.start : place.end] for place in places]
    record = {
        "finding": meeting.finding,
        "code": meeting.code,
        "jaccard": round(meeting.jaccard, 3),
        "places": places,
        "digest": digest("\n".join(texts)),
        "rejected": None,
        "why": "",
    }
    yield json.dumps(record)
    for text in texts:
        yield f"    {text[:SHOWN]!r}"


def result_of(releases: Sequence[Release], meetings: Sequence[Meeting], verdicts: Verdicts) -> Result:
    """The figures."""
    result = Result(
        "strangers",
        "Findings between press releases of the same topics that have nothing to do with each other, "
        "and what a reader says of them.",
        "python -m benchmarks.strangers ../shared/data",
        ["value"],
        notes=NOTES,
    )
    said = [verdicts.rejected(meeting) for meeting in meetings]
    rejected, unread = said.count(True), said.count(None)
    topics = Counter(release.topic for release in releases)
    result.add("releases", [len(releases)], "{:,}")
    for topic in TOPICS:
        result.add(f"of them {topic}", [topics[topic]], "{:,}")
    result.add("findings between strangers", [len(meetings)], "{:,}")
    result.add("of them not read", [unread], "{:,}", "0")
    result.add("of them rejected by a reader", [rejected], "{:,}")
    result.add(
        "rejected, per thousand releases", [1000 * rejected / len(releases)], "{:.2f}", "less than 1"
    )
    result.add(
        "rejected or not read, per thousand releases",
        [1000 * (rejected + unread) / len(releases)],
        "{:.2f}",
    )
    return result


def _span(location: Location) -> Span:
    return Span(location.document, location.start, location.end)


def _common(one: Span, other: Span) -> float:
    """The characters that two spans have in common, as a share of those that either has."""
    common = max(0, min(one.end, other.end) - max(one.start, other.start))
    return common / (one.end - one.start + other.end - other.start - common)


if __name__ == "__main__":
    main()
