"""The verdict on lines from what they say and from their neighbours, without evidence of a corpus."""

from __future__ import annotations

import math
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sketch.test_corpus import batches

from dedupe.boilerplate import decide
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Compute, Plan
from dedupe.compute.plain import Plain
from dedupe.passages.signals import SIGNALS
from dedupe.sketch.corpus import Corpus, scan

HERE = Path(__file__).parent
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
PLAN = Plan(shingle=3, least_weight=48, bands=2, rows=2, permutations=4, seed=1)
BOTH = pytest.mark.parametrize("compute", [Plain(), Compiled()], ids=["plain", "compiled"])
OF_SEEDS = {
    "000": {3, 6, 14},
    "001": {10, *range(18, 67)},
    "002": {2, 3, 4, 5},
    "003": {3, 19},
    "004": {5, 9, 10},
}
EITHER = {("003", 2), ("003", 18)}


def corpus_of(*texts: str) -> Corpus:
    return scan(batches(texts, 100), PLAN, 1)[0]


def scores_of(corpus: Corpus, compute: Compute) -> NDArray[np.float64]:
    page = decide.pages(corpus, compute)
    return decide.decided(decide.line_weights(corpus, page, compute), corpus, page, compute)


def verdicts(text: str, compute: Compute) -> dict[int, bool]:
    """For each line that is a passage, counted from 1, whether it is boilerplate."""
    corpus = corpus_of(text)
    score = scores_of(corpus, compute)
    before = [text.encode()[:start].count(b"\n") for start in corpus.passages.start.tolist()]
    return {line + 1: bool(each > 0) for line, each in zip(before, score, strict=True)}


@pytest.mark.parametrize("path", sorted((HERE / "articles").glob("*.txt")), ids=lambda path: path.stem)
def test_an_article_is_content_from_its_first_line_to_its_last(path: Path) -> None:
    assert not any(verdicts(path.read_text(encoding="utf-8"), Plain()).values())


@BOTH
@pytest.mark.parametrize("path", sorted((HERE / "pages").glob("*.txt")), ids=lambda path: path.stem)
def test_furniture_around_and_inside_an_article_is_found(path: Path, compute: Compute) -> None:
    # Lines that are furniture are marked in the file.
    marked = path.read_text(encoding="utf-8").splitlines()
    found = verdicts("\n".join(line.removeprefix("~ ") for line in marked), compute)
    assert found == {number: marked[number - 1].startswith("~ ") for number in found}


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_lines_of_the_seeds(path: Path) -> None:
    name = path.stem[:3]
    for line, verdict in verdicts(path.read_text(encoding="utf-8"), Plain()).items():
        if (name, line) not in EITHER:
            assert verdict == (line in OF_SEEDS[name]), line


@BOTH
def test_documents_do_not_hear_each_other(compute: Compute) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    texts = [texts[0], "", *texts[1:], "…"]
    together = corpus_of(*texts)
    apart = [corpus_of(text) for text in texts]
    scores = [scores_of(each, compute) for each in apart]
    score = scores_of(together, compute)
    assert np.array_equal(score, np.concatenate(scores))


def test_a_corpus_of_nothing_has_no_scores() -> None:
    corpus = corpus_of()
    assert scores_of(corpus, Plain()).size == 0


@given(
    st.lists(st.floats(-9, 9), min_size=1, max_size=7),
    st.lists(st.integers(0, 2), max_size=2),
)
def test_a_score_is_the_difference_of_the_best_readings(emission: list[float], empty: list[int]) -> None:
    count = len(emission)
    enter, leave = 1.5, 1.25
    costs = np.array([enter, 0, leave, 0, 0, 0, 0, 0, 0, 0], np.float64)
    score = np.empty(count)
    nothing = np.zeros(count, np.int64)
    bounds = np.array([0] * (len(empty) + 1) + [count] + [count] * len(empty))
    decide.lean(
        np.array(emission), nothing, nothing, bounds, np.zeros(bounds.size - 1, np.int64), costs, score
    )
    best = [[-math.inf, -math.inf] for _ in emission]
    for states in product((0, 1), repeat=count):
        value = sum(each for each, state in zip(emission, states, strict=True) if state)
        for one, two in pairwise(states):
            value -= enter * (one < two) + leave * (one > two)
        for row, state in enumerate(states):
            best[row][state] = max(best[row][state], value)
    assert score.tolist() == pytest.approx([two - one for one, two in best])


def test_a_whole_web_page_is_told_from_an_article() -> None:
    menu = (
        "Home\nNews\nSign up\nFollow us\nPrivacy policy\nRelated articles\nCookies\nShare\nContact us\n"
    )
    names = "".join(f"Old Mill {number}\n" for number in range(40))
    prose = "The old mill by the river was sold to a man from the hills in the end.\n"
    verses = "".join(f"And {number} old mills by the river, by the sea\n" for number in range(40))
    pages = (menu + names + prose, prose + menu + names, names + prose)
    others = (prose * 50 + menu, prose + names, names, menu + prose, verses + prose)
    assert decide.pages(corpus_of(*pages), Plain()).tolist() == [1] * len(pages)
    assert decide.pages(corpus_of(*others), Plain()).tolist() == [0] * len(others)


def test_what_fired_is_named_with_its_weight() -> None:
    corpus = corpus_of(
        "The old mill\nBaca juga: Gempa Mengguncang Bali\nNobody came to see it in the end."
    )
    page = decide.pages(corpus, Plain())
    prior, *said = decide.fired(corpus, page, 1)
    assert prior[:2] == ("article", decide.BASE[0])
    assert said[0] == ("begins with link phrase", 5.5, "begins like a link to another article")
    weights = decide.line_weights(corpus, page, Plain())
    for row in range(3):
        assert sum(weight for _, weight, _ in decide.fired(corpus, page, row)) == pytest.approx(
            weights[row]
        )


def test_a_labelled_line_has_the_code_that_its_weightiest_signals_speak_for() -> None:
    lines = [
        "Baca juga: Gempa Mengguncang Bali",
        "loading...",
        "Follow us",
        "© 2024",
        "A",
        "Neutral line",
    ]
    corpus = corpus_of("\n".join(lines))
    assert decide.codes(corpus, np.arange(6)).tolist() == [3, 4, 5, 5, 4, 4]


def test_every_signal_has_a_name_and_a_description_of_its_own() -> None:
    assert len({signal.name for signal in SIGNALS}) == len(SIGNALS) < 63
    assert len({signal.description for signal in SIGNALS}) == len(SIGNALS)
    assert {signal.code for signal in SIGNALS} == {0, 3, 4, 5}
