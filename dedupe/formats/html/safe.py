"""What comes from articles, made safe to stand in the page."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Final

from dedupe.formats.shared.visible import visible

# What is left as it is: tabs and line feeds, and joiners inside words of scripts that are written with
# them (and inside emoji). Between Latin letters, or several in a row, a joiner only hides something.
_JOINED: Final = "[\u0590-\u1fff\u2070-\ufeff\U00010000-\U0001faff]"
_LEFT: Final = re.compile(rf"(\t|\n|(?<={_JOINED})[\u200c\u200d](?={_JOINED}))")
_LINE_END: Final = re.compile("\r\n?")

_encode: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, separators=(",", ":")
).encode


def shown(text: str) -> str:
    """The text with what acts on a screen, or hides, written out; a line ends with a line feed."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_END.sub("\n", text)
    parts = _LEFT.split(text)
    return "".join(part if at % 2 else visible(part) for at, part in enumerate(parts))


def short(text: str, longest: int) -> str:
    """The text on one line, as ``shown``, without its middle where it is longer."""
    text = " ".join(text[: 4 * longest].split()) if len(text) > 4 * longest else " ".join(text.split())
    return shown(text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…")


def html(text: str) -> str:
    """The text as it may stand in an element or an attribute."""
    return escape(shown(text))


def embedded(value: object) -> str:
    """The value as JSON that may stand in a script element: nothing in it can end the element."""
    data = _encode(value)
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
