"""A bar is full, and hides no class."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dedupe.formats.shared.bars import cells
from dedupe.report import Fractions


@given(st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any), st.integers(8, 120))
def test_cells_fill_the_bar_and_show_what_is_there(parts: list[int], width: int) -> None:
    shares = [part / sum(parts) for part in parts]
    given_ = list(cells(Fractions(*shares), width).values())
    assert sum(given_) == width
    for share, length in zip(shares, given_, strict=True):
        assert (length > 0) == (share > 0)
        assert abs(length - share * width) <= 3


def test_a_document_without_words_has_an_empty_bar() -> None:
    assert set(cells(Fractions(), 10).values()) == {0}
