"""Excerpts show the words that matter: the ends of a copy, the differences of an edit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedupe.formats.shared.excerpts import Piece, beside, brief, differences, same_text, shortened, words


def read(pieces: list[Piece]) -> str:
    """The pieces as a line: changed words in brackets, what is left out as dots."""
    shown = []
    for piece in pieces:
        text = "".join(" " * bool(word.gap) + word.text for word in piece.words).strip()
        shown.append({"same": text, "changed": f"[{text}]", "cut": "..."}[piece.mark])
    return " ".join(shown)


def numbered(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last))


def test_words_keep_what_separates_them() -> None:
    assert [(w.text, w.gap) for w in words("  a b\n\nc ")] == [("a", ""), ("b", " "), ("c", "\n")]


def test_signs_go_with_the_word_that_they_touch() -> None:
    found = words("He said: “No – (never)!” –\n- U.S. troops")
    assert [w.text for w in found] == ["He", "said:", "“No", "– (never)!”", "– - U.", "S.", "troops"]
    assert [w.normal for w in found] == ["he", "said", "no", "never", "u", "s", "troops"]


def test_signs_alone_are_shown_and_no_word() -> None:
    assert [(w.text, w.normal) for w in words(" *** \n –")] == [("*** –", "")]
    assert words(" \n") == []


def test_scripts_without_spaces_are_words_of_one_cluster() -> None:
    assert [w.text for w in words("普京abc รี่")] == ["普", "京", "abc", "รี่"]


def test_a_short_text_is_shown_whole() -> None:
    assert read(shortened("a b c", 100)) == "a b c"


def test_a_long_text_loses_its_middle() -> None:
    shown = read(shortened(numbered(0, 1000), 60))
    assert shown.startswith("w0 w1 ")
    assert " ... " in shown
    assert shown.endswith(" w999")
    assert len(shown) < 80


def test_a_whole_document_is_not_read_for_its_ends() -> None:
    shown = read(shortened(numbered(0, 100_000), 60))
    assert shown.startswith("w0 ")
    assert shown.endswith(" w99999")


def test_an_endless_word_does_not_make_an_endless_excerpt() -> None:
    assert len(read(shortened("x" * 10_000 + " y", 20))) < 100


def test_one_word_is_not_shown_as_both_ends() -> None:
    assert read(shortened("x" * 50, 20)).count("x" * 50) == 1


def test_white_space_makes_no_difference() -> None:
    assert same_text("a  b\nc", "a b c")
    assert not same_text("a b", "a c")


def test_differences_are_marked_on_both_sides() -> None:
    left, right = differences("the old house stands", "the new house stands still", 200)
    assert read(left) == "the [old] house stands"
    assert read(right) == "the [new] house stands [still]"


def test_neither_case_nor_signs_are_differences() -> None:
    left, right = differences("He said: “No” in Rome", "he said – no – in ROME", 200)
    assert read(left) == "He said: “No” in Rome"
    assert read(right) == "he said – no – in ROME"


def test_a_lone_word_of_a_rewritten_sentence_is_no_match() -> None:
    left, right = differences(
        "It rained. Nobody expected the ministers to stay. It was late.",
        "It rained. All of them left the building. It was late.",
        200,
    )
    assert read(left) == "It rained. [Nobody expected the ministers to stay.] It was late."
    assert read(right) == "It rained. [All of them left the building.] It was late."


def test_what_was_added_begins_where_its_sentence_does() -> None:
    _, right = differences("The dog ran. The end.", "The dog ran. The cat slept. The end.", 200)
    assert read(right) == "The dog ran. [The cat slept.] The end."


def test_only_what_stands_around_a_difference_is_shown() -> None:
    one = f"{numbered(0, 100)} old {numbered(100, 200)}"
    left, right = differences(one, one.replace("old", "new"), 120)
    assert read(left) == f"... {numbered(93, 100)} [old] {numbered(100, 107)} ..."
    assert read(right) == f"... {numbered(93, 100)} [new] {numbered(100, 107)} ..."


def test_a_difference_far_inside_a_document_is_found() -> None:
    one = f"{numbered(0, 50_000)} old {numbered(0, 100)}"
    left, right = differences(one, one.replace("old", "new"), 120)
    assert "[old]" in read(left)
    assert "[new]" in read(right)
    assert read(left).startswith("... ")


def test_a_longer_tail_is_cut() -> None:
    _, right = differences(numbered(0, 50), numbered(0, 500), 120)
    assert len(read(right)) < 300
    assert read(right).endswith("w499]")


def test_beside_each_other_both_have_as_many_pieces() -> None:
    left, right = beside(words("the old house stands"), words("The house stands, still"))
    assert [piece.mark for piece in left] == [piece.mark for piece in right]
    assert read(left) == "the [old] house stands []"
    assert read(right) == "The [] house stands, [still]"


def test_in_brief_both_sides_are_cut_in_the_same_places() -> None:
    one = f"{numbered(0, 100)} old {numbered(100, 200)}"
    left, right = (
        read([piece for cut in brief(pieces, 200) for piece in cut]).strip()
        for pieces in beside(words(one), words(one.replace("old", "brand new")))
    )
    assert left == f"... {numbered(88, 100)} [old] {numbered(100, 112)} ..."
    assert right == left.replace("[old]", "[brand new]")


def test_in_brief_what_is_the_same_keeps_its_ends() -> None:
    pieces, _ = beside(words(numbered(0, 100)), words(numbered(0, 100)))
    (cut,) = brief(pieces, 60)
    assert read(cut).startswith("w0 ")
    assert read(cut).endswith(" w99")
    assert " ... " in read(cut)


TEXT = st.lists(st.sampled_from(["a", "b", "c", "d", "普", "京", "\n"]), max_size=60).map(" ".join)


@given(TEXT, TEXT)
def test_with_room_enough_every_word_is_shown_in_order(one: str, other: str) -> None:
    for text, side in zip((one, other), differences(one, other, 10_000), strict=True):
        assert [w.text for piece in side for w in piece.words] == [w.text for w in words(text)]


@given(TEXT, TEXT)
def test_what_is_not_marked_is_the_same_on_both_sides(one: str, other: str) -> None:
    sides = differences(one, other, 10_000)
    unmarked = [
        [w.normal for piece in side if piece.mark == "same" for w in piece.words] for side in sides
    ]
    assert unmarked[0] == unmarked[1]


@given(st.text(max_size=300), st.text(max_size=300), st.integers(0, 100))
def test_any_text_and_room_will_do(one: str, other: str, room: int) -> None:
    differences(one, other, room)
    shortened(one, room)
