"""What of a place can go: whole lines, whole sentences, markers; never half a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.clean.edges import Lines, removable, unite, with_line_ends


def without(text: str, *places: str, furniture: bool = True) -> str | None:
    """The text after these places went, each the first of its words; None if one cannot."""
    lines = Lines(text)
    ranges = []
    for place in places:
        start = text.index(place)
        parts = removable(lines, start, start + len(place), furniture=furniture)
        if parts is None:
            return None
        ranges += parts
    cuts = with_line_ends(lines, unite(ranges))
    for start, end in reversed(cuts):
        text = text[:start] + text[end:]
    return text


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_line_goes_with_its_end(self, end: str) -> None:
        text = end.join(["One two.", "Menu", "Three four.", ""])
        assert without(text, "Menu") == end.join(["One two.", "Three four.", ""])

    def test_the_last_line_goes_with_the_end_before_it(self) -> None:
        assert without("One two.\nMenu", "Menu") == "One two."
        assert without("One two.\nMenu\n", "Menu") == "One two.\n"

    def test_the_first_line(self) -> None:
        assert without("Menu\nOne two.", "Menu") == "One two."
        assert without("Menu\n\nOne two.", "Menu") == "One two."
        assert without("\nMenu\n\nOne two.", "Menu") == "\nOne two."

    def test_a_blank_line_is_not_doubled(self) -> None:
        assert without("One two.\n\nMenu\n\nThree four.\n", "Menu") == "One two.\n\nThree four.\n"
        assert without("One two.\nMenu\n\nThree four.\n", "Menu") == "One two.\n\nThree four.\n"
        assert without("One two.\n\nMenu\nThree four.\n", "Menu") == "One two.\n\nThree four.\n"
        assert without("One two.\n\nMenu\n", "Menu") == "One two.\n"
        assert without("One two.\n\nMenu", "Menu") == "One two."

    def test_blanks_around_it_go_too(self) -> None:
        assert without("One two.\n  Menu \t\nThree.", "Menu") == "One two.\nThree."

    def test_several_lines_and_the_blank_ones_between(self) -> None:
        text = "One two.\n\nMenu\n\nHome\n\nThree."
        assert without(text, "Menu", "Home") == "One two.\n\nThree."
        assert without(text, "Menu\n\nHome") == "One two.\n\nThree."

    def test_a_bullet_on_a_line_of_its_own_goes_with_its_item(self) -> None:
        assert without("A b.\n-\nMenu\n-\nHome\n", "Menu") == "A b.\n-\nHome\n"

    def test_lines_that_are_apart(self) -> None:
        assert without("A b.\nMenu\nC d.\nHome\nE f.", "Menu", "Home") == "A b.\nC d.\nE f."

    def test_sentences_of_a_line_one_by_one_are_the_line(self) -> None:
        text = "Keep this.\nOne two. Three four.\nAnd this."
        assert without(text, "One two.", "Three four.") == "Keep this.\nAnd this."


class TestSentences:
    def test_a_sentence_goes_with_one_blank(self) -> None:
        text = "One two. Three four. Five six."
        assert without(text, "One two.") == "Three four. Five six."
        assert without(text, "Three four.") == "One two. Five six."
        assert without(text, "Five six.") == "One two. Three four."

    def test_several_at_the_end_leave_no_blank(self) -> None:
        assert without("One two. Three four. Five six.", "Three four.", "Five six.") == "One two."

    @pytest.mark.parametrize("furniture", [True, False])
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("One two three four. Five six.", "two three four."),
            ("One two three four. Five six.", "One two three"),
            ("He met Dr. Smith today. Five six.", "He met Dr."),
            ("He met Prof. Smith today. Five six.", "He met Prof."),
            ("The U.S. Army came. Five six.", "The U.S."),
            ("See p. 5 of it. Five six.", "See p."),
            ("It was ca. 20 years ago. Five six.", "It was ca."),
            ("It cost 3.5 million. Five six.", "It cost 3."),
            ("He asked why? she said. Five six.", "He asked why?"),
            ("1. One two. 2. Three four.", "One two."),
            ("“One two. Three four.” Five six.", "Three four.”"),
            ('"One two. Three four." Five six.', '"One two.'),
            ("One (two. Three) four. Five.", "One (two."),
        ],
    )
    def test_half_of_one_stays(self, text: str, place: str, furniture: bool) -> None:
        assert without(text, place, furniture=furniture) is None

    def test_an_address_ends_a_sentence(self) -> None:
        assert without("See www.example.com. Two three.", "Two three.") == "See www.example.com."

    def test_without_spaces_between_sentences(self) -> None:
        assert without("今日は晴れ。明日は雨。終わり。", "明日は雨。") == "今日は晴れ。終わり。"

    def test_part_of_wrapped_lines(self) -> None:
        text = "one two\nthree four"
        assert without(text, "three four", furniture=False) is None
        assert without(text, "one two", furniture=False) is None
        assert without(text, "three four") == "one two"

    def test_parts_of_several_lines_leave_the_line_end(self) -> None:
        text = "One two. Three four.\nFive six. Seven."
        assert without(text, "Three four.\nFive six.") == "One two.\nSeven."


class TestMarkers:
    def test_in_brackets_goes_from_anywhere(self) -> None:
        assert without("Dia [Gambas:Video CNN] di Jakarta.", "[Gambas:Video CNN]") == "Dia di Jakarta."
        assert without("Dia datang [Gambas:A].", "[Gambas:A]") == "Dia datang."
        assert without("[Gambas:A] Dia datang.", "[Gambas:A]") == "Dia datang."
        assert without("Dia datang. [Gambas:A]", "[Gambas:A]") == "Dia datang."

    def test_words_are_not_joined(self) -> None:
        assert without("Dia[Gambas:A]datang.", "[Gambas:A]") is None

    def test_two_brackets_are_no_marker(self) -> None:
        assert without("Dia [a] dan [b] datang.", "[a] dan [b]") is None

    def test_a_frame_before_a_dash(self) -> None:
        text = "JAKARTA, KOMPAS.com – Presiden datang. Dia pergi."
        assert without(text, "JAKARTA, KOMPAS.com –") == "Presiden datang. Dia pergi."
        assert without("JAKARTA – dan kawan.", "JAKARTA –") is None
        assert without("Al-Qaeda said so.", "Al-") is None

    def test_a_tail_behind_a_bar(self) -> None:
        assert without("Bridge opens at last | The Daily", "| The Daily") == "Bridge opens at last"
        assert without("The bridge opens - at last", "- at last") is None
        assert without("Bridge opens | The Daily | News", "| The Daily") is None

    def test_in_capitals(self) -> None:
        text = "Dia datang. SCROLL TO CONTINUE WITH CONTENT Dia pergi."
        assert without(text, "SCROLL TO CONTINUE WITH CONTENT") == "Dia datang. Dia pergi."

    def test_only_where_it_is_furniture(self) -> None:
        assert without("Dia [Gambas:A] di sini.", "[Gambas:A]", furniture=False) is None


_SENTENCES = st.lists(
    st.sampled_from(["Alpha beta gamma.", "Delta?", "Epsilon zeta eta theta!", "“Iota kappa.”"]),
    min_size=1,
    max_size=6,
)


@given(
    paragraphs=st.lists(_SENTENCES, min_size=1, max_size=5),
    end=st.sampled_from(["\n", "\n\n", "\r\n"]),
    data=st.data(),
)
def test_each_sentence_is_there_whole_or_not_at_all(
    paragraphs: list[list[str]], end: str, data: st.DataObject
) -> None:
    numbered = []
    count = 0
    for paragraph in paragraphs:
        held = []
        for sentence in paragraph:
            # Each sentence has a word of its own at both ends, so that a part of it is told.
            held.append(f"{sentence[:1]}A{count} {sentence[1:-2]} z{count}{sentence[-2:]}")
            count += 1
        numbered.append(" ".join(held))
    text = end.join(numbered)
    lines = Lines(text)
    ranges = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        stop = data.draw(st.integers(start, len(text)))
        furniture = data.draw(st.booleans())
        ranges += removable(lines, start, stop, furniture=furniture) or []
    for start, stop in reversed(with_line_ends(lines, unite(ranges))):
        text = text[:start] + text[stop:]
    for number in range(count):
        assert (f"A{number} " in text) == (f" z{number}" in text)
