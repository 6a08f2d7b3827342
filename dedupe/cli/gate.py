"""What a command does about its gate: understand it before the work, judge the report after it."""

from __future__ import annotations

import os
import shlex
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dedupe.baseline import entries
from dedupe.baseline.entries import Baseline
from dedupe.baseline.fingerprints import fingerprinted
from dedupe.cli.notices import say
from dedupe.documents import Intake
from dedupe.documents.find import find
from dedupe.documents.formats import is_known
from dedupe.errors import DedupeError
from dedupe.formats.shared.numbers import count, number
from dedupe.gate import allowed
from dedupe.gate.allowed import AllowList
from dedupe.gate.changed import narrow
from dedupe.gate.expression import parse
from dedupe.gate.judge import judge
from dedupe.gate.marks import Marked, mark
from dedupe.git import repository

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dedupe.cli.shared import Gating
    from dedupe.gate.expression import Term
    from dedupe.git import Repository
    from dedupe.report import Report
    from dedupe.settings import Settings

FAILED: Final = 1
USUAL_BASELINE: Final = ".dedupe-baseline"
_SHOWN: Final = 20
"""Changes of a baseline that are listed."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked of a report."""

    terms: tuple[Term, ...]
    exit_zero: bool
    baseline: Baseline | None
    allow: AllowList | None
    to_write: Path | None
    """Where all findings go."""
    to_update: Path | None
    """The baseline to renew."""
    own_files: tuple[Path, ...]
    """Baselines that are read or written."""

    def articles(
        self, paths: Sequence[str], settings: Settings, reports: Sequence[Path] = ()
    ) -> list[str]:
        """The paths without baselines and reports that stand among them and are named like articles."""
        own = {
            os.path.realpath(path)
            for path in (*self.own_files, *reports)
            if is_known(path.name) and path.is_file()
        }
        if not own:
            return list(paths)
        intake = Intake()
        files = find(paths, intake, settings)
        kept = [file.where for file in files if os.path.realpath(file.where) not in own]
        # What could not be found is still to be told.
        return (
            list(paths) if len(kept) == len(files) else [*kept, *(each.path for each in intake.skipped)]
        )

    def judge(self, report: Report, *, quiet: bool, changed: Collection[str] | None = None) -> Report:
        """The report with what is known, allowed, and failed; baselines are written.

        Where ``changed`` is given, only findings in these documents count.

        Raises DedupeError: a baseline cannot be written.
        """
        if self.baseline is not None or self.allow is not None or self.to_write is not None:
            marked = mark(
                report,
                self.baseline or {},
                self.allow or AllowList(()),
                everything=self.to_write is not None,
            )
            report = marked.report
            if self.to_write is not None:
                _write(self.to_write, marked, quiet)
            if self.to_update is not None:
                _update(self.to_update, marked, quiet)
                report = replace(report, stale=())
        if changed is not None:
            report = narrow(report, changed)
        return replace(report, gate=judge(report, self.terms)) if self.terms else report

    def exit_code(self, report: Report) -> int:
        """What the command exits with."""
        failed = report.gate is not None and report.gate.failed
        return FAILED if failed and not self.exit_zero else 0


def plan(gating: Gating, paths: Sequence[str], settings: Settings, usual: str | None = None) -> Gate:
    """What to ask of the report; ``usual`` is asked where nothing else is.

    Raises DedupeError: an expression, a baseline or a list that is none; a file that cannot be written.
    """
    expression = gating.fail_on if gating.fail_on is not None else usual
    terms = parse(expression) if expression is not None else ()
    if gating.baseline is not None and gating.baseline_ref is not None:
        raise DedupeError("--baseline and --baseline-ref contradict each other: give one")
    if gating.update_baseline and gating.baseline is None:
        raise DedupeError("--update-baseline needs the baseline to update: --baseline FILE")
    if gating.update_baseline and gating.write_baseline is not None:
        raise DedupeError("--update-baseline and --write-baseline contradict each other: give one")
    target = gating.write_baseline or (gating.baseline if gating.update_baseline else None)
    if target is not None:
        _check(target)
    return Gate(
        terms,
        gating.exit_zero,
        _known(gating, paths, settings),
        _allowed(gating.allow, paths),
        gating.write_baseline,
        gating.baseline if gating.update_baseline else None,
        tuple(path for path in (gating.baseline, gating.write_baseline) if path is not None),
    )


def _known(gating: Gating, paths: Sequence[str], settings: Settings) -> Baseline | None:
    """What is known before."""
    if gating.baseline_ref is not None:
        return _of_commit(gating.baseline_ref, paths, settings)
    path = gating.baseline
    if path is None:
        return None
    if path == gating.write_baseline and not path.exists():
        return {}
    hint = "write one with --write-baseline"
    return entries.parse(_read(path, "baseline", hint), str(path))


