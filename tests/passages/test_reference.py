"""Passages: paragraphs as people set them, and groups of sentences where there are none."""

from __future__ import annotations

import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.reference import passages
from dedupe.passages.rules import LONG_WEIGHT, PROSE

from .texts import NEWLINES, texts

SEEDS = Path(__file__).parents[2] / "seeds"
SENTENCE = "The committee will publish its findings on the state of the harbour next spring."
"""Fourteen words: a group of its own."""
OTHER = "Nobody in the village could remember when the old mill had last been working."
THIRD = "Its wheel, said the mayor, belongs to everybody who lives along the river now."


def cut(text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in passages(text)]


def filler(count: int) -> str:
    """So many sentences of fourteen words, all different."""
    return " ".join(
        f"Sentence {number} says what {number} others before it have said of the weather in {number}."
        for number in range(count)
    )


class TestLines:
    def test_a_line_is_a_paragraph(self) -> None:
        assert cut(f"{SENTENCE}\n{OTHER}") == [SENTENCE, OTHER]

    @pytest.mark.parametrize(
        "newline", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n", "\n\u3000\n\ufeff\n"]
    )
    def test_whatever_ends_it_and_however_many_blank_ones_follow(self, newline: str) -> None:
        text = newline.join([SENTENCE, OTHER, THIRD])
        assert cut(text) == [SENTENCE, OTHER, THIRD]

    def test_blanks_around_it_do_not_belong_to_it(self) -> None:
        text = f"\ufeff  {SENTENCE}\t\u00a0\n\u3000{OTHER}\u200b "
        assert cut(text) == [SENTENCE, OTHER]

    def test_quotes_and_stops_around_it_do(self) -> None:
        assert cut("“Come in,” she said…\n(Or not?!)") == ["“Come in,” she said…", "(Or not?!)"]

    def test_other_separators_of_unicode_do_not_end_it(self) -> None:
        assert len(cut("one\u2028two\x85three\x0cfour\x1cfive")) == 1

    def test_headings_list_items_and_single_words_are_passages(self) -> None:
        text = f"Harbour\n\n{SENTENCE}\n- First\n- Second\n1. Third\nA\n"
        assert cut(text) == ["Harbour", SENTENCE, "- First", "- Second", "1. Third", "A"]

    def test_lines_without_a_word_are_none(self) -> None:
        assert cut("-\n***\n…\n½\n🙂\n.\n_") == []
        assert cut(f"-\n{SENTENCE}\n* * *\n{OTHER}\n—") == [SENTENCE, OTHER]

    def test_a_text_without_a_word_has_none(self) -> None:
        assert cut("") == cut("\n\r\n ") == cut("?!") == []


class TestWrappedText:
    PARAGRAPHS = (
        f"{SENTENCE} {OTHER} {THIRD}",
        f"{OTHER} {THIRD} {SENTENCE}",
        f"{THIRD} {SENTENCE} {OTHER}",
    )

    def wrapped(self, width: int, between: str) -> str:
        return between.join(textwrap.fill(paragraph, width) for paragraph in self.PARAGRAPHS)

    def joined(self, text: str) -> list[str]:
        return [" ".join(passage.split()) for passage in cut(text)]

    @pytest.mark.parametrize("width", [50, 60, 72, 79, 100])
    def test_ends_a_paragraph_at_a_blank_line(self, width: int) -> None:
        assert self.joined(self.wrapped(width, "\n\n")) == list(self.PARAGRAPHS)
        assert self.joined(self.wrapped(width, "\r\n\r\n")) == list(self.PARAGRAPHS)

    @pytest.mark.parametrize("width", [48, 58, 66, 72, 78, 90, 100])
    def test_without_blank_lines_ends_it_at_a_short_line_that_ends_a_sentence(self, width: int) -> None:
        text = self.wrapped(width, "\n")
        last_lines = [textwrap.wrap(paragraph, width)[-1] for paragraph in self.PARAGRAPHS]
        assert all(len(line) + 14 < width for line in last_lines), "or they are not short"
        assert self.joined(text) == list(self.PARAGRAPHS)

    def test_does_not_end_it_where_a_sentence_ends_on_a_full_line(self) -> None:
        ends_one = 0
        for width in range(50, 100):
            text = textwrap.fill(self.PARAGRAPHS[0], width)
            ends_one += any(line.endswith(".") for line in text.split("\n")[:-1])
            assert len(cut(text)) == 1 or len(cut(text)) == len(text.split("\n"))
        assert ends_one > 0

    def test_keeps_list_items_apart(self) -> None:
        item = textwrap.fill(f"- {SENTENCE} {OTHER}", 60)
        text = "\n".join(
            [textwrap.fill(self.PARAGRAPHS[0], 60), item, item, textwrap.fill(f"2. {THIRD}", 60)]
        )
        assert [passage[:4] for passage in cut(text)] == ["The ", "- Th", "- Th", "2. I"]

    def test_keeps_a_heading_apart(self) -> None:
        text = f"The harbour\n{self.wrapped(66, chr(10))}"
        assert self.joined(text) == ["The harbour", *self.PARAGRAPHS]

    def test_in_han_is_told_although_no_blanks_stand_between_its_words(self) -> None:
        sentence = "委員会は来年の春に港の状態についての調査結果を公表する予定であると市長が述べた。" * 4
        lines = [sentence[at : at + 45] for at in range(0, len(sentence), 45)]
        assert len(cut("\n".join(lines))) == 1

    def test_is_not_seen_in_lines_that_would_have_had_room(self) -> None:
        lines = [
            f"This line {'goes on ' * (4 + number * 5 % 7)}and then it ends." for number in range(30)
        ]
        assert cut("\n".join(lines)) == lines

    def test_is_not_seen_in_lists_of_lines_as_long_as_they_happen_to_be(self) -> None:
        lines = [f"{'word ' * (8 + number % 5)}end" for number in range(30)]
        assert cut("\n".join(lines)) == lines

    def test_is_not_seen_where_lines_are_longer_than_anybody_wraps(self) -> None:
        lines = [f"{SENTENCE} {OTHER}", f"{OTHER} {THIRD}", f"{THIRD} {SENTENCE}", f"{OTHER} {SENTENCE}"]
        assert all(len(line) > 120 for line in lines)
        assert cut("\n".join(lines)) == lines


