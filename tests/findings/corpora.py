"""Corpora in which much stands more than once, of sentences that are like no others."""

from __future__ import annotations

import random

from hypothesis import strategies as st

SYLLABLES = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("", "n", "r")]
VOCABULARY = [first + second for first in SYLLABLES for second in SYLLABLES[::7]]


def line(name: object, size: int = 25) -> str:
    """A sentence of so many words, another for every name; too long to be taken for a wrapped line."""
    return " ".join(random.Random(f"{name}").choices(VOCABULARY, k=size)).capitalize() + "."


def edited(text: str, *places: int) -> str:
    """The text with other words at these places."""
    held = text.split(" ")
    for place in places:
        held[place] = f"edit{place}" + "." * held[place].endswith(".")
    return " ".join(held)


def text_of(*lines: str) -> str:
    return "\n".join(lines)


@st.composite
def corpora(draw: st.DrawFn) -> list[str]:
    """Documents of a few sentences, as they are or edited, so that much stands more than once."""
    pool = [line(("pool", row), size) for row, size in enumerate((25, 25, 30, 40, 13, 12, 26, 25))]
    part = st.one_of(
        st.sampled_from(pool),
        st.sampled_from(pool),
        st.builds(edited, st.sampled_from(pool), st.integers(0, 11), st.integers(0, 11)),
        st.sampled_from(
            [*pool[:2], "Advertisement", "Read more", "…", "", line("short", 7), line("short", 8)]
        ),
        st.integers(0, 30).map(lambda row: line(("other", row))),
    )
    documents = draw(st.lists(st.lists(part, max_size=9), max_size=4))
    if documents and draw(st.booleans()):
        documents[0] *= 2
    if documents and draw(st.booleans()):
        # A copy of a document, edited a little.
        copy = list(draw(st.sampled_from(documents)))
        for place in draw(st.lists(st.integers(0, 9), max_size=2)):
            copy[place:place] = [draw(part)]
        documents.insert(draw(st.integers(0, len(documents))), copy)
    return [text_of(*parts) for parts in documents]
