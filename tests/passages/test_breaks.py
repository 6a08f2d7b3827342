"""Line breaks put back where a text lost them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.passages.breaks import APART, broken
from dedupe.passages.reference import words
from dedupe.sketch.corpus import texts_of_strings
from passages.texts import articles

COMPILED, PLAIN = Compiled(), Plain()


def opened(text: str, *places: int) -> list[str]:
    """The lines of a text in which something begins at some of its words."""
    return broken(text, places, [True] * len(places)).split("\n")


def closed(text: str, *places: int) -> list[str]:
    """The same where something only ends before these words."""
    return broken(text, places, [False] * len(places)).split("\n")


class TestALine:
    TEXT = "They left at noon. About Acme Acme makes anvils (and springs) in Ohio. Contact Jo"

    def test_begins_where_something_does(self) -> None:
        assert opened(self.TEXT, 4) == [self.TEXT[:18], self.TEXT[19:]]

    def test_begins_where_something_ended(self) -> None:
        assert closed(self.TEXT, 13)[1] == "Contact Jo"

    def test_takes_an_opening_bracket_along(self) -> None:
        text = "It was all over by noon that day [Original Press Release](https://a.example) so far"
        assert opened(text, 8) == ["It was all over by noon that day", text[33:]]

    def test_does_not_begin_with_the_first_word(self) -> None:
        assert opened(self.TEXT, 0) == [self.TEXT]

    def test_does_not_begin_with_a_small_letter(self) -> None:
        assert opened(self.TEXT, 1) == closed(self.TEXT, 7) == [self.TEXT]

    def test_does_not_begin_inside_of_an_address(self) -> None:
        text = "Write to us at https://www.acme.example/press Website of the year and more of it"
        assert opened(text, 5) == ["Write to us at https://www.acme.example/press", text[46:]]

    def test_has_a_few_words(self) -> None:
        text = "One Two Three Four Five Six Seven Eight Nine Ten"
        assert [len(line.split()) for line in opened(text, 2, 3, 5, 6, 8)] == [2, 4, 4]
        assert APART == 4

    def test_is_not_ended_near_where_one_begins(self) -> None:
        text = "One Two Three Four Five Six Seven Eight Nine Ten"
        assert broken(text, [2, 5], [False, True]).split("\n") == [text[:23], text[24:]]
        assert broken(text, [5, 8], [True, False]).split("\n") == [text[:23], text[24:]]
        assert len(broken(text, [1, 5], [False, True]).split("\n")) == 3

    def test_begins_where_something_both_ends_and_begins(self) -> None:
        text = "One Two Three Four Five Six"
        expected = [text[:7], text[8:]]
        assert broken(text, [2, 2], [False, True]).split("\n") == expected

    def test_needs_a_blank(self) -> None:
        text = "新闻发布会在北京举行。关于公司的更多信息请访问网站"
        assert opened(text, 5, 11, 15) == [text]


@given(st.lists(articles(), min_size=1, max_size=4), st.data())
@settings(max_examples=150)
def test_compiled_it_is_the_same_and_nothing_moves(texts: list[str], data: st.DataObject) -> None:
    held = texts_of_strings(texts)
    places: list[int] = []
    bounds = [0]
    for text in texts:
        most = max(sum(1 for _ in words(text)) - 1, 0)
        places += sorted(data.draw(st.lists(st.integers(0, most), max_size=12)))
        bounds.append(len(places))
    opens = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places))), bool
    )
    asked = (np.array(bounds), np.array(places, np.int64), opens)
    plain, compiled = PLAIN.broken(held, *asked), COMPILED.broken(held, *asked)
    assert plain.data.tobytes() == compiled.data.tobytes()
    assert plain.data.tobytes().replace(b"\n", b" ") == held.data.tobytes().replace(b"\n", b" ")
