"""Articles made up for tests: sentences of words that no two of them share by design."""

from __future__ import annotations

import random
import string


def paragraph(seed: int, words: int = 60) -> str:
    """A paragraph of running prose, its own for each seed."""
    draw = random.Random(seed)
    said = ["".join(draw.choices(string.ascii_lowercase, k=draw.randint(3, 9))) for _ in range(words)]
    sentences = [" ".join(said[at : at + 12]).capitalize() + "." for at in range(0, words, 12)]
    return " ".join(sentences)


def article(*seeds: int) -> str:
    """An article of these paragraphs."""
    return "\n\n".join(paragraph(seed) for seed in seeds) + "\n"


def edited(text: str, share: float, seed: int = 0) -> str:
    """The text with this share of its words replaced, here and there."""
    draw = random.Random(seed)
    words = text.split(" ")
    for at in draw.sample(range(len(words)), int(len(words) * share)):
        words[at] = f"new{draw.randrange(10**6)}"
    return " ".join(words)
