"""Quoted speech and quoted documents: what several articles rightly carry word for word.

A word is quoted where it stands inside quotation marks of any script, in a block of lines that begin
with ">", or in a paragraph that a line such as "The statute reads:" introduces.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.findings.differences import align
from dedupe.findings.reasons import QUOTED, reasons
from dedupe.findings.tables import Finds
from dedupe.kernels import kernel, part
from dedupe.passages.characters import BLANK, MARK, NO_WORD, SPACED, STOP, WORD_BITS
from dedupe.passages.characters import kind as kind_of
from dedupe.passages.normalisation import decode
from dedupe.report import Evidence
from dedupe.sketch.corpus import Corpus, texts_of

SHARE: Final = 0.9
"""Of the words that a place has in common with the anchor, quoted in both, at least."""
MOSTLY: Final = 0.5
"""Of all words of a place that are quoted, at least: few may stand beside what is shared."""
WINDOW: Final = 4000
"""Bytes around a place in which its paragraph is looked for."""
_EFFORT: Final = 16
"""Characters looked at for each of a place, at most, in search of closing marks."""
_INTRODUCTION: Final = 200
"""Bytes of a line that introduces a document."""
_PHRASES: Final = Path(__file__).with_name("quotes.txt")


def quoted(
    corpus: Corpus,
    document: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    compute: Compute,
    jobs: int,
    least: float = 0.0,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many words stretches of documents have, and how many of these are quoted.

    Args:
        corpus: the documents.
        document: (n,): the document of each stretch.
        start: (n,): its first byte, and
        end: (n,): the byte behind its last.
        compute: what computes it.
        jobs: threads.
        least: once so many words are not quoted that less than this share can be, counting stops.
    """
    counts = np.zeros((document.size, 3), np.int64)
    _count(corpus, document, start, end, compute, jobs, least, counts, np.zeros(0, np.uint8))
    total, inside, introduced = counts.T
    for each in np.flatnonzero((introduced != 0) & (inside < SHARE * total)).tolist():
        before = corpus.excerpts(int(document[each]), 0, int(start[each])).rstrip()
        if introduces(before[-_INTRODUCTION:].rpartition("\n")[2]):
            inside[each] = total[each]
    return total, inside


def _count(
    corpus: Corpus,
    document: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    compute: Compute,
    jobs: int,
    least: float,
    counts: NDArray[np.int64],
    marks: NDArray[np.uint8],
    places: NDArray[np.int64] | None = None,
) -> None:
    """Fill ``counts`` and ``marks`` as ``quoted_words`` does, batch by batch."""
    order = np.argsort(document, kind="stable")
    cuts = np.searchsorted(document[order], corpus.batch_starts)
    places = np.zeros(document.size, np.int64) if places is None else places

    def one(batch: int) -> None:
        rows = order[cuts[batch] : cuts[batch + 1]]
        texts = texts_of(corpus.batches[batch].column("text"))
        row = document[rows] - corpus.batch_starts[batch]
        low, high = texts.offsets[row], texts.offsets[row + 1]
        found = np.zeros((rows.size, 3), np.int64)
        compute.quoted(
            texts.data, low, high, low + start[rows], low + end[rows], least, found, places[rows], marks
        )
        counts[rows] = found

    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        list(pool.map(one, np.flatnonzero(np.diff(cuts)).tolist()))


