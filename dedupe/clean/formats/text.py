"""Plain text: the file is the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.clean.formats.interface import Change, Located, byte_places, flat, pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedupe.documents.interface import Opened


def locate(content: bytes, _: Opened, changes: Mapping[int, Change], /) -> Located:
    """What goes of the one document, row 0 here."""
    text = content.decode()
    ranges = changes[0].ranges
    assert ranges is not None, "a file that goes as a whole is not written at all"
    return Located({0: pairs(byte_places(text, flat(ranges)))})