class TestGroupsOfSentences:
    def test_a_paragraph_of_150_words_stays_whole(self) -> None:
        assert len(cut("word " * 149 + "end.")) == 1
        assert len(cut(("seven words make this sentence so long. " * 22).strip()[:-1])) > 1

    def test_a_longer_one_is_cut_behind_sentences(self) -> None:
        text = " ".join([SENTENCE, OTHER, THIRD] * 4)
        assert cut(text) == [SENTENCE, OTHER, THIRD] * 4

    def test_a_group_has_at_least_twelve_words_but_for_the_last(self) -> None:
        text = "Five words make this one. " * 40
        groups = [len(passage.words) for passage in passages(text)]
        assert groups == [15] * 13 + [5]

    def test_closing_quotes_and_brackets_stay_with_their_sentence(self) -> None:
        quoted = "“We shall see what comes of all this when the winter is over,” she said.”"
        bracketed = "(Nobody else was there to hear what the two of them had to say then.)"
        text = " ".join([quoted, bracketed] * 7)
        assert cut(text) == [quoted, bracketed] * 7

    @pytest.mark.parametrize(
        "name", ["Dr. Smith", "St. Moritz", "J. R. R. Tolkien", "Inc. Magazine", "Mr. Éluard"]
    )
    def test_a_short_capitalised_word_before_a_stop_is_an_abbreviation(self, name: str) -> None:
        sentence = f"Later that year the people of the whole valley went to see {name} at last."
        assert cut(" ".join([sentence] * 12)) == [sentence] * 12

    def test_a_stop_before_a_small_letter_ends_nothing(self) -> None:
        sentence = (
            "They sold apples, pears, plums etc. and more of that kind, approx. twelve tons of it."
        )
        assert cut(" ".join([sentence] * 12)) == [sentence] * 12

    @pytest.mark.parametrize("stop", ["!", "?", "…", "...", "?!", "؟", "।", "።"])
    def test_sentences_end_at_the_stops_of_many_scripts(self, stop: str) -> None:
        sentence = f"Nobody in the village could remember when the old mill had been working last{stop}"
        assert cut(" ".join([sentence] * 12)) == [sentence] * 12

    def test_some_stops_need_no_blank_behind_them(self) -> None:
        sentence = "委員会は来年の春に港の状態についての調査結果を公表する。"
        assert cut(sentence * 14) == [sentence] * 14
        quoted = "「委員会は来年の春に港の状態についての調査結果を公表する。」"
        assert cut(quoted * 14) == [quoted] * 14

    def test_a_stop_without_a_blank_behind_it_ends_nothing_else(self) -> None:
        assert len(cut("word.word " * 60)) == len(cut("word word " * 60))

    def test_without_sentences_a_group_closes_at_a_blank_from_100_words_on(self) -> None:
        assert [len(passage.words) for passage in passages("word " * 350)] == [100, 100, 100, 50]
        hyphens = [len(passage.words) for passage in passages("so-and-so " * 100)]
        assert hyphens == [102, 102, 96]

    def test_without_blanks_it_closes_anywhere_from_200_words_on(self) -> None:
        assert [len(passage.words) for passage in passages("word-" * 450)] == [200, 200, 50]
        assert [len(passage.words) for passage in passages("ก" * 1700)] == [800, 800, 100]
        assert [len(passage.words) for passage in passages("字" * 900)] == [400, 400, 100]

    def test_clusters_count_as_parts_of_words(self) -> None:
        assert len(cut("字" * 300)) == 1
        assert len(cut("字。" * 301)) == 13
        assert len(cut("ก" * 600)) == 1

    @given(
        st.lists(st.integers(1, 20), min_size=1, max_size=20),
        st.lists(st.integers(1, 20), max_size=20),
        st.lists(st.integers(1, 20), min_size=1, max_size=20),
    )
    def test_the_same_sentences_fall_into_the_same_groups_wherever_they_stand(
        self, before: list[int], elsewhere: list[int], behind: list[int]
    ) -> None:
        def sentences(lengths: list[int], word: str) -> list[str]:
            return [f"Begin{f' {word}' * (length - 1)}." for length in lengths]

        # A sentence long enough to close a group puts whatever stood before it out of mind.
        shared = [SENTENCE, *sentences([*behind, *[14] * 12], "shared")]
        one = cut(" ".join([*sentences(before, "this"), *shared]))
        two = cut(" ".join([*sentences(elsewhere, "that"), *shared]))
        first, second = (
            next(row for row, group in enumerate(groups) if group.endswith(SENTENCE))
            for groups in (one, two)
        )
        assert one[first + 1 :] == two[second + 1 :]
        assert len(one) > first + 1


