"""The whole of it: audit → what goes → a folder with the cleaned files and their manifest."""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedupe.clean import folder as folders
from dedupe.clean import manifest
from dedupe.clean.copies import count_words
from dedupe.clean.corpus import Corpus, open_corpus
from dedupe.clean.layout import names
from dedupe.clean.passes import Decided, decide
from dedupe.clean.select import select
from dedupe.clean.write import differing, write
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from dedupe.clean.choices import Choices
    from dedupe.documents import Document
    from dedupe.report import Kind, Report
    from dedupe.settings import Settings

    Audit = Callable[[Sequence[str] | Iterable[Document]], Report]


@dataclass(frozen=True, slots=True)
class Removed:
    """What went for findings of one code."""

    code: str
    kind: Kind
    findings: int
    places: int
    words: int


@dataclass(frozen=True, slots=True)
class Affected:
    """What went of one document."""

    document: str
    words: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a clean did, or would do."""

    removed: list[Removed]
    """By code."""
    documents: list[Affected]
    """Those with most words removed first."""
    left: Counter[str]
    """Why places that were to go stay, and how many."""
    read: int
    """Documents in all."""
    passes: int


def clean(
    paths: Sequence[str],
    settings: Settings,
    choices: Choices,
    target: Path | None,
    audit: Audit,
    *,
    first: Audit | None = None,
) -> Cleaned:
    """Write a cleaned copy of a corpus.

    Args:
        paths: files and folders.
        settings: how to read and compare.
        choices: what goes.
        target: the folder to write; None writes nothing.
        audit: makes a report of paths or documents.
        first: the same for the first time, to show how it comes along.

    Raises:
        DedupeError: wrong use, nothing could be read, or the folder cannot be written.
    """
    if "-" in paths:
        raise DedupeError("standard input has no file to write a cleaned copy of: name files or folders")
    if target is not None:
        folders.check(target, paths)
    corpus = open_corpus(paths, settings, overlooked=_manifests(paths))
    named = names(paths, [*(file.where for file in corpus.files), *corpus.others])
    report = (first or audit)(corpus.paths)
    read = report.summary.documents
    candidates = select(report, choices)
    del report  # it holds the corpus
    frozen: set[str] = set()
    if target is None:
        decided = decide(corpus, choices, candidates, audit)
        corpus.check()
        return _cleaned(corpus, decided, read)
    with folders.appearing(target) as draft:
        while True:
            decided = decide(corpus, choices, candidates, audit, frozen)
            files = len(corpus.files)
            written = write(draft, corpus, named[:files], named[files:], decided, choices)
            unsafe = written.unsafe or differing(corpus, draft, named, decided, written.changed)
            corpus.check()
            if not unsafe:
                break
            # Rare: a file that would be read differently. What it was to lose stays in it.
            frozen |= unsafe
            _empty(draft)
            candidates = select(audit(corpus.paths), choices)
        return _cleaned(corpus, decided, read)


def _manifests(paths: Iterable[str]) -> set[str]:
    """Manifests of earlier cleans, by their real path: they are no documents."""
    found = set()
    for path in paths:
        name = os.path.join(path, manifest.NAME) if os.path.isdir(path) else path
        if manifest.is_manifest(name):
            found.add(os.path.realpath(name))
    return found


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _cleaned(corpus: Corpus, decided: Decided, read: int) -> Cleaned:
    findings: dict[tuple[str, Kind], set[str]] = defaultdict(set)
    places: Counter[str] = Counter()
    words: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    wanted = decided.cuts.keys() | decided.dropped.keys()
    articles = corpus.articles(wanted) if wanted else {}
    order = {name: article.order for name, article in articles.items()}
    for name in sorted(wanted, key=lambda name: order[name]):
        text = articles[name].text
        dropped = decided.dropped.get(name)
        gone = (
            [(dropped, text)]
            if dropped
            else [(cut.mark, text[cut.start : cut.end]) for cut in decided.cuts[name]]
        )
        for mark, stretch in gone:
            count = count_words(stretch)
            findings[mark.code, mark.kind].add(mark.id)
            places[mark.code] += 1
            words[mark.code] += count
            documents[name] += count
    return Cleaned(
        [
            Removed(code, kind, len(ids), places[code], words[code])
            for (code, kind), ids in sorted(findings.items())
        ],
        [
            Affected(name, count, name in decided.dropped)
            for name, count in sorted(documents.items(), key=lambda each: (-each[1], order[each[0]]))
        ],
        Counter(left.reason for left in decided.left),
        read,
        decided.passes,
    )
