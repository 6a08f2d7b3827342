"""Where a stretch that begins or ends inside a passage is cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.passages.cuts import HANGING, cut
from dedupe.passages.reference import words
from dedupe.sketch.corpus import texts_of_strings
from passages.texts import articles

COMPILED, PLAIN = Compiled(), Plain()


def begun(text: str, at: int) -> str:
    """What a stretch that begins behind so many words is."""
    return text[cut(text, at, False)[1] :]


def ended(text: str, at: int) -> str:
    """What a stretch that ends behind so many words is."""
    return text[: cut(text, at, True)[1]]


class TestAStretchThatEnds:
    TEXT = "The mill closed early. Nobody in the whole valley knew why it did. So they left."

    def test_at_a_sentence_ends_there_with_its_stop(self) -> None:
        assert ended(self.TEXT, 4) == "The mill closed early."

    def test_a_few_words_before_one_takes_them_along(self) -> None:
        for at in (1, 2, 3):
            assert ended(self.TEXT, at) == "The mill closed early."
        for at in range(13 - HANGING, 13):
            assert ended(self.TEXT, at) == self.TEXT[: self.TEXT.index(" So")]

    def test_farther_from_one_ends_at_its_word(self) -> None:
        assert ended(self.TEXT, 5) == "The mill closed early. Nobody"
        assert ended(self.TEXT, 7) == "The mill closed early. Nobody in the"

    def test_never_takes_more_words_than_hang(self) -> None:
        many = " ".join(f"word{row}" for row in range(20)) + "."
        assert ended(many, 20 - HANGING) == many
        assert cut(many, 20 - HANGING - 1, True)[0] == 20 - HANGING - 1

    def test_near_the_end_of_a_passage_takes_the_rest(self) -> None:
        assert ended("It was cold and dark (as always…)!", 5) == "It was cold and dark (as always…)!"

    def test_takes_quotes_and_stops_along(self) -> None:
        long = " and so on it went for quite some time until the very end"
        assert ended(f"He said “yes”, too{long}", 3) == "He said “yes”"
        assert ended(f"Was it (really)?{long}", 3) == "Was it (really)?"

    def test_does_not_take_a_comma_or_the_next_opening_quote(self) -> None:
        long = " and so on it went for quite some time until the very end"
        assert ended(f"He came, saw{long}", 2) == "He came"
        assert ended(f"He said “yes{long}", 2) == "He said"


class TestAStretchThatBegins:
    TEXT = "The mill closed early. Nobody in the whole valley knew why it did. So they left."

    def test_at_a_sentence_begins_there(self) -> None:
        assert begun(self.TEXT, 4) == "Nobody in the whole valley knew why it did. So they left."

    def test_a_few_words_into_one_takes_them_along(self) -> None:
        for at in range(5, 5 + HANGING):
            assert begun(self.TEXT, at).startswith("Nobody in the whole")
        for at in (14, 15):
            assert begun(self.TEXT, at) == "So they left."

    def test_farther_into_one_begins_at_its_word(self) -> None:
        assert begun(self.TEXT, 10) == "why it did. So they left."

    def test_near_the_beginning_of_a_passage_takes_it_all(self) -> None:
        assert begun("“It was cold and dark”, they said and left", 3).startswith("“It was")

    def test_takes_an_opening_quote_along(self) -> None:
        assert begun("And then one cold day she said to him “come here at once”", 9) == (
            "“come here at once”"
        )
        assert (
            begun("And then one cold day she told him 'come here at once'", 8) == "'come here at once'"
        )


class TestOtherScripts:
    def test_a_sentence_of_characters_ends_at_its_stop(self) -> None:
        text = "这座磨坊早早地关了门。整个山谷里没有一个人知道这究竟是为什么。他们走了。"
        first, second = text.index("。") + 1, text.rindex("整")
        assert ended(text, 8) == text[:first]
        assert begun(text, 12) == text[second:]
        assert ended(text, 14) == text[:15]

    def test_thai_is_cut_between_clusters(self) -> None:
        text = "กำลังเดินทางไปยังประเทศไทยเพื่อพบกับเพื่อนของเขาในวันนี้"
        held = list(words(text))
        for at in range(HANGING + 1, len(held) - HANGING):
            assert ended(text, at) == text[: held[at - 1].end]
            assert begun(text, at) == text[held[at].start :]


class TestNothingToCut:
    @pytest.mark.parametrize("ends", [False, True])
    @pytest.mark.parametrize("text", ["", "…", "“—”", "one", "“One.”", "One. Two. Three."])
    def test_the_first_and_the_last_word_are_the_ends_of_the_passage(
        self, text: str, ends: bool
    ) -> None:
        count = len(list(words(text)))
        if ends:
            assert cut(text, count, True) == (count, len(text))
        else:
            assert cut(text, 0, False) == (0, 0)


ATOMS = [
    *(
        "kata",
        "Dr.",
        "U.S.",
        "A.",
        "J.",
        "He",
        "said",
        "no,",
        "x",
        "é",
        "\u0301",
        "a.b",
        "9.5",
        "-",
        "...",
    ),
    *("end.", "...", "end!", "end.”", '"Yes."', "“ya”", "(so)", "»", "«", "。", "」。", "漢字", "สวัสดี"),
]
passages = st.one_of(
    st.lists(
        st.tuples(st.sampled_from(ATOMS), st.sampled_from([" ", " ", " ", "", "\n"])), max_size=30
    ).map(lambda pairs: "".join(map("".join, pairs)).strip()),
    articles().map(lambda text: text[:250].strip()),
)


@given(st.lists(passages, min_size=1, max_size=4), st.booleans())
@settings(max_examples=80)
@example(["", "one"], True)
@example(["", "one"], False)
def test_the_kernel_cuts_where_the_reference_does(several: list[str], ends: bool) -> None:
    held = texts_of_strings(several)
    counts = [len(list(words(text))) for text in several]
    rows = [(row, at) for row, count in enumerate(counts) for at in range(count + 1)]
    row, at = np.array(rows, np.int64).T.copy()
    begins, behind = held.offsets[row], held.offsets[row + 1]
    arguments = (held, begins, behind, np.array(counts, np.int64)[row], at)
    compiled = COMPILED.cuts(*arguments, ends_there=ends)
    plain = PLAIN.cuts(*arguments, ends_there=ends)
    for one, other in zip(compiled, plain, strict=True):
        assert one.tolist() == other.tolist()


@given(passages, st.booleans())
@settings(max_examples=80)
def test_a_cut_takes_a_few_words_along_and_stays_where_it_is(text: str, ends: bool) -> None:
    held = list(words(text))
    for at in range(len(held) + 1):
        moved, place = cut(text, at, ends)
        assert 0 <= (moved - at if ends else at - moved) <= HANGING
        assert cut(text, moved, ends) == (moved, place)
        assert all(word.end <= place for word in held[:moved])
        assert all(word.start >= place for word in held[moved:])
        kept, rest = text[:place], text[place:]
        assert len(list(words(kept))) == moved or moved == 0
        assert len(list(words(rest))) == len(held) - moved or moved == len(held)
