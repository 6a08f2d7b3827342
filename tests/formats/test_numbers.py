"""Numbers round for people, and never to a lie."""

from __future__ import annotations

import pytest

from dedupe.formats.shared.numbers import count, listed, percent, similarity


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0%"), (1, "100%"), (0.129, "12.9%"), (1e-9, "<0.1%"), (0.9999, ">99.9%"), (0.5, "50.0%")],
)
def test_percent(value: float, shown: str) -> None:
    assert percent(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (1, "1"), (0.5, "0.5"), (0.87654, "0.877"), (0.99999, ">0.999"), (1e-9, "<0.001")],
)
def test_similarity(value: float, shown: str) -> None:
    assert similarity(value) == shown


def test_count_has_a_plural_and_separators() -> None:
    assert count(1, "error") == "1 error"
    assert count(0, "error") == "0 errors"
    assert count(12345, "path was", "paths were") == "12,345 paths were"


def test_listed() -> None:
    assert [listed(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
