"""Lines found again in documents that lost their newlines."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pyarrow as pa
import pytest

from dedupe import Document, audit
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Compute, Plan
from dedupe.compute.plain import Plain
from dedupe.documents import SCHEMA
from dedupe.settings import Settings
from dedupe.sketch import lines
from dedupe.sketch.corpus import Corpus, Keys, Passages, _Builder, _scans
from dedupe.sketch.lines import boundaries, lost_newlines, with_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAN = Plan(shingle=3, least_weight=48, bands=4, rows=2, permutations=8, seed=1)
COMPUTES = [Compiled(), Plain()]
ABOUT = (
    "About Acme Acme Springs makes springs, anvils and coyote bait for customers in forty countries. "
    "It was founded in Ohio in 1949 and employs nine hundred people."
)
CONTACT = "Media Contact Jo Doe Acme Springs Press Office press@acme.example +1 555 0100"
NAMES = [f"Name{row}" for row in range(20)]


def story(seed: int, sentences: int = 18) -> str:
    """Sentences that no other seed gives."""
    chance = random.Random(seed)
    return " ".join(
        " ".join(
            [
                chance.choice(NAMES),
                *(f"w{chance.randrange(10**6)}" for _ in range(chance.randint(8, 14))),
            ]
        )
        + "."
        for _ in range(sentences)
    )


def scanned(
    texts: Sequence[str], compute: Compute, size: int = 1000, jobs: int = 1
) -> tuple[Corpus, Keys]:
    """The corpus and keys of some texts, read in batches."""
    nothing: list[None]
    batches = []
    for start in range(0, len(texts), size):
        held = texts[start : start + size]
        nothing = [None] * len(held)
        columns = {"id": [f"{start + row}" for row in range(len(held))], "text": list(held)}
        batches.append(
            pa.RecordBatch.from_arrays(
                [pa.array(columns.get(each.name, nothing), each.type) for each in SCHEMA],
                schema=SCHEMA,
            )
        )
    builder = _Builder(PLAN, ())
    for scanned in _scans(batches, compute, PLAN, Settings(), jobs):
        builder.append(scanned)
    return builder.finish()


def columns(corpus: Corpus, keys: Keys) -> list[object]:
    return [
        corpus.words.tolist(),
        *(getattr(corpus.passages, each.name).tolist() for each in fields(Passages)),
        keys.passages.tolist(),
        [keys.of_band(band).tolist() for band in range(PLAN.bands)],
        corpus.markers.tolist(),
        corpus.document_words.tolist(),
        corpus.document_characters.tolist(),
        corpus.document_passages.tolist(),
    ]


def found(texts: Sequence[str], row: int) -> list[str]:
    """The passages of a document, once lines were looked for."""
    compute = COMPUTES[0]
    corpus, _ = with_lines(*scanned(texts, compute), PLAN, compute, 1)
    return [
        corpus.excerpts(row, int(start), int(end))
        for document, start, end in zip(
            corpus.passages.document, corpus.passages.start, corpus.passages.end, strict=True
        )
        if document == row
    ]


class TestADocumentHasLostItsNewlines:
    @pytest.mark.parametrize("compute", COMPUTES)
    def test_where_it_is_one_long_line(self, compute: Compute) -> None:
        texts = [story(1), "A title\n" + story(2, 40), story(3, 2), "", f"{story(4)}\n\n{story(5, 4)}"]
        assert lost_newlines(scanned(texts, compute)[0]).tolist() == [0, 1]


class TestALineBegins:
    """Frequencies of the seeds at each word of one document to where lines begin in it."""

    @staticmethod
    def of(frequency: list[int], least: int = 4) -> tuple[list[int], list[int]]:
        held = np.array(frequency)
        places, opens = boundaries(held, np.array([0]), np.array([held.size]), least)
        return places[opens].tolist(), places[~opens].tolist()

    def test_where_many_documents_begin_to_say_the_same(self) -> None:
        assert self.of([1] * 20 + [9] * 30 + [0] * 3) == ([20], [])

    def test_and_where_they_no_more_do(self) -> None:
        # The last seed that all have is at word 29, and four words long.
        assert self.of([1] * 10 + [9] * 20 + [1] * 30 + [0] * 3) == ([10], [33])

    def test_where_more_documents_have_what_follows(self) -> None:
        assert self.of([5] * 10 + [9] * 10 + [20] * 20 + [0] * 3) == ([20], [])

    def test_not_at_the_first_word(self) -> None:
        assert self.of([9] * 30 + [0] * 3) == ([], [])

    def test_not_where_few_do(self) -> None:
        assert self.of([1] * 20 + [3] * 30 + [0] * 3) == ([], [])

    def test_not_where_a_phrase_is_common(self) -> None:
        assert self.of([1] * 20 + [90] * (lines.SEEDS - 1) + [1] * 30 + [0] * 3) == ([], [])

    def test_what_fills_a_template_stays_with_it(self) -> None:
        gap = [1] * (lines.SLOT + lines.SEED - 1)
        frequency = [1] * 20 + [9] * 10 + gap + [9] * 10 + [0] * 3
        assert self.of(frequency) == ([20, 30 + len(gap)], [])
        longer = [1] * 20 + [9] * 10 + gap + [1] + [9] * 10 + [0] * 3
        assert self.of(longer) == ([20, 31 + len(gap)], [33])

    def test_no_document_goes_on_in_the_next(self) -> None:
        frequency = np.array([*[1] * 17, *[0] * 3, *[9] * 17, *[0] * 3])
        places, _ = boundaries(frequency, np.array([0, 20]), np.array([20, 40]), 4)
        assert places.size == 0


class TestDocumentsOfOneLine:
    TEXTS: ClassVar = [
        f"{story(row)} {ABOUT} {CONTACT} Story number {row} of {NAMES[row]}" for row in range(20)
    ]

    def test_have_lines_where_the_others_show_them(self) -> None:
        passages = found(self.TEXTS, 7)
        assert passages[-1].startswith("About Acme")
        assert " ".join(passages) == self.TEXTS[7]

    def test_have_the_passages_that_they_have_with_newlines(self) -> None:
        with_newlines = [text.replace(" About", "\nAbout") for text in self.TEXTS]
        for compute in COMPUTES:
            held = with_lines(*scanned(self.TEXTS, compute), PLAN, compute, 1)
            assert columns(*held) == columns(*scanned(with_newlines, compute))

    def test_may_stand_among_others(self) -> None:
        others = [story(100 + row, 3) for row in range(30)]
        texts = [text for pair in zip(self.TEXTS, others[:20], strict=True) for text in pair] + others[
            20:
        ]
        with_newlines = [text.replace(" About", "\nAbout") for text in texts]
        for compute in COMPUTES:
            expected = columns(*scanned(with_newlines, compute))
            for size, jobs in ((1000, 1), (7, 1), (7, 2), (1, 2)):
                held = with_lines(*scanned(texts, compute, size, jobs), PLAN, compute, jobs)
                assert columns(*held) == expected

    def test_are_left_as_they_are_where_they_are_few(self) -> None:
        corpus, keys = scanned(self.TEXTS[:3], COMPUTES[0])
        assert with_lines(corpus, keys, PLAN, COMPUTES[0], 1)[0] is corpus

    def test_are_left_as_they_are_where_they_have_nothing_in_common(self) -> None:
        corpus, keys = scanned([story(row) for row in range(20)], COMPUTES[0])
        assert with_lines(corpus, keys, PLAN, COMPUTES[0], 1)[0] is corpus

    def test_have_their_boilerplate_labelled_to_the_letter(self) -> None:
        texts = [
            f"{story(row)} {ABOUT} {CONTACT} {story(50 + row, 2) if row % 2 else ''}"
            for row in range(20)
        ]
        report = audit([Document(f"{row}", text, source="wire") for row, text in enumerate(texts)])
        labelled = [
            " ".join(place.text or "" for place in finding.locations if place.document == "3")
            for finding in report.findings
            if finding.kind == "boilerplate"
        ]
        assert " ".join(labelled) == f"{ABOUT} {CONTACT}"
        assert not any(finding.kind == "reuse" for finding in report.findings)
