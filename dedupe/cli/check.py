"""``dedupe check``: an audit for hooks and CI, which says nothing unless something fails."""

from __future__ import annotations

import os
import shlex
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

import typer

from dedupe.cli import configuration, options
from dedupe.cli.shared import Choosing, Gating, Reporting, Saying, Sharing, takes_groups
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.report import Report

USUAL_GATE: Final = "error"
_SHOWN: Final = 5
"""Files that were not read and are named."""

_Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="PATH", help="Files and folders to check.", show_default=False),
]
_Changed = Annotated[
    bool,
    typer.Option(
        "--changed",
        metavar="",
        help="PATHS are what changed: compare them with the configured paths, else with every article "
        "that git tracks; only findings in which they take part count.",
    ),
]


@takes_groups
def check(
    paths: _Paths = None,
    changed: _Changed = False,
    *,
    reporting: Reporting,
    saying: Saying,
    gating: Gating,
    choosing: Choosing,
    sharing: Sharing,
    patch: options.Diff = False,
) -> int:
    """Fail if articles repeat or share something new; say nothing otherwise.

    Fails on a new error unless --fail-on says when. Lists what failed as path:line: CODE severity,
    which editors follow; with --format or -o it writes the report of an audit.

    Some uses:
      dedupe check articles/                                 fails on a new error
      dedupe check articles/ --fail-on warning,reuse>0.1     on warnings, or a tenth reused
      dedupe check articles/ --write-baseline .dedupe-baseline
      dedupe check articles/ --baseline .dedupe-baseline     fails on what came since
      dedupe check articles/ --baseline-ref origin/main      the same, without a file
      dedupe check --changed articles/new.md                 in a commit hook
      dedupe check articles/ --diff | git apply              takes out what is repeated exactly

    Exit codes: 0 passed, 1 failed, 2 wrong use or nothing could be read, 130 interrupted.
    """
    settings = choosing.settings(sharing)
    # Imported when the command runs: `--help` and completion should not wait for it.
    from dedupe.cli import gate, output, running
    from dedupe.cli.notices import complain
    from dedupe.formats import lines
    from dedupe.formats.interface import Format

    if not paths:
        if not changed:
            raise DedupeError("Missing argument 'PATH...' (try: dedupe check --help)")
        complain("no files were given: nothing was checked")
        return 0
    corpus = paths
    if changed:
        from dedupe.gate import changed as changes

        if "-" in paths:
            raise DedupeError("--changed takes files: standard input is in no repository")
        paths = changes.without_excluded(paths, settings)
        if not paths:
            complain("all files that were given are excluded: nothing was checked")
            return 0
        corpus = changes.corpus(paths, settings, configuration.current().paths)
    if patch:
        from dedupe.cli import diff

        diff.check(reporting, paths)
    plan = reporting.plan(corpus)
    ask = gate.plan(gating, corpus, settings, USUAL_GATE)
    corpus = ask.articles(corpus, settings, plan.files)
    listing = reporting.format_name is None and not reporting.data_card
    report = running.read_and_compare(
        corpus,
        settings,
        quiet=saying.quiet,
        verbose=saying.verbose,
        listed=listing or plan.for_people,
    )
    focus = changes.documents(corpus, paths, settings) if changed else None
    if listing and not (saying.quiet or saying.verbose):
        _say_unread(report, paths if changed else None)
    report = ask.judge(report, quiet=saying.quiet, changed=focus)
    if patch:
        plan = replace(plan, to_stdout=None)
        diff.write(report, corpus, settings, quiet=saying.quiet)
    elif listing and plan.to_stdout is not None:
        write = partial(lines.write, changed=focus or (), everything=saying.verbose)
        plan = replace(plan, to_stdout=Format("lines", (), write, for_people=True))
    command = output.command("check", paths, settings, ["--changed"] if changed else [])
    plan.write(report, text=not reporting.no_text, command=command, quiet=True)
    _say(report, gating, saying, command)
    return ask.exit_code(report)


def _say_unread(report: Report, changed: Sequence[str] | None) -> None:
    """What was not read: it was not checked. Of a repository, only what changed: the rest is no news."""
    from dedupe.cli.notices import complain

    skipped = report.skipped
    if changed is not None:
        wanted = {os.path.realpath(path) for path in changed}
        skipped = tuple(each for each in skipped if os.path.realpath(each.path) in wanted)
    for each in skipped[:_SHOWN]:
        complain(f"not checked: {each.path}: {each.reason}")
    if len(skipped) > _SHOWN:
        complain(f"not checked: {len(skipped) - _SHOWN:,} more; --verbose lists all")


def _say(report: Report, gating: Gating, saying: Saying, command: str) -> None:
    """Why it fails, and what to do; or, if everything is wanted, how it stands."""
    from dedupe.cli.gate import USUAL_BASELINE
    from dedupe.cli.notices import complain
    from dedupe.formats.shared.numbers import count
    from dedupe.gate.allowed import FILE_NAME

    if report.gate is None:
        return
    for condition in report.gate.conditions:
        if condition.failed:
            complain(f"failed: {condition.text}: {condition.detail}")
        elif saying.verbose:
            complain(f"passed: {condition.text}: {condition.detail}")
    if saying.quiet or not (report.gate.failed or saying.verbose):
        return
    if report.known:
        complain(f"known to the baseline: {count(report.known, 'finding')}")
    for entry in report.stale if saying.verbose else ():
        complain(f"gone, but in the baseline: {entry} (--update-baseline drops it)")
    for allowed in report.allowed:
        if allowed.findings == 0:
            complain(f"not used in {FILE_NAME}: {allowed.entry} ({allowed.reason})")
    if report.gate.findings:
        baseline = gating.baseline or USUAL_BASELINE
        accept = f"{command} --write-baseline {shlex.quote(str(baseline))}"
        complain(f"take the copies out; or accept all there is: {accept}")
        complain(f"or allow one: its fingerprint, in brackets, and a reason in {FILE_NAME}")