def are_quotations(finds: Finds, corpus: Corpus, compute: Compute, jobs: int) -> NDArray[np.bool_]:
    """(f,): findings of which nearly all that places have in common with the anchor is quoted."""
    passages = corpus.passages
    finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
    document = passages.document[finds.first]
    start = passages.start[finds.first] + finds.cut[:, 1]
    end = passages.end[finds.last] - finds.cut[:, 3]
    are = np.ones(len(finds), np.bool_)
    entirely = np.ones(len(finds), np.bool_)
    # Most findings are told by the first of their places.
    first = np.zeros(finding.size, np.bool_)
    first[finds.bounds[:-1]] = True
    for rows in (first, ~first):
        held = np.flatnonzero(rows & are[finding])
        total, inside = quoted(corpus, document[held], start[held], end[held], compute, jobs, MOSTLY)
        entirely[finding[held[inside < SHARE * total]]] = False
        are[finding[held[(inside < MOSTLY * total) | (total == 0)]]] = False
    # Where words beside the quotation are in the place, what counts is whether both have them.
    held = np.flatnonzero((are & ~entirely)[finding])
    if held.size:
        begins, ends = (each[held] for each in finds.words(passages))
        sizes = ends - begins
        marks = np.zeros(int(sizes.sum()), np.uint8)
        counts, places = np.zeros((held.size, 3), np.int64), np.cumsum(sizes) - sizes
        where = (document[held], start[held], end[held])
        _count(corpus, *where, compute, jobs, 0.0, counts, marks, places)
        anchors = np.flatnonzero(finds.anchor[held])
        anchors = anchors[np.searchsorted(finding[held][anchors], finding[held])]
        others = np.flatnonzero(~finds.anchor[held])
        anchors = anchors[others]
        gaps = np.empty((int((np.minimum(sizes[anchors], sizes[others]) // 3 + 2).sum()), 4), np.int64)
        bounds = np.zeros(others.size + 1, np.int64)
        compute.run(align)(corpus.words, begins, ends, anchors, others, bounds, gaps)
        common = np.zeros((others.size, 2), np.int64)
        compute.run(count_common)(begins, ends, anchors, others, bounds, gaps, places, marks, common)
        are[finding[held[others[common[:, 1] < SHARE * common[:, 0]]]]] = False
    return are


def count_common(
    firsts: NDArray[np.int64],
    lasts: NDArray[np.int64],
    lefts: NDArray[np.int64],
    rights: NDArray[np.int64],
    bounds: NDArray[np.int64],
    gaps: NDArray[np.int64],
    places: NDArray[np.int64],
    marks: NDArray[np.uint8],
    counts: NDArray[np.int64],
) -> None:
    """Count the words that pairs of stretches have in common, and those that are quoted in both.

    Args:
        firsts: (d,) and
        lasts: (d,): where stretches begin and end, in words.
        lefts: (n,) and
        rights: (n,): the pairs, rows of stretches.
        bounds: (n + 1,) and
        gaps: (g, 4): what ``differences.align`` gives.
        places: (d,): where the marks of each stretch begin.
        marks: (m,): whether each word is quoted.
        counts: out, (n, 2), all 0.
    """
    for pair in range(lefts.size):
        left, right = lefts[pair], rights[pair]
        at, other = firsts[left], firsts[right]
        for each in range(bounds[pair], bounds[pair + 1] + 1):
            last = gaps[each, 0] if each < bounds[pair + 1] else lasts[left]
            while at < last:
                one = marks[places[left] + at - firsts[left]]
                two = marks[places[right] + other - firsts[right]]
                counts[pair, 0] += 1
                counts[pair, 1] += np.int64(one & two)
                at += 1
                other += 1
            if each < bounds[pair + 1]:
                at, other = gaps[each, 1], gaps[each, 3]


def explain(what: int) -> tuple[str | None, tuple[Evidence, ...]] | None:
    """What speaks for quotations."""
    return _explain(what)


_explain = reasons(
    QUOTED,
    lambda _: (
        Evidence("quoted", f"at least {SHARE:.0%} of the words in common are a quotation's everywhere"),
    ),
)


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    lines = _PHRASES.read_text(encoding="utf-8").splitlines()
    held = sorted({phrase for line in lines for phrase in line.partition(": ")[2].split(", ")})
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, held))})\W*[:：]\s*$", re.IGNORECASE)


def introduces(line: str) -> bool:
    """Whether a line says that a document is quoted next; ``quotes.txt`` lists the phrases."""
    return _phrases().search(line) is not None


