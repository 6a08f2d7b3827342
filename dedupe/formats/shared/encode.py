"""JSON on one line, as every JSON-based format writes it: readable, and safe to show anywhere."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING

from dedupe.formats.shared.visible import write_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# One encoder for all: `json.dumps` with these arguments would make a new one for each line.
# NaN is no JSON, so a report that holds one is a mistake to hear about.
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def encoded(value: object) -> str:
    """The value as JSON on one line, letters of every script unescaped.

    What would act on a terminal that shows the file (C1 controls, bidirectional overrides) or could
    not be encoded (a lone surrogate of a file's name) stands escaped: the same string when parsed.
    """
    # What an encoder does with a string, without what it does before.
    text = encode_basestring(value) if type(value) is str else _encode(value)
    return write_out(text, escaped)


def escaped(character: str) -> str:
    """The character as JSON writes it out."""
    # The standard encoder lets DEL through: it is ASCII.
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]


def lines(items: Iterable[str], indent: str, end: str) -> Iterator[str]:
    """The items of an array, already encoded, a line each; ``end`` follows its closing bracket."""
    before = f"[\n{indent}  "
    for item in items:
        yield before + item
        before = f",\n{indent}  "
    yield f"[]{end}" if before.startswith("[") else f"\n{indent}]{end}"
