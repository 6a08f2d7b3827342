"""The pairs that dedupe verifies, before it groups anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe.candidates import banding
from dedupe.candidates.pairs import candidate_pairs
from dedupe.compute.interface import Plan
from dedupe.documents import Intake, read
from dedupe.matches.groups import similarity_of
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.sketch.corpus import scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe import Document, Settings

JOBS = 2


def matching_pairs(
    documents: Sequence[Document], settings: Settings
) -> tuple[list[tuple[int, int]], int, int]:
    """Pairs of passages (rows among all) verified as matching, pairs compared, passages signed."""
    bands, rows = banding.choose(settings)
    plan = Plan(
        shingle=settings.shingle,
        least_weight=settings.min_words * WEIGHT_OF_WORD,
        bands=bands,
        rows=rows,
        permutations=settings.permutations,
        seed=settings.seed,
    )
    corpus, keys, compute = scan(read(documents, settings, Intake(), None), plan, JOBS)
    passages = corpus.passages
    is_first = np.zeros(len(passages), np.bool_)
    is_first[np.unique(passages.content, return_index=True)[1]] = True
    chosen = is_first[keys.passages]
    held = keys.passages[chosen]
    lefts, rights = candidate_pairs(lambda band: keys.of_band(band)[chosen], bands, compute, JOBS)
    first, last = passages.first_word[held], passages.first_word[held] + passages.words[held]
    words = corpus.words
    jaccard = similarity_of(words, first, last, lefts, rights, settings, compute, JOBS).jaccard
    match = jaccard >= settings.threshold
    pairs = zip(held[lefts[match]].tolist(), held[rights[match]].tolist(), strict=True)
    return list(pairs), lefts.size, keys.passages.size
