"""Reads a page back without a browser: its elements, its text, and the data its script starts from."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from dedupe.formats import html
from dedupe.formats.interface import View
from dedupe.report import Report


def written(report: Report, view: View | None = None) -> str:
    stream = io.StringIO()
    html.write(report, stream, view or View(command="dedupe audit PATH"))
    return stream.getvalue()


@dataclass
class Page(HTMLParser):
    """What a parser finds in the page."""

    source: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """Text outside of scripts and styles."""
    scripts: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    """What the script reads, by id."""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: tuple[str, dict[str, str | None]] = ("", {})
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag, dict(attrs)
        self.elements.append(self._inside)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = ("", {})

    def handle_data(self, data: str) -> None:
        tag, attributes = self._inside
        if tag == "style":
            self.styles.append(data)
        elif tag == "script" and attributes.get("type") == "application/json":
            self.data[(attributes["id"] or "").removeprefix("data-")] = json.loads(data)
        elif tag == "script":
            self.scripts.append(data)
        else:
            self.said.append(data)

    @property
    def text(self) -> str:
        """All that stands in the page itself, white space reduced."""
        return " ".join(" ".join(self.said).split())

    @property
    def policy(self) -> dict[str, str]:
        """The Content-Security-Policy, by directive."""
        (content,) = (
            each["content"]
            for _, each in self.elements
            if each.get("http-equiv") == "Content-Security-Policy"
        )
        parts = (each.strip().partition(" ") for each in (content or "").split(";"))
        return {name: value for name, _, value in parts}

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Each finding: its row in the list and its details."""
        index = self.data["index"]
        return [
            {**row, **self.data[f"findings-{at // index['chunk']}"][at % index["chunk"]]}
            for at, row in enumerate(index["findings"])
        ]

    def article(self, row: int) -> str:
        """The text of an article as it is drawn."""
        return "".join(
            each if isinstance(each, str) else each[1] for each in self.data[f"article-{row}"]
        )


def read(report: Report, view: View | None = None) -> Page:
    return Page(written(report, view))
