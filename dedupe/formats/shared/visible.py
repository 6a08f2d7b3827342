"""Foreign text, made safe to show: whatever would act on a screen is written out instead.

Articles, ids, titles, paths and reasons come from anywhere. An escape sequence in one of them must
not reach the terminal, a bidirectional override must not turn a line around, an invisible character
must not hide what a reader is asked to judge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Ranges = tuple[tuple[int, int], ...]

# Fixed ranges rather than a look into `unicodedata`, so that the same report comes out of every
# Python. The tests compare them with `unicodedata`.

ACTING: Ranges = (
    (0x00, 0x1F), (0x7F, 0x9F),  # C0, DEL, C1
    (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD), (0x70F, 0x70F),
    (0x890, 0x891), (0x8E2, 0x8E2), (0x180E, 0x180E),
    (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),  # zero width, bidirectional, separators
    (0xD800, 0xF8FF),  # surrogates on their own, private use
    (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0xE0000, 0x10000)),
    (0xE0000, 0xE00FF), (0xE01F0, 0x10FFFF),  # tags, planes without text
)  # fmt: skip
"""Categories Cc, Cf, Cs, Co, Zl, Zp and the noncharacters: what no screen should be handed."""

HIDDEN: Ranges = (
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180D), (0x180F, 0x180F),
    (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
)  # fmt: skip
"""Default_Ignorable_Code_Point: drawn as nothing. FE00-FE0F are left, they shape what is before them."""


def _patterns(ranges: Ranges) -> tuple[re.Pattern[str], ...]:
    # Two patterns: `re` looks a class up in a table only when it stays inside the first 65,536.
    def pattern(chosen: Ranges) -> re.Pattern[str]:
        return re.compile("[" + "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in chosen) + "]")

    return (
        pattern(tuple(r for r in ranges if r[0] < 0x10000)),
        pattern(tuple(r for r in ranges if r[0] >= 0x10000)),
    )


_ACTING = _patterns(ACTING)
_UNSEEN = _patterns(ACTING + HIDDEN)


def write_out(text: str, written: Callable[[str], str]) -> str:
    """The text with each acting character replaced by what ``written`` makes of it."""
    # Nothing that acts counts as printable, in any version of Unicode: the usual case costs little.
    # So does no space but the one of ASCII, and the no-break space is in every other article.
    if text.isprintable() or text.replace("\xa0", " ").isprintable():
        return text
    for pattern in _ACTING:
        text = pattern.sub(lambda match: written(match.group()), text)
    return text


def visible(text: str, encoding: str = "utf-8") -> str:
    r"""The text with every acting or hidden character written out, as ``\x1b`` or ``\u202e``.

    A backslash that the text itself holds stays as it is: this is for reading, not for parsing back.
    What the encoding cannot hold is written out in the same way.
    """
    if text.isascii() and text.isprintable():
        return text
    for pattern in _UNSEEN:
        text = pattern.sub(lambda match: _escape(match.group()), text)
    if encoding == "utf-8":
        return text
    return text.encode(encoding, "backslashreplace").decode(encoding)


_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _escape(character: str) -> str:
    code = ord(character)
    if character in _NAMED:
        return _NAMED[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
