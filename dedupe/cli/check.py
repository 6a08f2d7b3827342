"""``dedupe check``: an audit for hooks and CI, which says nothing unless something fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from dedupe.cli import options
from dedupe.cli.shared import Choosing, Gating, Reporting, Saying, takes_groups

if TYPE_CHECKING:
    from dedupe.report import Report

USUAL_GATE: Final = "error"


@takes_groups
def check(
    paths: options.Paths,
    reporting: Reporting,
    saying: Saying,
    gating: Gating,
    choosing: Choosing,
    patch: options.Diff = False,
) -> int:
    """Fail if articles repeat or share something new; say nothing otherwise.

    Fails on a new error unless --fail-on says when. Lists what failed as path:line: CODE severity,
    which editors follow; with --format or -o it writes the report of an audit.

    Some uses:
      dedupe check articles/                      fails on a new error
      dedupe check articles/ --fail-on warning    on a new warning, too
      dedupe check articles/ --diff | git apply   takes out what is repeated exactly

    Exit codes: 0 passed, 1 failed, 2 wrong use or nothing could be read, 130 interrupted.
    """
    settings = choosing.settings()
    # Imported when the command runs: `--help` and completion should not wait for it.
    from dedupe.cli import diff, gate, output, running
    from dedupe.formats import lines
    from dedupe.formats.interface import Format

    if patch:
        diff.check(reporting, paths)
    plan = reporting.plan(paths)
    ask = gate.plan(gating, USUAL_GATE)
    report = running.read_and_compare(
        paths, settings, quiet=saying.quiet, verbose=saying.verbose, listed=plan.for_people
    )
    report = ask.judge(report)
    if patch:
        plan = replace(plan, to_stdout=None)
        diff.write(report, paths, settings, quiet=saying.quiet)
    elif reporting.format_name is None and plan.for_people:
        plan = replace(plan, to_stdout=Format("lines", (), lines.write, for_people=True))
    command = output.command("check", paths, settings)
    plan.write(report, text=not reporting.no_text, command=command, quiet=True)
    _say(report, saying)
    return ask.exit_code(report)


def _say(report: Report, saying: Saying) -> None:
    """Why it fails, and what to do; or, if everything is wanted, how it stands."""
    from dedupe.cli.notices import complain

    for condition in report.gate.conditions if report.gate else ():
        if condition.failed:
            complain(f"failed: {condition.text}: {condition.detail}")
        elif saying.verbose:
            complain(f"passed: {condition.text}: {condition.detail}")
