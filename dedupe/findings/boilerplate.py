"""BPL001 to BPL005: what was never written for its article, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate.decide import codes, fired
from dedupe.boilerplate.label import Labels
from dedupe.boilerplate.templates import FILLINGS, lines_of
from dedupe.boilerplate.votes import Votes
from dedupe.compute.interface import Compute
from dedupe.findings.from_stretches import words_of
from dedupe.findings.severity import INFO
from dedupe.findings.tables import About, Finds, empty, finds_of
from dedupe.matches.equal import hash_runs, hashes_of
from dedupe.matches.groups import Groups, similarity_of
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.frames import unpacked
from dedupe.passages.rules import PARTED
from dedupe.report import Evidence
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus

SLOT: Final = "‹…›"
"""Stands for what fills a template."""
_LOOKED_AT: Final = 20
"""Lines of a template that are looked at for examples."""
_LONGEST: Final = 60
"""Characters of an example."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Stretches of passages, (n,), in the order of the corpus."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    key: NDArray[np.int64]
    """Equal for those of one finding."""
    code: NDArray[np.int64]
    """The digit of the code."""
    cut: NDArray[np.int64]
    """(n, 4): as ``Finds.cut``."""
    about: NDArray[np.int64]
    """What explains each: a passage, or behind twice as many as there are an interruption."""


def find_boilerplate(
    corpus: Corpus, labels: Labels, settings: Settings, compute: Compute, jobs: int
) -> tuple[Finds, About]:
    """The findings of labelled passages: repeated ones by what they say, the others by their lines."""
    rows = np.flatnonzero(labels.boilerplate)
    told, framed = labels.told(rows), labels.framed(rows)
    parts = [
        _carried(corpus, labels.groups, rows[told & ~framed]),
        _single(corpus, labels, rows[~told & ~framed], settings.min_words * WEIGHT_OF_WORD),
        _framed(corpus, labels, rows[framed]),
        _inside(corpus, labels),
    ]
    base = np.cumsum([0, *(part.key.max(initial=-1) + 1 for part in parts)])
    key = np.concatenate([part.key + at for part, at in zip(parts, base, strict=False)])
    first, last, code, cut, about = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("first", "last", "code", "cut", "about")
    )
    if key.size == 0:
        return empty(), lambda _: None
    names, leading, finding = np.unique(key, return_index=True, return_inverse=True)
    order = np.lexsort((first, finding))
    anchor = np.zeros(first.size, np.bool_)
    begins = np.searchsorted(finding[order], np.arange(names.size))
    # Every place is similar to the group's anchor: what says the same leads where it stands here.
    leads = order[begins]
    groups, content = labels.groups, corpus.passages.content
    group = groups.group[first]
    as_anchor = np.flatnonzero(
        (group >= 0) & (content[first] == content[groups.anchor[np.maximum(group, 0)]])
    )
    leads[finding[as_anchor[::-1]]] = as_anchor[::-1]
    anchor[leads] = True
    of_anchor = leads[finding]
    begin, end = words_of(corpus.passages, first, last)
    said = hashes_of(
        corpus.words, begin, end - begin, np.zeros(first.size, np.int64), compute.run(hash_runs)
    )
    is_template = code == 2
    ends = np.cumsum([part.key.size for part in parts])
    said[ends[1] : ends[2]] = labels.templates.key[parts[2].key]
    said[ends[2] :] = labels.interruptions.key[parts[3].key]
    exact = said == said[of_anchor]
    similar = np.ones((3, first.size))
    edited = np.flatnonzero(~exact & ~is_template)
    if edited.size:
        similar[:, edited] = similarity_of(
            corpus.words, begin, end, edited, of_anchor[edited], settings, compute, jobs
        ).both_ways()
    alone = (np.bincount(finding)[finding] == 1) | is_template
    similar[:, alone] = np.nan
    number = code[leading]
    return (
        finds_of(
            np.array(["BPL000", "BPL001", "BPL002", "BPL003", "BPL004", "BPL005"])[number],
            np.full(names.size, INFO),
            finding,
            first,
            last,
            anchor,
            np.zeros(first.size, np.bool_),
            exact,
            similar[0],
            similar[1],
            similar[2],
            np.zeros(first.size, np.bool_),
            cut=cut,
            about=about[leads],
            name=said[leads],
        ),
        _about(corpus, labels),
    )


