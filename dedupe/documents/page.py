"""From the bytes of an HTML page to its text: the main text, or all that is shown.

The text of a document is what is taken out of the page; offsets are those of this text. The parser and
the extractor are Resiliparse's (the extra ``web``).
"""

from __future__ import annotations

import html as entities
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from dedupe.documents.decode import UNTOLD, byte_order_mark, is_utf8, to_utf8
from dedupe.documents.interface import UnreadableError, too_large
from dedupe.documents.legacy import python_name, tell
from dedupe.documents.problems import one_line
from dedupe.documents.strings import mend

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedupe.settings import Settings

MISSING: Final = "needs what reads web pages: pip install 'dedupe-corpus[web]'"
_META: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{1,40})""", re.IGNORECASE
)
_HEAD: Final = 1 << 13
"""Bytes in which a page may say what it is written in."""
_TITLE: Final = re.compile(r"<title\b[^>]{0,500}>([^<]{0,2000})", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:\-]*)")
_ALONE: Final = frozenset(
    re.findall(
        r"\w+",
        # Nothing is inside these,
        "area base br col embed hr img input link meta param source track wbr "
        # and these end where the next one begins.
        "p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp html head body",
    )
)
_FORMATTING: Final = frozenset(
    re.findall(r"\w+", "a b big code em font i nobr s small strike strong tt u")
)
_COPIES: Final = 1_000_000
"""Elements that a parser may have to make for formatting that is never closed: it opens it again in each
block that follows."""
_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0e-\x1f]")


class Page(NamedTuple):
    """What a page says."""

    text: str
    title: str | None
    encoding: str | None
    """What it is written in, if not UTF-8."""


def read(data: bytes, settings: Settings, charset: str | None = None) -> Page:
    """The text of a page; ``charset`` is what came with it, which may be wrong.

    Raises:
        UnreadableError: its encoding cannot be told, it has no text, or is no page anybody would write.
    """
    extract = _extractor()
    markup, encoding = decoded(data, charset)
    _check_nesting(markup, settings.limits.depth)
    try:
        text = extract(markup, main_content=settings.html == "main")
    except Exception as error:
        raise UnreadableError(f"is no HTML that could be read: {one_line(error)}") from None
    text = _CONTROLS.sub("\ufffd", mend(text))
    if len(text.encode()) > settings.limits.document:
        raise UnreadableError(too_large(settings.limits))
    if not text.strip():
        if settings.html == "main" and extract(markup, main_content=False).strip():
            raise UnreadableError("has no main text (--html all reads all of the page)")
        raise UnreadableError("has no text")
    return Page(text, _title(markup), encoding)


def decoded(data: bytes, charset: str | None) -> tuple[str, str | None]:
    """Bytes from the web as text, and what they were written in if not UTF-8.

    What is valid UTF-8 is UTF-8, whatever the page or the server says; then their word counts.

    Raises:
        UnreadableError: nothing tells what it is written in.
    """
    if byte_order_mark(data):
        text, encoding = to_utf8(data)
        return text.decode(), encoding
    if is_utf8(data):
        return data.decode(), None
    declared = _META.search(data[:_HEAD])
    for label in (charset, declared[1].decode("ascii") if declared else None):
        name = _known(label)
        if name and name != "utf-8":
            return data.decode(python_name(name), "replace"), name
        if name:
            return data.decode("utf-8", "replace"), None
    told = tell(data)
    if told is None:
        raise UnreadableError(UNTOLD)
    return data.decode(python_name(told)), told


def _known(label: str | None) -> str | None:
    """The encoding that the web means by a label."""
    if not label:
        return None
    from resiliparse.parse.encoding import map_encoding_to_html5

    name = map_encoding_to_html5(label.strip().lower(), fallback_utf8=False)
    if not name:
        return None
    try:
        "".encode(python_name(name))
    except LookupError:
        return None
    return name.lower()


def _title(markup: str) -> str | None:
    found = _TITLE.search(markup)
    return " ".join(mend(entities.unescape(found[1])).split()) or None if found else None


def _check_nesting(markup: str, deepest: int) -> None:
    """See that no parser would need long for it: elements inside each other take the square of time.

    Raises:
        UnreadableError: one would.
    """
    if markup.count("<") <= deepest:
        return
    depth = formatting = copies = 0
    for closing, written in _TAG.findall(markup):
        name = written.lower()
        if name in _FORMATTING:
            formatting = max(formatting - 1, 0) if closing else formatting + 1
        elif not closing:
            copies += formatting
        if name not in _ALONE:
            depth = max(depth - 1, 0) if closing else depth + 1
            if depth > deepest:
                raise UnreadableError(
                    f"is nested too deep: more than {deepest} elements (--limit depth=N)"
                )
    if copies > _COPIES:
        raise UnreadableError("is no page: formatting that is never closed is opened again and again")


def _extractor() -> Callable[..., str]:
    try:
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError:
        raise UnreadableError(MISSING) from None
    return extract_plain_text