@kernel
def quoted_words(
    text: NDArray[np.uint8],
    lows: NDArray[np.int64],
    highs: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    least: float,
    counts: NDArray[np.int64],
    places: NDArray[np.int64],
    marks: NDArray[np.uint8],
) -> None:
    """Count the words of stretches, and those that are quoted.

    Args:
        text: (b,) valid UTF-8.
        lows: (n,) and
        highs: (n,): where the document of each stretch begins and ends.
        starts: (n,) and
        ends: (n,): the stretch itself.
        kinds: ``characters.tables().kinds``.
        least: share of quoted words below which counting may stop.
        counts: out, (n, 3): words, quoted ones, and whether the line before ends with a colon.
        places: (n,): where the words of each stretch begin in
        marks: out, (m,): whether each word is quoted; may be empty.
    """
    longest = 0
    for row in range(starts.size):
        longest = max(longest, ends[row] - starts[row])
    codes = np.empty(longest + 2 * WINDOW + 1, np.int64)
    for row in range(starts.size):
        at = window_start(text, lows[row], starts[row])
        last = ends[row]
        held = least == 0.0 or may_quote(text, at, last)
        if held:
            last = window_end(text, last, highs[row])
        count = 0
        first = behind = -1
        while held and at < last:
            if at >= starts[row] and first < 0:
                first = count
            if at >= ends[row] and behind < 0:
                behind = count
            codes[count], at = decode(text, at)
            # A character that the window cuts is not in it.
            count += at <= last
        first = count if first < 0 else first
        behind = count if behind < 0 else behind
        # Of a stretch without a mark counting stops at its first word.
        counts[row, 0] = 1
        if held:
            counts[row, 0], counts[row, 1] = count_quoted(
                codes, count, first, behind, kinds, least, places[row], marks
            )
        at = starts[row] - 1
        while at >= lows[row] and (text[at] == 32 or text[at] == 10 or text[at] == 13 or text[at] == 9):
            at -= 1
        # Also the full-width colon, whose last byte is 9A.
        counts[row, 2] = at >= lows[row] and (
            text[at] == 58
            or (
                at >= lows[row] + 2
                and text[at] == 0x9A
                and text[at - 1] == 0xBC
                and text[at - 2] == 0xEF
            )
        )


@part
def may_quote(text: NDArray[np.uint8], first: int, last: int) -> bool:
    """Whether a byte between two places could begin a mark that opens a quotation."""
    for at in range(first, last):
        byte = text[at]
        if byte == 0x22 or byte == 0x27:
            before = text[at - 1] | 0x20 if at > first else 0
            if not (97 <= before <= 122 or 48 <= before <= 57):
                return True
        elif byte == 0x3E or byte == 0xC2 or byte == 0xE3 or byte == 0xEF:
            return True
        elif byte == 0xE2 and at + 2 < last:
            # Anything but ’ and dashes of the block.
            low = text[at + 2]
            if text[at + 1] == 0x80 and low >= 0x98 and low != 0x99:
                return True
    return False


@part
def window_start(text: NDArray[np.uint8], low: int, start: int) -> int:
    """Where the paragraph of a place begins: behind an empty line, at most ``WINDOW`` bytes before."""
    at = start
    floor = max(low, start - WINDOW)
    newlines = 0
    while at > floor:
        byte = text[at - 1]
        if byte == 10:
            newlines += 1
            if newlines == 2:
                return at
        elif byte != 13 and byte != 32 and byte != 9:
            newlines = 0
        at -= 1
    while at > low and text[at] & 0xC0 == 0x80:
        at -= 1
    return at


@part
def window_end(text: NDArray[np.uint8], end: int, high: int) -> int:
    """Where the paragraph of a place ends: before an empty line, at most ``WINDOW`` bytes behind."""
    at = end
    ceiling = min(high, end + WINDOW)
    newlines = 0
    while at < ceiling:
        byte = text[at]
        if byte == 10:
            newlines += 1
            if newlines == 2:
                return at
        elif byte != 13 and byte != 32 and byte != 9:
            newlines = 0
        at += 1
    return at


