"""From UTF-8 bytes to the columns of words, passages and documents: the kernel of ``reference.passages``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dedupe.kernels import kernel, part
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
    Tables,
)
from dedupe.passages.hashing import hash_word, xxh64_words
from dedupe.passages.normalisation import before, decode, tokenise
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
_BULLETS = tuple(ord(bullet) for bullet in BULLETS)

DOCUMENT, START, END, FIRST_WORD, WORDS, WEIGHT, FLAGS = range(7)
"""Columns of the passages that ``scan`` writes."""
PASSAGE_COLUMNS = 7


@part
def _blank(text: NDArray[np.uint8], at: int, kinds: NDArray[np.uint8]) -> bool:
    return kinds[decode(text, at)[0]] & BLANK != 0


@part
def _stripped(
    text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]
) -> tuple[int, int]:
    while start < end and _blank(text, start, kinds):
        start = decode(text, start)[1]
    while end > start and _blank(text, before(text, end), kinds):
        end = before(text, end)
    return start, end


@part
def _split_lines(
    text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8], lines: NDArray[np.int64]
) -> int:
    """Fill ``lines`` with the stripped ranges of the lines, blank ones as empty; their number."""
    count = 0
    while start <= end:
        stop = start
        while stop < end and text[stop] != 10 and text[stop] != 13:
            stop += 1
        lines[count, 0], lines[count, 1] = _stripped(text, start, stop, kinds)
        count += 1
        start = stop + (2 if stop + 1 < end and text[stop] == 13 and text[stop + 1] == 10 else 1)
    return count


@part
def _length(text: NDArray[np.uint8], start: int, end: int) -> int:
    count = 0
    for at in range(start, end):
        count += text[at] & 0xC0 != 0x80
    return count


@part
def _wrap_width(
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
        lengths[line] = _length(text, lines[line, 0], lines[line, 1])
        if lengths[line] > WRAP_WIDEST:
            wide += 1
        else:
            width = max(width, lengths[line])
    if wide * 50 > held or width < WRAP_LEAST_WIDTH:
        return 0
    pairs = full = loose = 0
    for line in range(count - 1):
        if lengths[line] == 0 or lengths[line + 1] == 0:
            continue
        pairs += 1
        if _is_full(text, lines, lengths, line, kinds, width):
            full += 1
        elif not _ends_sentence(text, lines[line, 0], lines[line, 1], kinds):
            loose += 1
    return width if full >= WRAP_LEAST_PAIRS and full * 2 >= pairs and full >= loose * 4 else 0


@part
def _is_full(
    text: NDArray[np.uint8],
    lines: NDArray[np.int64],
    lengths: NDArray[np.int64],
    line: int,
    kinds: NDArray[np.uint8],
    width: int,
) -> bool:
    return lengths[line] + 1 + _first_word_length(text, lines[line + 1, 0], lines[line + 1, 1], kinds) > width


@part
def _first_word_length(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]) -> int:
    code, at = decode(text, start)
    first = kinds[code] & WORD_BITS
    if first == HALF:
        return 2
    if first == QUARTER:
        return 4
    length = 1
    # No line of wrapped text is longer, so that nothing is gained by counting on.
    while at < end and length <= WRAP_WIDEST:
        code, at = decode(text, at)
        if kinds[code] & BLANK:
            break
        length += 1
    return length


@part
def _begins_item(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]) -> bool:
    code, at = decode(text, start)
    if code in _BULLETS:
        while at < end and decode(text, at)[0] == code:
            at = decode(text, at)[1]
    else:
        at = start
        while at < end and at - start < 3 and 48 <= text[at] <= 57:
            at += 1
        if at == start or at == end or (text[at] != 46 and text[at] != 41):
            return False
        at += 1
    return at < end and _blank(text, at, kinds)


@part
def _ends_sentence(text: NDArray[np.uint8], start: int, end: int, kinds: NDArray[np.uint8]) -> bool:
    while end > start:
        end = before(text, end)
        bits = kinds[decode(text, end)[0]]
        if bits & STOP:
            return True
        if not bits & (CLOSER | BLANK):
            return False
    return False


@part
def _next_sentence_end(
    text: NDArray[np.uint8], start: int, at: int, end: int, kinds: NDArray[np.uint8]
) -> int:
    """The first position behind a sentence of ``[start, end)`` found from ``at`` on, or -1."""
    while at < end:
        code, behind = decode(text, at)
        if not kinds[code] & STOP:
            at = behind
            continue
        first = at
        spaceless = False
        characters = 0
        while at < end:
            code, behind = decode(text, at)
            if not kinds[code] & (STOP | CLOSER):
                break
            spaceless = spaceless or code in _STOPS_WITHOUT_SPACE
            characters += 1
            at = behind
        if spaceless or at == end:
            return at
        if kinds[code] & BLANK:
            following = at
            while following < end:
                code, behind = decode(text, following)
                if not kinds[code] & BLANK:
                    break
                following = behind
            if following < end and kinds[code] & LOWER:
                continue
            if characters == 1 and text[first] == 46 and _is_abbreviation(text, start, first, kinds):
                continue
            return at
    return -1


@part
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


@part
def _flags(text: NDArray[np.uint8], start: int, end: int, weight: int, kinds: NDArray[np.uint8]) -> int:
    if weight < PROSE_WEIGHT:
        return 0
    if weight >= PROSE_WITHOUT_STOP_WEIGHT or _ends_sentence(text, start, end, kinds):
        return PROSE
    return PROSE if _next_sentence_end(text, start, start, end, kinds) >= 0 else 0


@part
def _weight(word: np.uint64) -> int:
    return WEIGHT_OF_WORD >> np.int64(word & np.uint64(3))  # type: ignore[no-any-return]


@part
def _keep(
    text: NDArray[np.uint8],
    start: int,
    end: int,
    document: int,
    begin: int,
    until: int,
    kinds: NDArray[np.uint8],
    words: NDArray[np.uint64],
    passages: NDArray[np.int64],
    contents: NDArray[np.uint64],
    count: int,
) -> int:
    """Write the passage of ``words[begin:until]``, where there is a word; the number of passages."""
    if begin == until:
        return count
    weight = 0
    for word in range(begin, until):
        weight += _weight(words[word])
    passages[count, DOCUMENT] = document
    passages[count, START] = start
    passages[count, END] = end
    passages[count, FIRST_WORD] = begin
    passages[count, WORDS] = until - begin
    passages[count, WEIGHT] = weight
    passages[count, FLAGS] = _flags(text, start, end, weight, kinds)
    contents[count] = xxh64_words(words, begin, until)
    return count + 1


@part
def _keep_groups(
    text: NDArray[np.uint8],
    start: int,
    end: int,
    document: int,
    begin: int,
    until: int,
    kinds: NDArray[np.uint8],
    begins: NDArray[np.int64],
    words: NDArray[np.uint64],
    passages: NDArray[np.int64],
    contents: NDArray[np.uint64],
    count: int,
) -> int:
    """Write the groups of sentences of a long paragraph; the number of passages."""
    close = _next_sentence_end(text, start, start, end, kinds)
    opened = begin
    first = start
    weight = 0
    for word in range(begin, until):
        word_start = begins[word - begin]
        while 0 <= close <= word_start:
            if weight >= SENTENCES_WEIGHT:
                a, b = _stripped(text, first, close, kinds)
                count = _keep(
                    text, a, b, document, opened, word, kinds, words, passages, contents, count
                )
                first, opened, weight = close, word, 0
            close = _next_sentence_end(text, start, close, end, kinds)
        if weight >= SENTENCES_SOFT_LIMIT and (
            weight >= SENTENCES_HARD_LIMIT or _blank_before(text, first, word_start, kinds)
        ):
            a, b = _stripped(text, first, word_start, kinds)
            count = _keep(text, a, b, document, opened, word, kinds, words, passages, contents, count)
            first, opened, weight = word_start, word, 0
        weight += _weight(words[word])
    a, b = _stripped(text, first, end, kinds)
    return _keep(text, a, b, document, opened, until, kinds, words, passages, contents, count)


@part
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


@part
def _breaks(
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


@kernel
def scan(
    text: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    tables: Tables,
    words: NDArray[np.uint64],
    passages: NDArray[np.int64],
    contents: NDArray[np.uint64],
    documents: NDArray[np.int64],
) -> tuple[int, int]:
    """Segment and hash a batch of documents; the numbers of words and passages written.

    Args:
        text: (n,) UTF-8 bytes, valid.
        offsets: (d + 1,) where document i is ``text[offsets[i]:offsets[i + 1]]``.
        tables: ``characters.tables()``.
        words: out, room for n / 2 + 1: hash of each word, weight code in the two lowest bits.
        passages: out, (p, 7): the columns named above; START and END are offsets into ``text``,
            FIRST_WORD into ``words``.
        contents: out, (p,): XXH64 of each passage's words.
        documents: out, (d, 3): words, characters, passages.
    """
    longest = most_lines = 0
    for document in range(offsets.size - 1):
        breaks = 1
        for at in range(offsets[document], offsets[document + 1]):
            breaks += text[at] == 10 or text[at] == 13
        most_lines = max(most_lines, breaks)
        longest = max(longest, offsets[document + 1] - offsets[document])
    buffer = np.empty(4 * longest + 16, np.uint8)
    begins = np.empty(longest // 2 + 1, np.int64)
    bounds = np.empty(longest // 2 + 1, np.int64)
    codes = np.empty(longest // 2 + 1, np.uint8)
    lines = np.empty((most_lines, 2), np.int64)
    lengths = np.empty(most_lines, np.int64)
    kinds = tables.kinds
    word_count = count = 0
    for document in range(offsets.size - 1):
        start, end = offsets[document], offsets[document + 1]
        first_word, first_passage = word_count, count
        line_count = _split_lines(text, start, end, kinds, lines)
        width = _wrap_width(text, lines, line_count, kinds, lengths)
        line = 0
        while line < line_count:
            last = line
            if lines[line, 0] < lines[line, 1]:
                while (
                    width > 0
                    and last + 1 < line_count
                    and lines[last + 1, 0] < lines[last + 1, 1]
                    and not _breaks(text, lines, lengths, last, kinds, width)
                ):
                    last += 1
                a, b = lines[line, 0], lines[last, 1]
                held = tokenise(text, a, b, tables, buffer, begins, bounds, codes)
                at = weight = 0
                until = word_count
                for word in range(held):
                    hashed = hash_word(buffer, at, bounds[word])
                    words[until] = hashed & ~np.uint64(3) | np.uint64(codes[word])
                    weight += WEIGHT_OF_WORD >> codes[word]
                    at = bounds[word] + 1
                    until += 1
                if weight <= LONG_WEIGHT:
                    count = _keep(
                        text, a, b, document, word_count, until, kinds, words, passages, contents, count
                    )
                else:
                    count = _keep_groups(
                        text,
                        a,
                        b,
                        document,
                        word_count,
                        until,
                        kinds,
                        begins,
                        words,
                        passages,
                        contents,
                        count,
                    )
                word_count = until
            line = last + 1
        documents[document, 0] = word_count - first_word
        documents[document, 1] = _length(text, start, end)
        documents[document, 2] = count - first_passage
    return word_count, count