def _carried(corpus: Corpus, groups: Groups, rows: NDArray[np.int64]) -> _Places:
    """Places of what many documents carry; passages that always stand together are one stretch."""
    group, document = groups.group[rows], corpus.passages.document[rows]
    follows = (rows[1:] == rows[:-1] + 1) & (document[1:] == document[:-1])
    follows &= corpus.passages.flags[rows[1:]] & PARTED == 0
    size = np.bincount(group, minlength=groups.anchor.size)
    before, after = group[:-1][follows], group[1:][follows]
    pairs, of, counts = np.unique(
        before * groups.anchor.size + after, return_inverse=True, return_counts=True
    )
    before, after = pairs // groups.anchor.size, pairs % groups.anchor.size
    always = (counts == size[before]) & (counts == size[after]) & (before != after)
    opens = np.ones(rows.size, np.bool_)
    opens[1:][follows] = ~always[of]
    begins = np.flatnonzero(opens)
    ends = np.append(begins[1:], rows.size)[: begins.size] - 1
    first, ones = rows[begins], np.ones(begins.size, np.int64)
    return _Places(first, rows[ends], group[begins], ones, _whole(begins.size), first)


def _whole(count: int) -> NDArray[np.int64]:
    return np.zeros((count, 4), np.int64)


def _framed(corpus: Corpus, labels: Labels, rows: NDArray[np.int64]) -> _Places:
    """Places of templates: lines that are boilerplate whole, and frames around what is not."""
    passages, templates = corpus.passages, labels.templates
    heads = np.flatnonzero(templates.cut_head & ~labels.boilerplate)
    tails = np.flatnonzero(templates.cut_tail & ~labels.boilerplate)
    head_words, head_bytes, _, _, tail_words, tail_bytes = unpacked(passages.frame)
    size = passages.end - passages.start
    cut_heads, cut_tails = _whole(heads.size), _whole(tails.size)
    cut_heads[:, 2] = passages.words[heads] - head_words[heads]
    cut_heads[:, 3] = size[heads] - head_bytes[heads]
    cut_tails[:, 0] = passages.words[tails] - tail_words[tails]
    cut_tails[:, 1] = size[tails] - tail_bytes[tails]
    places = np.concatenate([rows, heads, tails])
    key = np.concatenate([templates.of[rows], templates.of[heads], templates.tail_of[tails]])
    cut = np.concatenate([_whole(rows.size), cut_heads, cut_tails])
    return _Places(places, places, key, np.full(places.size, 2), cut, places)


def _inside(corpus: Corpus, labels: Labels) -> _Places:
    """Places of what interrupts passages that are not boilerplate themselves."""
    found = labels.interruptions
    free = np.flatnonzero(~labels.boilerplate[found.passage])
    places = found.passage[free]
    code = np.where(found.template[free], 2, 1)
    about = 2 * len(corpus.passages) + free
    return _Places(places, places, found.thing[free], code, found.cut[free], about)


def _single(corpus: Corpus, labels: Labels, rows: NDArray[np.int64], least_weight: int) -> _Places:
    """Places of lines that speak for themselves; equal ones are one finding, a run of a kind too."""
    passages, groups = corpus.passages, labels.groups
    document, group = passages.document[rows], groups.group[rows]
    code = np.where(labels.formulas.weight[rows] > 0, 1, codes(corpus, rows))
    # What other documents have too is a finding with them; a run of lines is one by itself.
    held = np.flatnonzero(group >= 0)
    _, first = np.unique(group[held] * corpus.documents + document[held], return_index=True)
    shared = np.bincount(group[held][first], minlength=groups.anchor.size) > 1
    alone = (group >= 0) & (passages.weight[rows] >= least_weight)
    alone[alone] = shared[group[alone]]
    opens = np.ones(rows.size, np.bool_)
    opens[1:] = (
        (rows[1:] != rows[:-1] + 1)
        | (document[1:] != document[:-1])
        | (code[1:] != code[:-1])
        | (passages.flags[rows[1:]] & PARTED != 0)
        | alone[1:]
        | alone[:-1]
    )
    begins = np.flatnonzero(opens)
    ends = np.append(begins[1:], rows.size)[: begins.size] - 1
    first, last = rows[begins], rows[ends]
    kinds = groups.anchor.size
    one = np.where(groups.group[first] >= 0, groups.group[first], groups.kind[first])
    key = np.where(first == last, one, kinds + np.arange(first.size))
    return _Places(first, last, key * 6 + code[begins], code[begins], _whole(first.size), first)


