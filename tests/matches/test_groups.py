"""Groups of passages: equal ones, and those similar to the same anchor."""

from __future__ import annotations

import random

import pytest

from dedupe.candidates import banding
from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Compute, Plan
from dedupe.compute.plain import Plain
from dedupe.documents import Document, Intake, read
from dedupe.matches.groups import Groups, group_passages
from dedupe.settings import Settings
from dedupe.sketch.corpus import Corpus, scan

CHANCE = random.Random(1)
VOCABULARY = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def line(words: int) -> str:
    return " ".join(CHANCE.choices(VOCABULARY, k=words)) + "."


def edited(text: str, *places: int) -> str:
    """The text with other words at these places."""
    words = text.split(" ")
    for place in places:
        words[place] = f"new{place}"
    return " ".join(words)


@pytest.fixture(params=[Plain(), Compiled()], ids=["plain", "compiled"])
def compute(request: pytest.FixtureRequest) -> Compute:
    return request.param  # type: ignore[no-any-return]


def grouped(
    lines: list[str], compute: Compute, settings: Settings | None = None
) -> tuple[Corpus, Groups]:
    settings = settings or Settings()
    bands, rows = banding.choose(settings)
    plan = Plan(
        settings.shingle, 4 * settings.min_words, bands, rows, settings.permutations, settings.seed
    )
    stream = read([Document("one", "\n\n".join(lines))], settings, Intake(), None)
    corpus, keys, _ = scan(stream, plan, 1)
    assert len(corpus.passages) == len(lines)
    return corpus, group_passages(corpus, keys, bands, settings, compute, 2)


def test_equal_passages_are_a_group_case_and_punctuation_aside(compute: Compute) -> None:
    one, other = line(20), line(20)
    _, groups = grouped([one, other, f"“{one.upper()}”"], compute)
    assert groups.group[0] == groups.group[2] >= 0
    assert groups.group[1] == -1


def test_similar_passages_are_a_group(compute: Compute) -> None:
    one = line(30)
    _, groups = grouped([one, line(30), edited(one, 7), edited(one, 22)], compute)
    assert groups.group[0] == groups.group[2] == groups.group[3] >= 0
    assert groups.group[1] == -1


def test_passages_below_the_threshold_are_none(compute: Compute) -> None:
    one = line(30)
    pair = [one, edited(one, 3, 10, 17, 24)]  # 16 of 28 shingles kept: 16 / 40
    assert grouped(pair, compute, Settings(threshold=0.41))[1].group.tolist() == [-1, -1]
    near = grouped(pair, compute, Settings(threshold=0.35))[1].group
    assert near[0] == near[1] >= 0


def test_short_passages_match_only_exactly(compute: Compute) -> None:
    short = line(11)
    _, groups = grouped([short, edited(short, 10), short], compute)
    assert groups.group[0] == groups.group[2] >= 0
    assert groups.group[1] == -1
    _, groups = grouped([short, edited(short, 10), short], compute, Settings(min_words=11))
    assert groups.group[0] == groups.group[1] == groups.group[2] >= 0


def test_no_chain_of_small_changes_joins_strangers(compute: Compute) -> None:
    steps = [line(40)]
    for step in range(19):
        steps.append(edited(steps[-1], 2 * step, 2 * step + 1))
    corpus, groups = grouped(steps, compute)
    passages = corpus.passages
    for group in set(groups.group.tolist()) - {-1}:
        members = [row for row in range(20) if groups.group[row] == group]
        assert max(members) - min(members) < 15
        begin = passages.first_word
        runs = [corpus.words[begin[row] : begin[row] + passages.words[row]].tolist() for row in members]
        anchor = members.index(int(groups.anchor[group]))
        sets = [{tuple(run[at : at + 3]) for at in range(38)} for run in runs]
        assert all(len(sets[anchor] & each) / len(sets[anchor] | each) >= 0.5 for each in sets)
    assert len(set(groups.group.tolist())) > 1
    assert (groups.group >= 0).all()


def test_a_passage_whose_neighbours_all_went_elsewhere_is_kept_with_the_nearest(
    compute: Compute,
) -> None:
    middle = line(40)
    near = [edited(middle, place, place + 1, place + 2) for place in (4, 14, 24)]
    hanging = edited(near[2], 34, 35, 36)
    corpus, groups = grouped([middle, *near, hanging], compute, Settings(threshold=0.7))
    assert len(corpus.passages) == 5
    assert len(set(groups.group[:4].tolist())) == 1
    assert groups.group[4] not in (-1, groups.group[0])
    assert groups.extra.tolist() == [[3, 4]]


def test_without_passages_there_are_no_groups(compute: Compute) -> None:
    _, groups = grouped([], compute)
    assert groups.group.size == groups.compared == len(groups.extra) == 0