@part
def count_quoted(
    codes: NDArray[np.int64],
    size: int,
    first: int,
    last: int,
    kinds: NDArray[np.uint8],
    least: float,
    place: int,
    marks: NDArray[np.uint8],
) -> tuple[int, int]:
    """Words that begin from one place to another among code points, and those of them quoted.

    Stops where the words left, at most one to two characters, cannot make up for those not quoted.
    """
    total = inside = until = 0
    opens_line = True
    in_word = spaced = False
    effort = _EFFORT * size
    for at in range(last):
        code = codes[at]
        bits = kinds[code]
        begun = bits & WORD_BITS
        if code == 10 or code == 13:
            opens_line = True
        elif at >= until and begun == NO_WORD:
            if opens_line and code == 62:
                until = at
                while until < size and codes[until] != 10 and codes[until] != 13:
                    until += 1
            else:
                until, effort = closing(codes, size, at, kinds, opens_line, effort)
        if begun == NO_WORD:
            in_word = False
        elif not (in_word and (begun == MARK or (spaced and begun == SPACED))):
            in_word = True
            spaced = begun <= MARK
            if at >= first:
                if place + total < marks.size:
                    marks[place + total] = at < until
                total += 1
                inside += at < until
                if total - inside > (1.0 - least) * (total + (last - at) // 2):
                    break
        if bits & BLANK == 0:
            opens_line = False
    return total, inside


@part
def _closers(code: int) -> tuple[int, int]:
    """The marks that close what a mark opens; 0 for none."""
    one = two = 0
    if code == 0x22 or code == 0xFF02 or code == 0x27:
        one = code
    elif code == 0x201C or code == 0x201F or code == 0x201D:
        one = 0x201D
    elif code == 0x201E:
        one, two = 0x201C, 0x201D
    elif code == 0x2018:
        one = 0x2019
    elif code == 0x201A:
        one, two = 0x2018, 0x2019
    elif code == 0xAB:
        one = 0xBB
    elif code == 0xBB:
        one, two = 0xAB, 0xBB
    elif code == 0x2039:
        one = 0x203A
    elif code == 0x203A:
        one = 0x2039
    elif code == 0x300C or code == 0x300E or code == 0xFF62:
        one = code + 1
    elif code == 0x301D:
        one, two = 0x301E, 0x301F
    return one, two


@part
def closing(
    codes: NDArray[np.int64], size: int, at: int, kinds: NDArray[np.uint8], opens_line: bool, effort: int
) -> tuple[int, int]:
    """Where the quotation ends that a character opens, 0 if it opens none, and the effort left.

    One that opens a line and is closed nowhere in its paragraph lasts to the end of the line: of a
    quotation of several paragraphs each opens it anew, and only the last closes it.
    """
    code = codes[at]
    one, two = _closers(code)
    if one == 0:
        return 0, effort
    before = codes[at - 1] if at > 0 else 10
    behind = codes[at + 1] if at + 1 < size else 10
    single = code == 0x27 or code == 0x2018 or code == 0x201A
    same = code in (one, two)
    if same or single:
        # The same mark opens and closes: it opens in front of something, and not behind a word.
        if kinds[before] & WORD_BITS != NO_WORD or kinds[before] & STOP or before == 44:
            return 0, effort
        if kinds[behind] & BLANK or (single and kinds[behind] & WORD_BITS == NO_WORD):
            return 0, effort
    depth = 0
    fresh = False
    newline = size
    to = at + 1
    while to < size and effort > 0:
        effort -= 1
        here = codes[to]
        following = codes[to + 1] if to + 1 < size else 10
        if here == 10:
            newline = min(newline, to)
            if fresh:
                break
            fresh = True
        elif here in (one, two):
            if same and (kinds[codes[to - 1]] & BLANK) and not kinds[following] & BLANK:
                # It opens the next one: this one was never closed.
                break
            if not single or kinds[following] & WORD_BITS == NO_WORD:
                if depth == 0:
                    return to, effort
                depth -= 1
            fresh = False
        elif here == code:
            depth += not fresh
            fresh = False
        elif not kinds[here] & BLANK:
            fresh = False
        to += 1
    if opens_line and kinds[behind] & BLANK == 0:
        return min(newline, size), effort
    return 0, effort


class _Kinds:
    """``characters.tables().kinds`` without its table."""

    def __getitem__(self, code: int) -> int:
        return _kind(code)


@lru_cache(maxsize=4096)
def _kind(code: int) -> int:
    return kind_of(chr(code))


def quoted_words_plain(
    text: bytes,
    lows: list[int],
    highs: list[int],
    starts: list[int],
    ends: list[int],
    least: float,
    places: list[int],
    marks: NDArray[np.uint8],
) -> list[tuple[int, int, bool]]:
    """The reference of ``quoted_words``."""
    found = []
    data = np.frombuffer(text, np.uint8)
    for low, high, start, end, place in zip(lows, highs, starts, ends, places, strict=True):
        opens, closes = window_start(data, low, start), window_end(data, end, high)
        before = text[opens:start].decode()
        held = text[start:end].decode()
        # A character may be cut where the window ends.
        after = text[end:closes].decode(errors="ignore")
        codes = [ord(each) for each in before + held + after]
        first = len(before)
        total, inside = 1, 0
        if least == 0.0 or may_quote(data, opens, end):
            arguments = (len(codes), first, first + len(held), _Kinds(), least, place, marks)
            total, inside = count_quoted(codes, *arguments)  # type: ignore[arg-type]
        colon = text[low:start].decode().rstrip(" \n\r\t")[-1:] in (":", "：")
        found.append((total, inside, colon))
    return found
