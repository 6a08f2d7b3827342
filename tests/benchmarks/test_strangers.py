"""Releases of the same topic that have nothing to do with each other, and what readers said of them."""

from __future__ import annotations

import json

from benchmarks.by_eye import digest
from benchmarks.plagdet import Span
from benchmarks.strangers import (
    TOPICS,
    Meeting,
    Release,
    Verdicts,
    between_strangers,
    drawn,
    names_of,
    result_of,
    strangers,
    to_judge,
    topic_of,
)
from dedupe import Document, audit

MINING = "The drill found ore. More drilling is planned, and exploration goes on"
SAID = "it is the policy of everybody who writes these lines to say nothing that was not said before"


def release(name: str, more: str = "") -> Document:
    return Document(name.lower(), f"{MINING} at {name}, for {name} wants it. {name} said so.\n\n{more}")


OTHERS = [release(f"Name{row}") for row in range(200)]
"""So many that a name of two releases is rare."""


def as_releases(documents: list[Document]) -> dict[str, Release]:
    held = drawn([*documents, *OTHERS], len(documents) + len(OTHERS))
    return {each.document.id: each for each in held}


def test_the_topic_is_told_by_its_words() -> None:
    assert topic_of(MINING) == "mining"
    assert (
        topic_of("The author of this book wrote a novel, another book, in the last quarter.") == "books"
    )
    assert topic_of("Nothing of the kind.") == ""
    assert all(word == word.lower() for words in TOPICS.values() for word in words)


def test_names_are_frequent_here_and_rare_elsewhere() -> None:
    texts = [
        "It was Alpha and Alpha and, in Canada, it was Alpha.",
        "It was Beta, in Canada. The Beta and Canada, then Canada again.",
        "It was in Canada.",
    ]
    assert [names[:1] for names in names_of(texts)] == [["Alpha"], ["Beta"], []]


def test_no_two_releases_have_the_same_name_and_the_seed_decides() -> None:
    documents = [release("Alpha"), Document("again", release("Alpha").text), release("Beta")]
    documents += [Document("none", "It has no topic, says Delta."), *OTHERS]
    found = drawn(documents, 300)
    assert {each.names[0] for each in found} == {"Alpha", "Beta", *(f"Name{row}" for row in range(200))}
    assert len(found) == 202
    assert len(drawn(documents, 2)) == 2
    assert drawn(documents, 9, seed=4) == drawn(documents, 9, seed=4) != drawn(documents, 9, seed=5)


def test_strangers_have_no_name_of_each_other() -> None:
    held = as_releases([release("Alpha"), release("Beta"), release("Gamma", "A friend of Beta")])
    alpha, beta, gamma = (held[name] for name in ("alpha", "beta", "gamma"))
    assert strangers(alpha, beta)
    assert strangers(alpha, gamma)
    assert not strangers(beta, gamma)
    assert not strangers(gamma, beta)
    assert not strangers(alpha, alpha)


def test_findings_between_strangers_are_shown_and_counted() -> None:
    documents = [release("Alpha", SAID), release("Beta", SAID), release("Gamma", "Other things.")]
    # What the first paragraphs have in common is not what is asked here.
    documents = [
        Document(each.id, each.text, source=each.id) if row else each
        for row, each in enumerate(documents)
    ]
    held = as_releases(documents)
    meetings = [
        each
        for each in between_strangers(audit(documents), held)
        if SAID in held[each.left.document].document.text[each.left.start : each.left.end]
    ]
    (meeting,) = meetings
    assert (meeting.left.document, meeting.right.document) == ("alpha", "beta")

    record, left, right = to_judge(meeting, held)
    said = json.loads(record)
    assert said["rejected"] is None
    assert said["digest"] == digest(
        "\n".join(
            held[place.document].document.text[place.start : place.end]
            for place in (meeting.left, meeting.right)
        )
    )
    assert SAID in left
    assert SAID in right

    def figures(rejected: bool | None) -> dict[str, float | None]:
        verdicts = Verdicts([{**said, "rejected": rejected}])
        rows = result_of([held[each.id] for each in documents], meetings, verdicts).rows
        return {row.name: row.values[0] for row in rows}

    assert figures(None)["of them not read"] == 1
    assert figures(None)["rejected or not read, per thousand releases"] == 1000 / 3
    assert figures(True)["of them not read"] == 0
    assert figures(True)["rejected, per thousand releases"] == 1000 / 3
    assert figures(False)["rejected, per thousand releases"] == 0


def test_a_verdict_stands_when_the_places_move_a_little() -> None:
    verdicts = Verdicts([{"places": [["a", 0, 100], ["b", 50, 150]], "rejected": True}])

    def at(left: Span, right: Span) -> bool | None:
        return verdicts.rejected(Meeting("another id", "REU001", 0.5, left, right))

    assert at(Span("a", 0, 100), Span("b", 50, 150)) is True
    assert at(Span("a", 5, 100), Span("b", 50, 155)) is True
    assert at(Span("a", 50, 100), Span("b", 50, 150)) is None
    assert at(Span("a", 0, 100), Span("b", 50, 300)) is None
    assert at(Span("a", 0, 100), Span("c", 50, 150)) is None
