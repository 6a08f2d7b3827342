"""Planted spans stand where the truth says, edited as much as the edit says."""

from __future__ import annotations

import re

import numpy as np
import pytest

from benchmarks.planting import (
    APART,
    EDITS,
    LEAST,
    MOST,
    Stock,
    articles_of,
    plant,
    replaced,
)
from benchmarks.words import WORD
from dedupe import Document

CASES = 6


def sentence(random: np.random.Generator) -> str:
    """Ten to twenty words that stand nowhere else."""
    letters = random.integers(97, 123, (int(random.integers(10, 21)), 9)).astype(np.uint8)
    return " ".join(row.tobytes().decode() for row in letters).capitalize() + "."


def paragraph(random: np.random.Generator) -> str:
    return " ".join(sentence(random) for _ in range(5))


@pytest.fixture(scope="module")
def articles() -> list[Document]:
    random = np.random.Generator(np.random.PCG64(7))
    return [
        Document(f"{row:02}", "\n\n".join(paragraph(random) for _ in range(8)), source="wire")
        for row in range(30)
    ]


def stock() -> Stock:
    return Stock(["other", "words"], ["A sentence from elsewhere."])


def random() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(3))


def words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def without(text: str, start: int, end: int) -> set[str]:
    """The text without a copy, which ends in one blank or a paragraph of its own."""
    return {text[:start] + text[end:].removeprefix(joint) for joint in (" ", "\n\n")}


@pytest.mark.parametrize("name", EDITS)
def test_copies_stand_where_the_truth_says(name: str, articles: list[Document]) -> None:
    corpus = plant(articles, EDITS[name], CASES, 1)
    held = {document.id: document.text for document in corpus.documents}
    before = {article.id: article.text for article in articles}
    if EDITS[name].one_line:
        before |= {name: text.replace("\n\n", " ") for name, text in before.items()}
    for where, every in corpus.cases.items():
        assert len(every) == CASES
        for case, size in zip(every, corpus.words[where], strict=True):
            assert LEAST <= size <= MOST
            assert (case.left.document == case.right.document) == (where == "inside")
            copies = [
                span
                for span in case
                if before[span.document] in without(held[span.document], span.start, span.end)
            ]
            assert copies
            assert all(text == text.strip() for text in (held[name][i:j] for name, i, j in case))


@pytest.mark.parametrize("name", ["copied as it is", "newlines removed"])
def test_what_is_not_edited_says_the_same_on_both_sides(name: str, articles: list[Document]) -> None:
    corpus = plant(articles, EDITS[name], CASES, 1)
    held = {document.id: document.text for document in corpus.documents}
    for case in (*corpus.cases["inside"], *corpus.cases["across"]):
        one, other = (held[span.document][span.start : span.end] for span in case)
        assert one.replace("\n\n", " ") == other.replace("\n\n", " ")
        assert one == other or name == "newlines removed"


def test_a_copy_in_the_same_article_is_apart(articles: list[Document]) -> None:
    for left, right in plant(articles, EDITS["copied as it is"], CASES, 1).cases["inside"]:
        assert right.start - left.end >= APART


@pytest.mark.parametrize("name", EDITS)
def test_the_seed_decides(name: str, articles: list[Document]) -> None:
    one, other = (plant(articles, EDITS[name], 3, 5) for _ in range(2))
    assert one == other
    assert plant(articles, EDITS[name], 3, 6).cases != one.cases


def test_edits_that_take_the_same_spans_are_measured_on_them(articles: list[Document]) -> None:
    few, many = (plant(articles, EDITS[f"{share}% of words replaced"], CASES, 1) for share in (5, 40))
    assert few.words == many.words
    assert [each.id for each in few.documents] == [each.id for each in many.documents]


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.2, 0.4, 1.0])
def test_so_many_words_are_replaced(share: float, articles: list[Document]) -> None:
    text = articles[0].text
    copy = replaced(share).apply(text, random(), stock())
    pairs = list(zip(words(text), words(copy), strict=True))
    assert sum(one != other for one, other in pairs) == round(share * len(pairs))
    assert WORD.sub("", copy) == WORD.sub("", text)


SIX = "One a. Two b. Three c. Four d. Five e. Six f."


def edited(name: str, text: str = SIX) -> str:
    return EDITS[name].apply(text, random(), stock())


def test_dropped_sentences_are_inner_ones() -> None:
    left = re.findall(r"\w+ \w\.", edited("sentences dropped"))
    assert len(left) == 5
    assert left == [each for each in re.findall(r"\w+ \w\.", SIX) if each in left]
    assert (left[0], left[-1]) == ("One a.", "Six f.")


def test_inserted_sentences_are_inner_ones_and_taken_once() -> None:
    shelf = stock()
    copy = EDITS["sentences inserted"].apply(SIX, random(), shelf)
    assert copy.replace("A sentence from elsewhere. ", "") == SIX
    assert copy.startswith("One a.")
    assert copy.endswith("Six f.")
    assert shelf.sentences == []


def test_reordered_sentences_are_the_same_in_another_order() -> None:
    copy = edited("sentences reordered")
    assert copy != SIX
    assert sorted(re.findall(r"\w+ \w\.", copy)) == sorted(re.findall(r"\w+ \w\.", SIX))


def test_paragraphs_are_split_between_sentences_and_merged_into_one() -> None:
    split = edited("paragraphs split")
    assert "\n\n" in split
    assert split.replace("\n\n", " ") == SIX
    assert edited("paragraphs merged", split) == SIX


def test_case_and_punctuation_leave_the_words() -> None:
    text = "The firm's well-known “plan” (of 1.5 bn.-dollars) is here; so it goes... Or does it?! " * 9
    copy = edited("case and punctuation changed", text)
    assert words(copy) == words(text)
    assert copy.casefold() != text.casefold()
    assert copy != copy.casefold()


def test_without_newlines_the_document_is_one_line(articles: list[Document]) -> None:
    corpus = plant(articles, EDITS["newlines removed"], CASES, 1)
    held = {document.id: document.text for document in corpus.documents}
    assert all("\n" not in held[left.document] for left, _ in corpus.cases["inside"])
    for case in corpus.cases["across"]:
        assert sum("\n" in held[span.document] for span in case) == 1


def test_too_few_articles_are_said(articles: list[Document]) -> None:
    with pytest.raises(ValueError, match="too few"):
        plant(articles, EDITS["copied as it is"], 20, 1)


def test_articles_hold_nothing_twice() -> None:
    draw = np.random.Generator(np.random.PCG64(5))
    a, b, c = ([paragraph(draw) for _ in range(8)] for _ in range(3))
    known = paragraph(draw)
    shared_run = f"{sentence(draw)[:-1]} {' '.join(known.split()[10:16])} {sentence(draw)}"
    documents = [
        Document("a", "\n".join(["Heading", *a, known, "About the company", paragraph(draw)])),
        Document("b", "\n\n".join([shared_run, *b, known, f"See www.example.org, {sentence(draw)}"])),
        Document("c", "\n\n".join(c[:2])),
    ]
    kept = articles_of(documents)
    assert [each.id for each in kept] == ["a", "b"]
    assert [each.text for each in kept] == ["\n\n".join(a), "\n\n".join(b)]
