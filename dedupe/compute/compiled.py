"""The compiled way: kernels."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.kernel import pairs_of_band
from dedupe.candidates.reference import NEIGHBOURS, REPRESENTATIVES
from dedupe.compute.interface import Function, Plan, Scan, Texts
from dedupe.kernels import kernel
from dedupe.matches import similarity
from dedupe.passages.characters import tables
from dedupe.passages.columns import PASSAGE_COLUMNS
from dedupe.signatures.kernel import sign
from dedupe.signatures.permutations import permutations
from dedupe.signatures.scan import scan

_Column = TypeVar("_Column", np.int64, np.uint64, np.uint32, np.uint8)


class Compiled:
    """Numba kernels over whole columns; calls release the interpreter lock."""

    parallel = True

    def scan(self, texts: Texts, plan: Plan) -> Scan:
        """Segment, hash and sign documents."""
        size = int(texts.offsets[-1] - texts.offsets[0])
        count = texts.offsets.size - 1
        held = texts.data[texts.offsets[0] : texts.offsets[-1]]
        line_breaks = int(np.count_nonzero(held == 10)) + int(np.count_nonzero(held == 13))
        # A passage is the rest of a line or paragraph, or a group of at least twelve words.
        most = line_breaks + count + size // 24 + 1
        words = np.empty(size // 2 + 1, np.uint64)
        passages = np.empty((most, PASSAGE_COLUMNS), np.int64)
        contents = np.empty(most, np.uint64)
        signed_most = min(most, size // max(plan.least_weight // 2, 1) + 1)
        keys = np.empty((signed_most, plan.bands), np.uint32)
        documents = np.empty((count, 4), np.int64)
        factors, terms = permutations(plan.permutations, plan.seed)
        word_count, passage_count, signed = scan(
            texts.data,
            texts.offsets,
            tables(),
            plan.shingle,
            plan.least_weight,
            plan.rows,
            factors,
            terms,
            words,
            passages,
            contents,
            keys,
            documents,
        )
        # Copies: the arrays above are as large as they could have been needed.
        return Scan(
            words[:word_count].copy(),
            passages[:passage_count].copy(),
            contents[:passage_count].copy(),
            keys[:signed].copy(),
            documents,
        )

    def signatures(self, texts: Texts, shingle: int, permutations_: int, seed: int) -> NDArray[np.uint32]:
        """MinHash signatures of texts."""
        signatures = np.empty((texts.offsets.size - 1, permutations_), np.uint32)
        factors, terms = permutations(permutations_, seed)
        sign(texts.data, texts.offsets, tables(), shingle, factors, terms, signatures)
        return signatures

    def pairs(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Candidate pairs of one band."""
        pairs = np.empty((REPRESENTATIVES + NEIGHBOURS) * keys.size, np.int64)
        return pairs[: pairs_of_band(np.ascontiguousarray(keys), pairs)].copy()

    def compare(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        lefts: NDArray[np.int64],
        rights: NDArray[np.int64],
        shingle: int,
        least: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Exact similarity and containment of pairs of runs of words."""
        similarities = np.empty(lefts.size, np.float64)
        containments = np.empty(lefts.size, np.float64)
        similarity.compare(words, firsts, lasts, lefts, rights, shingle, least, similarities, containments)
        return similarities, containments

    def run(self, function: Function) -> Function:
        """The function, compiled."""
        return _compiled(function)  # type: ignore[return-value]


@lru_cache(maxsize=None)
def _compiled(function: Function) -> Function:
    return kernel(function)