def _about(corpus: Corpus, labels: Labels) -> About:
    votes, sources, templates = labels.repeated.votes, labels.sources, labels.templates
    lines = lines_of(templates)

    def carried(of: Votes, row: int) -> str:
        source = int(of.source[row])
        name = sources.names[source]
        articles = f"articles of {name}" if name is not None else "articles"
        more = f", {of.all[row]:,} in all" if of.all[row] > of.most[row] else ""
        return f"{of.most[row]:,} of {sources.voters[source]:,} {articles} carry it{more}"

    def interruption(row: int) -> tuple[str | None, tuple[Evidence, ...]]:
        inside = labels.interruptions
        thing = int(inside.thing[row])
        share = carried(inside.votes, thing)
        if not inside.template[row]:
            return None, (Evidence("interruption", f"{share}, inside of sentences"),)
        ways = f"filled in {inside.fillings[thing]:,} ways"
        passage, cut = int(inside.passage[row]), inside.cut[row]
        passages, document = corpus.passages, int(corpus.passages.document[passage])
        start, end = passages.start[passage] + cut[1], passages.end[passage] - cut[3]
        held = corpus.excerpts(document, int(start), int(end))
        return f"{held[: held.find(':') + 1]}{SLOT}]", (Evidence("interruption", f"{share}, {ways}"),)

    def about(row: int) -> tuple[str | None, tuple[Evidence, ...]] | None:
        if row >= 2 * labels.boilerplate.size:
            return interruption(row - 2 * labels.boilerplate.size)
        if row >= labels.boilerplate.size:
            return None
        found, template = [], None
        one = np.array([row])
        if labels.told(one)[0]:
            share = carried(votes, int(labels.groups.group[row]))
            found.append(Evidence("repeated", share, _rounded(labels.repeated.weight[row])))
        of_tail = not labels.boilerplate[row] and not templates.cut_head[row]
        frame = int(templates.tail_of[row] if of_tail else templates.of[row])
        if frame >= 0 and (not labels.boilerplate[row] or labels.framed(one)[0]):
            template = _template(corpus, row, of_tail)
            ways = f"filled in {templates.fillings[frame]:,} ways"
            share = f"{carried(templates.votes, frame)}, {ways}"
            found.append(Evidence("template", share, _rounded(templates.weight[row])))
            examples = _fillings(corpus, lines(frame), of_tail)
            found += [Evidence("filling", each, quotes=True) for each in examples]
            if not labels.boilerplate[row]:
                return template, tuple(found)
        found += [
            Evidence(name, detail, _rounded(weight))
            for name, weight, detail in fired(corpus, labels.page, row)
        ]
        if labels.formulas.weight[row]:
            within, words = int(labels.formulas.within[row]), int(corpus.passages.words[row])
            share = (
                f"{within:,} of its {words:,} words stand in phrases that many articles of several "
                "sources have"
            )
            found.append(Evidence("formula", share, _rounded(labels.formulas.weight[row])))
        leaning = float(labels.neighbours[row])
        if abs(leaning) >= 0.05:
            found.append(Evidence("neighbours", "what stands around it", _rounded(leaning)))
        return template, tuple(found)

    return about


def _rounded(weight: float) -> float:
    """Weights are rough: more digits would say more than is known."""
    return round(float(weight), 2)


def _template(corpus: Corpus, row: int, of_tail: bool) -> str:
    """The frame with its slot."""
    passages = corpus.passages
    _, head, _, _, _, tail = (int(column[0]) for column in unpacked(passages.frame[row : row + 1]))
    start, end = int(passages.start[row]), int(passages.end[row])
    document = int(passages.document[row])
    if of_tail:
        return f"{SLOT} {corpus.excerpts(document, end - tail, end)}"
    return f"{corpus.excerpts(document, start, start + head)} {SLOT}"


def _fillings(corpus: Corpus, rows: NDArray[np.int64], of_tail: bool) -> list[str]:
    """The first different fillings of a template."""
    passages = corpus.passages
    found: list[str] = []
    for row in rows[:_LOOKED_AT].tolist():
        _, head, _, _, _, tail = (int(column[0]) for column in unpacked(passages.frame[row : row + 1]))
        start, end = int(passages.start[row]), int(passages.end[row])
        start, end = (start, end - tail) if of_tail else (start + head, end)
        filling = corpus.excerpts(int(passages.document[row]), start, end).strip()
        filling = filling if len(filling) <= _LONGEST else f"{filling[: _LONGEST - 1].rstrip()}…"
        if filling not in found:
            found.append(filling)
        if len(found) == FILLINGS:
            break
    return found
