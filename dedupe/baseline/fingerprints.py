"""By what a finding is recognised: its kind, its words, and how often they stand.

Neither path nor line nor time, so that an edit elsewhere changes nothing. Beside a digest of the words
stands a sample of their shingles (the smallest hashes: A. Broder, *On the resemblance and containment of
documents*, 1997), which tells how much of one text is in another after an edit.

What is computed here stands in files for years: a test holds it to the bit. It depends on no setting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

import numpy as np

from dedupe.compute import choose
from dedupe.compute.interface import Plan
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.sketch.corpus import texts_of_strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dedupe.report import Finding, Kind, Location

SAMPLE: Final = 48
"""Shingles that are kept of a text."""
SHINGLE: Final = 3
"""Words in a shingle."""
WIDTH: Final = 3
"""Bytes that are kept of a shingle's hash."""
ANY: Final = 0
"""Places of what may stand anywhere: boilerplate that a baseline has is known in every article."""

OTHERS: Final = 4
"""Places other than the anchor by which a finding may be recognised."""

_AT_ONCE: Final = 1024
"""Findings whose texts are held at a time."""
_FACTOR: Final = np.uint64(0x517CC1B727220A95)
_PLAN: Final = Plan(shingle=1, least_weight=1 << 62, bands=1, rows=1, permutations=1, seed=1)
"""Words are wanted, no signatures."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a finding says, and how often."""

    kind: Kind
    digest: str
    """16 hex digits of the words: equal where they are."""
    places: int
    size: int
    """How many different shingles there are."""
    sample: bytes
    """The smallest hashes of them, ascending; all, where there are no more than ``SAMPLE``."""

    @property
    def hashes(self) -> list[int]:
        """The sample as numbers."""
        held = range(0, len(self.sample), WIDTH)
        return [int.from_bytes(self.sample[at : at + WIDTH], "big") for at in held]


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, Fingerprint]]:
    """Findings with their fingerprints, in their order."""
    iterator = iter(findings)
    while held := list(islice(iterator, _AT_ONCE)):
        sampled = _sampled([_content(each) for each in held])
        for finding, (digest, size, sample) in zip(held, sampled, strict=True):
            yield finding, Fingerprint(finding.kind, digest, _places(finding), size, sample)


def in_other_words(finding: Finding) -> list[Finding]:
    """The finding with other places as its anchor, where the words differ.

    Which place is the anchor may change with an edit: a baseline then has the words of another.
    """
    if finding.template is not None or is_layout(finding):
        return []
    anchor = next(place for place in finding.locations if place.anchor)
    by_words: dict[str | None, Location] = {}
    for place in finding.locations:
        # Of a document that is a near-duplicate, one place stands for all of its ranges.
        words = place.document if finding.kind == "near-duplicate" else place.text
        by_words.setdefault(words, place)
    by_words.pop(anchor.document if finding.kind == "near-duplicate" else anchor.text, None)
    return [
        replace(
            finding, locations=tuple(replace(each, anchor=each is place) for each in finding.locations)
        )
        for place in list(by_words.values())[:OTHERS]
    ]


def _content(finding: Finding) -> str:
    """The words that make a finding what it is."""
    if is_layout(finding):
        return finding.id  # of its source: the lines differ from article to article
    if finding.template is not None:
        return finding.template
    anchor = next(place for place in finding.locations if place.anchor)
    if finding.kind != "near-duplicate":
        return anchor.text or ""
    # An edited copy of a document is what its ranges say together.
    ranges = [place for place in finding.locations if place.document == anchor.document]
    return "\n\n".join(place.text or "" for place in ranges)


def _places(finding: Finding) -> int:
    """How often it stands; of documents that are near-duplicates, how many they are."""
    if finding.kind == "boilerplate" or is_layout(finding):
        return ANY
    if finding.kind == "near-duplicate":
        return len({place.document for place in finding.locations})
    return finding.occurrences


def is_layout(finding: Finding) -> bool:
    """Whether it says that all articles of a source echo themselves: no single article's doing."""
    return finding.code == "REP003" and any(each.signal == "layout" for each in finding.evidence)


def _sampled(contents: Sequence[str]) -> Iterator[tuple[str, int, bytes]]:
    """Digest, number of shingles and sample of each text."""
    texts = texts_of_strings(contents)
    scanned = choose(int(texts.offsets[-1])).scan(texts, _PLAN)
    words = scanned.words.astype(np.uint64, copy=False)
    bounds = np.concatenate([[0], np.cumsum(scanned.documents[:, 0])])
    text, hashes = _shingles(words, bounds)
    order = np.lexsort((hashes, text))
    text, hashes = text[order], hashes[order]
    first = np.ones(text.size, np.bool_)
    first[1:] = (text[1:] != text[:-1]) | (hashes[1:] != hashes[:-1])
    text, hashes = text[first], hashes[first]
    packed = hashes.astype(">u8").view(np.uint8).reshape(-1, 8)[:, -WIDTH:].tobytes()
    ends = np.searchsorted(text, np.arange(len(contents)), "right").tolist()
    digests = scanned.documents[:, 3].astype(np.uint64).tolist()
    for digest, start, end in zip(digests, [0, *ends], ends, strict=False):
        sample = packed[WIDTH * start : WIDTH * min(end, start + SAMPLE)]
        yield f"{digest:016x}", end - start, sample


def _shingles(
    words: NDArray[np.uint64], bounds: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Text and hash of every shingle: as in ``sketch.reference.windows``, by columns."""
    wanted = SHINGLE * WEIGHT_OF_WORD
    weights = WEIGHT_OF_WORD >> (words & np.uint64(3)).astype(np.int64)
    before = np.concatenate([[0], np.cumsum(weights)])
    starts = np.arange(words.size)
    text = np.searchsorted(bounds, starts, "right") - 1
    limit = bounds[text + 1]
    ends = np.searchsorted(before, before[:-1] + wanted, "left")
    # A text of fewer words has one shingle, all of it.
    short = (starts == bounds[text]) & (ends > limit)
    held = (ends <= limit) | short
    starts, ends, text = starts[held], np.minimum(ends, limit)[held], text[held]
    total = np.zeros(starts.size, np.uint64)
    for step in range(int((ends - starts).max(initial=0))):
        inside = starts + step < ends
        word = words[np.where(inside, starts + step, 0)]
        rotated = (total << np.uint64(5)) | (total >> np.uint64(59))
        total = np.where(inside, (rotated ^ word) * _FACTOR, total)
    # The highest bits depend on every bit of the words; mixed once more, they are as good as drawn.
    total = (total ^ (total >> np.uint64(32))) * _FACTOR
    return text, total >> np.uint64(64 - 8 * WIDTH)
