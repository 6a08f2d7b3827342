"""Excerpts: the words of a place, cut to fit, and the differences between two places word by word."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from dedupe.matches.alignment import EQUAL, align
from dedupe.passages import reference
from dedupe.passages.characters import STOPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.matches.alignment import Opcodes
    from dedupe.report import Location

Mark = Literal["same", "changed", "cut"]
Gap = Literal["", " ", "\n"]


class Word(NamedTuple):
    """A word with the signs around it, and with what stands before it."""

    text: str
    gap: Gap
    """Nothing, a space, or the end of a line."""
    normal: str
    """What is compared: neither case nor signs; empty where there are only signs."""
    start: int = 0
    """Code points of the text where the word and its signs stand."""
    end: int = 0


class Piece(NamedTuple):
    """Words in a row that are marked alike; those of a ``cut`` piece are left out."""

    mark: Mark
    words: Sequence[Word]


_STOPS: Final = frozenset(STOPS)
_CLOSING: Final = "\"'”’»)]」』"
_LONGEST = 20_000
"""Characters of a place that are compared, from shortly before the first difference."""
_LONGEST_WORD = 60
"""Characters of a word that count against the room; a view cuts longer ones."""
_CONTEXT = 7
"""Words kept on either side of a difference."""
_WIDE_CONTEXT = 12
"""The same where whole texts are compared."""


def words(text: str) -> list[Word]:
    """The text as words, white space reduced to what separates them.

    Signs go with the word that they touch, those between two blanks with the word that follows.
    """
    found = list(reference.words(text))
    if not found:
        return [Word(" ".join(text.split()), "", "", 0, len(text))] if text.strip() else []
    cut: list[Word] = []
    gap: Gap = ""
    start = 0
    for word, following in zip(found, [*found[1:], None], strict=True):
        space = text[word.end : following.start if following else len(text)]
        closing = _closing(space) if following else len(space)
        shown = text[start : word.end + closing]
        end = start + len(shown.rstrip())
        begin = start + len(shown) - len(shown.lstrip())
        cut.append(Word(" ".join(shown.split()), gap, word.normal, begin, end))
        start, gap = end, _gap(space)
    return cut


def _closing(between: str) -> int:
    """How many of the signs between two words go with the first."""
    for at, sign in enumerate(between):
        if sign.isspace():
            return at
    closing = len(between)
    while closing and unicodedata.category(between[closing - 1]) in ("Ps", "Pi"):
        closing -= 1
    return closing


def _gap(between: str) -> Gap:
    if "\n" in between or "\r" in between:
        return "\n"
    return " " if any(map(str.isspace, between)) else ""


def aligned(left: Sequence[Word], right: Sequence[Word]) -> Opcodes:
    """The one alignment that readers are shown: words by their normal form, changes cut at sentences."""
    sides = (left, right)
    return align(
        [word.normal for word in left],
        [word.normal for word in right],
        sizes=([len(word.normal) for word in left], [len(word.normal) for word in right]),
        seams=(_seams(sides[0]), _seams(sides[1])),
    )


def _seams(run: Sequence[Word]) -> list[int]:
    """How good a place for a cut is before each word and at the end: a paragraph, a sentence, a sign."""
    seams = [3]
    for word, following in pairwise(run):
        if following.gap == "\n":
            seams.append(3)
        else:
            last = word.text.rstrip(_CLOSING)[-1:]
            seams.append(2 if last in _STOPS else int(not last.isalnum()))
    return [*seams, 3] if run else seams


def same_text(one: str, other: str) -> bool:
    """Whether the two are the same to the letter and sign, but for white space."""
    return one == other or one.split() == other.split()


def pair_of(places: Sequence[Location]) -> tuple[tuple[int, str], tuple[int, str]] | None:
    """The anchor and the place most like it, with their numbers, in the order of the places."""
    texts = [(number_, place) for number_, place in enumerate(places, 1) if place.text is not None]
    if not texts:
        return None
    anchor = next((pair for pair in texts if pair[1].anchor), texts[0])
    others = [pair for pair in texts if pair is not anchor]
    nearest = max(others, key=lambda pair: (pair[1].jaccard or 0.0, -pair[0]), default=anchor)
    first, second = sorted((anchor, nearest), key=lambda pair: pair[0])
    return (first[0], first[1].text or ""), (second[0], second[1].text or "")


def shortened(text: str, room: int) -> list[Piece]:
    """The words of the text, about ``room`` characters of them: the middle is left out."""
    if len(text) > 4 * room + 400:  # the middle of a whole document need not become words
        head, tail = words(text[: 2 * room]), words(text[-2 * room :])
    else:
        head = tail = words(text)
        if _size(head) <= room:
            return [Piece("same", head)]
    return _ends("same", head, tail, room)


def differences(one: str, other: str, room: int) -> tuple[list[Piece], list[Piece]]:
    """Both texts as pieces, the same stretch of both: around the differences, ``room`` each at most."""
    skipped = _start(one, other)
    a, b = words(one[skipped:][:_LONGEST]), words(other[skipped:][:_LONGEST])
    sides: tuple[list[Piece], list[Piece]] = ([], [])
    spent = [0, 0]
    runs = _runs(a, b)
    whole = not skipped and max(_size(a), _size(b)) <= room
    for number, (mark, run_a, run_b) in enumerate(runs):
        for side, run in enumerate((run_a, run_b)):
            left = room - spent[side]
            if whole:
                pieces = [Piece(mark, run)]
            elif mark == "same":
                pieces = _around(run, first=number == 0, last=number == len(runs) - 1)
            else:
                pieces = _middle_cut(run, max(left, 0))
            spent[side] += sum(_size(piece.words) for piece in pieces)
            sides[side].extend(piece for piece in pieces if piece.words or piece.mark == "cut")
        if max(spent) > room and number < len(runs) - 1 and not whole:
            for pieces in sides:
                pieces.append(Piece("cut", ()))
            break
    return sides


def beside(left: Sequence[Word], right: Sequence[Word]) -> tuple[list[Piece], list[Piece]]:
    """All words of both as pieces, as many on either side; a piece without words stands for nothing."""
    pieces = [
        (Piece(mark, run_a), Piece(mark, run_b)) for mark, run_a, run_b in _runs([*left], [*right])
    ]
    return [one for one, _ in pieces], [other for _, other in pieces]


def brief(pieces: Sequence[Piece], room: int) -> list[list[Piece]]:
    """For each piece what is left of it without the words far from any change, or far inside one.

    Of pieces that ``beside`` gave, both sides are cut in the same places where they are the same.
    Where nothing is changed, the first and last words are left, ``room`` characters of them.
    """
    runs = [[*piece.words] for piece in pieces]
    last = len(pieces) - 1
    if last == 0 and pieces[0].mark == "same":
        run = runs[0]
        # A few words more than there is room for are not worth a cut.
        fits = 3 * _size(run) <= 4 * room
        return [[Piece("same", run)] if fits else _ends("same", run, run, room)]
    return [
        _around(run, first=number == 0, last=number == last, context=_WIDE_CONTEXT)
        if piece.mark == "same"
        else _middle_cut(run, room)
        for number, (piece, run) in enumerate(zip(pieces, runs, strict=True))
    ]


Run = tuple[Literal["same", "changed"], list[Word], list[Word]]


def _runs(a: list[Word], b: list[Word]) -> list[Run]:
    return [
        ("same" if kind == EQUAL else "changed", a[a0:a1], b[b0:b1])
        for kind, a0, a1, b0, b1 in aligned(a, b)
    ]


def _around(run: list[Word], *, first: bool, last: bool, context: int = _CONTEXT) -> list[Piece]:
    """What stands next to a difference of a run that is the same on both sides."""
    before = [] if first else run[:context]
    after = [] if last else run[-context:]
    if len(run) <= len(before) + len(after) + 1:
        return [Piece("same", run)]
    return [Piece("same", before), Piece("cut", ()), Piece("same", after)]


def _middle_cut(run: list[Word], room: int) -> list[Piece]:
    room = max(room, _LONGEST_WORD)
    return [Piece("changed", run)] if _size(run) <= room else _ends("changed", run, run, room)


def _ends(mark: Mark, head: list[Word], tail: list[Word], room: int) -> list[Piece]:
    """The first words of the head and the last of the tail, more of the head."""
    first = _fitting(head, room * 3 // 5)
    rest = tail[first:] if tail is head else tail
    last = rest[len(rest) - _fitting(rest[::-1], room * 2 // 5) :]
    return [Piece(mark, head[:first]), Piece("cut", ()), Piece(mark, last)]


def _start(one: str, other: str) -> int:
    """Where to begin comparing: 0, or in long texts a few words before the first difference."""
    low, high = 0, min(len(one), len(other))
    while low < high:  # the longest beginning that is alike, by halves: slices compare fast
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    if low < _LONGEST // 2:
        return 0
    before = one.rfind(" ", low - 500, low - 300)
    return before if before > 0 else low - 300


def _size(run: Sequence[Word]) -> int:
    return sum(min(len(word.text), _LONGEST_WORD) + 1 for word in run)


def _fitting(run: Sequence[Word], room: int) -> int:
    """How many words from the start fit; at least one."""
    size = 0
    for number, word in enumerate(run):
        size += min(len(word.text), _LONGEST_WORD) + 1
        if size > room:
            return max(number, 1)
    return len(run)
