"""The compiled way: kernels."""

from __future__ import annotations

import os
import unicodedata
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from threading import local
from typing import Any, Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from dedupe.candidates.kernel import pairs_of_band
from dedupe.candidates.reference import NEIGHBOURS, REPRESENTATIVES
from dedupe.candidates.seeds_kernel import (
    FILTER_BITS,
    LEAST_BITS,
    count_hands,
    count_runs,
    deal,
    find_long,
    know,
    link_long,
    mark,
    meet,
)
from dedupe.compute.interface import Function, Plan, Scan, Texts
from dedupe.kernels import cache_folder, kernel
from dedupe.matches import similarity
from dedupe.matches.equal import collapse, number
from dedupe.matches.extension import fewest_covered, gains, least_evidence
from dedupe.matches.extension_kernel import STRIDE, count_by_document, extend, sort_by_document
from dedupe.passages.breaks_kernel import break_lines
from dedupe.passages.characters import Tables, tables
from dedupe.passages.columns import PASSAGE_COLUMNS
from dedupe.passages.cues import cue_table
from dedupe.passages.cuts_kernel import cut_all
from dedupe.passages.looks import look, zeros
from dedupe.passages.markers import MARKER_COLUMNS
from dedupe.passages.quotations import quoted_words
from dedupe.sketch.kernel import sign
from dedupe.sketch.permutations import permutations
from dedupe.sketch.scan import scan

