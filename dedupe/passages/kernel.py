"""The parts of kernels that segment UTF-8 text: ``reference.passages``, step by step."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import aside, part
from dedupe.passages.characters import (
    BLANK,
    BULLETS,
    CLOSER,
    HALF,
    LOWER,
    MARK,
    QUARTER,
    SPACED,
    STOP,
    STOPS_WITHOUT_SPACE,
    UPPER,
    WEIGHT_OF_WORD,
    WORD_BITS,
)
from dedupe.passages.columns import END, FLAGS, START, WEIGHT, WORDS
from dedupe.passages.hashing import hash_word, xxh64_words
from dedupe.passages.normalisation import before, byte, decode
from dedupe.passages.rules import (
    LONG_WEIGHT,
    PROSE,
    PROSE_WEIGHT,
    PROSE_WITHOUT_STOP_WEIGHT,
    SENTENCES_HARD_LIMIT,
    SENTENCES_SOFT_LIMIT,
    SENTENCES_WEIGHT,
    SHORT_ABBREVIATION,
    WRAP_LEAST_PAIRS,
    WRAP_LEAST_WIDTH,
    WRAP_WIDEST,
)

_STOPS_WITHOUT_SPACE = tuple(ord(stop) for stop in STOPS_WITHOUT_SPACE)
_STEP: Final = 32
_BULLETS = tuple(ord(bullet) for bullet in BULLETS)


@aside
def _blank(text: NDArray[np.uint8], at: int, kinds: NDArray[np.uint8]) -> bool:
    return kinds[decode(text, at)[0]] & BLANK != 0


@aside
def _stripped(
    text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]
) -> tuple[int, int]:
    while start < end and _blank(text, start, kinds):
        start = decode(text, start)[1]
    while end > start and _blank(text, before(text, end), kinds):
        end = before(text, end)
    return start, end


@part
def _any_line_end(text: NDArray[np.uint8], at: int) -> bool:
    """Whether there is one in the next _STEP bytes, which are looked at together."""
    found = np.uint8(0)
    for place in range(at, at + _STEP):
        found |= np.uint8(text[np.uint64(place)] == 10) | np.uint8(text[np.uint64(place)] == 13)
    return found != 0


@aside
def split_lines(
    text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8], lines: NDArray[np.int64]
) -> int:
    """Fill ``lines`` with the stripped ranges of the lines, blank ones as empty; their number."""
    count = 0
    while start <= end:
        stop = start
        while stop + _STEP <= end and not _any_line_end(text, stop):
            stop += _STEP
        while stop < end and byte(text, stop) != 10 and byte(text, stop) != 13:
            stop += 1
        lines[count, 0], lines[count, 1] = _stripped(text, start, stop, kinds)
        count += 1
        start = stop + (
            2 if stop + 1 < end and byte(text, stop) == 13 and byte(text, stop + 1) == 10 else 1
        )
    return count


@part
def length(text: NDArray[np.uint8], start: int, end: int) -> int:
    count = 0
    for at in range(start, end):
        count += byte(text, at) & 0xC0 != 0x80
    return count


@aside
def wrap_width(
    text: NDArray[np.uint8],
    lines: NDArray[np.int64],
    count: int,
    kinds: NDArray[np.uint8],
    lengths: NDArray[np.int64],
) -> int:
    """As in the reference; fills ``lengths`` (in characters) where the result is not 0."""
    held = wide = width = 0
    for line in range(count):
        size = lines[line, 1] - lines[line, 0]
        held += size > 0
        wide += size > 4 * WRAP_WIDEST
    if wide * 50 > held or held <= WRAP_LEAST_PAIRS:
        return 0
    wide = 0
    for line in range(count):
        lengths[line] = length(text, lines[line, 0], lines[line, 1])
        if lengths[line] > WRAP_WIDEST:
            wide += 1
        else:
            width = max(width, lengths[line])
    if wide * 50 > held or width < WRAP_LEAST_WIDTH:
        return 0
    pairs = full = loose = going_on = 0
    for line in range(count - 1):
        if lengths[line] == 0 or lengths[line + 1] == 0:
            continue
        pairs += 1
        if _is_full(text, lines, lengths, line, kinds, width):
            full += 1
            going_on += not _ends_sentence(text, lines[line, 0], lines[line, 1], kinds) and not (
                kinds[np.uint64(decode(text, lines[line + 1, 0])[0])] & UPPER
            )
        elif not _ends_sentence(text, lines[line, 0], lines[line, 1], kinds):
            loose += 1
    wrapped = full >= WRAP_LEAST_PAIRS and full * 2 >= pairs and full >= loose * 4
    return width if wrapped and going_on * 4 >= full else 0


@aside
def _is_full(
    text: NDArray[np.uint8],
    lines: NDArray[np.int64],
    lengths: NDArray[np.int64],
    line: int,
    kinds: NDArray[np.uint8],
    width: int,
) -> bool:
    return (
        lengths[line] + 1 + _first_word_length(text, lines[line + 1, 0], lines[line + 1, 1], kinds)
        > width
    )


@aside
def _first_word_length(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]) -> int:
    code, at = decode(text, start)
    first = kinds[np.uint64(code)] & WORD_BITS
    if first == HALF:
        return 2
    if first == QUARTER:
        return 4
    length = 1
    # No line of wrapped text is longer, so that nothing is gained by counting on.
    while at < end and length <= WRAP_WIDEST:
        code, at = decode(text, at)
        if kinds[np.uint64(code)] & BLANK:
            break
        length += 1
    return length


@aside
def _begins_item(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]) -> bool:
    code, at = decode(text, start)
    if code in _BULLETS:
        while at < end and decode(text, at)[0] == code:
            at = decode(text, at)[1]
    else:
        at = start
        while at < end and at - start < 3 and 48 <= byte(text, at) <= 57:
            at += 1
        if at in (start, end) or (byte(text, at) != 46 and byte(text, at) != 41):
            return False
        at += 1
    return at < end and _blank(text, at, kinds)


@aside
def _ends_sentence(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]) -> bool:
    while end > start:
        end = before(text, end)
        bits = kinds[decode(text, end)[0]]
        if bits & STOP:
            return True
        if not bits & (CLOSER | BLANK):
            return False
    return False


@aside
def next_sentence_end(
    text: NDArray[np.uint8], start: int, at: int, end: int, kinds: NDArray[np.uint8]
) -> int:
    """The first position behind a sentence of ``[start, end)`` found from ``at`` on, or -1."""
    while at < end:
        code, behind = decode(text, at)
        if not kinds[np.uint64(code)] & STOP:
            at = behind
            continue
        first = at
        spaceless = False
        characters = 0
        while at < end:
            code, behind = decode(text, at)
            if not kinds[np.uint64(code)] & (STOP | CLOSER):
                break
            spaceless = spaceless or code in _STOPS_WITHOUT_SPACE
            characters += 1
            at = behind
        if spaceless or at == end:
            return at
        if kinds[np.uint64(code)] & BLANK:
            following = at
            while following < end:
                code, behind = decode(text, following)
                if not kinds[np.uint64(code)] & BLANK:
                    break
                following = behind
            if following < end and kinds[np.uint64(code)] & LOWER:
                continue
            if (
                characters == 1
                and byte(text, first) == 46
                and _is_abbreviation(text, start, first, kinds)
            ):
                continue
            return at
    return -1


@aside
def _is_abbreviation(text: NDArray[np.uint8], start: int, stop: int, kinds: NDArray[np.uint8]) -> bool:
    begin = stop
    characters = 0
    upper = False
    while begin > start and characters <= SHORT_ABBREVIATION:
        place = before(text, begin)
        bits = kinds[decode(text, place)[0]]
        if bits & WORD_BITS != SPACED and bits & WORD_BITS != MARK:
            break
        upper = bits & UPPER != 0
        begin = place
        characters += 1
    return 0 < characters <= SHORT_ABBREVIATION and upper


@aside
def _flags(text: NDArray[np.uint8], start: int, end: int, weight: int, kinds: NDArray[np.uint8]) -> int:
    if weight < PROSE_WEIGHT:
        return 0
    if weight >= PROSE_WITHOUT_STOP_WEIGHT or _ends_sentence(text, start, end, kinds):
        return PROSE
    return PROSE if next_sentence_end(text, start, start, end, kinds) >= 0 else 0


@part
def _weight(word: np.uint64) -> int:
    return WEIGHT_OF_WORD >> np.int64(word & np.uint64(3))


@part
def hash_words(
    buffer: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    codes: NDArray[np.uint8],
    count: int,
    words: NDArray[np.uint64],
) -> int:
    """Hash the first ``count`` words that ``tokenise`` left in ``buffer``; their weight together."""
    at = weight = 0
    for word in range(count):
        words[word] = hash_word(buffer, at, bounds[word]) & ~np.uint64(3) | np.uint64(codes[word])
        weight += WEIGHT_OF_WORD >> codes[word]
        at = bounds[word] + 1
    return weight


@aside
def cut(
    text: NDArray[np.uint8],
    start: int,
    end: int,
    kinds: NDArray[np.uint8],
    begins: NDArray[np.int64],
    words: NDArray[np.uint64],
    count: int,
    weight: int,
    pieces: NDArray[np.int64],
) -> int:
    """The passages of one paragraph: itself, or its groups of sentences where it is long.

    Args:
        text: (n,) valid UTF-8.
        start: first byte of the paragraph.
        end: byte behind its last.
        kinds: of ``characters.tables()``.
        begins: (w,): byte at which each word begins.
        words: (w,): their hashes.
        count: how many words the paragraph has.
        weight: their weight together.
        pieces: out, room for ``count // 12 + 2`` rows: byte range and word range of each passage.

    Returns:
        The number of passages; 0 where there is no word.
    """
    if count == 0:
        return 0
    if weight <= LONG_WEIGHT:
        pieces[0, 0], pieces[0, 1], pieces[0, 2], pieces[0, 3] = start, end, 0, count
        return 1
    written = 0
    close = next_sentence_end(text, start, start, end, kinds)
    opened = held = 0
    first = start
    for word in range(count):
        word_start = begins[word]
        while 0 <= close <= word_start:
            if held >= SENTENCES_WEIGHT:
                pieces[written, 0], pieces[written, 1] = _stripped(text, first, close, kinds)
                pieces[written, 2], pieces[written, 3] = opened, word
                written += 1
                first, opened, held = close, word, 0
            close = next_sentence_end(text, start, close, end, kinds)
        if held >= SENTENCES_SOFT_LIMIT and (
            held >= SENTENCES_HARD_LIMIT or _blank_before(text, first, word_start, kinds)
        ):
            pieces[written, 0], pieces[written, 1] = _stripped(text, first, word_start, kinds)
            pieces[written, 2], pieces[written, 3] = opened, word
            written += 1
            first, opened, held = word_start, word, 0
        held += _weight(words[word])
    pieces[written, 0], pieces[written, 1] = _stripped(text, first, end, kinds)
    pieces[written, 2], pieces[written, 3] = opened, count
    return written + 1


@aside
def describe(
    text: NDArray[np.uint8],
    piece: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    words: NDArray[np.uint64],
    passage: NDArray[np.int64],
) -> np.uint64:
    """Fill the columns of a passage but DOCUMENT and FIRST_WORD; the XXH64 of its words."""
    weight = 0
    for word in range(piece[2], piece[3]):
        weight += _weight(words[word])
    passage[START] = piece[0]
    passage[END] = piece[1]
    passage[WORDS] = piece[3] - piece[2]
    passage[WEIGHT] = weight
    passage[FLAGS] = _flags(text, piece[0], piece[1], weight, kinds)
    return xxh64_words(words, piece[2], piece[3])


@aside
def _blank_before(text: NDArray[np.uint8], start: int, at: int, kinds: NDArray[np.uint8]) -> bool:
    """Whether a blank stands between the word at a position and the one before it."""
    while at > start:
        at = before(text, at)
        bits = kinds[decode(text, at)[0]]
        if bits & BLANK:
            return True
        if bits & WORD_BITS:
            return False
    return False


@aside
def breaks(
    text: NDArray[np.uint8],
    lines: NDArray[np.int64],
    lengths: NDArray[np.int64],
    line: int,
    kinds: NDArray[np.uint8],
    width: int,
) -> bool:
    if _begins_item(text, lines[line + 1, 0], lines[line + 1, 1], kinds):
        return True
    if _is_full(text, lines, lengths, line, kinds, width):
        return False
    return lengths[line] * 2 < width or _ends_sentence(text, lines[line, 0], lines[line, 1], kinds)
