"""Which words stand in quotation marks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe import Document, audit
from dedupe.compute.compiled import Compiled
from dedupe.compute.plain import Plain
from dedupe.findings.differences import align
from dedupe.findings.quotes import count_common, introduces

SPEECH = "we shall mend the old bridge before the winter comes and nobody will have to swim"
MORE = "each family on that side gets its mail by boat until then, free of charge, twice every day"


def shares(compute: Plain | Compiled, text: str, part: str | None = None) -> tuple[int, int]:
    data = text.encode()
    start = data.index(part.encode()) if part else 0
    end = start + len(part.encode()) if part else len(data)
    counts, marks = np.zeros((1, 3), np.int64), np.zeros(len(text), np.uint8)
    places = (np.array([each]) for each in (0, len(data), start, end))
    text_bytes = np.frombuffer(data or b" ", np.uint8)
    compute.quoted(text_bytes, *places, 0.0, counts, np.zeros(1, np.int64), marks)
    assert marks.sum() == counts[0, 1]
    return int(counts[0, 0]), int(counts[0, 1])


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        "“”",
        "„“",
        "””",
        "‟”",
        "«»",
        "»«",
        "»»",
        "‹›",
        "「」",
        "『』",
        "‘’",
        "‚‘",
        '""',
        "''",
        "〝〞",
        "＂＂",
    ],
)
def test_marks_of_every_script(opening: str, closing: str) -> None:
    total, inside = shares(Plain(), f"He said: {opening}{SPEECH}.{closing} Then he left.")
    assert (total, inside) == (2 + len(SPEECH.split()) + 3, len(SPEECH.split()))


def test_a_quotation_that_begins_before_the_stretch_and_ends_behind_it_counts() -> None:
    total, inside = shares(Plain(), f"“Listen: {SPEECH}, he thought,” she read.", SPEECH)
    assert total == inside == len(SPEECH.split())


def test_each_paragraph_opens_and_the_last_closes() -> None:
    text = f"“{SPEECH}.\n\n“{SPEECH}.\n\n“{SPEECH},” he said."
    assert shares(Plain(), text) == (3 * len(SPEECH.split()) + 2, 3 * len(SPEECH.split()))
    straight = text.replace("“", '"').replace("”", '"')
    assert shares(Plain(), straight) == (3 * len(SPEECH.split()) + 2, 3 * len(SPEECH.split()))


def test_apostrophes_and_inches_quote_nothing() -> None:
    text = (
        "It's the dogs' dinner, isn't it? The o’clock news said 5\" of rain fell on the farmers’ fields."
    )
    assert shares(Plain(), text)[1] == 0


def test_between_two_quotations_nothing_is_quoted() -> None:
    text = '"One two," he said, "three four."'
    assert shares(Plain(), text) == (6, 4)


def test_an_unclosed_mark_inside_of_a_line_quotes_nothing() -> None:
    assert shares(Plain(), f"He said “{SPEECH}")[1] == 0


def test_lines_of_a_block_quotation() -> None:
    assert shares(Plain(), f"> {SPEECH}\nnot this") == (len(SPEECH.split()) + 2, len(SPEECH.split()))


def test_what_introduces_a_document() -> None:
    assert introduces("Pasal 17 peraturan daerah itu berbunyi:")
    assert introduces("The letter reads:")
    assert not introduces("Harga emas hari ini:")
    assert not introduces("The letter reads well")


@given(st.text(st.sampled_from("ab \n.,'\"“”„«»‘’>:「」漢é"), max_size=80), st.data())
def test_compiled_and_plain_are_equal(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    held = text.encode()
    start, end = len(text[:first].encode()), len(text[:last].encode())
    found = []
    for compute in (Plain(), Compiled()):
        for least in (0.0, 0.9):
            counts, marks = np.zeros((1, 3), np.int64), np.zeros(9, np.uint8)
            places = (np.array([each]) for each in (0, len(held), start, end))
            text_bytes = np.frombuffer(held + b" ", np.uint8)
            compute.quoted(text_bytes, *places, least, counts, np.array([2]), marks)
            found.append([counts.tolist(), marks.tolist()])
    assert found[:2] == found[2:]
    # Counting may stop early only where too little is quoted.
    (total, inside, _), (early, quoted, _) = found[0][0][0], found[1][0][0]
    assert (early, quoted) == (total, inside) or (inside <= 0.9 * total and quoted < 0.9 * early)


@given(
    st.lists(st.sampled_from([0, 4, 8]), max_size=20),
    st.lists(st.sampled_from([0, 4, 8]), max_size=20),
    st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_what_is_common_is_what_no_gap_holds(
    left: list[int], right: list[int], quoted: list[bool]
) -> None:
    words = np.array(left + right, np.uint64)
    firsts, lasts = np.array([0, len(left)]), np.array([len(left), len(left) + len(right)])
    one, marks = np.array([0]), np.array(quoted, np.uint8)
    found = []
    for compute in (Plain(), Compiled()):
        bounds, gaps = np.zeros(2, np.int64), np.empty((len(words) + 2, 4), np.int64)
        compute.run(align)(words, firsts, lasts, one, one + 1, bounds, gaps)
        counts = np.zeros((1, 2), np.int64)
        compute.run(count_common)(firsts, lasts, one, one + 1, bounds, gaps, firsts, marks, counts)
        held = gaps[: bounds[1]].tolist()
        sides = [
            sorted(set(range(low, high)) - {at for gap in held for at in range(gap[of], gap[of + 1])})
            for low, high, of in zip(firsts.tolist(), lasts.tolist(), (0, 2), strict=True)
        ]
        common = list(zip(*sides, strict=True))
        assert counts[0, 0] == len(common)
        assert counts[0, 1] == sum(quoted[at] and quoted[other] for at, other in common)
        found.append(counts.tolist())
    assert found[0] == found[1]


class TestInAnAudit:
    OTHER = "Unrelated words about a market in the rain that nobody else has ever written down."

    def codes(self, one: str, other: str) -> list[tuple[str, str]]:
        left = Document(
            id="a", text=f"{self.OTHER} Ships came.\n\n{one}\n\nAnd {self.OTHER.lower()[:40]}"
        )
        right = Document(
            id="b", text=f"{other}\n\nThe council met behind closed doors for hours on end."
        )
        return [(each.code, each.severity) for each in audit([left, right]).findings]

    def test_quoted_on_both_sides_is_information(self) -> None:
        speech = f"“{SPEECH.capitalize()}, and {MORE}.”"
        assert self.codes(speech, speech) == [("REU002", "info")]

    def test_quoted_on_one_side_only_is_reuse(self) -> None:
        speech = f"{SPEECH.capitalize()}, and {MORE}."
        assert self.codes(f"“{speech}”", speech) == [("REU001", "warning")]

    def test_who_said_it_may_stand_beside_it(self) -> None:
        speech = f"“{SPEECH.capitalize()}, and {MORE}”"
        said = (f"{speech}, she told reporters.", f"{speech}, the mayor of Wick said in a speech.")
        assert self.codes(*said) == [("REU002", "info")]

    def test_what_both_say_around_it_is_no_quotation(self) -> None:
        speech = f"{MORE.capitalize()}. Then he said: “{SPEECH.capitalize()}.”"
        assert self.codes(speech, speech) == [("REU001", "warning")]
