"""Places beside each other, as the page draws them: rows of two sides, each of pieces.

A piece is a string (the same on both sides), a string in a list (differs), or 0 (words are left out).
What is marked is what ``shared.excerpts`` says, as in every view.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedupe.formats.html.limits import LITTLE, ROOM
from dedupe.formats.html.safe import shown
from dedupe.formats.shared.excerpts import brief, differences, same_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe.formats.shared.excerpts import Piece
    from dedupe.formats.shared.side_by_side import Part, Row
    from dedupe.report import Location

Flow = list[Any]
_LONGEST_WORD = 400


def identical(one: Location, other: Location) -> bool:
    """Whether two places say the same to the letter."""
    if one.text == other.text:
        return True
    # To look closer is worth it only where the words are the same.
    words_are = 1.0 in (one.jaccard, other.jaccard) and None not in (one.jaccard, other.jaccard)
    return words_are and same_text(one.text or "", other.text or "")


def excerpt(place: Location) -> dict[str, Any]:
    """A place that stands for itself, or for all that say the same."""
    return {"how": "identical", "rows": [{"left": _plainly(place, ROOM)}]}


def beside(one: Location, other: Location) -> dict[str, Any]:
    """Two places with their differences; without any, words that differ in signs alone."""
    left, right = differences(one.text or "", other.text or "", ROOM)
    if not any(piece.mark == "changed" for piece in (*left, *right)):
        return _both("signs", _plainly(one, ROOM), _plainly(other, ROOM))
    return _both(
        "edited",
        [one.line, one.end_line, flow(left)],
        [other.line, other.end_line, flow(right)],
    )


def unmarked(one: Location, other: Location) -> dict[str, Any]:
    """Two places as they begin, their differences left for the reader to see."""
    return _both("unmarked", _plainly(one, LITTLE), _plainly(other, LITTLE))


def _both(how: str, left: list[Any], right: list[Any]) -> dict[str, Any]:
    return {"how": how, "rows": [{"role": "linked", "left": left, "right": right}]}


def _plainly(place: Location, room: int) -> list[Any]:
    """A place as it is; where it is long, without its middle."""
    text = place.text or ""
    pieces: Flow = [shown(text)]
    if len(text) > room + 200:
        head, tail = text[: room * 3 // 5].rsplit(maxsplit=1)[0], text[-room * 2 // 5 :]
        pieces = [f"{shown(head)} ", 0, f" {shown(tail.split(maxsplit=1)[-1])}"]
    return [place.line, place.end_line, pieces]


def rows(laid_out: Iterable[Row], *, whole: bool, text: bool = True) -> list[dict[str, Any]]:
    """The rows of two documents beside each other.

    ``whole``: all words, also far from any change; ``text``: else the places without the words.
    """
    return [
        {
            "role": row.role,
            "label": row.label,
            "edited": row.edited,
            "moved": row.moved,
            "left": _part(row.left, row, whole, text),
            "right": _part(row.right, row, whole, text),
        }
        for row in laid_out
    ]


def _part(part: Part | None, row: Row, whole: bool, text: bool) -> list[Any] | None:
    if part is None:
        return None
    if not text:
        return [part.line, part.end_line, [], part.words]
    room = ROOM if row.edited or row.role != "linked" else ROOM // 3
    cut = [[piece] for piece in part.pieces] if whole else brief(part.pieces, room)
    return [part.line, part.end_line, flow(piece for pieces in cut for piece in pieces), part.words]


def flow(pieces: Iterable[Piece]) -> Flow:
    """Pieces as strings, what separates two words included."""
    flowing: Flow = []

    def add(text: str) -> None:
        if flowing and isinstance(flowing[-1], str):
            flowing[-1] += text
        else:
            flowing.append(text)

    for piece in pieces:
        if piece.mark == "cut":
            flowing.append(0)
            continue
        if not piece.words:
            continue
        said: list[str] = []
        for at, word in enumerate(piece.words):
            if at:
                said.append(word.gap)
            elif flowing and word.gap:
                add(word.gap)
            said.append(shown(_cut(word.text)))
        run = "".join(said)
        if piece.mark == "changed":
            flowing.append([run])
        else:
            add(run)
    return flowing


def _cut(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return word
    return f"{word[: _LONGEST_WORD // 2]}…{word[-_LONGEST_WORD // 2 :]}"
