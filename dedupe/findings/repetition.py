"""REP001, REP002, REP003: what a document repeats inside itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.findings import form, left_out, reasons
from dedupe.findings.from_stretches import (
    finds_in_words,
    group_stretches,
    is_a_passage,
    long_enough,
    prose_weight,
    weight_between,
    with_left_out,
    words_of,
)
from dedupe.findings.severity import ERROR, INFO, LONG_WEIGHT, WARNING
from dedupe.findings.tables import Finds, empty
from dedupe.matches.blocks import blocks
from dedupe.matches.groups import Groups
from dedupe.matches.links import links
from dedupe.matches.stretches import Stretches, count_covered, covered, joined, of_blocks
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus


def find_repetition(
    corpus: Corpus,
    groups: Groups,
    spans: Stretches,
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> Finds:
    """Blocks that stand more than once in the same document.

    The kept copy is the first that is mostly running prose, else the first. A single line that
    returns with edits while at most one of its places is prose is an echo between fixed slots: the
    title in the link to the original, the lead in a caption.
    """
    passages = corpus.passages
    taking_part = np.flatnonzero(groups.group >= 0)
    # Within a document the group's anchor may be absent: the first place of the group stands for it.
    key = passages.document[taking_part] * (groups.group.max(initial=0) + 1) + groups.group[taking_part]
    _, first, local, counts = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    repeated = counts[local] > 1
    lefts, rights = links(taking_part[repeated], local[repeated], taking_part[first], compute.run)
    inside = passages.document[groups.extra[:, 0]] == passages.document[groups.extra[:, 1]]
    lefts = np.concatenate([lefts, groups.extra[inside, 0]])
    rights = np.concatenate([rights, groups.extra[inside, 1]])
    found = blocks(
        lefts,
        rights,
        groups.group,
        groups.group >= 0,
        passages.document,
        passages.weight,
        compute.run,
    )
    found = found.take(found.matched >= settings.min_words * WEIGHT_OF_WORD)
    stretches = [of_blocks(found, passages.first_word, passages.words), spans]
    together = joined(stretches, corpus.first_words, compute.run)
    together = long_enough(together, corpus, settings, compute)
    if len(together) == 0:
        return empty()
    grouped = group_stretches(together, corpus, settings, compute, jobs, apart=True)
    rows = taking_part[repeated & (passages.weight[taking_part] >= settings.min_words * WEIGHT_OF_WORD)]
    same = groups.kind[rows] * corpus.documents + passages.document[rows]
    begin, end = words_of(passages, rows, rows)
    inside = covered(
        corpus.words.size, grouped.begin, grouped.end, begin, end, compute.run(count_covered)
    )
    grouped = with_left_out(grouped, rows, same, passages, inside == end - begin)
    prose = prose_weight(corpus, grouped.begin, grouped.end)
    weight = weight_between(corpus, grouped.begin, grouped.end, compute)
    keep = first_of_each(grouped.finding, grouped.begin, 2 * prose < weight)
    other = left_out.differs(grouped, corpus, settings, compute, jobs)
    grouped = replace(grouped, exact=grouped.exact & ~other)
    others_exact = np.zeros(grouped.count, np.bool_)
    others_exact[grouped.finding[grouped.exact & ~grouped.anchor]] = True
    anchor = np.flatnonzero(grouped.anchor)
    anchor = anchor[np.argsort(grouped.finding[anchor])]
    in_prose = np.bincount(grouped.finding, 2 * prose >= weight, grouped.count)
    of_lines = is_a_passage(corpus, grouped.begin, grouped.end)
    echo = (in_prose < 2) & (np.bincount(grouped.finding, ~of_lines, grouped.count) == 0)
    code = np.where(others_exact, "REP001", np.where(echo, "REP003", "REP002"))
    severity = np.where(
        others_exact,
        np.where(prose[anchor] >= LONG_WEIGHT, ERROR, INFO),
        np.where(echo, INFO, WARNING),
    )
    formal = form.by_form(grouped, severity == ERROR, corpus, settings, compute, jobs)
    severity = np.where(formal, INFO, severity)
    about = np.where(formal, reasons.about(reasons.FORM, grouped.count), -1)
    return finds_in_words(code, severity, grouped, keep, corpus, compute, jobs, about)


def first_of_each(
    finding: NDArray[np.int64], place: NDArray[np.int64], later: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Marks one row of each finding: the first by place among those not ``later``, else the first."""
    order = np.lexsort((place, later, finding))
    leading = np.ones(order.size, np.bool_)
    leading[1:] = finding[order][1:] != finding[order][:-1]
    marked = np.zeros(order.size, np.bool_)
    marked[order[leading]] = True
    return marked
