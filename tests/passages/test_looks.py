"""How words look: kernel and reference are equal."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.passages.characters import tables
from dedupe.passages.looks import (
    ADDRESS,
    CAPITAL,
    CASED,
    DIGIT,
    INITIAL,
    LONG,
    TITLE,
    look,
    looks_of,
    zeros,
)

TEXTS = st.text(
    st.one_of(st.sampled_from("Aa b1.:/@w(]“”\"'’-\n٣३Éßที่漢字"), st.characters()), max_size=60
)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_the_kernel_sees_what_the_reference_sees(texts: list[str]) -> None:
    texts = [text.encode(errors="ignore").decode() for text in texts]
    data = [text.encode() for text in texts]
    expected = [looks_of(text) for text in texts]
    ends = np.cumsum([len(each) for each in data])
    firsts = np.cumsum([0, *(len(each) for each in expected)])
    seen = np.zeros(firsts[-1], np.uint8)
    held = np.frombuffer(b"".join(data) + b" ", np.uint8)
    starts = np.append(0, ends[:-1])
    look(held, starts, ends, firsts[:-1].copy(), tables().kinds, zeros(), seen)
    assert seen.tolist() == [bits for each in expected for bits in each]


def test_figures_names_and_what_opens_a_sentence() -> None:
    seen = looks_of("Harga emas Antam hari ini 1.027 rupiah. Menurut Budi, 92W.")
    assert [bool(bits & DIGIT) for bits in seen] == [*[False] * 5, True, True, *[False] * 3, True]
    assert [row for row, bits in enumerate(seen) if bits & CAPITAL] == [0, 2, 8, 9]
    assert [row for row, bits in enumerate(seen) if bits & INITIAL] == [0, 6, 8]
    assert all(bits & CASED for row, bits in enumerate(seen) if row not in (5, 6, 10))
    assert bool(seen[0] & LONG)
    assert not seen[1] & LONG
    assert not any(bits & TITLE for bits in seen)


def test_in_a_title_capitals_say_nothing() -> None:
    assert all(bits & TITLE for bits in looks_of("Police Arrest Two Suspects in Town"))


def test_digits_of_every_script() -> None:
    assert all(looks_of(text)[0] & DIGIT for text in ("٣", "३x", "x１", "𝟗"))
    assert not looks_of("五")[0] & DIGIT


def test_words_of_addresses() -> None:
    seen = looks_of("See [here](https://a.example/b-c?d) or WWW.e.org, mail f.g@h.com now: 1/2 a:b www")
    addresses = [*range(2, 8), *range(9, 12), *range(13, 17)]
    assert [row for row, bits in enumerate(seen) if bits & ADDRESS] == addresses
