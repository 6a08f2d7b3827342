"""What the screen can do: width, colour, encoding. Read here, and nowhere below."""

from __future__ import annotations

import os
import shutil
from typing import TextIO

from dedupe.formats.interface import View

PAGE = 80
"""Width of what is no screen: a file, a pipe, a log."""


def view_of(stream: TextIO, *, text: bool, command: str) -> View:
    """How to show a report on this stream."""
    terminal = stream.isatty()
    environment = os.environ
    colour = terminal or bool(environment.get("FORCE_COLOR"))
    if environment.get("NO_COLOR") or environment.get("TERM") in ("dumb", "unknown"):
        colour = False
    columns = environment.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() and int(columns) > 0 else PAGE
    if terminal:
        width = shutil.get_terminal_size((PAGE, 24)).columns
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    return View(text=text, width=width, colour=colour, encoding=encoding, command=command)
