"""The plain way: the references, for inputs so small that loading a compiler would take longer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from itertools import pairwise

import numpy as np
import xxhash
from numpy.typing import NDArray

from dedupe.candidates.reference import band_key, candidates
from dedupe.candidates.seeds import frequencies, marked, seeds
from dedupe.compute.interface import Function, Plan, Scan, Texts
from dedupe.matches.extension import fewest_covered, least_evidence, spans
from dedupe.matches.similarity import OUTLINE_COLUMNS
from dedupe.passages.breaks import broken
from dedupe.passages.characters import BLANK, kind
from dedupe.passages.columns import PASSAGE_COLUMNS
from dedupe.passages.cuts import cut
from dedupe.passages.frames import frame_of, may_have_one, packed
from dedupe.passages.looks import looks_of
from dedupe.passages.markers import MARKER_COLUMNS, markers_of
from dedupe.passages.quotations import quoted_words_plain
from dedupe.passages.reference import Passage, hash_word, passages
from dedupe.passages.rules import PROSE
from dedupe.passages.signals import PIECE
from dedupe.sketch.reference import shingle_set, signature, signature_of_words


class Plain:
    """Python, xxhash and NumPy."""

    parallel = False

    def scan(self, texts: Texts, plan: Plan) -> Scan:
        """Segment, hash and sign documents."""
        words: list[int] = []
        rows: list[tuple[int, ...]] = []
        contents: list[int] = []
        keys: list[list[int]] = []
        documents: list[tuple[int, int, int, int]] = []
        markers: list[tuple[int, ...]] = []
        for document in range(texts.offsets.size - 1):
            base = int(texts.offsets[document])
            text = texts.data[base : int(texts.offsets[document + 1])].tobytes().decode()
            first_word = len(words)
            found = passages(text)
            byte_at = _byte_positions(text)
            for number, passage in enumerate(found):
                hashes = _hashes(passage)
                rows.append(
                    (
                        document,
                        base + byte_at(passage.start),
                        base + byte_at(passage.end),
                        len(words),
                        len(hashes),
                        passage.weight,
                        passage.flags,
                        _frame(text, passage, number),
                        passage.signals,
                    )
                )
                if passage.signals & PIECE or (number == 0 and _is_last(text, passage)):
                    markers += _markers(len(contents), text, passage)
                contents.append(_content(hashes))
                words.extend(hashes)
                if passage.weight >= plan.least_weight:
                    values = signature_of_words(
                        passage.words, plan.shingle, plan.permutations, plan.seed
                    ).tolist()
                    keys.append(
                        [
                            band_key(values[band * plan.rows : (band + 1) * plan.rows])
                            for band in range(plan.bands)
                        ]
                    )
            held = words[first_word:]
            documents.append((len(held), len(text), len(found), _signed(_content(held))))
        return Scan(
            np.array(words, np.uint64),
            np.array(rows, np.int64).reshape(-1, PASSAGE_COLUMNS).T.copy(),
            np.array(contents, np.uint64),
            np.array(keys, np.uint32).reshape(-1, plan.bands).T,
            np.array(documents, np.int64).reshape(-1, 4),
            np.array(markers, np.int64).reshape(-1, MARKER_COLUMNS),
        )

    def signatures(self, texts: Texts, shingle: int, permutations: int, seed: int) -> NDArray[np.uint32]:
        """MinHash signatures of texts."""
        bounds = texts.offsets.tolist()
        data = texts.data.tobytes()
        values = [
            signature(data[start:end].decode(), shingle, permutations, seed)
            for start, end in pairwise(bounds)
        ]
        return np.array(values, np.uint32).reshape(-1, permutations)

    def pairs(self, keys: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Candidate pairs of one band."""
        pairs = [right << 32 | left for left, right in candidates([[key] for key in keys.tolist()])]
        return np.array(sorted(pairs), np.int64)

    def outlines(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        shingle: int,
    ) -> NDArray[np.uint64]:
        """How many different shingles runs of words have."""
        outlines = np.zeros((firsts.size, OUTLINE_COLUMNS), np.uint64)
        for row, (a, b) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
            outlines[row, 0] = len(shingle_set(words[a:b].tolist(), shingle))
        return outlines

    def compare(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        outlines: NDArray[np.uint64],  # noqa: ARG002  the sets themselves are made
        lefts: NDArray[np.int64],
        rights: NDArray[np.int64],
        shingle: int,
        least: float,
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Exact similarity and containment of pairs of runs of words."""
        sets: dict[int, set[int]] = {}
        for row in {*lefts.tolist(), *rights.tolist()}:
            sets[row] = shingle_set(words[firsts[row] : lasts[row]].tolist(), shingle)
        values = []
        for left, right in zip(lefts.tolist(), rights.tolist(), strict=True):
            a, b = sets[left], sets[right]
            common = len(a & b)
            found = (common / len(a | b), common / min(len(a), len(b))) if a and b else (0.0, 0.0)
            values.append(found if found[0] >= least else (0.0, 0.0))
        both = np.array(values, np.float64).reshape(-1, 2)
        return both[:, 0].copy(), both[:, 1].copy()

    def spans(
        self,
        words: NDArray[np.uint64],
        bounds: NDArray[np.int64],
        left_out: NDArray[np.uint8],
        formula: NDArray[np.uint8],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        evidence: float,
        jobs: int,  # noqa: ARG002
    ) -> NDArray[np.int64]:
        """Stretches of words that say the same."""
        held = words.tolist()
        linked, common = seeds(held, firsts.tolist(), lasts.tolist())
        found = spans(
            held,
            bounds.tolist(),
            left_out.tolist(),
            common,
            set(np.flatnonzero(formula).tolist()),
            linked,
            fewest_covered(len(linked)),
            least_evidence(len(linked), evidence),
        )
        rows = [astuple(span) for span in found]
        return np.array(rows, np.int64).reshape(-1, 5)

    def frequencies(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        groups: NDArray[np.int64],
        jobs: int,  # noqa: ARG002
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """In how many runs the seed at each word stands."""
        runs = (firsts.tolist(), lasts.tolist(), groups.tolist())
        counts, several = frequencies(words.tolist(), *runs)
        return np.array(counts, np.int64), np.array(several, np.bool_)

    def marked(
        self,
        words: NDArray[np.uint64],
        firsts: NDArray[np.int64],
        lasts: NDArray[np.int64],
        places: NDArray[np.int64],
        jobs: int,  # noqa: ARG002
    ) -> NDArray[np.bool_]:
        """Which words stand in certain seeds."""
        runs = (firsts.tolist(), lasts.tolist())
        return np.array(marked(words.tolist(), *runs, places.tolist()), np.bool_)

    def broken(
        self,
        texts: Texts,
        bounds: NDArray[np.int64],
        places: NDArray[np.int64],
        opens: NDArray[np.bool_],
    ) -> Texts:
        """Texts with newlines for some of their blanks."""
        data = bytearray(texts.data)
        for (start, end), (first, last) in zip(
            pairwise(texts.offsets.tolist()), pairwise(bounds.tolist()), strict=True
        ):
            text = data[start:end].decode()
            data[start:end] = broken(
                text, places[first:last].tolist(), opens[first:last].tolist()
            ).encode()
        return Texts(np.frombuffer(bytes(data), np.uint8), texts.offsets)

    def cuts(
        self,
        texts: Texts,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        counts: NDArray[np.int64],  # noqa: ARG002
        words: NDArray[np.int64],
        *,
        ends_there: bool,
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where passages are cut near word boundaries."""
        found = []
        for start, end, at in zip(starts.tolist(), ends.tolist(), words.tolist(), strict=True):
            text = texts.data[start:end].tobytes().decode()
            at, place = cut(text, at, ends_there)
            found.append((at, start + len(text[:place].encode())))
        rows = np.array(found, np.int64).reshape(-1, 2)
        return rows[:, 0].copy(), rows[:, 1].copy()

    def look(
        self,
        text: NDArray[np.uint8],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        firsts: NDArray[np.int64],
        looks: NDArray[np.uint8],
    ) -> None:
        """Write how the words of passages look."""
        for start, end, first in zip(starts.tolist(), ends.tolist(), firsts.tolist(), strict=True):
            found = looks_of(text[start:end].tobytes().decode())
            looks[first : first + len(found)] = found

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
        stretches = (lows.tolist(), highs.tolist(), starts.tolist(), ends.tolist())
        counts[:] = quoted_words_plain(text.tobytes(), *stretches, least, places.tolist(), marks)

    def run(self, function: Function) -> Function:
        """The function as it is."""
        return function


def _is_last(text: str, passage: Passage) -> bool:
    return all(kind(character) & BLANK for character in text[passage.end :])


def _frame(text: str, passage: Passage, number: int) -> int:
    held = text[passage.start : passage.end]
    if not may_have_one(number, passage.flags & PROSE != 0, held[0].encode()[0]):
        return 0
    if held.isascii():
        begins = [word.start - passage.start for word in passage.words]
    else:
        begins = [len(text[passage.start : word.start].encode()) for word in passage.words]
    return packed(frame_of(held.encode(), begins))


def _markers(row: int, text: str, passage: Passage) -> list[tuple[int, ...]]:
    held = text[passage.start : passage.end]
    inside = tuple(
        replace(word, start=word.start - passage.start, end=word.end - passage.start)
        for word in passage.words
    )
    byte_at = _byte_positions(held)
    return [
        (row, each.first, each.words, byte_at(each.start), byte_at(each.end), each.label)
        for each in markers_of(held, inside)
    ]


def _hashes(passage: Passage) -> list[int]:
    return [hash_word(word.normal, word.weight) for word in passage.words]


def _content(hashes: list[int]) -> int:
    return xxhash.xxh64_intdigest(np.array(hashes, np.uint64).tobytes())


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _byte_positions(text: str) -> Callable[[int], int]:
    """From places in code points to places in bytes."""
    if text.isascii():
        return lambda at: at
    ends: list[int] = np.cumsum([len(character.encode()) for character in text]).tolist()
    return lambda at: ends[at - 1] if at else 0