_HAND: Final = 1 << 16
"""Seeds that are linked at a time: their table fits the cache."""

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
        self._threads = local()
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
        scratch = self._scratch()
        words = scratch.array("words", np.uint64, most)
        passages = scratch.array("passages", np.int64, most * PASSAGE_COLUMNS)
        passages = passages.reshape(-1, PASSAGE_COLUMNS)
        contents = scratch.array("contents", np.uint64, most)
        keys = scratch.array("keys", np.uint32, most_signed * plan.bands).reshape(-1, plan.bands)
        documents = np.empty((count, 4), np.int64)
        markers = scratch.array("markers", np.int64, most * MARKER_COLUMNS).reshape(-1, MARKER_COLUMNS)
        factors, terms = (
            each[: plan.bands * plan.rows] for each in permutations(plan.permutations, plan.seed)
        )
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
            words[:word_count].copy(),
            np.array(passages[:passage_count].T, order="C"),
            contents[:passage_count].copy(),
            np.array(keys[:signed].T, order="C"),
            documents,
            markers[:marked].copy(),
        )

    def _scratch(self) -> _Scratch:
        """The arrays that are this thread's own."""
        held: _Scratch | None = getattr(self._threads, "scratch", None)
        if held is None:
            held = self._threads.scratch = _Scratch()
        return held

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

    def outlines(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        shingle: int,
    ) -> NDArray[np.uint64]:
        """How many different shingles runs of words have, and sketches of them."""
        outlines = np.empty((firsts.size, similarity.OUTLINE_COLUMNS), np.uint64)
        similarity.outline(words, firsts, lasts, shingle, outlines)
        return outlines

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
        """Exact similarity and containment of pairs of runs of words."""
        similarities = np.empty(lefts.size, np.float64)
        containments = np.empty(lefts.size, np.float64)
        similarity.compare(
            words, firsts, lasts, outlines, lefts, rights, shingle, least, similarities, containments
        )
        return similarities, containments

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
        """Stretches of words that say the same."""
        with ThreadPoolExecutor(jobs) as pool:
            links, common = _linked(words, firsts, lasts, pool, jobs)
            common |= formula << 1
            return _extended(words, bounds, left_out, common, links, evidence, pool, jobs)

    def frequencies(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        groups: NDArray[np.int64],
        jobs: int,
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """In how many runs the seed at each word stands."""
        runs = np.zeros(words.size, np.int64)
        runs[firsts[firsts < lasts][1:]] = 1
        # Runs without a word have no number of their own among words.
        runs = np.flatnonzero(firsts < lasts)[np.cumsum(runs)] if words.size else runs
        frequency, several = np.zeros(words.size, np.int64), np.zeros(words.size, np.uint8)
        with ThreadPoolExecutor(jobs) as pool:
            keys, places, bounds = _dealt(words, firsts, lasts, pool, jobs)

            def count(first: int, last: int) -> None:
                held = slice(first, last)
                count_runs(keys[held], places[held], runs, groups, frequency, several)

            list(pool.map(count, bounds[:-1], bounds[1:]))
        return frequency, several.view(np.bool_)

    def marked(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        places: NDArray[np.int64],
        jobs: int,
    ) -> NDArray[np.bool_]:
        """Which words stand in certain seeds."""
        known = np.zeros(1 << (2 * places.size + 1).bit_length(), np.uint64)
        seen = np.zeros((1 << FILTER_BITS) // 64, np.uint64)
        marks = np.zeros(words.size, np.uint8)
        know(words, places, known, seen)
        cuts = np.searchsorted(np.cumsum(lasts - firsts), np.arange(1, jobs) * (words.size // jobs))

        def one(first: int, last: int) -> None:
            mark(words, firsts[first:last], lasts[first:last], known, seen, marks)

        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(one, [0, *cuts.tolist()], [*cuts.tolist(), firsts.size]))
        return marks.view(np.bool_)

    def broken(
        self,
        texts: Texts,
        bounds: NDArray[np.int64],
        places: NDArray[np.int64],
        opens: NDArray[np.bool_],
    ) -> Texts:
        """Texts with newlines for some of their blanks."""
        data = texts.data.copy()
        break_lines(data, texts.offsets, bounds, places, opens.view(np.uint8), self._tables.kinds)
        data.flags.writeable = False
        return Texts(data, texts.offsets)

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
        """Where passages are cut near word boundaries."""
        words, places = words.copy(), np.empty_like(words)
        cut_all(texts.data, starts, ends, counts, words, int(ends_there), self._tables.kinds, places)
        return words, places

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
        places: NDArray[np.int64],
        marks: NDArray[np.uint8],
    ) -> None:
        """Count and mark quoted words of stretches."""
        quoted_words(text, lows, highs, starts, ends, self._tables.kinds, least, counts, places, marks)

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


def _linked(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    pool: ThreadPoolExecutor,
    jobs: int,
) -> tuple[list[tuple[NDArray[np.int64], NDArray[np.int64]]], NDArray[np.uint8]]:
    """The seeds that runs have in common, as earlier and later places, hand by hand; common words."""
    keys, places, bounds = _dealt(words, firsts, lasts, pool, jobs)
    common, crowded = np.zeros(words.size, np.uint8), np.zeros(words.size, np.uint8)

    def link(first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        lefts, rights = (np.empty(2 * (last - first), np.int64) for _ in range(2))
        held = slice(first, last)
        met = meet(keys[held], places[held], words, lefts, rights, common, crowded)
        return lefts[:met].copy(), rights[:met].copy()

    links = list(pool.map(link, bounds[:-1], bounds[1:]))
    return [*links, _linked_long(words, firsts, lasts, crowded, common)], common


def _linked_long(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    crowded: NDArray[np.uint8],
    common: NDArray[np.uint8],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of sentences that stand in too many places for a seed; their words are not common."""
    room = int(np.count_nonzero(crowded))
    hashes, places, ends = np.empty(room, np.uint64), np.empty(room, np.int64), np.empty(room, np.int64)
    found = find_long(words, firsts, lasts, crowded, hashes, places, ends)
    kinds, leading = collapse(hashes[:found], _compiled(number))
    lefts, rights = np.empty(2 * found, np.int64), np.empty(2 * found, np.int64)
    met = link_long(kinds, leading, places[:found], ends[:found], lefts, rights, common)
    return lefts[:met].copy(), rights[:met].copy()


def _dealt(
    words: NDArray[np.uint64],
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    pool: ThreadPoolExecutor,
    jobs: int,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], list[int]]:
    """The keys and places of the seeds in runs, dealt into hands, and where each hand begins."""
    total = int((lasts - firsts).sum())
    bits = max(LEAST_BITS, (total // _HAND).bit_length())
    parts = np.searchsorted(np.cumsum(lasts - firsts), np.linspace(0, total, jobs + 1)[1:-1])
    held = [slice(begin, end) for begin, end in pairwise([0, *parts.tolist(), firsts.size])]
    sizes = np.zeros((jobs, 1 << bits), np.int64)

    def count(row: int) -> None:
        count_hands(words, firsts[held[row]], lasts[held[row]], bits, sizes[row])

    list(pool.map(count, range(jobs)))
    # Hand by hand, and in each the parts in their order: places stay ascending.
    ends = np.cumsum(sizes.T).reshape(-1, jobs)
    filled = np.ascontiguousarray((ends - sizes.T).T)
    keys, places = np.empty(int(sizes.sum()), np.uint32), np.empty(int(sizes.sum()), np.uint32)

    def share_out(row: int) -> None:
        deal(words, firsts[held[row]], lasts[held[row]], bits, filled[row], keys, places)

    list(pool.map(share_out, range(jobs)))
    return keys, places, [0, *ends[:, -1].tolist()]


def _extended(
    words: NDArray[np.uint64],
    bounds: NDArray[np.int64],
    left_out: NDArray[np.uint8],
    common: NDArray[np.uint8],
    links: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
    evidence: float,
    pool: ThreadPoolExecutor,
    jobs: int,
) -> NDArray[np.int64]:
    """The spans that seeds grow into."""
    documents = bounds.size - 1
    index = np.searchsorted(bounds, np.arange(0, words.size + STRIDE, STRIDE), "right") - 1
    hands = [links[row::jobs] for row in range(jobs)]
    sizes = np.zeros((jobs, documents), np.int64)

    def count(row: int) -> None:
        for _, rights in hands[row]:
            count_by_document(rights, bounds, index, sizes[row])

    list(pool.map(count, range(jobs)))
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes.sum(axis=0))])
    seeds = np.empty((int(starts[-1]), 2), np.int64)
    # In each document those of the first hands first.
    filled = starts[:-1] + np.cumsum(sizes, axis=0) - sizes

    def share_out(row: int) -> None:
        for lefts, rights in hands[row]:
            sort_by_document(lefts, rights, bounds, index, filled[row], seeds)

    list(pool.map(share_out, range(jobs)))
    parts = 4 * jobs if seeds.size > 1000 else 1
    cuts = np.searchsorted(starts, np.linspace(0, starts[-1], parts + 1)[1:-1]).tolist()
    table, fewest = gains(), fewest_covered(len(seeds))
    least = least_evidence(len(seeds), evidence)

    def grow(part: tuple[int, int]) -> NDArray[np.int64]:
        first, last = part
        found = np.empty((int(starts[last] - starts[first]), 5), np.int64)
        count = extend(
            words,
            bounds,
            index,
            left_out,
            common,
            seeds,
            starts,
            first,
            last,
            table,
            fewest,
            least,
            found,
        )
        return found[:count].copy()

    return np.concatenate(list(pool.map(grow, pairwise([0, *cuts, documents]))))


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
