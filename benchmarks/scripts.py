"""Whether all scripts are treated alike: copies and edits of made-up text in each of them.

``python -m benchmarks.scripts`` needs no data: words are drawn from the letters of a script, with
lengths as its languages have them, and are edited in the same places in every script.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.tables import Result
from dedupe import Document, audit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.report import Report

SEED = 7
WORDS = 90
"""Words of a paragraph; characters that weigh as much, where a word is a character."""
EDITED = 0.15
"""Share of the words that an edited copy has others for."""
PARAGRAPHS = 4
STRANGERS = 60
"""Unrelated documents,"""
VOCABULARY = 4000
"""of words from this many."""

NOTES = (
    f"Words are drawn from {VOCABULARY:,} made-up ones in letters of the script, some more frequent "
    "than others; where a script has no spaces, a word has as many characters on average as weigh one. "
    f"A paragraph has {WORDS} words.",
    f"In an edited copy {EDITED:.0%} of the words are others. The Jaccard is that of the longest "
    "stretch that is found.",
    f"{STRANGERS} unrelated documents of {PARAGRAPHS} paragraphs are audited together.",
)


@dataclass(frozen=True, slots=True)
class Script:
    """How text in a script is made."""

    name: str
    letters: str
    marks: str = ""
    """What stands on or behind letters, now and then."""
    lengths: tuple[int, int] = (2, 9)
    spaces: bool = True
    weight: float = 1.0
    """What a character counts, where it is a word."""


def _range(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


SCRIPTS = (
    Script("Latin", _range("a", "z")),
    Script("Cyrillic", _range("а", "я")),
    Script("Greek", _range("α", "ω")),
    Script("Arabic", _range("ب", "غ") + _range("ف", "ي"), "\u064b\u064e\u0651", (2, 6)),
    Script("Hebrew", _range("א", "ת"), "\u05b0\u05b7", (2, 6)),
    Script("Devanagari", _range("क", "ह"), "\u093e\u093f\u0947\u094d", (2, 5)),
    Script("Bengali", _range("ক", "ন") + "পফবভমযর", "\u09be\u09bf\u09c7\u09cd", (2, 5)),
    Script("Tamil", "கஙசஜஞடணதநபமயரலவ", "\u0bbe\u0bbf\u0bcd", (2, 6)),
    Script("Thai", _range("ก", "ฮ"), "\u0e31\u0e34\u0e35\u0e48\u0e49", (1, 1), False, 0.25),
    Script("Lao", "ກຂຄງຈຊຍດຕຖທນບປຜຝພຟມຢຣລວສຫອຮ", "\u0eb1\u0eb4\u0eb5\u0ec8", (1, 1), False, 0.25),
    Script("Khmer", _range("ក", "អ"), "\u17b6\u17b7\u17c1\u17d2", (1, 1), False, 0.25),
    Script("Myanmar", _range("က", "အ"), "\u102c\u102d\u1031\u103a", (1, 1), False, 0.25),
    Script("Ethiopic", _range("ሀ", "ሆ") + _range("ለ", "ቆ") + _range("በ", "ኆ"), lengths=(2, 5)),
    Script("Georgian", _range("ა", "ჰ"), "", (3, 9)),
    Script("Han", _range("一", "俿"), "", (1, 1), False, 0.5),
    Script("Kana", _range("ぁ", "ゖ") + _range("ァ", "ヶ"), "", (1, 1), False, 0.5),
    Script("Hangul", _range("가", "닣"), "", (2, 4)),
)


class Writer:
    """Makes text in one script: the same choices in each."""

    def __init__(self, script: Script) -> None:
        self.script = script
        chance = random.Random(SEED)
        self.count = round(WORDS / script.weight)
        if script.spaces:
            self.vocabulary = [self._word(chance) for _ in range(VOCABULARY)]
        else:
            # What has no spaces has words all the same, of as many characters as weigh one.
            longest = round(2 / script.weight) - 1
            self.vocabulary = [
                "".join(self._word(chance) for _ in range(chance.randint(1, longest)))
                for _ in range(VOCABULARY)
            ]

    def _word(self, chance: random.Random) -> str:
        script = self.script
        word = ""
        for _ in range(chance.randint(*script.lengths)):
            word += chance.choice(script.letters)
            if script.marks and chance.random() < 0.25:
                word += chance.choice(script.marks)
        return word

    def words(self, chance: random.Random) -> list[str]:
        """The words of a paragraph."""
        held: list[str] = []
        weight = 0.0
        while weight < WORDS:
            # Some words are frequent.
            word = self.vocabulary[int(len(self.vocabulary) * chance.random() ** 2.5)]
            held.append(word)
            weight += 1 if self.script.spaces else self.script.weight * self._clusters(word)
        return held

    def _clusters(self, word: str) -> int:
        return sum(character not in self.script.marks for character in word)

    def edited(self, words: Sequence[str], chance: random.Random) -> list[str]:
        """The same with some words replaced by others."""
        return [chance.choice(self.vocabulary) if chance.random() < EDITED else word for word in words]

    def text(self, words: Sequence[str]) -> str:
        """A paragraph."""
        between = " " if self.script.spaces else ""
        stop = ". " if self.script.spaces else " "
        return stop.join(between.join(words[at : at + 15]) for at in range(0, len(words), 15))

    def document(self, chance: random.Random) -> list[str]:
        """The paragraphs of a document."""
        return [self.text(self.words(chance)) for _ in range(PARAGRAPHS)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one script."""

    doubled: float
    """Share of doubled blocks that were found as they stand."""
    found: float
    """Share of edited paragraphs that were found,"""
    similarity: float
    """and their mean Jaccard."""
    strangers: int
    """Unrelated documents that have something in common."""


