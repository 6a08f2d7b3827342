"""Which formats there are: a name, the file names that ask for it, and how to write it.

A new format is one module with a ``write`` and one row in ``FORMATS``. Most write text to a stream;
one that is a folder of files has a ``write`` to a folder instead, under ``write_folder``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from dedupe.documents import Document
    from dedupe.report import Report


@dataclass(frozen=True, slots=True)
class Pair:
    """The two documents of a report, to be shown beside each other."""

    left: Document
    right: Document
    whole: bool = False
    """Show all of both texts, also where they are the same and where one stands alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How to show a report: what the command line knows about the reader and the screen.

    Formats made for programs read ``text`` only.
    """

    text: bool = True
    """Show excerpts."""
    width: int = 80
    """Columns of the screen."""
    colour: bool = False
    """Use the 16 colours of the terminal, bold and dim."""
    encoding: str = "utf-8"
    """What the stream can encode: decides on the glyphs, and on what is shown as an escape."""
    command: str = "dedupe audit PATH..."
    """The command that makes this report, for the next step to start from."""
    pair: Pair | None = None
    """Show these two side by side rather than a list of findings."""
    data_card: bool = False
    """Of Markdown: the part of a dataset's card, rather than a comment."""


Writer = Callable[["Report", TextIO, View], None]
FolderWriter = Callable[["Report", Path, View], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One format. ``write`` puts the report on a text stream and leaves the stream open."""

    name: str
    suffixes: tuple[str, ...]
    """Ends of the file names that ask for it; the longest that fits decides."""
    write: Writer
    for_people: bool = False
    """Follows the reader's encoding and width; the others are always UTF-8."""
    write_folder: FolderWriter | None = None
    """Of a format that is no stream: puts the files of the report into an empty folder. Its ``write``
    refuses."""
    files: tuple[str, ...] = ()
    """All the files it puts there: a folder with others in it is not ours to replace."""


# The modules are imported when a report is written: `--help` needs none of them.


def _terminal(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import terminal

    terminal.write(report, stream, view)


def _json(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import json

    json.write(report, stream, text=view.text)


def _markdown(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import markdown

    markdown.write(report, stream, view)


def _sarif(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import sarif

    sarif.write(report, stream, view)


def _gitlab(report: Report, stream: TextIO, _: View) -> None:
    from dedupe.formats import gitlab

    gitlab.write(report, stream)


def _github(report: Report, stream: TextIO, _: View) -> None:
    from dedupe.formats import github

    github.write(report, stream)


def _csv(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import csv

    csv.write(report, stream, view)


def _svg(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import svg

    svg.write(report, stream, view)


def _html(report: Report, stream: TextIO, view: View) -> None:
    from dedupe.formats import html

    html.write(report, stream, view)


def _parquet(report: Report, folder: Path, view: View) -> None:
    from dedupe.formats import parquet

    parquet.write(report, folder, view)


def _no_stream(*_: object) -> None:
    raise DedupeError("--format parquet is a folder of tables: name it with -o FOLDER.parquet")


FORMATS: tuple[Format, ...] = (
    Format("terminal", (".txt",), _terminal, for_people=True),
    Format("json", (".json",), _json),
    Format("markdown", (".md",), _markdown),
    Format("sarif", (".sarif",), _sarif),
    Format("gitlab", ("gl-code-quality.json",), _gitlab),
    Format("github", (), _github),
    Format("csv", (".csv",), _csv),
    Format("svg", (".svg",), _svg),
    Format("html", (".html",), _html),
    Format(
        "parquet",
        (".parquet",),
        _no_stream,
        write_folder=_parquet,
        files=("documents.parquet", "findings.parquet", "locations.parquet"),
    ),
)


def by_name(name: str) -> Format:
    """The format of this name.

    Raises DedupeError: there is none; the message lists those there are.
    """
    for candidate in FORMATS:
        if candidate.name == name:
            return candidate
    names = ", ".join(candidate.name for candidate in FORMATS)
    raise DedupeError(f"--format {name} is not a format: it takes {names}")


def by_file_name(name: str) -> Format:
    """The format that a file's name asks for.

    Raises DedupeError: its end is unknown; the message lists the ends that are known.
    """
    fitting = [
        (len(suffix), candidate)
        for candidate in FORMATS
        for suffix in candidate.suffixes
        if name.lower().endswith(suffix)
    ]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    suffixes = " ".join(suffix for candidate in FORMATS for suffix in candidate.suffixes)
    raise DedupeError(f"--output {name} names no format: the file name ends in one of {suffixes}")
