"""The compiled way: kernels."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.kernel import pairs_of_band
from dedupe.candidates.reference import NEIGHBOURS, REPRESENTATIVES
from dedupe.compute.interface import Function, Plan, Scan, Texts
from dedupe.findings.quotes import quoted_words
from dedupe.kernels import cache_folder, kernel
from dedupe.matches import similarity
from dedupe.passages.characters import Tables, tables
from dedupe.passages.columns import PASSAGE_COLUMNS
from dedupe.passages.cues import cue_table
from dedupe.passages.looks import look, zeros
from dedupe.passages.markers import MARKER_COLUMNS
from dedupe.sketch.kernel import sign
from dedupe.sketch.permutations import permutations
from dedupe.sketch.scan import scan

Item = TypeVar("Item", np.int64, np.uint64, np.uint32)


class _Scratch:
    """Arrays that are used again for each batch: memory touched for the first time is slow."""

    def __init__(self) -> None:
        self._arrays: dict[str, NDArray[Any]] = {}

    def array(self, name: str, kind: type[Item], size: int) -> NDArray[Item]:
        """An array of this size, its contents whatever was left there."""
        held = self._arrays.get(name)
        if held is None or held.size < size:
            held = self._arrays[name] = np.empty(size + size // 4, kind)
        return held[:size]


class Compiled:
    """Numba kernels over whole columns; calls release the interpreter lock."""

    parallel = True

    def __init__(self) -> None:
        self._free: list[_Scratch] = []
        self._tables = stored_tables()
        self._cues = stored_cues()

    def scan(self, texts: Texts, plan: Plan) -> Scan:
        """Segment, hash and sign documents."""
        size = int(texts.offsets[-1] - texts.offsets[0])
        count = texts.offsets.size - 1
        # Room for the worst case: what is not written to is never touched, and costs nothing. A word
        # takes two bytes with what parts it from the next, but the last of a document only one; a
        # byte carries at most two quarter words.
        most = size // 2 + count + 1
        most_signed = min(most, size // max(plan.least_weight // 2, 1) + count + 1)
        scratch = self._free.pop() if self._free else _Scratch()
        words = scratch.array("words", np.uint64, most)
        passages = scratch.array("passages", np.int64, most * PASSAGE_COLUMNS).reshape(
            PASSAGE_COLUMNS, -1
        )
        contents = scratch.array("contents", np.uint64, most)
        keys = scratch.array("keys", np.uint32, most_signed * plan.bands).reshape(plan.bands, -1)
        documents = np.empty((count, 4), np.int64)
        markers = scratch.array("markers", np.int64, most * MARKER_COLUMNS).reshape(-1, MARKER_COLUMNS)
        factors, terms = permutations(plan.permutations, plan.seed)
        word_count, passage_count, signed, marked = scan(
            texts.data,
            texts.offsets,
            self._tables,
            self._cues,
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
            markers,
        )
        return Scan(
            words[:word_count],
            passages[:, :passage_count],
            contents[:passage_count],
            keys[:, :signed],
            documents,
            markers[:marked],
            partial(self._free.append, scratch),
        )

    def signatures(
        self, texts: Texts, shingle: int, permutations_: int, seed: int
    ) -> NDArray[np.uint32]:
        """MinHash signatures of texts."""
        signatures = np.empty((texts.offsets.size - 1, permutations_), np.uint32)
        factors, terms = permutations(permutations_, seed)
        sign(texts.data, texts.offsets, self._tables, shingle, factors, terms, signatures)
        return signatures

    def pairs(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Candidate pairs of one band."""
        pairs = np.empty((REPRESENTATIVES + NEIGHBOURS) * keys.size, np.int64)
        return pairs[: pairs_of_band(np.ascontiguousarray(keys), pairs)].copy()

    def sizes(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        shingle: int,
    ) -> NDArray[np.int64]:
        """How many different shingles runs of words have."""
        sizes = np.empty(firsts.size, np.int64)
        similarity.count_distinct(words, firsts, lasts, shingle, sizes)
        return sizes

    def compare(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        sizes: NDArray[np.int64],
        lefts: NDArray[np.int64],
        rights: NDArray[np.int64],
        shingle: int,
        least: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Exact similarity and containment of pairs of runs of words."""
        similarities = np.empty(lefts.size, np.float64)
        containments = np.empty(lefts.size, np.float64)
        similarity.compare(
            words, firsts, lasts, sizes, lefts, rights, shingle, least, similarities, containments
        )
        return similarities, containments

    def look(
        self,
        text: NDArray[np.uint8],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        firsts: NDArray[np.int64],
        looks: NDArray[np.uint8],
    ) -> None:
        """Write how the words of passages look."""
        look(text, starts, ends, firsts, self._tables.kinds, zeros(), looks)

    def quoted(
        self,
        text: NDArray[np.uint8],
        lows: NDArray[np.int64],
        highs: NDArray[np.int64],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        least: float,
        counts: NDArray[np.int64],
    ) -> None:
        """Count words and quoted words of stretches."""
        quoted_words(text, lows, highs, starts, ends, self._tables.kinds, least, counts)

    def run(self, function: Function) -> Function:
        """The function, compiled."""
        compiled = _compiled(function)

        def call(*arguments: object) -> object:
            # A kernel is compiled again for every other layout: let there be one.
            return compiled(
                *(
                    np.ascontiguousarray(each) if isinstance(each, np.ndarray) else each
                    for each in arguments
                )
            )

        return cast("Function", call)


def stored_tables() -> Tables:
    """``characters.tables()``, kept beside the kernels."""
    return Tables(**_stored(f"tables-{unicodedata.unidata_version}", lambda: tables()._asdict()))


def stored_cues() -> NDArray[np.uint64]:
    """``cues.cue_table()``, kept beside the kernels."""
    found: NDArray[np.uint64] = _stored("cues", lambda: {"cues": cue_table()})["cues"]
    return found


def _stored(name: str, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Arrays by name, read from a file where it is there: that takes a tenth of building them."""
    folder = cache_folder()
    if folder is None:
        return build()
    place = folder / f"{name}.npz"
    try:
        with np.load(place, allow_pickle=False) as held:
            return {each: held[each] for each in held.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        built = build()
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            np.savez(file, **built)
        draft.replace(place)
    except OSError:
        draft.unlink(missing_ok=True)
    return built


@cache
def _compiled(function: Function) -> Function:
    return kernel(function)
