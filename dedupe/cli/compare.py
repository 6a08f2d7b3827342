"""``dedupe compare``: two documents side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from dedupe.cli.shared import Choosing, Reporting, Saying, takes_groups
from dedupe.errors import DedupeError

_First = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help="A file; a table's row as PATH#ROW or PATH#ID; an id, with --in.",
        show_default=False,
    ),
]
_Second = Annotated[str, typer.Argument(metavar="B", help="The other one.", show_default=False)]
_In = Annotated[
    list[str] | None,
    typer.Option(
        "--in",
        envvar="DEDUPE_IN",
        metavar="PATH",
        help="A and B are ids, as a report on this file or folder gives them; may be repeated.",
        show_default=False,
        rich_help_panel="Input",
    ),
]
_All = Annotated[
    bool,
    typer.Option(
        "--all",
        "-a",
        envvar="DEDUPE_ALL",
        metavar="",
        help="Show all of both texts; else what is the same or stands alone is cut.",
        rich_help_panel="Report",
    ),
]


@takes_groups
def compare(
    first: _First,
    second: _Second,
    within: _In = None,
    show_all: _All = False,
    *,
    reporting: Reporting,
    saying: Saying,
    choosing: Choosing,
) -> None:
    """Show two articles side by side: what they share, and what differs in it.

    Passages that both have bear the same number, in the order of A; what was replaced, added or left
    out in them is marked. Screens of 100 columns and more show two columns. The two are audited by
    themselves: what a whole corpus says of them is not known here.

    Some uses:
      dedupe compare old.txt new.txt
      dedupe compare crawl.jsonl#12 crawl.jsonl#40     rows from 0, or ids
      dedupe compare --in articles/ articles/a.txt articles/b.txt
      dedupe compare a.txt b.txt --all | less -R

    Exit codes: 0 read, 2 wrong use or a document could not be read, 130 interrupted.
    """
    settings = choosing.settings()
    # Imported when the command runs: `--help` and completion should not wait for it.
    from dedupe.cli import output, running
    from dedupe.documents import pick
    from dedupe.formats.interface import Pair

    names = [first, second]
    if first == second:
        raise DedupeError(f"{first} is named twice: name two documents")
    references = [] if within else [pick.parse(name) for name in names]
    inputs = within or [each.path for each in references]
    plan = reporting.plan(inputs)
    one, other = pick.ids(names, within, settings) if within else pick.named(references, settings)
    if one.place == other.place:
        raise DedupeError(f"{first} and {second} are the same document: name two")
    left, right = one.document, other.document
    if left.id == right.id:  # in two files: in a report each has its own
        left, right = replace(left, id=first), replace(right, id=second)
    report = running.read_and_compare(
        [left, right], settings, quiet=saying.quiet, verbose=saying.verbose, listed=plan.for_people
    )
    options_before = [word for path in within or [] for word in ("--in", path)]
    command = output.command("compare", names, settings, options_before)
    pair = Pair(left, right, show_all)
    text = not reporting.no_text
    plan.write(report, text=text, command=command, quiet=saying.quiet, pair=pair)
