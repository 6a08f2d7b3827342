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
    for piece, style, marks in pieces:
        if piece.mark == "cut":
            quoted.append(f" {screen.glyphs.cut} " if quoted else f"{screen.glyphs.cut} ", style=QUIET)
            continue
        changed = piece.mark == "changed"
        for place, word in enumerate(piece.words):
            if quoted and not quoted.plain.endswith(" "):
                quoted.append(
                    f" {screen.glyphs.paragraph} " if word.gap == "\n" else word.gap, style=QUIET
                )
            shown = screen.safe(word.text, 60)
            opening = marks[:2] if changed and place == 0 else ""
            closing = marks[2:] if changed and place == len(piece.words) - 1 else ""
            quoted.append(f"{opening}{shown}{closing}", style=style if changed else "")
    return quoted
