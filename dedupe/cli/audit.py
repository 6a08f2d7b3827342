"""``dedupe audit``: read, compare, report."""

from dedupe.cli import options
from dedupe.cli.shared import Choosing, Gating, Reporting, Saying, Sharing, takes_groups


@takes_groups
def audit(
    paths: options.Paths,
    reporting: Reporting,
    saying: Saying,
    gating: Gating,
    choosing: Choosing,
    sharing: Sharing,
) -> int:
    """Report what articles repeat, share, and were never written for.

    Reads text, Markdown, HTML, JSON, JSON Lines, CSV, TSV, Parquet, Arrow, WARC and WET, also compressed
    or behind an address (https, s3, gs); folders with all in them.

    Some uses:
      dedupe audit articles/                     a report to read
      dedupe audit articles/ -o report.json      every finding, with its places
      dedupe audit crawl.jsonl --text-column body --source-column site
      dedupe audit articles/ --fail-on error,repetition>0.05
      zcat crawl.gz | dedupe audit - --format json

    Exit codes: 0 read, 1 --fail-on was hit, 2 wrong use or nothing could be read, 130 interrupted.
    """
    settings = choosing.settings(sharing)
    # Imported when the command runs: `--help` and completion should not wait for it.
    from dedupe.cli import gate, output, running

    plan = reporting.plan(paths)
    ask = gate.plan(gating, paths, settings)
    report = running.read_and_compare(
        ask.articles(paths, settings, plan.files),
        settings,
        quiet=saying.quiet,
        verbose=saying.verbose,
        listed=plan.for_people,
    )
    report = ask.judge(report, quiet=saying.quiet)
    command = output.command("audit", paths, settings)
    plan.write(report, text=not reporting.no_text, command=command, quiet=saying.quiet)
    return ask.exit_code(report)
