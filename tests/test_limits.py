"""Bounds of what is read: how they are written, and what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.errors import DedupeError
from dedupe.limits import NAMES, Limits, limits_of, size


def test_they_have_defaults() -> None:
    assert limits_of([]) == Limits()
    assert Limits().changed == {}


def test_each_is_set_by_its_name_and_the_last_counts() -> None:
    limits = limits_of(["document=10MB", "ratio=50", "document=2 kb", "unpacked=1TiB", "line=7"])
    assert limits.changed == {"document": 2048, "line": 7, "unpacked": 1 << 40, "ratio": 50}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("depht=3", "--limit depht=3 is not a limit: it takes NAME=VALUE, NAME one of document, line, "),
        ("10MB", "--limit 10MB is not a limit: "),
        ("document=many", "--limit document=many is out of range: document takes a size as in 64MB"),
        ("document=-1", "--limit document=-1 is out of range"),
        ("ratio=1MB", "--limit ratio=1MB is out of range: ratio takes a whole number"),
        ("depth=0", "--limit depth=0 is out of range: it takes 1 to 900"),
        ("depth=1000", "--limit depth=1000 is out of range: it takes 1 to 900"),
        ("line=0", "--limit line=0 is out of range"),
        ("unpacked=9999999TB", "--limit unpacked=10995115178248372224 is out of range"),
    ],
)
def test_what_is_none_is_refused(given: str, said: str) -> None:
    with pytest.raises(DedupeError) as refused:
        limits_of([given])
    assert str(refused.value).startswith(said)


@given(st.sampled_from(NAMES[:3]), st.integers(1, 1 << 50))
def test_a_size_is_read_as_it_is_shown(name: str, value: int) -> None:
    shown = size(value).removesuffix(" bytes")
    assert getattr(limits_of([f"{name}={shown}"]), name) == value
