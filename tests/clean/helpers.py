"""Reports made by hand, and corpora to clean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from dedupe.clean.choices import Choices
from dedupe.clean.run import Cleaned, clean
from dedupe.documents import Document, Intake, read
from dedupe.report import (
    DocumentScore,
    Finding,
    Fractions,
    Kind,
    Location,
    Report,
    ReportSettings,
    Summary,
)
from dedupe.settings import Settings

KIND_OF: dict[str, Kind] = {
    "REP": "repetition",
    "REU": "reuse",
    "DUP": "near-duplicate",
    "BPL": "boilerplate",
}
EVERYTHING: tuple[Kind, ...] = ("boilerplate", "repetition", "reuse", "near-duplicate")
SETTINGS = Settings()


def spot(document: str, start: int, end: int, *, keep: bool = False) -> Location:
    """A place of a finding."""
    return Location(document, start, end, 1, 1, keep, keep, 1.0, 1.0, None)


def finding(code: str, *spots: Location, words: int = 20, name: str | None = None) -> Finding:
    """A finding over places."""
    name = name or f"{code}-{spots[0].document}-{spots[0].start}"
    return Finding(
        name,
        code,
        KIND_OF[code[:3]],
        "info",
        False,
        words,
        len(spots),
        1.0,
        1.0,
        1.0,
        None,
        (),
        spots,
    )


def report(documents: Iterable[Document], findings: Sequence[Finding]) -> Report:
    """A report of these documents."""
    scores = tuple(
        DocumentScore(each.id, each.source, each.title, 1, len(each.text), 1, Fractions(), ())
        for each in documents
    )
    summary = Summary(len(scores), 0, 0, 0, Fractions(), 0.0, 0.0, 0.0, {})
    return Report("0", ReportSettings(0.5, 0.8, "normal", 12, 3, 128, 25, 5, 1), summary, scores, findings, ())


def documents_at(paths: Sequence[str | Path], settings: Settings = SETTINGS) -> list[Document]:
    """The documents that are read there."""
    stream = read([str(path) for path in paths], settings, Intake())
    return [Document(*row.values()) for batch in stream for row in batch.to_pylist()]


def audit_by(
    find: Callable[[list[Document]], list[Finding]], settings: Settings = SETTINGS
) -> Callable[[Any], Report]:
    """An audit that finds this."""

    def audit(given: Any) -> Report:
        items = list(given)
        held = documents_at(items, settings) if items and isinstance(items[0], str) else items
        return report(held, find(held))

    return audit


def cleaned(
    paths: Sequence[str | Path],
    target: Path | None,
    find: Callable[[list[Document]], list[Finding]],
    settings: Settings = SETTINGS,
    **choices: Any,
) -> Cleaned:
    """Clean with a report made by hand."""
    chosen = Choices(**{"drop": EVERYTHING, **choices})
    return clean([str(path) for path in paths], settings, chosen, target, audit_by(find, settings))
