"""Which findings a baseline knows.

An entry knows what says the same, as long as it stands in no more places than the entry counts. What it
does not use up that way it may lend to what an edit made of it: a finding of its kind at least half of
whose shingles are the entry's, in no more places. So a block that was edited, or broken in two by an
edit, stays known, and one more copy of it is new.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dedupe.baseline.entries import Baseline, Key
from dedupe.baseline.fingerprints import ANY, SAMPLE, Fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dedupe.report import Kind

LEAST_SHARE: Final = 0.5
"""Share of a finding's shingles that are an entry's."""
LEAST_COMMON: Final = 2
"""Sampled shingles in common; a text of one shingle has but one."""
LEFT_OVER: Final = 0.25
"""Share of an entry's shingles, in one place, below which nothing is left of it."""
LOOKED_AT: Final = 64
"""Entries that are looked at for one shingle: there may be thousands that all have it."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What became of findings and entries."""

    known: list[bool]
    """Of each finding."""
    stale: list[Key]
    """Entries that no finding is like, in order."""
    grown: set[Key]
    """Entries whose text stands in more places than they know."""


def match(
    found: Sequence[Fingerprint],
    baseline: Baseline,
    reworded: Callable[[int], Iterable[Fingerprint]] = lambda _: (),
) -> Matches:
    """Match findings, given by their fingerprints, with a baseline.

    ``reworded`` gives, for a finding of which nothing is known, what it says at its other places.
    """
    rows: dict[Key, list[int]] = defaultdict(list)
    others = []
    for index, each in enumerate(found):
        key = Key(each.kind, each.digest)
        if key in baseline:
            rows[key].append(index)
        else:
            others.append(index)
    places = {key: sum(found[row].places for row in held) for key, held in rows.items()}
    edited = _Edited(baseline, places)
    known = [True] * len(found)
    for index in others:
        known[index] = edited.knows(found[index])
    for index in others:
        if not known[index] and not edited.is_used_up():
            known[index] = any(edited.knows(each) for each in reworded(index))
    grown = set()
    for key, held in sorted(rows.items()):
        further = places[key] - baseline[key].places
        if further <= 0 or baseline[key].places == ANY:
            continue
        # An edit may have made one text of two: then the other entry has what this one lacks.
        texts = (text for row in held for text in (found[row], *reworded(row)))
        if edited.is_used_up() or not any(edited.knows(replace(each, places=further)) for each in texts):
            grown.add(key)
            for row in held:
                known[row] = False
    used = rows.keys() | edited.used
    return Matches(known, [key for key in sorted(baseline) if key not in used], grown)


class _Edited:
    """What entries have left for findings that an edit made of theirs."""

    def __init__(self, baseline: Baseline, places: Mapping[Key, int]) -> None:
        self._left: dict[Key, float] = {}
        """Shingles times places: what a finding takes up."""
        self._by_shingle: dict[tuple[Kind, int], list[Key]] = defaultdict(list)
        self._baseline = baseline
        self._open = 0
        self.used: set[Key] = set()
        for key in sorted(baseline):
            entry = baseline[key]
            left = entry.places - places.get(key, 0)
            if entry.places == ANY:
                self._left[key] = float("inf")
            elif left > 0:
                self._left[key] = left * entry.size
                self._open += 1
            else:
                continue
            for value in entry.hashes:
                self._by_shingle[key.kind, value].append(key)

    def is_used_up(self) -> bool:
        """Whether no entry that counts places has anything left."""
        return self._open == 0

    def knows(self, finding: Fingerprint) -> bool:
        """Whether it is what an edit made of an entry, which then has less left."""
        for key, common in self._candidates(finding).most_common():
            if common < min(LEAST_COMMON, finding.size):
                break
            share = _share(finding, self._baseline[key], common)
            taken = share * finding.size * finding.places
            if (
                share >= LEAST_SHARE
                and (finding.places <= self._baseline[key].places or finding.places == ANY)
                and self._left[key] >= taken / 2
            ):
                self._left[key] -= taken
                if self._left[key] < LEFT_OVER * self._baseline[key].size:
                    self._left[key] = 0
                    self._open -= 1
                self.used.add(key)
                return True
        return False

    def _candidates(self, finding: Fingerprint) -> Counter[Key]:
        """Entries with the most sampled shingles in common first, then in order."""
        common: Counter[Key] = Counter()
        for value in finding.hashes:
            keys = self._by_shingle.get((finding.kind, value))
            if keys is None:
                continue
            # Entries that have nothing left are met once, and not again.
            at = 0
            while at < min(len(keys), LOOKED_AT):
                if self._left[keys[at]] > 0:
                    common[keys[at]] += 1
                    at += 1
                else:
                    del keys[at]
        return Counter(dict(sorted(common.items())))


def _share(finding: Fingerprint, entry: Fingerprint, common: int) -> float:
    """How much of what the finding says is the entry's, as far as both samples reach."""
    reach = min(_reach(finding), _reach(entry))
    return common / bisect_right(finding.hashes, reach)


def _reach(text: Fingerprint) -> float:
    """The hash up to which the sample has every shingle."""
    return text.hashes[-1] if text.size > SAMPLE else float("inf")
