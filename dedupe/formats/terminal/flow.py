"""Words of articles as they flow on the screen: what is changed stands between marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dedupe.formats.terminal.style import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe.formats.shared.excerpts import Piece
    from dedupe.formats.terminal.style import Screen


def flowing(pieces: Iterable[tuple[Piece, str, str]], screen: Screen) -> Text:
    """Pieces as one text.

    Args:
        pieces: each with the style and the marks of what is changed: ``[--]`` puts it between ``[-``
            and ``-]``.
        screen: where it is shown.
    """
    quoted = Text()
    for piece, style_of_change, marks_of_change in pieces:
        style, marks = style_of_change, marks_of_change
        if piece.mark == "cut":
            quoted.append(f" {screen.glyphs.cut} " if quoted else f"{screen.glyphs.cut} ", style=QUIET)
            continue
        if piece.mark == "same":
            style = marks = ""
        run = marks[:2]
        for place, word in enumerate(piece.words):
            if place == 0:
                if quoted and not quoted.plain.endswith(" "):
                    _gap(quoted, word.gap, screen)
            elif word.gap == "\n":
                _gap(quoted.append(run, style=style), word.gap, screen)
                run = ""
            else:
                run += word.gap
            run += screen.safe(word.text, 60)
        if piece.words:
            quoted.append(run + marks[2:], style=style)
    return quoted


def _gap(quoted: Text, gap: str, screen: Screen) -> None:
    if gap == "\n":
        quoted.append(f" {screen.glyphs.paragraph} ", style=QUIET)
    else:
        quoted.append(gap)
