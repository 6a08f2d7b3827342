"""``dedupe check --diff``: a patch that takes out what files repeat exactly."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.clean.propose import Edit
    from dedupe.cli.shared import Reporting
    from dedupe.report import Report
    from dedupe.settings import Settings

OUTSIDE = "stands in a file outside of this folder"


def check(reporting: Reporting, inputs: Sequence[str]) -> None:
    """See that the other options go with a patch.

    Raises DedupeError: they do not.
    """
    if reporting.format_name is not None:
        raise DedupeError("--diff and --format contradict each other: both are for stdout")
    if reporting.no_text:
        raise DedupeError("--diff shows text: leave --no-text out")
    if "-" in inputs:
        raise DedupeError("--diff needs files to change: standard input is none")


def write(report: Report, paths: Sequence[str], settings: Settings, *, quiet: bool) -> None:
    """Write the patch to stdout, paths relative to this folder; say on stderr what it leaves."""
    from dedupe.clean.propose import propose
    from dedupe.cli.notices import say
    from dedupe.cli.output import writing_to_stdout
    from dedupe.formats.patch import patch
    from dedupe.formats.shared.numbers import count
    from dedupe.formats.shared.visible import visible

    proposal = propose(paths, settings, report)
    shown = sys.stdout.isatty()
    with writing_to_stdout():
        sys.stdout.flush()
        for edit in proposal.edits:
            name = _below(edit)
            if name is None:
                proposal.left[OUTSIDE] += len(edit.cuts)
                continue
            text = patch(name, edit.text, edit.cuts)
            if shown:  # to be read, not applied: nothing in it may act
                text = "\n".join(map(visible, text.split("\n")))
            _put(text)
        sys.stdout.flush()
    if not quiet:
        for reason, places in sorted(proposal.left.items()):
            say(f"{count(places, 'place')} left in: {reason}")


def _below(edit: Edit) -> str | None:
    """The file's path from here; None where it is not below."""
    name = os.path.relpath(edit.path).replace(os.sep, "/")
    return None if name.startswith("../") else name


def _put(text: str) -> None:
    """Bytes, whatever the locale: a patch is of the files."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode())
