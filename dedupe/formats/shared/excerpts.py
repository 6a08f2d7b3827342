"""Excerpts: the words of a place, cut to fit, and the differences between two places word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Mark = Literal["same", "changed", "cut"]


class Word(NamedTuple):
    """A word with what stands before it: nothing, a space, or the end of a paragraph."""

    text: str
    gap: Literal["", " ", "\n"]


class Piece(NamedTuple):
    """Words in a row that are marked alike; those of a ``cut`` piece are left out."""

    mark: Mark
    words: Sequence[Word]


# Scripts written without spaces, where a word is one letter with the signs it carries.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_UNSPACED += "\U00020000-\U0003ffff"
_SIGNS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_SIGNS += "\u102b-\u103e\u1056-\u1059\u17b6-\u17d3\u17dd\u3099\u309a"
_WORD = re.compile(rf"(\s*)([{_UNSPACED}][{_SIGNS}]*|[^\s{_UNSPACED}]+)")

_LONGEST = 20_000
"""Characters of a place that are compared, from shortly before the first difference."""
_LONGEST_WORD = 60
"""Characters of a word that count against the room; a view cuts longer ones."""
_COMPARED = 400
"""Words that are aligned, after the ends that are alike."""
_CONTEXT = 7
"""Words kept on either side of a difference."""


def words(text: str) -> list[Word]:
    """The text as words, white space reduced to what separates them."""

    def gap(space: str) -> Literal["", " ", "\n"]:
        return "\n" if "\n" in space or "\r" in space else " " if space else ""

    return [Word(word, gap(space)) for space, word in _WORD.findall(text.strip())]


def same_words(one: str, other: str) -> bool:
    """Whether the two read the same but for white space."""
    return one == other or one.split() == other.split()


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
    runs = _aligned(a, b)
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


Run = tuple[Literal["same", "changed"], list[Word], list[Word]]


def _aligned(a: list[Word], b: list[Word]) -> list[Run]:
    left, right = [w.text for w in a], [w.text for w in b]
    start = _common(left, right)
    end = _common(left[start:][::-1], right[start:][::-1])
    middle_a, middle_b = left[start : len(left) - end], right[start : len(right) - end]
    runs: list[Run] = [("same", a[:start], b[:start])]
    matcher = SequenceMatcher(None, middle_a[:_COMPARED], middle_b[:_COMPARED], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        run_a, run_b = a[start + a0 : start + a1], b[start + b0 : start + b1]
        runs.append(("same" if tag == "equal" else "changed", run_a, run_b))
    rest_a, rest_b = a[start + _COMPARED : len(a) - end], b[start + _COMPARED : len(b) - end]
    if rest_a or rest_b:
        runs.append(("changed", rest_a, rest_b))
    runs.append(("same", a[len(a) - end :], b[len(b) - end :]))
    return [run for run in runs if run[1] or run[2]]


def _common(left: list[str], right: list[str]) -> int:
    """How many words the two begin with alike."""
    pairs = zip(left, right, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(left), len(right)))


def _around(run: list[Word], *, first: bool, last: bool) -> list[Piece]:
    """What stands next to a difference of a run that is the same on both sides."""
    before = [] if first else run[:_CONTEXT]
    after = [] if last else run[-_CONTEXT:]
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
