"""``dedupe audit``: read, compare, report."""

from dedupe.cli import options
from dedupe.cli.options import DEFAULTS
from dedupe.settings import Settings


def audit(
    paths: options.Paths,
    format_name: options.FormatName = None,
    outputs: options.Outputs = None,
    no_text: options.NoText = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    threshold: options.Threshold = DEFAULTS.threshold,
    document_threshold: options.DocumentThreshold = DEFAULTS.document_threshold,
    sensitivity: options.SensitivityName = DEFAULTS.sensitivity,
    min_words: options.MinWords = DEFAULTS.min_words,
    jobs: options.Jobs = DEFAULTS.jobs,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    title_column: options.TitleColumn = None,
    source_column: options.SourceColumn = None,
    url_column: options.UrlColumn = None,
    date_column: options.DateColumn = None,
    shingle: options.Shingle = DEFAULTS.shingle,
    permutations: options.Permutations = DEFAULTS.permutations,
    bands: options.Bands = DEFAULTS.bands,
    rows: options.Rows = DEFAULTS.rows,
    seed: options.Seed = DEFAULTS.seed,
) -> None:
    """Report what articles repeat, share, and were never written for.

    Reads text, Markdown, JSON, JSON Lines, CSV, TSV and Parquet; folders with all in them.

    Some uses:
      dedupe audit articles/                     a report to read
      dedupe audit articles/ -o report.json      every finding, with its places
      dedupe audit crawl.jsonl --text-column body --source-column site
      zcat crawl.gz | dedupe audit - --format json

    Exit codes: 0 read, 2 wrong use or nothing could be read, 130 interrupted.
    """
    settings = Settings(
        threshold=threshold,
        document_threshold=document_threshold,
        sensitivity=sensitivity,
        min_words=min_words,
        shingle=shingle,
        permutations=permutations,
        bands=bands,
        rows=rows,
        seed=seed,
        jobs=jobs,
        text_column=text_column,
        id_column=id_column,
        title_column=title_column,
        source_column=source_column,
        url_column=url_column,
        date_column=date_column,
    )
    # Imported when the command runs: `--help` and completion should not wait for it.
    from dedupe.cli import output, running

    plan = output.plan(format_name, outputs or [], paths)
    report = running.read_and_compare(
        paths, settings, quiet=quiet, verbose=verbose, listed=plan.for_people
    )
    command = output.command("audit", paths, settings)
    plan.write(report, text=not no_text, command=command, quiet=quiet)
