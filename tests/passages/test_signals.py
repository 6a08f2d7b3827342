"""What lines say of themselves: the reference by example, and the kernel held equal to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.interface import Plan
from dedupe.passages.columns import SIGNALS as COLUMN
from dedupe.passages.cues import BUCKETS, FILTER_SIZE, FIRSTS, KINDS, by_first_word, cue_table, phrases
from dedupe.passages.reference import passages
from dedupe.passages.signals import SIGNALS
from dedupe.sketch.corpus import texts_of_strings

from .texts import MARKS, texts
from .texts import WORDS as WORDS_OF_MANY_SCRIPTS

PLAN = Plan(shingle=3, least_weight=48, bands=2, rows=2, permutations=4, seed=1)
COMPILED = Compiled()
LENGTHS = {signal.name for signal in SIGNALS[:8]}


def names(text: str, row: int = 0) -> set[str]:
    """The signals of one passage of a text, its length aside."""
    bits = passages(text)[row].signals
    return {signal.name for place, signal in enumerate(SIGNALS) if bits >> place & 1} - LENGTHS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Baca Juga: Gelombang Pengungsi Mulai Tiba",
            {"title case", "label", "begins with link phrase"},
        ),
        ("BERITA TERKAIT", {"title case", "link phrase"}),
        ("loading...", {"ellipsis", "lower case", "small letter first", "interface phrase"}),
        ("A", {"single letter"}),
        ("Editor: Wahyu Sejati Putra", {"title case", "label", "begins with credit phrase"}),
        ("The editor was not there", {"lower case"}),
        ("www.example.org/a", {"address", "bare address", "lower case", "small letter first"}),
        ("#harbour", {"address", "bare address", "lower case", "small letter first"}),
        ("© 1998–2024 Northquay Herald", {"copyright sign", "date", "title case"}),
        ("Home | World | Sport", {"separators", "title case", "menu phrase"}),
        ("12:30", {"figure", "date"}),
        ("§ 3 Mitglieder", {"numbered"}),
        ("(a) six boats;", {"numbered", "comma", "lower case", "small letter first"}),
        ("2. The letting", {"numbered", "lower case"}),
        ("– Who is there?", {"question", "lower case"}),
        ("- new overhead wires", {"bullet", "lower case", "small letter first"}),
        ("Nobody came.", {"sentence", "lower case"}),
        ("“Nobody came.”", {"sentence", "lower case", "quotation mark"}),
        ("関連記事", {"link phrase"}),
        ("아무도 오지 않았다.", {"sentence"}),
        ("What it will cost:", {"colon", "lower case"}),
    ],
)
def test_a_line_says(text: str, expected: set[str]) -> None:
    assert names(text) == expected


def test_a_bullet_may_stand_on_the_line_before() -> None:
    assert "bullet" in names("-\nThe old mill", 0)
    assert "bullet" in names("One\r\n \u2013 \r\n\r\n  The old mill", 1)
    assert "bullet" not in names("Two-\nThe old mill", 1)
    assert "bullet" not in names("Two\nThe old mill", 1)


def test_the_groups_of_a_long_paragraph_are_parts_of_it() -> None:
    text = "The old mill by the river was sold to a man from the hills in the end. " * 20
    assert all("part of a paragraph" in names(text, row) for row in range(len(passages(text))))
    assert "part of a paragraph" not in names(text[:71])


def test_the_longest_phrase_is_taken_and_each_word_once() -> None:
    assert names("Related articles") == {"lower case", "link phrase"}
    assert "several phrases" in names(
        "Do not forget to sign up for it, and follow us on whichever of those you use most"
    )


def test_every_phrase_is_of_a_kind_and_has_words() -> None:
    assert all(phrase and 0 < bits < 1 << len(KINDS) + 1 for phrase, bits in phrases().items())
    assert sum(map(len, by_first_word().values())) == len(phrases())


def test_the_table_holds_every_phrase() -> None:
    table = cue_table().tolist()
    bounds, starts, bits, words = table[FILTER_SIZE:BUCKETS]
    firsts = table[FIRSTS:bounds]
    assert firsts == sorted(by_first_word())
    ranges = pairwise(table[starts:bits])
    rows = [tuple(table[start:end]) for start, end in ranges]
    assert dict(zip(rows, table[bits:words], strict=True)) == phrases()
    assert table[bounds] == 0
    assert table[starts - 1] == len(rows)
    assert table[starts] == words
    assert table[bits - 1] == len(table)


_marks = st.sampled_from(
    [
        *'|›»•·/>:：#@©,;“"«().-*…?؟§',
        "...",
        "://",
        "www.",
        " | ",
        " / ",
        "\n-\n",
        "\n\u2013 \n",
        " ",
        "\n",
    ]
)
_figures = st.sampled_from(["1999", "2024", "12:30", "1/2", "19999", "٣:٤", "1.", "(a)", "A", "7", "๑"])
_phrases = st.sampled_from(
    [
        *("baca juga", "Read More", "Sign up", "home", "editor", "Getty Images", "in this story"),
        *("関連記事", "loading", "ข่าวล่าสุด", "Lees ook"),
    ]
)
_words = st.sampled_from(["The", "old", "MILL", "ßtraße", "речка", "نهر", "河", "นา", "wWw", "x"])
lines = st.lists(
    st.one_of(_marks, _figures, _phrases, _words, _words, st.just(" "), st.just(" ")), max_size=30
).map("".join)


@given(st.one_of(lines, texts), st.one_of(lines, texts))
@settings(max_examples=500)
@example("-\na", "-\na")
@example(" ".join(WORDS_OF_MANY_SCRIPTS[:30]), MARKS)
@example("www.", "a\nwww")
@example("2024", "20240")
@example("a:", "a: b")
@example("read more " * 30, "read more: " + "x " * 50)
def test_the_kernel_gives_the_signals_of_the_reference(one: str, two: str) -> None:
    # Two documents in one buffer: the second does not see the first.
    held = COMPILED.scan(texts_of_strings([one, two]), PLAN).passages[COLUMN]
    assert held.tolist() == [each.signals for text in (one, two) for each in passages(text)]
