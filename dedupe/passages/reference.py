"""What a document's words and passages are, in plain Python.

The compiled kernels compute the same, column by column; tests hold the two equal. Small inputs are
read with this code alone, so that a short command need not load a compiler.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dedupe.passages.characters import (
    BLANK,
    BULLETS,
    CLOSER,
    HALF,
    LOWER,
    MARK,
    NO_WORD,
    QUARTER,
    SPACED,
    STOP,
    STOPS_WITHOUT_SPACE,
    UPPER,
    WEIGHT_OF_WORD,
    WEIGHTS,
    WORD_BITS,
    kind,
    normalise,
)
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
from dedupe.passages.signals import PIECE
from dedupe.passages.signals_reference import signals

_P1, _P3, _P5 = 0x9E3779B185EBCA87, 0x165667B19E3779F9, 0x27D4EB2F165667C5
_BITS = (1 << 64) - 1

_kind = lru_cache(maxsize=4096)(kind)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands (code points), as it is compared, and its weight in quarter words."""

    start: int
    end: int
    normal: str
    weight: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: where it stands (code points), its words, its flags and what its line says."""

    start: int
    end: int
    words: tuple[Word, ...]
    flags: int
    signals: int
    """Bits of ``signals.SIGNALS``."""

    @property
    def weight(self) -> int:
        """Sum of the words' weights, in quarter words."""
        return sum(word.weight for word in self.words)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """The words of a stretch of text: maximal runs of letters, marks and digits, or single clusters.

    A mark continues the word before it; in scripts written without spaces every other character
    begins a new word.
    """
    end = len(text) if end is None else end
    position = start
    while position < end:
        first = _kind(text[position]) & WORD_BITS
        if first == NO_WORD:
            position += 1
            continue
        begin = position
        position += 1
        spaced = first in (SPACED, MARK)
        while position < end:
            following = _kind(text[position]) & WORD_BITS
            if following == MARK or (spaced and following == SPACED):
                position += 1
            else:
                break
        yield Word(begin, position, normalise(text[begin:position]), WEIGHTS[first])


def passages(text: str) -> list[Passage]:
    """The passages of a document, in order; stretches without a word are none.

    A paragraph is a line, or a run of lines where the text is hard-wrapped. A paragraph of more
    than 150 words is no usable unit (newlines were lost): it is taken in groups of sentences, each
    closed at the first sentence end at which it has 12 words, so that the same text falls into the
    same groups wherever it stands.
    """
    found = []
    for start, end in _paragraphs(text):
        inside = tuple(words(text, start, end))
        if sum(word.weight for word in inside) <= LONG_WEIGHT:
            pieces = [(start, end)]
        else:
            pieces = list(_sentence_groups(text, start, end, inside))
        at = 0
        for piece_start, piece_end in pieces:
            begin = at
            while at < len(inside) and inside[at].start < piece_end:
                at += 1
            if at > begin:
                held = inside[begin:at]
                flags = _flags(text, piece_start, piece_end, held)
                said = signals(text, piece_start, piece_end, held, flags, hash_word)
                said |= PIECE if len(pieces) > 1 else 0
                found.append(Passage(piece_start, piece_end, held, flags, said))
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the lines, without the blanks at both ends; an empty range is a blank line."""
    start = 0
    while start <= len(text):
        end = start
        while end < len(text) and text[end] not in "\r\n":
            end += 1
        yield _stripped(text, start, end)
        start = end + (2 if text[end : end + 2] == "\r\n" else 1)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _kind(text[start]) & BLANK:
        start += 1
    while end > start and _kind(text[end - 1]) & BLANK:
        end -= 1
    return start, end


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    if width == 0:
        yield from ((start, end) for start, end in lines if end > start)
        return
    opened: tuple[int, int] | None = None
    for index, (start, end) in enumerate(lines):
        if end == start:
            if opened is not None:
                yield opened
            opened = None
            continue
        if opened is not None:
            if _breaks(text, lines[index - 1], (start, end), width):
                yield opened
                opened = (start, end)
            else:
                opened = (opened[0], end)
        else:
            opened = (start, end)
    if opened is not None:
        yield opened


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The width at which the text was wrapped, in characters; 0 where every line is a paragraph.

    A wrapped line is full: the first word of the next would not have fitted. The text is wrapped
    where at least half of the adjacent lines are full, the others mostly end a sentence, and a quarter
    of the full ones go on in the middle of one: lines of one length need not be wrapped.
    """
    held = [end - start for start, end in lines if end > start]
    narrow = [length for length in held if length <= WRAP_WIDEST]
    if (len(held) - len(narrow)) * 50 > len(held) or not narrow or max(narrow) < WRAP_LEAST_WIDTH:
        return 0
    width = max(narrow)
    pairs = full = loose = going_on = 0
    for line, following in pairwise(lines):
        if line[0] == line[1] or following[0] == following[1]:
            continue
        pairs += 1
        if _is_full(text, line, following, width):
            full += 1
            going_on += not _ends_sentence(text, *line) and not _kind(text[following[0]]) & UPPER
        elif not _ends_sentence(text, *line):
            loose += 1
    wrapped = full >= WRAP_LEAST_PAIRS and full * 2 >= pairs and full >= loose * 4
    return width if wrapped and going_on * 4 >= full else 0


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    return line[1] - line[0] + 1 + _first_word_length(text, *following) > width


