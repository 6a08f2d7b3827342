"""What share of the words is what: every word once, however many findings cover it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.findings.tables import Finds
from dedupe.sketch.corpus import Corpus

RIGHTLY: Final = ("REU002", "DUP004", "DUP005")
"""Codes of what stands in several documents as it should: neither duplicated nor redundant."""

_REUSE: Final = 1
_REPETITION: Final = 2
_ANY: Final = 4
_REDUNDANT: Final = 8
_REDUNDANT_EXACT: Final = 16
_BOILERPLATE: Final = 32
_ECHO: Final = 64


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of words."""

    boilerplate: NDArray[np.int64]
    """(d,): not written for this article."""
    repetition: NDArray[np.int64]
    """(d,): of the rest, copies, other than the kept one, of what stands more than once in it."""
    echoed: NDArray[np.int64]
    """(d,): of those, what only the layout of the source repeats."""
    reuse: NDArray[np.int64]
    """(d,): of the rest, what also stands in another document."""
    duplicated: int
    """Words in any repetition, reuse or near-duplicate location, but for those of an archive;"""
    redundant: int
    """Words that would go if one copy of each were kept;"""
    redundant_exact: int
    """and those if only exact copies went."""


def score(finds: Finds, said: NDArray[np.uint64], corpus: Corpus, compute: Compute) -> Scores:
    """Paint every word with what the locations say of it, and count.

    ``said``: (l,), a hash of what each location says.
    """
    painted = np.zeros(corpus.words.size, np.uint8)
    finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
    repetition = np.char.startswith(finds.code, "REP")[finding]
    boilerplate = np.char.startswith(finds.code, "BPL")[finding]
    copies = ~finds.keep
    bits = np.full(finding.size, _ANY, np.uint8)
    bits[~repetition] |= _REUSE
    layout = repetition & (finds.name[finding] != 0)
    bits[repetition & copies & ~layout] |= _REPETITION
    bits[layout & copies] |= _ECHO
    bits[copies] |= _REDUNDANT
    bits[_exact_copies(finds, finding, said)] |= _REDUNDANT_EXACT
    # What a series, an update or quoted speech shares rightly stands in each.
    bits[np.isin(finds.code, RIGHTLY)[finding]] = _REUSE
    bits[boilerplate] = _BOILERPLATE
    begins, ends = finds.words(corpus.passages)
    compute.run(paint)(painted, begins, ends, bits)
    counts = np.zeros((corpus.documents, 7), np.int64)
    compute.run(tally)(painted, corpus.first_words, counts)
    repeated, reused, duplicated, redundant, exact, furniture, echoed = counts.T
    return Scores(
        furniture,
        repeated,
        echoed,
        reused,
        *(int(words[corpus.archive :].sum()) for words in (duplicated, redundant, exact)),
    )


def paint(
    painted: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    bits: NDArray[np.uint8],
) -> None:
    """Set bits on ranges of words."""
    for row in range(begins.size):
        for word in range(begins[row], ends[row]):
            painted[word] |= bits[row]


def tally(painted: NDArray[np.uint8], bounds: NDArray[np.int64], counts: NDArray[np.int64]) -> None:
    """For each document: words repeated, of the rest reused, in any location, redundant, exactly so;
    words of boilerplate, which are nothing else; and of the repeated ones those of layout alone.
    """
    for document in range(bounds.size - 1):
        for word in range(bounds[document], bounds[document + 1]):
            bits = painted[word]
            if bits == 0:
                continue
            if bits & _BOILERPLATE:
                counts[document, 5] += 1
                continue
            counts[document, 0] += (bits & (_REPETITION | _ECHO)) != 0
            counts[document, 1] += (bits & (_REPETITION | _ECHO | _REUSE)) == _REUSE
            counts[document, 6] += (bits & (_REPETITION | _ECHO)) == _ECHO
            counts[document, 2] += (bits & _ANY) != 0
            counts[document, 3] += (bits & _REDUNDANT) != 0
            counts[document, 4] += (bits & _REDUNDANT_EXACT) != 0


def _exact_copies(
    finds: Finds, finding: NDArray[np.int64], said: NDArray[np.uint64]
) -> NDArray[np.bool_]:
    """Locations that say word for word what another of their finding says, one of each such set aside.

    The kept copy is the one set aside where it is among them, else the first.
    """
    order = np.lexsort((~finds.keep, said, finding))
    same = (finding[order][1:] == finding[order][:-1]) & (said[order][1:] == said[order][:-1])
    copies = np.zeros(finding.size, np.bool_)
    copies[order[1:][same]] = True
    # A document that was edited is no exact copy, whatever is left of it.
    edited = np.isin(finds.code, ("DUP002", "DUP003"))
    return copies & ~finds.keep & ~edited[finding]
