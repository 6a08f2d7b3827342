"""An audit is compared with what was planted, inside documents and across them."""

from __future__ import annotations

from benchmarks.plagdet import Alignment, Span
from benchmarks.planted import compare, listed
from benchmarks.planting import Corpus
from dedupe import Document

SAID = "a paragraph of a dozen words or more that stands in both of these documents"
OWN = "and then there is one of the same size that never stands anywhere but here at all"
OTHER = "nobody would look for this in the file though somebody may have put it there once before"


def of(document: Document, text: str, times: int = 1) -> Span:
    start = -1
    for _ in range(times):
        start = document.text.index(text, start + 1)
    return Span(document.id, start, start + len(text))


def test_inside_and_across_are_compared_apart() -> None:
    twice = Document("a", f"{SAID}\n\n{OWN}\n\n{SAID}")
    one, two = Document("b", f"{OTHER}\n\nmore"), Document("c", f"less\n\n{OTHER}")
    missed = Alignment(of(twice, OWN), of(two, "less"))
    corpus = Corpus(
        [twice, one, two],
        {
            "inside": [Alignment(of(twice, SAID), of(twice, SAID, 2))],
            "across": [Alignment(of(one, OTHER), of(two, OTHER)), missed],
        },
        {"inside": [15], "across": [17, 17]},
    )
    compared = compare(corpus)
    assert (compared["inside"].false, compared["across"].false) == ([], [])
    inside, across = compared["inside"].measures(), compared["across"].measures()
    assert (inside.recall, inside.precision, inside.granularity) == (1.0, 1.0, 1.0)
    assert (across.recall, across.precision, across.granularity) == (0.5, 1.0, 1.0)
    assert list(listed("copied", corpus, compared)) == [
        "copied, across, case 1: recall 0.000",
        f"    a {missed.left.start}-{missed.left.end}: {OWN!r}",
        "    c 0-4: 'less'",
    ]


def test_what_was_not_planted_is_false() -> None:
    one, two = Document("b", f"{OTHER}\n\nmore"), Document("c", f"less\n\n{OTHER}")
    corpus = Corpus([one, two], {"inside": [], "across": []}, {"inside": [], "across": []})
    compared = compare(corpus)
    assert compared["across"].false == [Alignment(of(one, OTHER), of(two, OTHER))]
    assert list(listed("copied", corpus, compared)) == [
        "copied, across, false:",
        f"    b 0-{len(OTHER)}: {OTHER!r}",
        f"    c 6-{6 + len(OTHER)}: {OTHER!r}",
    ]
