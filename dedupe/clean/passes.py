"""Pass after pass, until an audit of what is left finds nothing more that is to go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dedupe.clean.copies import Judge
from dedupe.clean.plan import Left, plan
from dedupe.clean.select import select
from dedupe.clean.spans import Cut, Original, add, without
from dedupe.documents import Document

if TYPE_CHECKING:
    from collections.abc import Collection

    from dedupe.clean.choices import Choices
    from dedupe.clean.corpus import Article, Corpus, Place
    from dedupe.clean.select import Candidate, Mark
    from dedupe.report import Report

Audit = Callable[[Iterable[Document]], "Report"]


@dataclass(slots=True)
class Decided:
    """All that goes, in places of the texts as read."""

    cuts: dict[str, tuple[Cut, ...]] = field(default_factory=dict)
    dropped: dict[str, Mark] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    """What was to go and stays, as the last audit found it."""
    places: dict[str, Place] = field(default_factory=dict)
    """Where the documents stand that anything is said about."""
    passes: int = 0


def decide(
    corpus: Corpus,
    choices: Choices,
    candidates: list[Candidate],
    audit: Audit,
    frozen: Collection[str] = (),
) -> Decided:
    """Plan, audit what would be left, and plan again.

    Args:
        corpus: the documents.
        choices: what goes.
        candidates: what is to go by the audit of the corpus as it is.
        audit: makes a report of documents.
        frozen: documents that have to stay as they are.
    """
    decided = Decided()
    judge = Judge(corpus.settings.min_words)
    while True:
        decided.passes += 1
        articles = _articles(corpus, decided, candidates)
        found = plan(candidates, articles, choices, judge, frozen)
        decided.left = [_original(left, decided) for left in found.left]
        decided.places.update({left.document: articles[left.document].place for left in found.left})
        if not found:
            return decided
        for document, cuts in found.cuts.items():
            decided.cuts[document] = add(decided.cuts.get(document, ()), cuts)
            decided.places[document] = articles[document].place
        for document, mark in found.dropped.items():
            decided.dropped[document] = mark
            decided.cuts.pop(document, None)
            decided.places[document] = articles[document].place
        del articles, found  # an audit holds the corpus: no other copy of it beside
        candidates = select(audit(documents(corpus, decided)), choices, decided.passes + 1)


def documents(corpus: Corpus, decided: Decided) -> Iterator[Document]:
    """The documents as they will be."""
    for document, _ in corpus.documents():
        if document.id in decided.dropped:
            continue
        cuts = decided.cuts.get(document.id)
        yield replace(document, text=without(document.text, cuts)) if cuts else document


def _articles(corpus: Corpus, decided: Decided, candidates: Iterable[Candidate]) -> dict[str, Article]:
    """The documents that candidates name, as they are by now."""
    wanted = {spot.document for candidate in candidates for spot in candidate.spots}
    if not wanted:
        return {}
    articles = corpus.articles(wanted)
    for name, article in articles.items():
        cuts = decided.cuts.get(name)
        if cuts:
            articles[name] = replace(article, text=without(article.text, cuts))
    return articles


def _original(left: Left, decided: Decided) -> Left:
    cuts = decided.cuts.get(left.document)
    if not cuts:
        return left
    original = Original(cuts)
    return replace(left, start=original.place(left.start), end=original.place(left.end, behind=True))
