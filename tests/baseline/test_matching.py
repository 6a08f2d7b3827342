"""Which findings a baseline knows, after whatever was done to their texts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dedupe
from dedupe import Document
from dedupe.baseline.entries import gather
from dedupe.baseline.fingerprints import Fingerprint, fingerprinted, in_other_words
from dedupe.baseline.matching import Matches, match
from tests.baseline.test_fingerprints import finding
from tests.prose import article, edited, paragraph


def of_text(text: str, places: int = 2, code: str = "REP001") -> Fingerprint:
    ((_, fingerprint),) = fingerprinted([finding(*[text] * places, code=code)])
    return fingerprint


def of_articles(*texts: str) -> list[Fingerprint]:
    """The repetition of articles."""
    report = dedupe.audit([Document(f"{number}.txt", text) for number, text in enumerate(texts)])
    return [each for found, each in fingerprinted(report.findings) if found.kind == "repetition"]


def against(found: list[Fingerprint], before: list[Fingerprint]) -> Matches:
    return match(found, gather(before))


BLOCK = "\n\n".join(paragraph(seed, 48) for seed in range(6))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(2, 4)), max_size=8))
def test_what_was_there_is_known(chosen: list[tuple[int, int]]) -> None:
    found = [of_text(paragraph(seed), places) for seed, places in chosen]
    assert against(found, found) == Matches([True] * len(found), [], set())


def test_something_else_is_new() -> None:
    matches = against([of_text(paragraph(1))], [of_text(paragraph(2))])
    assert matches.known == [False]
    assert [key.digest for key in matches.stale] == [of_text(paragraph(2)).digest]


def test_the_same_text_of_another_kind_is_new() -> None:
    assert against([of_text(BLOCK, code="REU001")], [of_text(BLOCK)]).known == [False]


def test_a_further_copy_is_new_and_one_less_is_known() -> None:
    assert against([of_text(BLOCK, 3)], [of_text(BLOCK, 2)]).known == [False]
    assert against([of_text(BLOCK, 2)], [of_text(BLOCK, 3)]).known == [True]


def test_of_a_text_that_stands_in_more_places_all_findings_are_new() -> None:
    """Which of them came last cannot be told from the text."""
    one = of_text(BLOCK)
    assert against([one, one, one], [one, one]).known == [False, False, False]


def test_an_entry_with_a_further_copy_is_not_stale() -> None:
    matches = against([of_text(BLOCK, 3)], [of_text(BLOCK, 2)])
    assert matches.stale == []
    assert {key.digest for key in matches.grown} == {of_text(BLOCK).digest}


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1, 0.15])
@pytest.mark.parametrize("seed", range(5))
def test_an_edit_that_leaves_most_shingles_keeps_it_known(share: float, seed: int) -> None:
    """A word in ten replaced leaves about 0.9³ of the shingles."""
    found = of_text(edited(BLOCK, share, seed))
    assert against([found], [of_text(BLOCK)]).known == [True]
    # The same edit does not make room for a copy.
    assert against([replace(found, places=3)], [of_text(BLOCK)]).known == [False]
    assert against([found, of_text(BLOCK)], [of_text(BLOCK)]).known == [False, True]


@pytest.mark.parametrize("seed", range(5))
def test_a_rewrite_is_new(seed: int) -> None:
    assert against([of_text(edited(BLOCK, 0.4, seed))], [of_text(BLOCK)]).known == [False]


def test_a_block_that_grew_by_more_than_itself_is_new() -> None:
    grown = "\n\n".join([BLOCK, *(paragraph(seed, 48) for seed in range(20, 30))])
    assert against([of_text(grown)], [of_text(BLOCK)]).known == [False]


def test_pieces_of_a_known_block_are_known_but_not_twice() -> None:
    pieces = [of_text(f"{paragraph(at, 48)}\n\n{paragraph(at + 1, 48)}") for at in (0, 2, 4)]
    assert against(pieces, [of_text(BLOCK)]).known == [True] * 3
    assert against([*pieces, *pieces], [of_text(BLOCK)]).known == [True] * 3 + [False] * 3


@pytest.mark.parametrize("share", [0.1, 0.3])
@pytest.mark.parametrize("seed", range(3))
def test_an_edit_that_breaks_a_block_in_two_keeps_both_known(share: float, seed: int) -> None:
    """One stretch of the copy is rewritten: an audit then finds what is left of it around that."""
    before = f"{paragraph(90)}\n\n{BLOCK}\n\n{paragraph(91)}\n\n{BLOCK}\n"
    copy = BLOCK.split(" ")
    start, length = (seed + 1) * len(copy) // 5, int(share * len(copy))
    copy[start : start + length] = paragraph(100 + seed, length).split(" ")
    after = f"{paragraph(90)}\n\n{BLOCK}\n\n{paragraph(91)}\n\n{' '.join(copy)}\n"
    known = of_articles(before)
    found = of_articles(after)
    assert len(known) == 1
    assert found
    assert all(against(found, known).known)


def test_an_edited_copy_of_a_document_stays_known_however_many_ranges_it_has() -> None:
    whole = article(*range(10))
    paragraphs = whole.strip().split("\n\n")
    paragraphs[4] = paragraph(77)
    before = dedupe.audit([Document("a", whole), Document("b", whole)])
    after = dedupe.audit([Document("a", whole), Document("b", "\n\n".join(paragraphs))])
    (old,), (new,) = (list(fingerprinted(report.findings)) for report in (before, after))
    assert (old[0].code, new[0].code) == ("DUP001", "DUP002")
    assert against([new[1]], [old[1]]).known == [True]


def test_an_edit_that_makes_one_text_of_two_makes_neither_new() -> None:
    """Two articles that repeated nearly the same now repeat the same."""
    one, other = of_text(BLOCK), of_text(edited(BLOCK, 0.05))
    assert against([one, one], [one, other]).known == [True, True]
    assert against([one, one, one], [one, other]).known == [False, False, False]


def test_a_finding_is_known_by_any_of_its_places() -> None:
    """Two versions with half of their words in common: an edit may make the other the anchor."""
    version = edited(BLOCK, 0.5)
    before, after = finding(BLOCK, version), finding(edited(version, 0.05), edited(BLOCK, 0.05))
    ((_, old),), ((_, new),) = (list(fingerprinted([each])) for each in (before, after))
    assert against([new], [old]).known == [False]

    def reworded(_: int) -> list[Fingerprint]:
        return [each for _, each in fingerprinted(in_other_words(after))]

    assert match([new], gather([old]), reworded).known == [True]


def test_a_third_copy_with_an_edit_is_new() -> None:
    known = of_articles(f"{BLOCK}\n\n{paragraph(90)}\n\n{BLOCK}\n")
    third = f"{BLOCK}\n\n{paragraph(90)}\n\n{BLOCK}\n\n{paragraph(91)}\n\n{edited(BLOCK, 0.1)}\n"
    assert False in against(of_articles(third), known).known


def test_many_entries_that_are_nearly_the_same_each_know_their_own() -> None:
    texts = [f"{paragraph(1, 40)} item{number} of{number}." for number in range(300)]
    entries = [of_text(text) for text in texts]
    changed = [of_text(f"{text} Later.") for text in texts]
    assert against(changed, entries).known == [True] * 300
    assert against([*changed, *changed], entries).known == [True] * 300 + [False] * 300


def test_the_order_of_findings_decides_nothing_about_exact_ones() -> None:
    found = [of_text(edited(BLOCK, 0.05)), of_text(BLOCK)]
    assert against(found, [of_text(BLOCK)]).known == [False, True]
    assert against(found[::-1], [of_text(BLOCK)]).known == [True, False]


def test_short_findings_are_known_by_all_their_shingles() -> None:
    line = "Subscribe to our morning letter and never miss a story again today"
    assert against([of_text(f"{line} please")], [of_text(line)]).known == [True]
    assert against([of_text("Read more")], [of_text("Read less")]).known == [False]
