"""How the terminal view looks: the 16 colours, bold and dim, and glyphs that read without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from dedupe.formats.shared.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.text import Text

    from dedupe.report import Severity

# Colours of the terminal's own palette: its owner chose them for its background. No black and no
# white, no bright ones, nothing behind the text.
HEADING = "bold"
QUIET = "dim"
OLD, NEW = "bold red", "bold green"
SEVERITY: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
CLASS = {"original": "green", "reuse": "yellow", "repetition": "red", "boilerplate": "cyan"}


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The drawing characters; ``PLAIN`` where the encoding has no others."""

    original: str = "·"
    reuse: str = "▒"
    repetition: str = "█"
    boilerplate: str = "╱"
    gutter: str = "│"
    cut: str = "…"
    paragraph: str = "¶"
    dot: str = "·"

    def of(self, name: str) -> str:
        """The glyph of a class."""
        return {
            "original": self.original,
            "reuse": self.reuse,
            "repetition": self.repetition,
            "boilerplate": self.boilerplate,
        }[name]


PLAIN = Glyphs(".", "=", "#", "/", "|", "...", "//", "-")


@dataclass(frozen=True, slots=True)
class Screen:
    """Where the view goes: its width, what it can draw and encode."""

    console: Console
    width: int
    encoding: str
    glyphs: Glyphs
    fold: bool
    """Break a place that is longer than a line (a picture), rather than leave it to the terminal,
    where a whole line is what an editor can follow."""

    def safe(self, text: str, longest: int = 300) -> str:
        """Foreign text, ready to stand in a ``Text``: nothing in it acts, none of it endless."""
        if len(text) > longest:
            half = longest // 2
            text = f"{text[:half]}{self.glyphs.cut}{text[-half:]}"
        return visible(text, self.encoding)

    def start_of(self, text: str, line: Text) -> str:
        """As much of the text as the line still has room for, and nothing rather than a few letters."""
        room = self.width - line.cell_len
        if cell_len(text) <= room:
            return text
        cut = self.glyphs.cut
        return chop_cells(text, room - len(cut))[0].rstrip() + cut if room >= 12 else ""

    def hang(self, text: Text, first: Text, rest: Text | None = None) -> Iterator[Text]:
        """The text wrapped to the width, after ``first`` on its first line, ``rest`` on the others."""
        room = max(self.width - max(first.cell_len, rest.cell_len if rest else 0), 8)
        for number, line in enumerate(text.wrap(self.console, room, overflow="fold")):
            line.rstrip()
            lead = first if number == 0 or rest is None else rest
            yield lead.copy().append_text(line)


def glyphs_for(encoding: str) -> Glyphs:
    """The glyphs that an encoding has."""
    glyphs = Glyphs()
    try:
        "".join(getattr(glyphs, name) for name in Glyphs.__slots__).encode(encoding)
    except UnicodeEncodeError:
        return PLAIN
    return glyphs
