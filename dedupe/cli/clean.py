"""``dedupe clean``: a copy of a corpus without what it says twice, and the way back."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dedupe.cli.shared import Choosing, Saying, takes_groups
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from dedupe.clean.run import Cleaned
    from dedupe.documents import Document
    from dedupe.report import Report

_WHAT = "What goes"
_SHOWN = 10
"""Documents that are named in the summary."""
_LONGEST = 68
"""Characters of a name there."""

_Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files and folders to clean.", show_default=False),
]
# No variable: a folder is written once.
_Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="DIR", help="Folder to write; new, or empty.", show_default=False
    ),
]
_Drop = Annotated[
    list[str] | None,
    typer.Option(
        "--drop",
        envvar="DEDUPE_DROP",
        metavar="KIND,...",
        help="What to remove: boilerplate, repetition, reuse, near-duplicate; "
        "boilerplate,repetition unless given.",
        show_default=False,
        rich_help_panel=_WHAT,
    ),
]
_Near = Annotated[
    bool,
    typer.Option(
        "--near",
        envvar="DEDUPE_NEAR",
        metavar="",
        help="Remove edited copies, too, if no figure or fact goes with them.",
        rich_help_panel=_WHAT,
    ),
]
_Keep = Annotated[
    str,
    typer.Option(
        "--keep",
        envvar="DEDUPE_KEEP",
        metavar="POLICY",
        help="Copy that stays, of several documents: first, longest, earliest, latest, source=NAME.",
        rich_help_panel=_WHAT,
    ),
]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", metavar="", help="Show what would go, and write nothing.")
]
_Restore = Annotated[
    Path | None,
    typer.Option(
        "--restore",
        metavar="CLEANED",
        help="Write the originals of this cleaned folder instead.",
        show_default=False,
    ),
]


@takes_groups
def clean(
    paths: _Paths = None,
    output: _Output = None,
    drop: _Drop = None,
    near: _Near = False,
    keep: _Keep = "first",
    dry_run: _DryRun = False,
    restore: _Restore = None,
    *,
    saying: Saying,
    choosing: Choosing,
) -> None:
    """Write a copy of a corpus without furniture and repetition.

    Each file keeps its name and format. Whole passages go, or whole sentences and markers where a
    document is one line; of all that stands twice, one copy stays. DIR/manifest.jsonl records every
    removal, and is what --restore works from. What is read is never written to.

    Some uses:
      dedupe clean articles/ -o cleaned/                    boilerplate and exact repetition
      dedupe clean articles/ --dry-run                      only show what would go
      dedupe clean crawl.jsonl -o cleaned/ --drop near-duplicate --keep earliest
      dedupe clean --restore cleaned/ -o articles-again/

    Exit codes: 0 done, 2 wrong use or nothing could be read, 130 interrupted.
    """
    if restore is not None:
        _restore(restore, paths, output, quiet=saying.quiet, dry_run=dry_run)
        return
    if not paths:
        raise DedupeError("Missing argument 'PATH...' (try: dedupe clean --help)")
    if dry_run and output is not None:
        raise DedupeError("--dry-run writes nothing: leave --output out")
    if not dry_run and output is None:
        raise DedupeError("--output DIR is missing: name the folder to write, or give --dry-run")
    from dedupe.clean.choices import DEFAULT_DROP, Choices, kinds

    choices = Choices(drop=DEFAULT_DROP if drop is None else kinds(drop), near=near, keep=keep)
    settings = choosing.settings()
    from dedupe.clean.run import clean as run
    from dedupe.cli import running
    from dedupe.cli.notices import say
    from dedupe.formats.shared.numbers import count

    def first(given: Sequence[str] | Iterable[Document]) -> Report:
        report = running.read_and_compare(
            [str(path) for path in given],
            settings,
            quiet=saying.quiet,
            verbose=saying.verbose,
            listed=True,
        )
        if report.skipped and not (saying.quiet or saying.verbose):
            paths_were = count(len(report.skipped), "path")
            say(f"{paths_were} skipped, files copied as they are (why: --verbose)")
        return report

    def again(given: Sequence[str] | Iterable[Document]) -> Report:
        from dedupe.audit import audit

        return audit(given, settings)

    cleaned = run(paths, settings, choices, output, again, first=first)
    if not saying.quiet or dry_run:
        _print(_summary(cleaned, saying.verbose))
    if output is not None and not saying.quiet:
        say(f"written to {output}; its manifest.jsonl says what was removed, --restore puts it back")


def _restore(
    cleaned: Path, paths: list[str] | None, output: Path | None, *, quiet: bool, dry_run: bool
) -> None:
    if paths:
        raise DedupeError("--restore takes no PATH besides the cleaned folder")
    if dry_run:
        raise DedupeError("--restore and --dry-run contradict each other: give one")
    if output is None:
        raise DedupeError("--output DIR is missing: name the folder to write the originals to")
    from dedupe.clean.restore import restore
    from dedupe.cli.notices import say
    from dedupe.formats.shared.numbers import count

    files = restore(cleaned, output)
    if not quiet:
        say(f"{count(files, 'file')} restored to {output}")


def _summary(cleaned: Cleaned, verbose: bool) -> list[str]:
    """What went, by code and by document."""
    from dedupe.formats.shared.codes import CODES
    from dedupe.formats.shared.numbers import count, number

    documents = count(cleaned.read, "document")
    if not cleaned.removed:
        lines = [f"nothing to remove in {documents}"]
    else:
        words = sum(each.words for each in cleaned.removed)
        lines = [
            f"{count(words, 'word')} removed from {number(len(cleaned.documents))} of {documents}",
            "",
        ]
        rows = [("code", "what", "findings", "places", "words")]
        rows += [
            (
                each.code,
                CODES.get(each.code, each.kind),
                number(each.findings),
                number(each.places),
                number(each.words),
            )
            for each in cleaned.removed
        ]
        lines += _table(rows, (2, 3, 4))
        shown = cleaned.documents if verbose else cleaned.documents[:_SHOWN]
        lines += ["", "most affected"]
        affected = [
            (
                number(each.words),
                (each.document if verbose else _short(each.document)) + " (left out)" * each.whole,
            )
            for each in shown
        ]
        lines += _table(affected, (0,))
        rest = len(cleaned.documents) - len(shown)
        if rest:
            lines.append(f"  and {number(rest)} more; --verbose names all")
    if cleaned.left:
        lines += ["", "left in"]
        lines += _table(
            [(number(places), reason) for reason, places in sorted(cleaned.left.items())], (0,)
        )
    return lines


def _table(rows: Sequence[Sequence[str]], right: Collection[int]) -> list[str]:
    """Columns; those of these numbers stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if number in right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _short(name: str) -> str:
    """An id that fits beside a number; the manifest has it whole."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 + 1 :]}"


def _print(lines: Sequence[str]) -> None:
    from dedupe.cli.output import writing_to_stdout
    from dedupe.formats.shared.visible import visible

    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    with writing_to_stdout():
        sys.stdout.write("".join(f"{visible(line, encoding)}\n" for line in lines))
        sys.stdout.flush()
