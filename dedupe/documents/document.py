"""One document, as Python code hands it over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One article: an id, a text, and what is known about it."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    """The site or wire it came from; None takes the host of the url."""
    url: str | None = None
    date: str | None = None
    group: str | None = None
    """What it is one of, where groups are asked for: a split, a crawl."""
    markdown: bool | None = None
    """Whether the text is Markdown; None goes by the id, as by a file's name."""
