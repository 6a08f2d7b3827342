"""Run the audit for a command: with progress, and with a word on what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.cli.notices import complain, say
from dedupe.cli.progress import shown
from dedupe.errors import DedupeError
from dedupe.formats.shared.numbers import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.documents import Document
    from dedupe.report import Report
    from dedupe.settings import Settings

LISTED = 20
"""Skipped paths that are named when nothing could be read, unless everything is wanted."""


def read_and_compare(
    documents: Sequence[str] | Sequence[Document],
    settings: Settings,
    *,
    quiet: bool,
    verbose: bool,
    listed: bool,
) -> Report:
    """The report of these paths or documents; ``listed`` if the screen will show what was skipped.

    Raises DedupeError: wrong use, or not one document could be read.
    """
    if quiet and verbose:
        raise DedupeError("--quiet and --verbose contradict each other: give one")
    with shown(quiet=quiet) as progress:
        # Brings numpy, pyarrow and compiled code with it.
        from dedupe.audit import audit

        report = audit(documents, settings, progress=progress)
    if not report.summary.documents:
        raise DedupeError(_nothing(report, verbose))
    if verbose:
        for each in report.skipped:
            complain(f"skipped {each.path}: {each.reason}")
        for note in report.notes:
            complain(f"note: {note}")
    elif report.skipped and not quiet and not listed:
        paths_were = count(len(report.skipped), "path was", "paths were")
        say(f"{paths_were} skipped; the report lists why, and so does --verbose")
    return report


def _nothing(report: Report, verbose: bool) -> str:
    """The reason that nothing was read; more than one reason is listed before it."""
    if not report.skipped:
        return "no document could be read: there is none at these paths"
    if len(report.skipped) == 1:
        only = report.skipped[0]
        return f"no document could be read: {only.path}: {only.reason}"
    named = report.skipped if verbose else report.skipped[:LISTED]
    for each in named:
        complain(f"skipped {each.path}: {each.reason}")
    left = len(report.skipped) - len(named)
    more = f" ({left:,} more than these; --verbose names all)" if left else ""
    return f"no document could be read: {count(len(report.skipped), 'path')} skipped{more}"
