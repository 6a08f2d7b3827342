"""Two documents laid out beside each other: every word once, links as the findings say."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents import Document
from dedupe.formats.shared.excerpts import words
from dedupe.formats.shared.side_by_side import Comparison, Part, Row, side_by_side
from dedupe.report import Finding, Fractions, Kind, Location

from . import pairs
from .builder import finding, place, report, score


def laid_out(left: str, right: str, *found: Finding) -> Comparison:
    scores = [score(name, text, Fractions()) for name, text in (("a", left), ("b", right))]
    return side_by_side(report(scores, [*found]), Document("a", left), Document("b", right))


def said(part: Part | None) -> str:
    """The words of a part, changed ones in brackets."""
    if part is None:
        return ""
    shown = []
    for piece in part.pieces:
        text = " ".join(word.text for word in piece.words)
        shown.append(f"[{text}]" if piece.mark == "changed" else text)
    return " ".join(shown)


def outline(found: Comparison) -> list[tuple[str, str, int, int]]:
    """Role, label and first lines of the rows."""
    return [
        (row.role, row.label, row.left.line if row.left else 0, row.right.line if row.right else 0)
        for row in found.rows
    ]


def lines(*numbers: int, of: int = 12) -> str:
    """A text of lines of as many words as asked for, told apart by their numbers."""
    return "\n".join(" ".join(f"w{number}x{place}" for place in range(of)) + "." for number in numbers)


def shared(left: str, right: str, *spots: tuple[str, int, int], kind: Kind = "reuse") -> Finding:
    """A finding at these lines of these documents."""
    texts = {"a": left, "b": right}
    places = [place(name, texts[name], first, last) for name, first, last in spots]
    return finding("REU001" if kind == "reuse" else "REP001", kind, "info", places)


def test_what_was_found_in_both_is_linked_and_edits_are_marked() -> None:
    found = side_by_side(*pairs.edited_pair())
    assert outline(found) == [
        ("only", "", 1, 1),
        ("linked", "1", 3, 3),
        ("linked", "2", 5, 7),
        ("linked", "3", 7, 9),
        ("only", "", 9, 11),
        ("again", "3", 0, 13),
        ("linked", "4", 11, 5),
        ("boilerplate", "", 13, 0),
    ]
    rows = {row.label: row for row in found.rows if row.role == "linked"}
    assert "cost [640] million" in said(rows["3"].left)
    assert "cost [680] million" in said(rows["3"].right)
    assert [row.label for row in rows.values() if row.moved] == ["4"]
    assert [row.label for row in rows.values() if not row.edited] == ["4"]


def test_each_finding_names_its_rows() -> None:
    one, left, right = pairs.edited_pair()
    named = dict(
        zip((each.code for each in one.findings), side_by_side(one, left, right).labels, strict=True)
    )
    assert named["REP001"] == "3"
    assert named["BPL003"] == ""
    assert sorted(side_by_side(one, left, right).labels) == ["", "1-4", "3", "4"]


def test_shares_count_words_that_stand_on_the_other_side() -> None:
    left, right = lines(1, 2), lines(3, 1, 3, 3)
    found = laid_out(left, right, shared(left, right, ("a", 1, 1), ("b", 2, 2)))
    assert (found.left_share, found.right_share) == (0.5, 0.25)


def test_a_copy_of_what_is_linked_counts_as_standing_on_the_other_side() -> None:
    left, right = lines(1), lines(1, 2, 1)
    found = laid_out(
        left,
        right,
        shared(left, right, ("a", 1, 1), ("b", 1, 1)),
        shared(left, right, ("b", 1, 1), ("b", 3, 3), kind="repetition"),
    )
    assert outline(found) == [("linked", "1", 1, 1), ("only", "", 0, 2), ("again", "1", 0, 3)]
    assert found.right_share == 2 / 3


def test_a_repetition_that_only_one_side_has_gets_a_letter() -> None:
    left, right = lines(1, 2, 1), lines(9)
    found = laid_out(left, right, shared(left, right, ("a", 1, 1), ("a", 3, 3), kind="repetition"))
    assert outline(found) == [
        ("only", "a", 1, 0),
        ("only", "", 2, 0),
        ("again", "a", 3, 0),
        ("only", "", 0, 1),
    ]
    assert found.left_share == 0


def test_copies_inside_both_are_linked_each_to_its_own() -> None:
    left = right = lines(1, 2, 1, 2)
    inside = [shared(left, right, (name, 1, 2), (name, 3, 4), kind="repetition") for name in ("a", "b")]
    whole = shared(left, right, ("a", 1, 2), ("b", 1, 2))
    found = laid_out(left, right, whole, *inside)
    assert outline(found)[:2] == [("linked", "1", 1, 1), ("linked", "2", 2, 2)]
    assert not any(row.moved for row in found.rows)


def test_moved_passages_are_linked_wherever_they_stand() -> None:
    left, right = lines(1, 2, 3, 4, 5), lines(5, 3, 4, 1, 2)
    found = laid_out(left, right, shared(left, right, ("a", 1, 5), ("b", 1, 5)))
    assert [row.right.line for row in found.rows if row.right] == [4, 5, 2, 3, 1]
    assert found.left_share == 1
    in_order = [row.right.line for row in found.rows if row.right and not row.moved]
    assert in_order == sorted(in_order)


def test_a_find_inside_a_paragraph_leaves_the_rest_of_it() -> None:
    before, found_there, after = lines(1), lines(2), lines(3)
    left, right = f"{before} {found_there} {after}", lines(7, 2, 8)
    spots = [
        Location(
            "a", len(before) + 1, len(before) + 1 + len(found_there), 1, 1, True, True, 1, 1, found_there
        ),
        place("b", right, 2, 2),
    ]
    found = laid_out(left, right, finding("REU001", "reuse", "info", spots))
    assert [row.role for row in found.rows] == ["only", "linked", "only"]
    linked = found.rows[1]
    assert linked.left is not None
    assert left[linked.left.start : linked.left.end] == found_there


def test_paragraphs_that_were_merged_are_linked_one_by_one() -> None:
    left, right = lines(1, 2, 3), lines(1, 2, 3).replace("\n", " ")
    found = laid_out(left, right, shared(left, right, ("a", 1, 3), ("b", 1, 1)))
    assert outline(found) == [("linked", "1", 1, 1), ("linked", "2", 2, 1), ("linked", "3", 3, 1)]
    assert not any(row.edited for row in found.rows)


def test_lines_too_short_for_a_finding_are_not_called_one_side_s() -> None:
    found = laid_out("Weather\n" + lines(1), "WEATHER:\n" + lines(2))
    assert outline(found) == [("linked", "1", 1, 1), ("only", "", 2, 2)]


def test_signs_alone_are_one_side_s() -> None:
    found = laid_out("***", "---")
    assert outline(found) == [("only", "", 1, 1)]
    assert (found.left_share, found.right_share) == (0, 0)


def test_nothing_is_laid_out_as_nothing() -> None:
    assert laid_out("", "").rows == ()


WORD = st.sampled_from(["a", "b", "c", "dog", "–", "普", "\n", "The", "end."])
TEXT = st.lists(WORD, max_size=80).map(" ".join)
SPOT = st.tuples(st.sampled_from("ab"), st.floats(0, 1), st.floats(0, 1))
KINDS: list[Kind] = ["reuse", "near-duplicate", "repetition", "boilerplate"]


@given(TEXT, TEXT, st.lists(st.tuples(st.sampled_from(KINDS), st.lists(SPOT, min_size=1, max_size=5))))
def test_every_word_stands_in_one_row(
    left: str, right: str, found: list[tuple[Kind, list[tuple[str, float, float]]]]
) -> None:
    texts = {"a": left, "b": right}
    findings = []
    for kind, spots in found:
        locations = []
        for name, one, other in spots:
            start, end = sorted((round(one * len(texts[name])), round(other * len(texts[name]))))
            locations.append(Location(name, start, end, 1, 1, False, False, 1.0, 1.0, None))
        each = Finding("0" * 32, "X", kind, "info", False, 1, 1, 1, 1, 1, None, (), tuple(locations))
        findings.append(each)
    scores = [score(name, text, Fractions()) for name, text in texts.items()]
    made = side_by_side(report(scores, tuple(findings)), Document("a", left), Document("b", right))
    parts = [
        [part for part in side if part]
        for side in zip(*((row.left, row.right) for row in made.rows), strict=True)
    ]
    for text, unordered in zip(texts.values(), parts or [[], []], strict=True):
        held = sorted(unordered, key=lambda part: part.start)
        shown = [word.start for part in held for piece in part.pieces for word in piece.words]
        assert shown == [word.start for word in words(text)]
        for part, following in pairwise(held):
            assert part.end <= following.start
        for part in held:
            assert part.line == text.count("\n", 0, part.start) + 1
    for row in made.rows:
        check_link(row)
    assert 0 <= made.left_share <= 1
    assert 0 <= made.right_share <= 1


def check_link(row: Row) -> None:
    """What is not marked is the same on both sides."""
    if row.role != "linked":
        return
    assert row.left
    assert row.right
    for one, other in zip(row.left.pieces, row.right.pieces, strict=True):
        assert one.mark == other.mark
        same = [word.normal for word in one.words] == [word.normal for word in other.words]
        assert same == (one.mark == "same")
