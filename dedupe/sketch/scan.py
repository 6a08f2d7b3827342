"""From a batch of documents to columns of words, passages and band keys, in one pass over the bytes."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside, kernel, part
from dedupe.passages.characters import Tables
from dedupe.passages.columns import DOCUMENT, FIRST_WORD, FLAGS, FRAME, SIGNALS, WEIGHT
from dedupe.passages.frames import frame, may_have_one
from dedupe.passages.hashing import xxh64_words
from dedupe.passages.kernel import (
    breaks,
    cut,
    describe,
    hash_words,
    length,
    split_lines,
    wrap_width,
)
from dedupe.passages.markers import markers
from dedupe.passages.normalisation import byte, tokenise
from dedupe.passages.rules import PROSE
from dedupe.passages.signals import PIECE
from dedupe.passages.signals_kernel import signals
from dedupe.sketch.kernel import sign_words

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


@part
def band_key(signature: NDArray[np.uint32], first: int, last: int) -> np.uint32:
    """32 bits of a band: two passages whose bands are equal have equal keys."""
    total = np.uint64(0)
    for permutation in range(first, last):
        total = (total ^ np.uint64(signature[permutation])) * _FACTOR
        total ^= total >> np.uint64(32)
    return np.uint32((total * _FACTOR) >> np.uint64(32))


@aside
def _is_last(lines: NDArray[np.int64], line: int, count: int) -> bool:
    """Whether all lines from one on are blank."""
    while line < count and lines[line, 0] == lines[line, 1]:
        line += 1
    return line == count


@kernel
def scan(
    text: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    tables: Tables,
    cues: NDArray[np.uint64],
    shingle: int,
    least_weight: int,
    rows: int,
    factors: NDArray[np.uint32],
    terms: NDArray[np.uint32],
    words: NDArray[np.uint64],
    passages: NDArray[np.int64],
    contents: NDArray[np.uint64],
    keys: NDArray[np.uint32],
    documents: NDArray[np.int64],
    interruptions: NDArray[np.int64],
) -> tuple[int, int, int, int]:
    """Segment, hash and sign a batch of documents; the numbers of words, passages, keys and
    interruptions written.

    Args:
        text: (n,) UTF-8 bytes, valid.
        offsets: (d + 1,) where document i is ``text[offsets[i]:offsets[i + 1]]``.
        tables: ``characters.tables()``.
        cues: ``cues.cue_table()``.
        shingle: whole words in a shingle.
        least_weight: quarter words from which a passage is signed.
        rows: permutations in a band.
        factors: (k,) and
        terms: (k,): ``permutations(k, seed)``.
        words: out, room for n / 2 + d + 1: hash of each word, weight code in the two lowest bits.
        passages: out, (p, 9): what ``passages.columns`` names. Rows of a passage, not columns: in room
            for the worst case these would lie far apart, and every page of it be touched.
        contents: out, (p,): XXH64 of each passage's words.
        keys: out, (s, bands): band keys of the passages that weigh enough, in their order.
        documents: out, (d, 4): words, characters, passages, XXH64 of the words as a signed number.
        interruptions: out, (m, 6): the columns of ``markers.MARKER_COLUMNS``; a marker has a word.
    """
    longest = most_lines = 0
    for document in range(offsets.size - 1):
        lines_here = 1
        for at in range(offsets[document], offsets[document + 1]):
            lines_here += (byte(text, at) == 10) | (byte(text, at) == 13)
        most_lines = max(most_lines, lines_here)
        longest = max(longest, offsets[document + 1] - offsets[document])
    buffer = np.empty(4 * longest + 32, np.uint8)
    begins = np.empty(longest // 2 + 1, np.int64)
    bounds = np.empty(longest // 2 + 1, np.int64)
    codes = np.empty(longest // 2 + 1, np.uint8)
    hashes = np.empty(longest // 2 + 1, np.uint32)
    pieces = np.empty((longest // 24 + 3, 4), np.int64)
    lines = np.empty((most_lines, 2), np.int64)
    lengths = np.empty(most_lines, np.int64)
    signature = np.empty(factors.size, np.uint32)
    passage = np.empty(passages.shape[1], np.int64)
    kinds = tables.kinds
    word_count = count = signed = marked = 0
    for document in range(offsets.size - 1):
        start, end = offsets[document], offsets[document + 1]
        first_word, first_passage = word_count, count
        line_count = split_lines(text, start, end, kinds, lines)
        width = wrap_width(text, lines, line_count, kinds, lengths)
        line = 0
        while line < line_count:
            last = line
            if lines[line, 0] == lines[line, 1]:
                line += 1
                continue
            while (
                width > 0
                and last + 1 < line_count
                and lines[last + 1, 0] < lines[last + 1, 1]
                and not breaks(text, lines, lengths, last, kinds, width)
            ):
                last += 1
            a, b = lines[line, 0], lines[last, 1]
            line = last + 1
            held = tokenise(text, a, b, tables, buffer, begins, bounds, codes)
            here = words[word_count:]
            weight = hash_words(buffer, bounds, codes, held, here)
            number = cut(text, a, b, kinds, begins, here, held, weight, pieces)
            for each in range(number):
                piece = pieces[each]
                contents[count] = describe(text, piece, kinds, here, passage)
                passage[DOCUMENT] = document
                passage[FRAME] = 0
                if may_have_one(count - first_passage, passage[FLAGS] & PROSE != 0, text[piece[0]]):
                    passage[FRAME] = frame(text, piece[0], piece[1], begins, piece[2], piece[3])
                passage[SIGNALS] = signals(
                    text,
                    start,
                    piece[0],
                    piece[1],
                    kinds,
                    begins,
                    here,
                    piece[2],
                    piece[3],
                    passage[WEIGHT],
                    passage[FLAGS],
                    cues,
                )
                if number > 1:
                    passage[SIGNALS] |= PIECE
                passage[FIRST_WORD] = word_count + piece[2]
                # Where newlines were lost: in pieces of a long line, and in a line that is all there is.
                if number > 1 or (count == first_passage and _is_last(lines, line, line_count)):
                    marked = markers(
                        text,
                        piece[0],
                        piece[1],
                        kinds,
                        begins,
                        piece[2],
                        piece[3],
                        count,
                        interruptions,
                        marked,
                    )
                for column in range(passages.shape[1]):
                    passages[count, column] = passage[column]
                if passage[WEIGHT] >= least_weight:
                    sign_words(
                        buffer,
                        bounds,
                        codes,
                        piece[2],
                        piece[3],
                        shingle,
                        factors,
                        terms,
                        hashes,
                        signature,
                    )
                    for band in range(keys.shape[1]):
                        keys[signed, band] = band_key(signature, band * rows, (band + 1) * rows)
                    signed += 1
                count += 1
            word_count += held
        documents[document, 0] = word_count - first_word
        documents[document, 1] = length(text, start, end)
        documents[document, 2] = count - first_passage
        documents[document, 3] = np.int64(xxh64_words(words, first_word, word_count))
    return word_count, count, signed, marked
