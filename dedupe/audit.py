"""The whole pipeline: documents → passages → signatures → candidates → matches → findings → report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

import dedupe
from dedupe.boilerplate import formulas, votes
from dedupe.boilerplate.label import label
from dedupe.candidates import banding
from dedupe.compute import choose
from dedupe.compute.interface import Plan
from dedupe.documents import Document, Intake, read
from dedupe.findings import (
    against,
    assemble,
    boilerplate,
    form,
    groupings,
    layout,
    near_duplicates,
    origin_of_rows,
    quotes,
    reasons,
    repetition,
    reuse,
    scores,
    tables,
)
from dedupe.matches import spans
from dedupe.matches.groups import group_passages
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.report import Report, ReportSettings
from dedupe.settings import Settings
from dedupe.sketch import lines
from dedupe.sketch.corpus import scan, texts_of_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Paths = Iterable[str | os.PathLike[str]] | str | os.PathLike[str]
    Progress = Callable[[str, int, int], None]


def audit(
    documents: Paths | Iterable[Document],
    settings: Settings | None = None,
    *,
    progress: Progress | None = None,
) -> Report:
    """Find what documents repeat inside themselves and share with each other.

    Args:
        documents: paths of files and folders, or documents.
        settings: how to read, compare and report.
        progress: called now and then with what is being done, bytes read, and bytes in all.

    Returns:
        The report; of no documents, where nothing could be read (``report.skipped`` says why).

    Raises:
        DedupeError: wrong use.
    """
    settings = settings or Settings()
    jobs = settings.jobs or os.cpu_count() or 1
    bands, rows = banding.choose(settings)

    # Documents, their passages, and the bands of their signatures.
    intake = Intake()
    stream = read(documents, settings, intake, progress)
    plan = _plan(settings, bands, rows)
    corpus, keys, compute = scan(stream, plan, jobs, settings)
    # Where newlines were lost, the corpus shows where lines began.
    corpus, keys = lines.with_lines(corpus, keys, plan, compute, jobs)

    groups_of = groupings.groupings(corpus, settings.group_column) if settings.group_column else None

    # Candidates share a band; those that match exactly enough are groups.
    groups = group_passages(corpus, keys, bands, settings, compute, jobs)
    del keys  # they take half as much memory as the texts

    # Documents that are copies of each other have one vote on what is boilerplate.
    same = near_duplicates.first_of_equal(corpus)
    others = (same == range(corpus.documents))[corpus.passages.document]
    kept = reuse.kept_copies(corpus, groups.group, others & (groups.group >= 0))
    with ThreadPoolExecutor(1) as beside:
        # Meanwhile the phrases that many sources have are learned.
        phrases = beside.submit(formulas.formulas, corpus, same, compute, jobs)
        blocks = reuse.stretches_across(corpus, groups, kept, compute)
        nothing = np.zeros(len(corpus.passages), np.bool_)
        near = near_duplicates.find_near_duplicates(
            blocks, corpus, nothing, settings, compute, jobs, told=False
        )
        voter = votes.electorate(corpus, same, near.anchor)
    labels = label(corpus, groups, voter, phrases.result(), settings, compute, jobs)
    groups = groups.without(labels.boilerplate)
    if intake.archive:
        # What is boilerplate is told from all documents alike; what is shared, from here on.
        corpus = replace(corpus, archive=intake.archive)
        same = against.first_in_archive(corpus, same)
        others = (same == range(corpus.documents))[corpus.passages.document]

    # Spans grow from the few words that few places share, wherever they begin and end.
    within, across = spans.find_spans(
        corpus, groups, others, labels.boilerplate, labels.formulas.words, settings, compute, jobs
    )

    # Groups that follow each other are blocks, in one document or two; with the spans they make
    # findings.
    with ThreadPoolExecutor(2) as beside:
        furniture = beside.submit(boilerplate.find_boilerplate, corpus, labels, settings, compute, jobs)
        repeated = beside.submit(
            repetition.find_repetition, corpus, groups, within, settings, compute, jobs
        )
        copies = near_duplicates.find_exact_copies(corpus, same)
        taking_part = others & (groups.group >= 0)
        kept = reuse.kept_copies(corpus, groups.group, taking_part)
        alike = reuse.stretches_across(corpus, groups, kept, compute, across)
        near = near_duplicates.find_near_duplicates(
            alike, corpus, labels.boilerplate, settings, compute, jobs
        )
        if corpus.archive:
            near = against.led_by_archive(corpus, near)
        if len(near.finds):
            if corpus.archive:
                taking_part &= ~against.said_by_anchor(corpus, near, compute)
            else:
                taking_part &= ~near_duplicates.said_by_anchor(corpus, groups, near.anchor)
            kept = reuse.kept_copies(corpus, groups.group, taking_part)
            across = near_duplicates.not_said(across, corpus, near, compute)
            alike = reuse.stretches_across(corpus, groups, kept, compute, across)
        shared = reuse.find_reuse(alike, near, taking_part, corpus, groups, settings, compute, jobs)

        # Scores and the report.
        echoing, echoes = layout.gather_echoes(repeated.result(), corpus, labels.sources)
        of_furniture, explain_furniture = furniture.result()
        explain: list[tables.About] = [
            near.explain,
            reasons.explain_exact(corpus, same),
            quotes.explain,
            form.explain,
            echoes.get,
            explain_furniture,
        ]
        finds = tables.together([of_furniture, echoing, copies, near.finds, shared])
        listed = finds
        if corpus.archive:
            listed = against.shared_with_archive(corpus, tables.together([copies, near.finds, shared]))
            finds = tables.together([of_furniture, listed])
        said = assemble.contents_of(finds, corpus, compute)
        scoring = beside.submit(scores.score, finds, said, corpus, compute)
        ordered = assemble.in_order(listed, corpus, said[said.size - listed.first.size :])
        scored = scoring.result()
    return Report(
        version=dedupe.__version__,
        settings=ReportSettings(
            threshold=settings.threshold,
            document_threshold=settings.document_threshold,
            sensitivity=settings.sensitivity,
            min_words=settings.min_words,
            shingle=settings.shingle,
            permutations=settings.permutations,
            bands=bands,
            rows=rows,
            seed=settings.seed,
            markdown=settings.markdown,
            html=settings.html,
            limits=settings.limits.changed,
            exclude=settings.exclude,
            scopes=settings.scopes,
            against=settings.against,
            group_column=settings.group_column,
        ),
        summary=assemble.summary(ordered, corpus, scored),
        documents=assemble.documents(ordered, corpus, scored),
        findings=assemble.findings(ordered, corpus, explain, compute, jobs),
        skipped=tuple(intake.skipped),
        notes=tuple(intake.notes),
        ranking=assemble.ranking(corpus, scored),
        severities=assemble.severities(ordered),
        causes=assemble.causes(ordered, corpus, explain, compute),
        articles=assemble.articles(ordered, corpus, compute, of_furniture if corpus.archive else None),
        origins=origin_of_rows.Origins(corpus, intake.stretches),
        groups=groupings.shares(listed, corpus, same, groups_of) if groups_of is not None else (),
    )


def signatures(texts: Iterable[str], settings: Settings | None = None) -> NDArray[np.uint32]:
    """MinHash signatures, each text taken as one passage.

    Bit for bit those of ``datasketch.MinHash(num_perm=settings.permutations, seed=settings.seed,
    scheme="affine32", hashfunc=xxhash.xxh32_intdigest)`` for the text's shingles as UTF-8.

    Returns:
        (n, settings.permutations) uint32; 2**32 - 1 throughout for a text without a word.
    """
    settings = settings or Settings()
    held = texts_of_strings(texts)
    compute = choose(int(held.offsets[-1]))
    return compute.signatures(held, settings.shingle, settings.permutations, settings.seed)


def _plan(settings: Settings, bands: int, rows: int) -> Plan:
    return Plan(
        shingle=settings.shingle,
        least_weight=min(settings.min_words * WEIGHT_OF_WORD, 1 << 62),
        bands=bands,
        rows=rows,
        permutations=settings.permutations,
        seed=settings.seed,
    )


class _Callable(ModuleType):
    """``dedupe.audit`` is this page and, as users know it, the function on it."""

    def __call__(self, *arguments: Any, **options: Any) -> Report:
        return audit(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
