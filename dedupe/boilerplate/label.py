"""Which passages were never written for their article: all evidence in one score, and what it said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dedupe.boilerplate.decide import decided, line_weights, pages
from dedupe.boilerplate.formulas import Formulas
from dedupe.boilerplate.interruptions import Interruptions, interruptions
from dedupe.boilerplate.repeated import FEWEST, Repeated, repeated
from dedupe.boilerplate.templates import Templates, mine
from dedupe.boilerplate.votes import Sources, sources_of
from dedupe.compute.interface import Compute
from dedupe.matches.equal import number
from dedupe.matches.groups import Groups
from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Labels:
    """The verdict on every passage, and the parts of its score, in nats; above 0 is boilerplate."""

    boilerplate: NDArray[np.bool_]
    """(p,)"""
    page: NDArray[np.int64]
    """(d,): 1 for a document that is a whole web page."""
    repeated: Repeated
    """What the documents that carry it say,"""
    templates: Templates
    """and those that carry its frame."""
    interruptions: Interruptions
    """What is boilerplate inside of passages that are not."""
    formulas: Formulas
    """What phrases say that many sources have in common."""
    neighbours: NDArray[np.float64]
    """(p,): what the passages around it say, and its place in the document."""
    sources: Sources
    groups: Groups

    def told(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of some passages, those that enough documents carry to say what they are."""
        group = self.groups.group[rows]
        told: NDArray[np.bool_] = (group >= 0) & (self.repeated.votes.most[group] >= FEWEST)
        return told

    def framed(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of some passages, those of which their frame says more than all of their words."""
        template, group = self.templates.of[rows], self.groups.group[rows]
        votes = self.repeated.votes.most
        carried = np.where(group >= 0, votes[group], 0) if votes.size else np.zeros(rows.size, np.int64)
        framed: NDArray[np.bool_] = (template >= 0) & (self.templates.weight[rows] > 0)
        framed[framed] = self.templates.votes.most[template[framed]] > carried[framed]
        return framed


def label(
    corpus: Corpus,
    groups: Groups,
    voter: NDArray[np.int64],
    phrases: Formulas,
    settings: Settings,
    compute: Compute,
    jobs: int,
) -> Labels:
    """Weigh the evidence for every passage, and let neighbours lean with each other.

    Args:
        corpus: the documents.
        groups: of their passages.
        voter: (d,): ``votes.electorate``.
        phrases: ``formulas.formulas``.
        settings: the minimum length.
        compute: what computes it.
        jobs: threads.
    """
    sources = sources_of(corpus, voter)
    least = settings.min_words * WEIGHT_OF_WORD
    page = pages(corpus, compute)
    with ThreadPoolExecutor(jobs) as pool:
        # Each kind of evidence by itself.
        mined = pool.submit(mine, corpus, voter, sources, compute)
        counted = pool.submit(repeated, corpus, groups, voter, sources, least, compute.run(number))
        weighed = pool.submit(line_weights, corpus, page, compute)
        cut = pool.submit(interruptions, corpus, voter, sources, compute)
        templates, votes = mined.result(), counted.result()
        line, inside = weighed.result(), cut.result()
    emission = line + votes.weight + templates.weight + phrases.weight
    score = decided(emission, corpus, page, compute)
    found = score > 0.0
    # What many documents carry is one thing: the same verdict wherever it stands.
    _agree(found, np.where(templates.weight > 0, templates.of, -1))
    told = (groups.group >= 0) & (votes.votes.most[groups.group] >= FEWEST)
    told[corpus.titles] &= votes.weight[corpus.titles] > 0
    _agree(found, np.where(told, groups.group, -1))
    return Labels(found, page, votes, templates, inside, phrases, score - emission, sources, groups)


def _agree(found: NDArray[np.bool_], thing: NDArray[np.int64]) -> None:
    """Give the passages of each thing the verdict of most of them; -1 is none."""
    rows = np.flatnonzero(thing >= 0)
    things = thing[rows]
    ayes = np.bincount(things, found[rows])
    found[rows] = (2 * ayes > np.bincount(things))[things]
