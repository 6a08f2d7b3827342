"""Reading ahead changes when things are done, not what comes of them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents.ahead import ahead

if TYPE_CHECKING:
    from collections.abc import Generator


class Source:
    """Counts, and tells when it is closed."""

    def __init__(self, count: int, *, fails: bool = False) -> None:
        self.count = count
        self.fails = fails
        self.made = 0
        self.closed = threading.Event()

    def items(self) -> Generator[int, None, None]:
        try:
            for item in range(self.count):
                self.made += 1
                yield item
            if self.fails:
                raise ValueError("broken")
        finally:
            self.closed.set()


@given(st.integers(0, 20), st.integers(1, 4))
def test_the_items_are_the_same(count: int, depth: int) -> None:
    assert list(ahead(Source(count).items(), depth)) == list(range(count))


def test_what_goes_wrong_is_raised_in_its_place() -> None:
    stream = ahead(Source(3, fails=True).items())
    assert [next(stream) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="broken"):
        next(stream)


def test_no_more_is_made_than_there_is_room_for() -> None:
    source = Source(1000)
    stream = ahead(source.items(), depth=2)
    next(stream)
    stream.close()
    assert source.made <= 3


def test_closing_ends_the_thread_and_closes_the_source() -> None:
    before = threading.active_count()
    source = Source(1000)
    stream = ahead(source.items())
    next(stream)
    assert threading.active_count() == before + 1
    stream.close()
    assert threading.active_count() == before
    assert source.closed.is_set()


def test_a_stream_that_is_dropped_ends_its_thread() -> None:
    before = threading.active_count()
    stream = ahead(Source(1000).items())
    next(stream)
    del stream
    assert threading.active_count() == before


def test_a_source_that_waits_for_ever_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedupe.documents.ahead._PATIENCE", 0.01)
    release = threading.Event()

    def waits() -> Generator[int, None, None]:
        yield 1
        release.wait()

    stream = ahead(waits())
    assert next(stream) == 1
    stream.close()
    release.set()
