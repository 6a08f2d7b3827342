"""What the pipeline asks to be computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Plan:
    """What scanning and signing depend on."""

    shingle: int
    """Whole words in a shingle."""
    least_weight: int
    """Quarter words from which a passage is signed."""
    bands: int
    rows: int
    permutations: int
    seed: int


@dataclass(frozen=True, slots=True)
class Texts:
    """Consecutive texts in one buffer: text i is ``data[offsets[i]:offsets[i + 1]]``, valid UTF-8."""

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scan:
    """The columns of a batch: w words, p passages, s of them signed, d documents."""

    words: NDArray[np.uint64]
    """(w,): hash of each word, the code of its weight in the two lowest bits."""
    passages: NDArray[np.int64]
    """(9, p): the columns that ``passages.columns`` names; documents and words count from this batch."""
    contents: NDArray[np.uint64]
    """(p,): XXH64 of each passage's words."""
    keys: NDArray[np.uint32]
    """(bands, s): band keys of the passages that weigh enough, in their order."""
    documents: NDArray[np.int64]
    """(d, 4): words, characters, passages, and the XXH64 of the words as a signed number."""
    markers: NDArray[np.int64]
    """(m, 6): what interrupts passages: the columns of ``passages.markers.MARKER_COLUMNS``."""


class Compute(Protocol):
    """One way to compute; every way gives the same bits."""

    def scan(self, texts: Texts, plan: Plan) -> Scan:
        """Segment, hash and sign documents."""

    def signatures(self, texts: Texts, shingle: int, permutations: int, seed: int) -> NDArray[np.uint32]:
        """(n, permutations): MinHash signatures of texts, each one passage."""

    def pairs(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Candidate pairs of one band, ``larger row << 32 | smaller row``, ascending.

        ``keys``: (n,), the band's key of each passage.
        """

    def outlines(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        shingle: int,
    ) -> NDArray[np.uint64]:
        """(r, 5): how many different shingles runs have; run i is ``words[firsts[i]:lasts[i]]``.

        Behind that number whatever ``compare`` needs to tell pairs apart that have little in common.
        """

    def compare(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        outlines: NDArray[np.uint64],
        lefts: NDArray[np.int64],
        rights: NDArray[np.int64],
        shingle: int,
        least: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Exact Jaccard similarity and larger containment of pairs of runs of words.

        Runs as above, with their ``outlines``; pairs are rows of runs. A pair whose similarity is
        below ``least`` is given as 0.
        """

    def spans(
        self,
        words: NDArray[np.uint64],
        bounds: NDArray[np.int64],
        left_out: NDArray[np.uint8],
        formula: NDArray[np.uint8],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        evidence: float,
        jobs: int,
    ) -> NDArray[np.int64]:
        """(n, 5): stretches of words that say the same, the fields of ``matches.extension.Span``.

        Seeds are searched in runs, as above, that lie in one document each; ``bounds`` (d + 1,)
        tells where the words of each document begin, ``left_out`` (w,) which words are not
        compared, ``formula`` (w,) which stand in phrases of many sources, ``evidence`` how many
        nats a span must have in a small corpus. Ordered by the right document, then the left one.
        """

    def frequencies(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        groups: NDArray[np.int64],
        jobs: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """(w,): in how many runs the seed at each word stands, 0 where there is none; whether these
        are of several groups.

        Runs as above, ascending and apart, each of the group in ``groups`` (r,).
        """

    def marked(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        places: NDArray[np.int64],
        jobs: int,
    ) -> NDArray[np.bool_]:
        """(w,): which words stand in seeds of runs that say what those at ``places`` say."""

    def broken(
        self,
        texts: Texts,
        bounds: NDArray[np.int64],
        places: NDArray[np.int64],
        opens: NDArray[np.bool_],
    ) -> Texts:
        """Texts with newlines for some of their blanks, as ``passages.breaks.broken``.

        The places of text i are ``places[bounds[i]:bounds[i + 1]]``.
        """

    def cuts(
        self,
        texts: Texts,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        counts: NDArray[np.int64],
        words: NDArray[np.int64],
        *,
        ends_there: bool,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where passages are cut near word boundaries, as ``passages.cuts.cut``.

        Passage i is the bytes ``starts[i]`` to ``ends[i]``, has ``counts[i]`` words, and is to be
        cut behind ``words[i]`` of them, where a stretch ends, or else begins.

        Returns:
            (n,): words before each cut, and its byte.
        """

    def look(
        self,
        text: NDArray[np.uint8],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        firsts: NDArray[np.int64],
        looks: NDArray[np.uint8],
    ) -> None:
        """Write how the words of passages look, as bits of ``passages.looks``.

        Passage i is ``text[starts[i]:ends[i]]``, its first word row ``firsts[i]`` of ``looks``.
        """

    def quoted(
        self,
        text: NDArray[np.uint8],
        lows: NDArray[np.int64],
        highs: NDArray[np.int64],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        least: float,
        counts: NDArray[np.int64],
        places: NDArray[np.int64],
        marks: NDArray[np.uint8],
    ) -> None:
        """Count and mark quoted words of stretches, as ``passages.quotations.quoted_words``."""

    def run(self, function: Function) -> Function:
        """A loop over columns, as this way runs it."""

    @property
    def parallel(self) -> bool:
        """Whether threads help: the interpreter lock is not held."""
