"""An article as the page draws it: its text in stretches of one class each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dedupe.formats.html.safe import shown
from dedupe.formats.shared.classes import CLASSES, classes_of

if TYPE_CHECKING:
    from dedupe.report import Article


def stretches(article: Article, longest: int | None = None) -> list[Any]:
    """The text, or its first ``longest`` characters, in order: a string is what no finding names;
    of the rest each is ``[class, text, finding]``, the class an index into ``CLASSES``.
    """
    end = len(article.text) if longest is None else longest
    found: list[Any] = []
    for span in classes_of(article):
        text = article.text[span.start : min(span.end, end)]
        if not text:
            break
        if span.finding < 0:
            found.append(shown(text))
        else:
            found.append([CLASSES.index(span.name), shown(text), span.finding])
    return found