def _first_word_length(text: str, start: int, end: int) -> int:
    first = _kind(text[start]) & WORD_BITS
    if first == HALF:
        return 2
    if first == QUARTER:
        return 4
    length = 0
    while start + length < end and not _kind(text[start + length]) & BLANK:
        length += 1
    return length


def _breaks(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether a paragraph of wrapped text ends between two adjacent lines."""
    if _begins_item(text, *following):
        return True
    if _is_full(text, line, following, width):
        return False
    return _ends_sentence(text, *line) or (line[1] - line[0]) * 2 < width


def _begins_item(text: str, start: int, end: int) -> bool:
    """A bullet or a number of at most three digits with a stop or bracket, then a blank."""
    at = start
    if text[at] in BULLETS:
        while at < end and text[at] == text[start]:
            at += 1
    else:
        while at < end and at - start < 3 and "0" <= text[at] <= "9":
            at += 1
        if at in (start, end) or text[at] not in ".)":
            return False
        at += 1
    return at < end and bool(_kind(text[at]) & BLANK)


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether the last thing in a stretch, quotes and brackets aside, is a stop."""
    while end > start:
        bits = _kind(text[end - 1])
        if bits & STOP:
            return True
        if not bits & (CLOSER | BLANK):
            return False
        end -= 1
    return False


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Positions behind the sentences of a stretch, the closing quotes and brackets included."""
    at = start
    while at < end:
        if not _kind(text[at]) & STOP:
            at += 1
            continue
        first = at
        spaceless = False
        while at < end and _kind(text[at]) & (STOP | CLOSER):
            spaceless = spaceless or text[at] in STOPS_WITHOUT_SPACE
            at += 1
        if spaceless or at == end:
            yield at
        elif _kind(text[at]) & BLANK:
            following = at
            while following < end and _kind(text[following]) & BLANK:
                following += 1
            if following < end and _kind(text[following]) & LOWER:
                continue
            if at - first == 1 and text[first] == "." and _is_abbreviation(text, start, first):
                continue
            yield at


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the word before a full stop is short and capitalised: "Dr", "St", "J", "Inc"."""
    begin = stop
    while begin > start and stop - begin <= SHORT_ABBREVIATION:
        if _kind(text[begin - 1]) & WORD_BITS not in (SPACED, MARK):
            break
        begin -= 1
    return 0 < stop - begin <= SHORT_ABBREVIATION and bool(_kind(text[begin]) & UPPER)


def _sentence_groups(
    text: str, start: int, end: int, inside: tuple[Word, ...]
) -> Iterator[tuple[int, int]]:
    """Ranges of groups of sentences, each closed as soon as it weighs enough.

    Where no sentence ends, a group closes at a blank, and at last anywhere between two words.
    """
    ends = [*sentence_ends(text, start, end), end]
    at = weight = 0
    for index, word in enumerate(inside):
        while ends[at] <= word.start:
            if weight >= SENTENCES_WEIGHT:
                yield _stripped(text, start, ends[at])
                start, weight = ends[at], 0
            at += 1
        before = inside[index - 1].end if index else word.start
        apart = any(_kind(text[place]) & BLANK for place in range(before, word.start))
        if weight >= SENTENCES_HARD_LIMIT or (weight >= SENTENCES_SOFT_LIMIT and apart):
            yield _stripped(text, start, word.start)
            start, weight = word.start, 0
        weight += word.weight
    yield _stripped(text, start, end)


def _flags(text: str, start: int, end: int, inside: tuple[Word, ...]) -> int:
    """PROSE where the passage is of sentences: it ends one, holds one's end, or is long."""
    weight = sum(word.weight for word in inside)
    if weight < PROSE_WEIGHT:
        return 0
    if weight >= PROSE_WITHOUT_STOP_WEIGHT or _ends_sentence(text, start, end):
        return PROSE
    return PROSE if next(sentence_ends(text, start, end), None) is not None else 0


@lru_cache(maxsize=1 << 16)
def hash_word(normal: str, weight: int) -> int:
    """64 bits of a word: multiplications over its bytes, in the two lowest bits its weight's code.

    Each step takes eight bytes, little-endian, the last as many as are left. The code is 0 for a
    whole word, 1 for half a word, 2 for a quarter.
    """
    data = normal.encode()
    total = len(data) * _P5 & _BITS
    while len(data) > 8:
        total = (total ^ int.from_bytes(data[:8], "little")) * _P1 & _BITS
        total ^= total >> 32
        data = data[8:]
    total = (total ^ int.from_bytes(data, "little")) * _P1 & _BITS
    total = (total ^ total >> 29) * _P3 & _BITS
    total ^= total >> 32
    return total & ~3 | (WEIGHT_OF_WORD // weight).bit_length() - 1