def _of_commit(revision: str, paths: Sequence[str], settings: Settings) -> Baseline:
    """What an audit of the same paths finds in a commit."""
    if "-" in paths:
        raise DedupeError("--baseline-ref compares files: standard input is in no commit")
    found = repository(paths[0])
    if found is None:
        raise DedupeError(f"--baseline-ref needs a git repository, and {paths[0]} is in none")
    from dedupe.audit import audit

    with tempfile.TemporaryDirectory(prefix="dedupe-") as above:
        folder = os.path.join(above, os.path.basename(found.root) or "root")
        there = found.export(revision, paths, folder)
        if not there:
            return {}
        report = audit(there, _there(settings, found, folder))
        return entries.gather(fingerprint for _, fingerprint in fingerprinted(report.findings))


def _there(settings: Settings, found: Repository, folder: str) -> Settings:
    """The settings for a commit that was written to a folder: patterns are relative to one in it."""

    def moved(base: str | None) -> str:
        inside = os.path.relpath(os.path.realpath(base or os.curdir), found.root)
        return os.path.normpath(os.path.join(folder, inside))

    return replace(
        settings,
        exclude_base=moved(settings.exclude_base),
        scopes_base=moved(settings.scopes_base),
        group_column=None,
    )


def _allowed(given: Path | None, paths: Sequence[str]) -> AllowList | None:
    """The list that was named, else the nearest one above what is read."""
    path = given or upwards(allowed.FILE_NAME, paths)
    if path is None:
        return None
    return allowed.parse(_read(path, "list of allowed findings", "--allow names another"), str(path))


def upwards(name: str, paths: Sequence[str]) -> Path | None:
    """The file of this name in the folder that holds all paths, or the nearest one above.

    It is not looked for above a git repository.
    """
    held = [os.path.abspath(path) for path in paths if path != "-"] or [os.getcwd()]
    folder = Path(os.path.commonpath(held))
    if not folder.is_dir():
        folder = folder.parent
    for each in (folder, *folder.parents):
        if (each / name).is_file():
            near = os.path.relpath(each / name)
            return each / name if near.startswith(os.pardir) else Path(near)
        if (each / ".git").exists():
            break
    return None


def _read(path: Path, what: str, hint: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DedupeError(f"there is no {what} {path}: {hint}") from error
    except UnicodeDecodeError as error:
        raise DedupeError(f"{path} is no {what}: it is not UTF-8 text") from error
    except OSError as error:
        raise DedupeError(f"{path} cannot be read: {error.strerror or error}") from error


def _check(path: Path) -> None:
    """See that a baseline can be written."""
    if path.is_dir():
        raise DedupeError(f"the baseline {path} is a folder: name a file")
    if not path.parent.is_dir():
        raise DedupeError(f"the baseline {path} cannot be written: there is no folder {path.parent}")
    writable = os.access(path, os.W_OK) if path.exists() else os.access(path.parent, os.W_OK | os.X_OK)
    if not writable:
        raise DedupeError(f"the baseline {path} cannot be written: no permission")
    if path.exists() and path.stat().st_size:
        # Whatever else stands there is not lost to a slip of the hand.
        entries.parse(_read(path, "baseline", ""), str(path))


def _write(path: Path, marked: Marked, quiet: bool) -> None:
    baseline = marked.everything()
    _replace(path, baseline)
    if quiet:
        return
    say(f"{count(len(marked.fingerprints), 'finding')} recorded in {path}: known from now on")
    found = repository(str(path.parent))
    if found is not None and not found.merges_by_union(str(path)):
        line = shlex.quote(f"/{found.inside(str(path))} merge=union")
        say(f"so that branches merge it by themselves: echo {line} >> {_attributes(found.root)}")


def _attributes(root: str) -> str:
    path = os.path.relpath(os.path.join(root, ".gitattributes"), os.path.realpath(os.curdir))
    return shlex.quote(path)


def _update(path: Path, marked: Marked, quiet: bool) -> None:
    renewed = marked.renewed()
    if renewed != marked.baseline:
        _replace(path, renewed)
    if quiet:
        return
    changes = list(_changes(marked, renewed))
    if not changes:
        say(f"{path} is as it should be: nothing to drop or renew")
        return
    for line in changes[:_SHOWN]:
        say(f"{path}: {line}")
    if len(changes) > _SHOWN:
        say(f"{path}: and {number(len(changes) - _SHOWN)} changes more")


def _changes(marked: Marked, renewed: Baseline) -> Iterator[str]:
    """What an update changes, an entry a line."""
    stale = set(marked.matches.stale)
    for key in sorted(marked.baseline.keys() | renewed.keys()):
        before, after = marked.baseline.get(key), renewed.get(key)
        if before == after:
            continue
        name = f"{key.kind} {key.digest}"
        if before is None:
            yield f"added, an edited one as it is now: {name}"
        elif after is None:
            yield f"dropped, {'gone' if key in stale else 'edited'}: {name}"
        else:
            yield f"{before.places:,} places before, {after.places:,} now: {name}"


def _replace(path: Path, baseline: Baseline) -> None:
    from dedupe.cli.output import replacing

    with replacing(path) as stream:
        stream.write(entries.render(baseline))
