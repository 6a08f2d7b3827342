"""The report as Markdown: a comment on a pull request, or the part of a dataset's card on duplication.

Everything that comes from an article or a file's name stands in code, where Markdown, HTML, mentions,
links and images mean nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from dedupe.formats.markdown import card, comment

if TYPE_CHECKING:
    from dedupe.formats.interface import View
    from dedupe.report import Report


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the comment, or the card where the view asks for it."""
    stream.write(card.render(report, view) if view.data_card else comment.render(report, view))
