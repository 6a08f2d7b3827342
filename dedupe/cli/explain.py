"""``dedupe explain``: what a code means, why it matters, and what to do about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dedupe.formats.interface import View

WIDEST = 100
_STYLES = {
    "markdown.h1": "bold",
    "markdown.h2": "bold",
    "markdown.code": "cyan",
    "markdown.item.bullet": "dim",
}


def _complete(incomplete: str) -> list[str]:
    from dedupe.rules import codes

    return [code for code in codes() if code.startswith(incomplete.upper())]


_Code = Annotated[
    str | None,
    typer.Argument(
        metavar="CODE",
        help="The code of a finding, such as REP001; without one, all are listed.",
        show_default=False,
        autocompletion=_complete,
    ),
]


def explain(code: _Code = None) -> None:
    """Say what a code means, why it matters, and what to do.

    Some uses:
      dedupe explain            all codes
      dedupe explain REP001     one of them
      dedupe explain REP001 | less

    Exit codes: 0 said, 2 no such code.
    """
    from dedupe.cli.output import writing_to_stdout
    from dedupe.cli.screen import view_of
    from dedupe.rules import rule

    text = _list() if code is None else rule(code).page
    view = view_of(sys.stdout, text=True, command="")
    with writing_to_stdout():
        if code is not None and view.colour:
            sys.stdout.write(_rendered(text, view))
        else:
            sys.stdout.write(text.encode(view.encoding, "replace").decode(view.encoding))
        sys.stdout.flush()


def _list() -> str:
    from dedupe.rules import rules

    held = rules()
    width = max(len(rule.title) for rule in held)
    return "".join(f"{rule.code}  {rule.title:<{width}}  {rule.gravity}\n" for rule in held)


def _rendered(page: str, view: View) -> str:
    from dataclasses import replace
    from io import StringIO

    from rich.markdown import Markdown
    from rich.theme import Theme

    from dedupe.formats.terminal import make_console

    held = StringIO()
    console = make_console(held, replace(view, width=min(view.width, WIDEST)))
    console.push_theme(Theme(_STYLES))
    console.print(Markdown(page, code_theme="ansi_dark", hyperlinks=False))
    return held.getvalue()
