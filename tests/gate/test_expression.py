"""``--fail-on``: what it takes, and what it says to the rest."""

from __future__ import annotations

import pytest

from dedupe.errors import DedupeError
from dedupe.gate.expression import SCORES, OfFindings, OfScore, parse


@pytest.mark.parametrize("name", ["new", "error", "warning", "info", "near-duplicate", "REU001"])
def test_names_of_findings(name: str) -> None:
    assert parse(name) == (OfFindings(name),)


@pytest.mark.parametrize("name", SCORES)
@pytest.mark.parametrize("comparison", [">", ">=", "<", "<="])
def test_scores(name: str, comparison: str) -> None:
    text = f"{name}{comparison}0.05"
    assert parse(text) == (OfScore(text, name, comparison, 0.05),)


def test_commas_join_and_a_condition_counts_once() -> None:
    assert [each.text for each in parse("error, repetition>0.05,,error")] == ["error", "repetition>0.05"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ERROR", "error"),
        ("rep001", "REP001"),
        ("near_duplicate", "near-duplicate"),
        ("duplication-density > .5", "duplication_density>.5"),
        ("reuse>=1e-3", "reuse>=1e-3"),
    ],
)
def test_spelling_is_forgiven(written: str, meant: str) -> None:
    assert [each.text for each in parse(written)] == [meant]


@pytest.mark.parametrize(
    ("expression", "advice"),
    [
        ("eror", "--fail-on eror is no condition: did you mean error?"),
        ("error,repitition", "--fail-on repitition is no condition: did you mean repetition?"),
        ("REP01", "--fail-on REP01 is no condition: did you mean REP001?"),
        ("nothing like it", "--fail-on takes new, error, a kind, a code or a score"),
        ("repitition>0.1", "did you mean repetition?"),
        ("words>100", "the scores are original, reuse, repetition, boilerplate, duplication_density"),
        ("repetition=0.1", "a score goes as in repetition>0.05"),
        ("repetition>", "a score goes as in repetition>0.05"),
        ("duplication_density", "say from where it fails, as in duplication_density>0.05"),
        ("repetition>5", "a score is compared with a number from 0 to 1, 0.05 for 5%"),
        ("repetition>5%", "a score is compared with a number from 0 to 1, 0.05 for 5%"),
        ("repetition>nan", "a number from 0 to 1"),
        ("repetition>-0.1", "a number from 0 to 1"),
        ("", "--fail-on is empty: takes new"),
        (" , ", "--fail-on is empty"),
    ],
)
def test_what_is_none_is_said_with_what_was_meant(expression: str, advice: str) -> None:
    with pytest.raises(DedupeError) as error:
        parse(expression)
    assert advice in str(error.value)
    assert "\n" not in str(error.value)
