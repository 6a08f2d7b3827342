"""What holds of a report whatever the texts are: any Unicode, in any batches."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe import Document, audit
from dedupe.documents import memory, pack, reading

if TYPE_CHECKING:
    from dedupe.report import Report

ODD = (
    "a\u0301 b\0c\u200b\u00ad.\n\ud800\udc00x\ufb01\u0e01\u0e33\u0915\u094d\u0937\uff21'"
    "\u2019\u0640\u064b👩\u200d👧\r\n\t"
)
SENTENCE = "A paragraph of quite ordinary words stands around whatever is put into the middle of it"


def texts_of(middle: str) -> list[str]:
    """Three documents in which it stands twice, and with something else."""
    block = f"{SENTENCE} {middle} and goes on after that for a few more words than it had before."
    return [f"{block}\n\nSomething else.\n\n{block}", f"{middle}\n\n{block}", middle]


def report_on(texts: list[str]) -> Report:
    return audit([Document(str(number), text) for number, text in enumerate(texts)])


odd_texts = st.text(st.characters() | st.sampled_from(ODD), max_size=60)


@settings(max_examples=40)
@given(odd_texts)
@example(ODD)
@example("\ud800" * 9)
@example("\u0301" * 30)
def test_places_are_of_the_text_as_read(middle: str) -> None:
    texts = texts_of(middle)
    report = report_on(texts)
    # Half of a pair is no character: U+FFFD stands for it, one for one.
    read = ["".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) for text in texts]
    assert [each.text for each in report.articles] == read
    by_id = {str(number): text for number, text in enumerate(read)}
    assert report.findings
    for finding in report.findings:
        for place in finding.locations:
            text = by_id[place.document]
            assert 0 <= place.start < place.end <= len(text)
            assert place.text == text[place.start : place.end]
            for at in (place.start, place.end):
                within = 0 < at < len(text) and unicodedata.category(text[at])[0] == "M"
                assert not within or unicodedata.category(text[at - 1])[0] not in "LM"
    for document in report.documents:
        shares = document.fractions
        whole = shares.original + shares.reuse + shares.repetition + shares.boilerplate
        assert whole == pytest.approx(1 if document.words else 0)
    json.loads(report.to_json())


@settings(max_examples=15)
@given(odd_texts, st.integers(1, 400))
def test_batches_make_no_difference(middle: str, size: int) -> None:
    texts = [*texts_of(middle), *texts_of(middle[::-1])]
    whole = report_on(texts).to_json()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "BATCH_BYTES", size)
        patch.setattr(reading, "pack", lambda pieces: pack.pack(pieces, size))
        assert report_on(texts).to_json() == whole


@pytest.mark.parametrize(
    "odd",
    [
        "\u00ad",
        "\u200b",
        "\0",
        "\x0b",
        "ﬁ",
        "Ａ",
        "“x”",
        "مُـ",
        "क्ष",
        "👩\u200d👩\u200d👧",
        "\ufeff",
        "\u202e",
    ],
)
def test_a_block_with_unusual_characters_is_found_where_it_stands(odd: str) -> None:
    block = (
        f"{SENTENCE} with {odd} in it, be{odd}tween letters and{odd} behind them, again {odd}{odd} too."
    )
    text = f"First {odd} line.\n\n{block}\n\nAnother line of it.\n\n{block}\n"
    (finding,) = (each for each in report_on([text]).findings if each.code == "REP001")
    assert [place.text for place in finding.locations] == [block, block]
