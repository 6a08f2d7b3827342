"""What is found of spans that were copied into other places, by how much they were edited.

``python -m benchmarks.planted FOLDER``; with ``--show`` the cases that are missed and the false
detections are printed with their texts.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks import sample
from benchmarks.alignments import OF_A_FINDING, repeated, shared
from benchmarks.data import folder_and_show, press_releases
from benchmarks.plagdet import Comparison
from benchmarks.planting import (
    ARTICLE,
    EDITS,
    LEAST,
    MOST,
    PARAGRAPH,
    RUN,
    SENTENCES,
    articles_of,
    plant,
)
from benchmarks.tables import Result
from dedupe import audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.plagdet import Alignment
    from benchmarks.planting import Corpus, Where
    from dedupe import Settings

SEED = 1
CASES = 100
"""Inside and across, each."""
WHERE: tuple[Where, ...] = ("inside", "across")
MEASURES = ("recall", "precision", "granularity", "plagdet")
HALF = 0.5
TARGETS = {
    "10% of words replaced": "recall at least .98",
    "20% of words replaced": "recall at least .95",
}
NOTES = (
    f"Articles are cut out of every {sample.EVERY}th press release: paragraphs of prose of {PARAGRAPH} "
    f"words or more that share no run of {RUN} words with any other paragraph of the sample, {ARTICLE} "
    "words or more an article. So nothing stands in them twice but what is planted, and which are "
    "taken does not depend on an audit.",
    f"A span has {LEAST} to {MOST} words, drawn by the logarithm; half of the spans are whole "
    "sentences, half begin and end at any word. Where sentences or paragraphs are edited they are "
    f"{SENTENCES} whole sentences or more. The copy goes between two sentences or paragraphs of its own "
    "article (inside), or of another (across).",
    "Words are replaced by words of articles, each drawn as often as it stands there. Of four sentences "
    "one is dropped, or one of another article inserted, never at the ends. Reordered sentences may "
    "have any order. Without newlines the document with the copy is one line.",
    "Each kind of edit is a corpus that is audited by itself, with default settings, the same spans "
    "where the edit takes the same; articles without a planted span stand beside.",
    OF_A_FINDING,
    "Every pair counts: one that detects no case lowers precision. A case is detected where a pair has "
    "a character of it on either side.",
)


def main() -> None:
    """Plant, audit and compare, an edit at a time; print the table."""
    folder, show = folder_and_show("planted")
    articles = articles_of(sample.read(press_releases(folder)))
    result = Result(
        "planted",
        f"{CASES} copied spans inside one article and {CASES} across two, a kind of edit: what is found "
        "of them, to the character.",
        "python -m benchmarks.planted ../shared/data",
        ["detected", *MEASURES],
        notes=NOTES,
    )
    missed: list[dict[str, object]] = []
    false: list[dict[str, object]] = []
    for name, edit in EDITS.items():
        corpus = plant(articles, edit, CASES, SEED)
        compared = compare(corpus)
        for where in WHERE:
            comparison = compared[where]
            measures = comparison.measures()
            detected = sum(map(bool, comparison.of_case)) / CASES
            result.add(
                f"{name}, {where}",
                [detected, *(float(getattr(measures, each)) for each in MEASURES)],
                "{:.3f}",
                TARGETS.get(name, ""),
            )
            missed += [
                {
                    "edit": name,
                    "where": where,
                    "words": words,
                    "recall": recall,
                    "left": left,
                    "right": right,
                }
                for (left, right), words, recall in zip(
                    corpus.cases[where], corpus.words[where], comparison.recall, strict=True
                )
                if recall < HALF
            ]
            false += [{"edit": name, "where": where, "places": each} for each in comparison.false]
        if show:
            sys.stdout.writelines(f"{line}\n" for line in listed(name, corpus, compared))
    result.details |= {"missed": missed, "false": false}
    result.publish()


def compare(corpus: Corpus, settings: Settings | None = None) -> dict[Where, Comparison]:
    """What an audit finds beside what was planted, inside documents and across them."""
    report = audit(corpus.documents, settings)
    return {
        "inside": Comparison(corpus.cases["inside"], repeated(report)),
        "across": Comparison(corpus.cases["across"], shared(report)),
    }


def listed(name: str, corpus: Corpus, compared: dict[Where, Comparison]) -> Iterator[str]:
    """For a reader: the cases of which less than half was found, and what detects none, with texts."""
    texts = {document.id: document.text for document in corpus.documents}

    def shown(places: Alignment) -> Iterator[str]:
        for document, start, end in places:
            yield f"    {document} {start}-{end}: {texts[document][start:end]!r}"

    for where, comparison in compared.items():
        for row, recall in enumerate(comparison.recall):
            if recall < HALF:
                yield f"{name}, {where}, case {row}: recall {recall:.3f}"
                yield from shown(corpus.cases[where][row])
        for each in comparison.false:
            yield f"{name}, {where}, false:"
            yield from shown(each)


if __name__ == "__main__":
    main()