def outcome(script: Script, rounds: int = 12) -> Outcome:
    """Doubled blocks, edited copies and strangers in one script."""
    writer = Writer(script)
    doubled = found = 0
    similarities = []
    for number in range(rounds):
        chance = random.Random(1000 + number)
        paragraphs = writer.document(chance)
        block = paragraphs[1]
        text = "\n\n".join([*paragraphs, block])
        report = audit([Document("a", text)])
        doubled += any(
            each.code == "REP001" and [place.text for place in each.locations] == [block, block]
            for each in report.findings
        )
        words = writer.words(chance)
        left = "\n\n".join([*writer.document(chance)[:2], writer.text(words)])
        changed = writer.edited(words, chance)
        right = "\n\n".join([writer.text(changed), *writer.document(chance)[:2]])
        report = audit([Document("a", left), Document("b", right)])
        best = _similarity(report)
        found += best is not None
        if best is not None:
            similarities.append(best)
    chance = random.Random(SEED)
    strange = audit([Document(str(at), "\n\n".join(writer.document(chance))) for at in range(STRANGERS)])
    together = {
        place.document
        for each in strange.findings
        if each.kind in ("reuse", "near-duplicate")
        for place in each.locations
    }
    mean = sum(similarities) / len(similarities) if similarities else 0.0
    return Outcome(doubled / rounds, found / rounds, mean, len(together))


def _similarity(report: Report) -> float | None:
    """The Jaccard of the longest thing that two documents share."""
    shared = [each for each in report.findings if each.kind in ("reuse", "near-duplicate")]
    longest = max(shared, key=lambda each: each.words, default=None)
    return longest.jaccard if longest else None


def measure() -> Result:
    """The table."""
    result = Result(
        "scripts",
        "What is found in each script of the same copies, edits and unrelated texts?",
        "python -m benchmarks.scripts",
        ("doubled block found", "edited copy found", "its Jaccard", "unrelated documents matched"),
        NOTES,
    )
    latin = outcome(SCRIPTS[0])
    for script in SCRIPTS:
        found = latin if script is SCRIPTS[0] else outcome(script)
        sys.stderr.write(f"{script.name}\n")
        target = "1, 1, Latin ± 0.1, 0" if script is not SCRIPTS[0] else "1, 1, , 0"
        result.add(
            script.name,
            (found.doubled, found.found, found.similarity, found.strangers),
            ("{:.2f}", "{:.2f}", "{:.2f}", "{:.0f}"),
            target,
        )
    return result


if __name__ == "__main__":
    measure().publish()
