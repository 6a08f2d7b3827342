"""``check --changed``: the whole corpus is compared, and what changed is what counts."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dedupe.documents import Intake
from dedupe.documents.find import find
from dedupe.documents.formats import reader_of
from dedupe.documents.patterns import excludes
from dedupe.documents.text import read as one_document_a_file
from dedupe.errors import DedupeError
from dedupe.findings.assemble import Lazy
from dedupe.formats.shared.numbers import count
from dedupe.git import repository
from dedupe.report import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dedupe.report import DocumentScore, Finding, Report
    from dedupe.settings import Settings


def without_excluded(paths: Sequence[str], settings: Settings) -> list[str]:
    """The paths without what the settings leave out: a hook is handed whatever changed."""
    return [path for path in paths if not excludes(path, settings.exclude, settings.exclude_base)]


def corpus(changed: Sequence[str], settings: Settings, configured: Sequence[str] = ()) -> list[str]:
    """The paths to compare: those that are configured, else every article that git tracks.

    What the settings exclude is left out; what changed is among them in any case.

    Raises DedupeError: nothing is configured, and this is no git repository.
    """
    paths = list(configured)
    if not paths:
        found = repository()
        if found is None:
            raise DedupeError("--changed is for a git repository, and this folder is in none")
        here = os.path.realpath(os.curdir)
        tracked = [os.path.relpath(os.path.join(found.root, name), here) for name in found.tracked()]
        paths = without_excluded(tracked, settings)
    return [*paths, *changed]


def documents(paths: Sequence[str], changed: Sequence[str], settings: Settings) -> set[str]:
    """The ids of the documents in changed files, as an audit of the paths gives them."""
    wanted = {os.path.realpath(path) for path in changed}
    files = [file for file in find(paths, Intake(), settings) if os.path.realpath(file.where) in wanted]
    if all(reader_of(file.path) is one_document_a_file for file in files):
        return {file.path for file in files}
    # Rows have ids of their own, and which a row gets depends on those before it.
    from dedupe.clean.corpus import open_corpus

    whole = open_corpus(paths, settings)
    there = {number for number, file in enumerate(whole.files) if os.path.realpath(file.where) in wanted}
    return {
        name
        for found in whole.read()
        for name, place in zip(found.batch.column("id").to_pylist(), found.places, strict=True)
        if place.file in there
    }


def narrow(report: Report, changed: Collection[str]) -> Report:
    """The report with those findings alone in which a changed document takes part.

    Scores stay those of the whole corpus.
    """
    findings, scores = report.findings, report.documents
    kept: list[int] = []
    kinds: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    known = 0
    ids = set()
    for index, finding in enumerate(findings):
        if any(place.document in changed for place in finding.locations):
            kept.append(index)
            kinds[finding.kind] += 1
            severities[finding.severity] += 1
            known += finding.known
            ids.add(finding.id)
    new_index = {index: position for position, index in enumerate(kept)}

    def finding_at(index: int) -> Finding:
        return findings[kept[index]]

    def score_at(index: int) -> DocumentScore:
        score = scores[index]
        return replace(score, findings=tuple(each for each in score.findings if each in ids))

    causes = [replace(c, finding=new_index[c.finding]) for c in report.causes if c.finding in new_index]
    listed = f"{count(len(changed), 'changed document')}: findings of others are left out"
    return replace(
        report,
        summary=replace(
            report.summary, findings={kind: kinds[kind] for kind in report.summary.findings}
        ),
        documents=Lazy(len(scores), score_at),
        findings=Lazy(len(kept), finding_at),
        notes=(*report.notes, listed),
        ranking=[index for index in report.ranking if scores[index].id in changed],
        severities={severity: severities[severity] for severity in SEVERITIES},
        causes=causes,
        known=known,
    )
