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
from dedupe.findings.reasons import QUOTED, reasons
from dedupe.findings.tables import Finds
from dedupe.kernels import kernel, part
from dedupe.passages.characters import BLANK, MARK, NO_WORD, SPACED, STOP, WORD_BITS
from dedupe.passages.characters import kind as kind_of
from dedupe.passages.normalisation import decode
from dedupe.report import Evidence
from dedupe.sketch.corpus import Corpus, texts_of

SHARE: Final = 0.9
"""Of the words of every place that are quoted, at least, where what is shared is a quotation."""
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
    order = np.argsort(document, kind="stable")
    cuts = np.searchsorted(document[order], corpus.batch_starts)

    def one(batch: int) -> None:
        rows = order[cuts[batch] : cuts[batch + 1]]
        texts = texts_of(corpus.batches[batch].column("text"))
        row = document[rows] - corpus.batch_starts[batch]
        low, high = texts.offsets[row], texts.offsets[row + 1]
        found = np.zeros((rows.size, 3), np.int64)
        compute.quoted(texts.data, low, high, low + start[rows], low + end[rows], least, found)
        counts[rows] = found

    with ThreadPoolExecutor(jobs if compute.parallel else 1) as pool:
        list(pool.map(one, np.flatnonzero(np.diff(cuts)).tolist()))
    total, inside, introduced = counts.T
    for each in np.flatnonzero((introduced != 0) & (inside < SHARE * total)).tolist():
        before = corpus.excerpts(int(document[each]), 0, int(start[each])).rstrip()
        if introduces(before[-_INTRODUCTION:].rpartition("\n")[2]):
            inside[each] = total[each]
    return total, inside


def are_quotations(finds: Finds, corpus: Corpus, compute: Compute, jobs: int) -> NDArray[np.bool_]:
    """(f,): findings each of whose places is quoted, nearly all of its words."""
    passages = corpus.passages
    finding = np.repeat(np.arange(len(finds)), np.diff(finds.bounds))
    document = passages.document[finds.first]
    start = passages.start[finds.first] + finds.cut[:, 1]
    end = passages.end[finds.last] - finds.cut[:, 3]
    # Most findings are told by the first of their places.
    are = np.ones(len(finds), np.bool_)
    first = np.zeros(finding.size, np.bool_)
    first[finds.bounds[:-1]] = True
    for rows in (first, ~first):
        held = np.flatnonzero(rows & are[finding])
        total, inside = quoted(corpus, document[held], start[held], end[held], compute, jobs, SHARE)
        are[finding[held[(inside < SHARE * total) | (total == 0)]]] = False
    return are


def explain(what: int) -> tuple[str | None, tuple[Evidence, ...]] | None:
    """What speaks for quotations."""
    return _explain(what)


_explain = reasons(
    QUOTED,
    lambda _: (
        Evidence("quoted", f"in every place at least {SHARE:.0%} of the words are a quotation's"),
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
    """
    longest = 0
    for row in range(starts.size):
        longest = max(longest, ends[row] - starts[row])
    codes = np.empty(longest + 2 * WINDOW + 1, np.int64)
    for row in range(starts.size):
        at = window_start(text, lows[row], starts[row])
        last = window_end(text, ends[row], highs[row])
        count = 0
        first = behind = -1
        while at < last:
            if at >= starts[row] and first < 0:
                first = count
            if at >= ends[row] and behind < 0:
                behind = count
            codes[count], at = decode(text, at)
            # A character that the window cuts is not in it.
            count += at <= last
        first = count if first < 0 else first
        behind = count if behind < 0 else behind
        counts[row, 0], counts[row, 1] = count_quoted(codes, count, first, behind, kinds, least)
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
    text: bytes, lows: list[int], highs: list[int], starts: list[int], ends: list[int], least: float
) -> list[tuple[int, int, bool]]:
    """The reference of ``quoted_words``."""
    found = []
    for low, high, start, end in zip(lows, highs, starts, ends, strict=True):
        data = np.frombuffer(text, np.uint8)
        opens, closes = window_start(data, low, start), window_end(data, end, high)
        before = text[opens:start].decode()
        held = text[start:end].decode()
        # A character may be cut where the window ends.
        after = text[end:closes].decode(errors="ignore")
        codes = [ord(each) for each in before + held + after]
        first = len(before)
        total, inside = count_quoted(codes, len(codes), first, first + len(held), _Kinds(), least)  # type: ignore[arg-type]
        colon = text[low:start].decode().rstrip(" \n\r\t")[-1:] in (":", "：")
        found.append((total, inside, colon))
    return found
