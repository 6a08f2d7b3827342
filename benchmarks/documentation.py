"""What `dedupe check` says of documentation, and whether its author would want to know, by reading.

``python -m benchmarks.documentation FOLDER`` checks each project in the folder and counts with the
verdicts in ``benchmarks/verdicts``; ``--show`` prints each finding without one as a line to fill in and
to add to ``documentation.jsonl`` there, ``"wanted": true`` or ``false`` and why, and its text.

The folder holds the Markdown files of packages, a folder each:

- ``next``: ``npm pack next@16.4.6``, its ``dist/docs``
- ``ai``: ``npm pack ai@6.0.326``, its ``docs``
- ``npm``: ``npm pack npm@11.19.1``, its ``docs/content``
- ``nodejs``: the Markdown files of ``share/doc/nodejs`` of Node.js 20.20.2 (as NodeSource packs it)
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.by_eye import VERDICTS, say, verdicts_of
from benchmarks.data import documentation, folder_and_show
from benchmarks.tables import Result
from dedupe import Settings, audit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dedupe.report import Finding

JUDGED = VERDICTS / "documentation.jsonl"
"""Findings that were read: project, id, whether the author would want to know, and why."""

NOTES = (
    "Counted is what `dedupe check` fails on with default settings: findings of severity error.",
    "A reader says whether the author would want to know: to say it once, or at least to know that it "
    "has to be changed in several places. What a form asks for (the same parameter of two functions) "
    "is not wanted.",
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A project and what fails in it."""

    documents: int
    findings: list[Finding]


def main() -> None:
    """Check every project, then count; or show what has no verdict."""
    folder, show = folder_and_show("documentation", "documentation of four packages")
    found = {name: check(path) for name, path in documentation(folder).items()}
    verdicts = {(each["project"], each["id"]): each["wanted"] for each in verdicts_of(JUDGED)}
    if show:
        _show(found, verdicts)
    else:
        result_of(found, verdicts).publish()


def check(folder: Path) -> Checked:
    """What fails in a project; ids are relative to it."""
    with contextlib.chdir(folder):
        report = audit(["."], Settings())
    return Checked(len(report.documents), [each for each in report.findings if each.severity == "error"])


def result_of(found: Mapping[str, Checked], verdicts: Mapping[tuple[str, str], bool | None]) -> Result:
    """Counts of each project, and of all."""
    result = Result(
        "documentation",
        "What `dedupe check` fails on in documentation, against verdicts made by reading.",
        "python -m benchmarks.documentation FOLDER",
        [*found, "all"],
        notes=NOTES,
    )
    of = {
        name: [verdicts.get((name, each.id)) for each in checked.findings]
        for name, checked in found.items()
    }
    of["all"] = [verdict for held in of.values() for verdict in held]
    documents = [checked.documents for checked in found.values()]
    result.add("documents", [*documents, sum(documents)], "{:,}")
    result.add("findings", [len(held) for held in of.values()], "{:,}")
    read = [sum(verdict is not None for verdict in held) for held in of.values()]
    wanted = [sum(verdict is True for verdict in held) for held in of.values()]
    result.add("read", read, "{:,}", "all")
    result.add("wanted", wanted, "{:,}")
    shares = [yes / every if every else None for yes, every in zip(wanted, read, strict=True)]
    result.add("share", shares, "{:.0%}", "at least 90% of all")
    return result


def _show(found: Mapping[str, Checked], verdicts: Mapping[tuple[str, str], bool | None]) -> None:
    for name, checked in found.items():
        for finding in checked.findings:
            if verdicts.get((name, finding.id)) is None:
                record = {"project": name, "id": finding.id, "wanted": None, "why": ""}
                places = [f"    {place.document}:{place.line}" for place in finding.locations]
                say(json.dumps(record), *places, finding.locations[0].text or "")


if __name__ == "__main__":
    main()
