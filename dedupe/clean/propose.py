"""What could go of files in place: exact repeated blocks, of files that are one document in UTF-8.

One pass of a clean's plan over a report, for people who edit their articles themselves.
"""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dedupe.clean.choices import Choices
from dedupe.clean.copies import Judge
from dedupe.clean.corpus import open_corpus
from dedupe.clean.plan import plan
from dedupe.clean.select import Candidate, Mark, Spot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.report import Report
    from dedupe.settings import Settings

CODE: Final = "REP001"
NO_FILE: Final = "stands in a row of a table"
NOT_UTF8: Final = "stands in a file that is not UTF-8"
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Edit:
    """What goes of one file."""

    path: str
    """As it was given."""
    text: str
    """All of the file, a byte order mark included."""
    cuts: tuple[tuple[int, int], ...]
    """In code points, sorted and apart."""


@dataclass(slots=True)
class Proposal:
    """What could go, and what stays for which reason."""

    edits: list[Edit] = field(default_factory=list)
    """In the order of documents."""
    left: Counter[str] = field(default_factory=Counter)
    """How many places stay that were to go, by reason."""


def propose(paths: Sequence[str], settings: Settings, report: Report) -> Proposal:
    """The blocks that an audit of these paths found repeated exactly, but those known or allowed.

    The kept place stays, and so does whatever could not go without leaving half a sentence.

    Raises:
        DedupeError: a file was changed since the audit, or two cannot be told apart.
    """
    candidates = [
        Candidate(
            Mark(finding.id, finding.code, finding.kind),
            tuple(
                Spot(place.document, place.start, place.end, place.keep, place.jaccard)
                for place in finding.locations
            ),
        )
        for finding in report.findings
        if finding.code == CODE and not finding.known and finding.allowed is None
    ]
    proposal = Proposal()
    if not candidates:
        return proposal
    corpus = open_corpus(paths, settings)
    wanted = {spot.document for each in candidates for spot in each.spots}
    articles = corpus.articles(wanted)
    planned = plan(candidates, articles, Choices(drop=("repetition",)), Judge(settings.min_words))
    proposal.left.update(left.reason for left in planned.left)
    for document in sorted(planned.cuts, key=lambda name: articles[name].order):
        article, cuts = articles[document], planned.cuts[document]
        file = corpus.files[article.place.file]
        if article.place.row is not None:
            proposal.left[NO_FILE] += len(cuts)
            continue
        mark = _byte_order_mark(file.where, article.text)
        if mark is None:
            proposal.left[NOT_UTF8] += len(cuts)
            continue
        ranges = tuple((cut.start + len(mark), cut.end + len(mark)) for cut in cuts)
        proposal.edits.append(Edit(file.path, mark + article.text, ranges))
    corpus.check()
    return proposal


def _byte_order_mark(where: str, text: str) -> str | None:
    """What stands before the text in its file: nothing or a mark; None where it is not this text."""
    with open(where, "rb") as stream:
        data = stream.read()
    mark = _MARK if data.startswith(codecs.BOM_UTF8) else ""
    return mark if data == (mark + text).encode() else None
