"""The options that commands have in common, each group declared once, in the order of the help.

A command takes a group as one parameter and says so with ``takes_groups``; on the command line, the
parameter is the group's options. To add an option to every command: its type in ``options.py``, and a
line in its group here (a field of ``Settings`` of the same name, where it decides a result).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from dedupe.cli import configuration, options
from dedupe.cli.options import DEFAULTS
from dedupe.limits import limits_of
from dedupe.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedupe.cli.output import Plan

Result = TypeVar("Result", None, int)


@dataclass(frozen=True, slots=True)
class Group:
    """Options that go together, a field an option."""


@dataclass(frozen=True, slots=True)
class Reporting(Group):
    """Where the report goes, and as what."""

    format_name: options.FormatName = None
    outputs: options.Outputs = None
    no_text: options.NoText = False
    data_card: options.DataCard = False

    def plan(self, inputs: Sequence[str]) -> Plan:
        """What will be written, checked before any work is done.

        Raises DedupeError: an unknown format, or a file that could not be written.
        """
        from dedupe.cli import output

        name = self.format_name
        if self.data_card and name is None and not self.outputs:
            name = "markdown"
        return output.plan(name, self.outputs or [], inputs, data_card=self.data_card)


@dataclass(frozen=True, slots=True)
class Saying(Group):
    """How much is said on stderr."""

    quiet: options.Quiet = False
    verbose: options.Verbose = False


@dataclass(frozen=True, slots=True)
class Gating(Group):
    """What fails a report, and what does not count for it."""

    fail_on: options.FailOn = None
    exit_zero: options.ExitZero = False
    baseline: options.BaselineFile = None
    baseline_ref: options.BaselineRef = None
    write_baseline: options.WriteBaseline = None
    update_baseline: options.UpdateBaseline = False
    allow: options.AllowFile = None


@dataclass(frozen=True, slots=True)
class Choosing(Group):
    """What decides the result: fields of ``Settings``, under the same names."""

    threshold: options.Threshold = DEFAULTS.threshold
    document_threshold: options.DocumentThreshold = DEFAULTS.document_threshold
    sensitivity: options.SensitivityName = DEFAULTS.sensitivity
    min_words: options.MinWords = DEFAULTS.min_words
    jobs: options.Jobs = DEFAULTS.jobs
    text_column: options.TextColumn = None
    id_column: options.IdColumn = None
    title_column: options.TitleColumn = None
    source_column: options.SourceColumn = None
    url_column: options.UrlColumn = None
    date_column: options.DateColumn = None
    exclude: options.Exclude = None
    markdown: options.MarkdownName = DEFAULTS.markdown
    html: options.HtmlName = DEFAULTS.html
    limit: options.Limit = None
    shingle: options.Shingle = DEFAULTS.shingle
    permutations: options.Permutations = DEFAULTS.permutations
    bands: options.Bands = DEFAULTS.bands
    rows: options.Rows = DEFAULTS.rows
    seed: options.Seed = DEFAULTS.seed

    def settings(self, sharing: Sharing | None = None) -> Settings:
        """As the settings of an audit, with what only a file can say.

        Raises DedupeError: a value is out of its range.
        """
        found = configuration.current()
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        given["exclude"] = tuple(self.exclude or ())
        given["limits"] = limits_of(given.pop("limit") or ())
        return Settings(
            **given,
            exclude_base=found.folder if "exclude" in found.used else None,
            scopes=found.scopes,
            scopes_base=found.folder if found.scopes else None,
            against=tuple(sharing.against or ()) if sharing else (),
            group_column=sharing.group_column if sharing else None,
        )


@dataclass(frozen=True, slots=True)
class Sharing(Group):
    """Who is told to share text with whom."""

    against: options.Against = None
    group_column: options.GroupColumn = None


def takes_groups(command: Callable[..., Result]) -> Callable[..., Result]:
    """Let the command line see the options of a command's groups in place of the groups.

    Also ``--config``, which is read before the command runs, and of which it hears nothing.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, type[Group]] = {}
    shown: list[inspect.Parameter] = []
    for parameter in inspect.signature(command).parameters.values():
        kind = hints[parameter.name]
        if isinstance(kind, type) and issubclass(kind, Group):
            groups[parameter.name] = kind
            shown += _options_of(kind)
        else:
            shown.append(parameter.replace(annotation=kind))

    shown.append(
        inspect.Parameter(
            "config", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=options.ConfigFile
        )
    )

    def run(**given: Any) -> Result:
        given.pop("config", None)
        for name, kind in groups.items():
            given[name] = kind(**{each.name: given.pop(each.name) for each in fields(kind)})
        return command(**given)

    # What typer reads: the help, and the parameters with their types.
    run.__doc__ = command.__doc__
    run.__annotations__ = {each.name: each.annotation for each in shown}
    run.__signature__ = inspect.Signature(shown)  # type: ignore[attr-defined]
    return run


def _options_of(kind: type[Group]) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    for each in fields(kind):
        yield inspect.Parameter(
            each.name,
            inspect.Parameter.POSITIONAL_OR_KEYWORD,
            default=each.default,
            annotation=hints[each.name],
        )
