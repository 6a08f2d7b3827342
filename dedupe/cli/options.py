"""The options that commands share: one type each, with its variable, help and panel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dedupe.formats.interface import FORMATS
from dedupe.limits import NAMES
from dedupe.settings import Html, Markdown, Sensitivity, Settings

DEFAULTS = Settings()

_REPORT = "Report"
_GATE = "Gate"
_INPUT = "Input"
_MATCHING = "Matching"
_EXPERTS = "For experts"

_FORMAT_NAMES = [each.name for each in FORMATS]
_SUFFIXES = " ".join(suffix for each in FORMATS for suffix in each.suffixes)


def _complete_format(incomplete: str) -> list[str]:
    return [name for name in _FORMAT_NAMES if name.startswith(incomplete)]


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        help="Files and folders to read, else the configured ones; - is JSON Lines on stdin.",
        show_default=False,
    ),
]

# How to report

FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        envvar="DEDUPE_FORMAT",
        metavar="|".join(_FORMAT_NAMES),
        help="What to write to stdout; terminal unless -o is given.",
        autocompletion=_complete_format,
        show_default=False,
        rich_help_panel=_REPORT,
    ),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        envvar="DEDUPE_OUTPUT",
        metavar="FILE",
        help=f"Write the report to this file instead; may be repeated. Its end decides: {_SUFFIXES}",
        show_default=False,
        rich_help_panel=_REPORT,
    ),
]
DataCard = Annotated[
    bool,
    typer.Option(
        "--data-card",
        envvar="DEDUPE_DATA_CARD",
        metavar="",
        help="Markdown for a dataset's card: a paragraph and a table.",
        rich_help_panel=_REPORT,
    ),
]
# No variable: it belongs to one command line.
Diff = Annotated[
    bool,
    typer.Option(
        "--diff",
        metavar="",
        help="Print a patch that takes out what is repeated exactly inside of text files.",
        rich_help_panel=_REPORT,
    ),
]
NoText = Annotated[
    bool,
    typer.Option(
        "--no-text", envvar="DEDUPE_NO_TEXT", metavar="", help="No excerpts.", rich_help_panel=_REPORT
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        envvar="DEDUPE_QUIET",
        metavar="",
        help="Nothing on stderr but the reason of a failure.",
        rich_help_panel=_REPORT,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        envvar="DEDUPE_VERBOSE",
        metavar="",
        help="Say on stderr what was skipped and what was noticed.",
        rich_help_panel=_REPORT,
    ),
]

# What fails

FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        envvar="DEDUPE_FAIL_ON",
        metavar="EXPR",
        help="Exit with 1 if any of these holds, joined by commas: new, error, warning, info, a kind, "
        "a code, a score as in repetition>0.05. Known and allowed findings do not count.",
        show_default=False,
        rich_help_panel=_GATE,
    ),
]
ExitZero = Annotated[
    bool,
    typer.Option(
        "--exit-zero",
        envvar="DEDUPE_EXIT_ZERO",
        metavar="",
        help="Say what fails, but exit with 0.",
        rich_help_panel=_GATE,
    ),
]

# No variables: what writes a file is asked for each time.
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline",
        metavar="FILE",
        help="Write all findings to this baseline: they are known from now on.",
        show_default=False,
        rich_help_panel=_GATE,
    ),
]
UpdateBaseline = Annotated[
    bool,
    typer.Option(
        "--update-baseline",
        metavar="",
        help="Drop from the --baseline what is gone, and renew what was edited; adds nothing.",
        rich_help_panel=_GATE,
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        envvar="DEDUPE_BASELINE",
        metavar="FILE",
        help="Findings of this baseline are known.",
        show_default=False,
        rich_help_panel=_GATE,
    ),
]
BaselineRef = Annotated[
    str | None,
    typer.Option(
        "--baseline-ref",
        envvar="DEDUPE_BASELINE_REF",
        metavar="GITREF",
        help="Findings that the same paths had in this commit are known.",
        show_default=False,
        rich_help_panel=_GATE,
    ),
]
AllowFile = Annotated[
    Path | None,
    typer.Option(
        "--allow",
        envvar="DEDUPE_ALLOW",
        metavar="FILE",
        help="Findings to allow, with reasons; unless given, dedupe-allow.toml in a folder of PATH or "
        "above.",
        show_default=False,
        rich_help_panel=_GATE,
    ),
]

# What counts

Threshold = Annotated[
    float,
    typer.Option(
        "--threshold",
        envvar="DEDUPE_THRESHOLD",
        metavar="0..1",
        help="Jaccard similarity from which two passages match.",
        rich_help_panel=_MATCHING,
    ),
]
SensitivityName = Annotated[
    Sensitivity,
    typer.Option(
        "--sensitivity",
        envvar="DEDUPE_SENSITIVITY",
        metavar="low|normal|high",
        help="low compares paragraphs; normal finds copied spans of any extent; high weaker traces too.",
        rich_help_panel=_MATCHING,
    ),
]
DocumentThreshold = Annotated[
    float,
    typer.Option(
        "--document-threshold",
        envvar="DEDUPE_DOCUMENT_THRESHOLD",
        metavar="0..1",
        help="Containment from which two documents are near-duplicates.",
        rich_help_panel=_MATCHING,
    ),
]
MinWords = Annotated[
    int,
    typer.Option(
        "--min-words",
        envvar="DEDUPE_MIN_WORDS",
        metavar="N",
        help="Shortest stretch that is a finding of its own.",
        rich_help_panel=_MATCHING,
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        envvar="DEDUPE_JOBS",
        metavar="N",
        help="Threads; 0 takes every processor. The result is the same.",
        rich_help_panel=_MATCHING,
    ),
]


# What is read, and what it is compared with

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        envvar="DEDUPE_CONFIG",
        metavar="FILE",
        help="Take settings from this file; unless given, from dedupe.toml or [tool.dedupe] in "
        "pyproject.toml in the folder of PATH or above.",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        envvar="DEDUPE_EXCLUDE",
        metavar="PATTERN",
        help="Leave out what this pattern fits inside of folders, as in .gitignore; may be repeated.",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
MarkdownName = Annotated[
    Markdown,
    typer.Option(
        "--markdown",
        envvar="DEDUPE_MARKDOWN",
        metavar="prose|all",
        help="What is compared of Markdown: prose leaves front matter, code, HTML, includes and the "
        "frames of tables out.",
        rich_help_panel=_INPUT,
    ),
]
HtmlName = Annotated[
    Html,
    typer.Option(
        "--html",
        envvar="DEDUPE_HTML",
        metavar="main|all",
        help="What is read of web pages: main leaves menus, headers and footers out.",
        rich_help_panel=_INPUT,
    ),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        envvar="DEDUPE_LIMIT",
        metavar="NAME=VALUE",
        help=f"Leave out what is over this, as in document=10MB; may be repeated: {', '.join(NAMES)}.",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
Against = Annotated[
    list[str] | None,
    typer.Option(
        "--against",
        envvar="DEDUPE_AGAINST",
        metavar="PATH",
        help="Report only what PATHs share with this archive; may be repeated.",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]
GroupColumn = Annotated[
    str | None,
    typer.Option(
        "--group-column",
        envvar="DEDUPE_GROUP_COLUMN",
        metavar="NAME",
        help="Tell which groups share text: splits, crawls, whatever this column says.",
        show_default=False,
        rich_help_panel=_INPUT,
    ),
]

# Where the columns are


def _column(name: str, what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}-column",
        envvar=f"DEDUPE_{name.upper()}_COLUMN",
        metavar="NAME",
        help=what,
        show_default=False,
        rich_help_panel=_INPUT,
    )
    return option


TextColumn = Annotated[
    str | None,
    _column("text", "Column of the text, if not text, content, body, article; a.b is b inside of a."),
]
IdColumn = Annotated[str | None, _column("id", "Column of the id, if not id.")]
TitleColumn = Annotated[str | None, _column("title", "Column of the title, if not title.")]
SourceColumn = Annotated[str | None, _column("source", "Column of the site or wire, if not source.")]
UrlColumn = Annotated[str | None, _column("url", "Column of the address, if not url.")]
DateColumn = Annotated[str | None, _column("date", "Column of the date, if not date.")]


# The machinery


def _expert(name: str, what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", envvar=f"DEDUPE_{name.upper()}", metavar="N", help=what, rich_help_panel=_EXPERTS
    )
    return option


Shingle = Annotated[int, _expert("shingle", "Words in a shingle.")]
Permutations = Annotated[int, _expert("permutations", "Length of a signature.")]
Bands = Annotated[int, _expert("bands", "Bands of the index; 0 follows the threshold.")]
Rows = Annotated[int, _expert("rows", "Rows of a band; 0 follows the threshold.")]
Seed = Annotated[int, _expert("seed", "Seed of the permutations.")]