class TestProse:
    def flags(self, text: str) -> list[int]:
        return [passage.flags for passage in passages(text)]

    def test_is_a_paragraph_of_sentences(self) -> None:
        assert self.flags(f"{SENTENCE}\n“{OTHER}”\nIt is over. Nobody came to see it") == [PROSE] * 3

    def test_is_no_heading_and_no_list_of_words(self) -> None:
        assert (
            self.flags("Harbour works\nNew findings on the state of the harbour\nloading...\nA")
            == [0] * 4
        )

    def test_is_a_long_paragraph_that_ends_no_sentence(self) -> None:
        assert self.flags("word " * 39) == [0]
        assert self.flags("word " * 40) == [PROSE]


@given(texts)
def test_every_word_of_a_text_stands_in_one_passage_and_passages_stand_in_order(text: str) -> None:
    from dedupe.passages.reference import words

    found = passages(text)
    assert [word for passage in found for word in passage.words] == list(words(text))
    assert all(one.end <= two.start for one, two in pairwise(found))
    for passage in found:
        assert passage.start <= passage.words[0].start
        assert passage.words[-1].end <= passage.end
        assert text[passage.start : passage.end].strip() == text[passage.start : passage.end]
        assert passage.weight == sum(word.weight for word in passage.words) > 0


@given(texts, st.sampled_from([newline for newline in NEWLINES if newline.strip(" \t") == newline]))
def test_a_passage_is_one_paragraph_or_a_part_of_one(text: str, newline: str) -> None:
    for passage in passages(text):
        held = text[passage.start : passage.end]
        if "\n" in held or "\r" in held:
            assert sum(word.weight for word in passage.words) <= LONG_WEIGHT + 200 * WEIGHT_OF_WORD
            assert newline * 2 not in held or newline in "\r\n"


def test_the_seeds_have_as_many_passages_as_lines_with_words() -> None:
    counts = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = passages(text)
        assert cut(text) == [line.strip() for line in text.split("\n") if any(map(str.isalnum, line))]
        counts[path.name[:3]] = len(found)
    assert counts == {"000": 14, "001": 46, "002": 24, "003": 19, "004": 10}


def test_the_block_that_stands_twice_in_002_is_the_same_nine_passages_twice() -> None:
    text = next(SEEDS.glob("002_*.txt")).read_text(encoding="utf-8")
    found = passages(text)
    says = [[word.normal for word in passage.words] for passage in found]
    assert says[6:15] == says[15:24]
    assert found[6].start == 279
    assert found[14].end == 1693
    assert found[15].start == 1694
    assert found[23].end == len(text) == 3108
