"""The terminal view as a picture, the same bytes for the same report: no host, no time, no fonts.

``export_svg`` of rich with a frame of our own: its default one links fonts on a web server.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape, unescape
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len
from rich.terminal_theme import TerminalTheme

from dedupe.formats import terminal
from dedupe.formats.shared.verdict import severities, verdict

if TYPE_CHECKING:
    from dedupe.formats.interface import View
    from dedupe.report import Report

WIDTH = 100
WIDTH_OF_PAIR = 140

_THEME = TerminalTheme(
    background=(24, 27, 33),
    foreground=(214, 219, 227),
    normal=[
        (24, 27, 33),
        (247, 118, 123),
        (126, 200, 127),
        (229, 192, 105),
        (122, 172, 248),
        (203, 147, 231),
        (98, 200, 212),
        (214, 219, 227),
    ],
)

# Fields in braces are rich's; those in CSS are doubled.
_FRAME = """\
<svg role="img" viewBox="0 0 {{width}} {{height}}" xmlns="http://www.w3.org/2000/svg">
<title>{title}</title>
<style>
.{{unique_id}}-matrix {{{{
  font-family: "Fira Code", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: {{char_height}}px; line-height: {{line_height}}px;
  font-variant-ligatures: none; white-space: pre;
}}}}
.{{unique_id}}-title {{{{ font: bold 18px "Fira Code", "DejaVu Sans Mono", Menlo, monospace; }}}}
{{styles}}
</style>
<defs>
<clipPath id="{{unique_id}}-clip-terminal">
<rect x="0" y="0" width="{{terminal_width}}" height="{{terminal_height}}"/>
</clipPath>
{{lines}}
</defs>
{{chrome}}
<g transform="translate({{terminal_x}}, {{terminal_y}})" clip-path="url(#{{unique_id}}-clip-terminal)">
{{backgrounds}}
<g class="{{unique_id}}-matrix">
{{matrix}}
</g>
</g>
</svg>
"""


def write(report: Report, stream: TextIO, view: View) -> None:
    """Write the picture to the stream; of the view, only whether to show excerpts and the command."""
    width = WIDTH_OF_PAIR if view.pair else WIDTH
    view = replace(view, width=width, colour=True, encoding="utf-8")
    console = terminal.make_console(StringIO(), view, record=True)
    terminal.render(report, console, view, fold=True)
    title = escape(verdict(report, severities(report))).replace("{", "{{").replace("}", "}}")
    picture = console.export_svg(
        title="dedupe compare" if view.pair else "dedupe audit",
        theme=_THEME,
        unique_id="dedupe",
        code_format=_FRAME.format(title=title),
    )
    stream.write(_measured(picture))


_RUN = re.compile(
    r'(<text class="[^"]*-r[0-9]+") x="([^"]*)"( y="[^"]*") textLength="[^"]*"([^>]*)>([^<]*)</text>'
)
_CELL = 20 * 0.61


def _measured(picture: str) -> str:
    """Give each run of text the place and length of its cells.

    Rich counts characters, whatever their width, and a viewer spreads a run evenly over the length
    it is given: so a run ends where wide characters begin or end.
    """

    def measured(match: re.Match[str]) -> str:
        start, x, y, rest, content = match.groups()
        left, drawn = float(x), []
        for run in _even(unescape(content)):
            length = cell_len(run) * _CELL
            drawn.append(f'{start} x="{left:g}"{y} textLength="{length:g}"{rest}>{escape(run)}</text>')
            left += length
        return "".join(drawn)

    return _RUN.sub(measured, picture)


def _even(text: str) -> list[str]:
    """The text cut where its characters get wider or narrower; marks stay with their letter."""
    runs: list[str] = []
    width = 0
    for character in text:
        size = cell_len(character) or width
        if runs and size == width:
            runs[-1] += character
        else:
            runs.append(character)
        width = size
    return runs
