"""Which way computes: what is soonest done, which never shows in a result."""

from __future__ import annotations

import pytest

import dedupe.kernels
from dedupe.compute import SMALL, SMALL_UNCOMPILED, choose


@pytest.mark.parametrize(
    ("size", "are_compiled", "expected"),
    [
        (0, True, "Plain"),
        (SMALL, True, "Plain"),
        (SMALL + 1, True, "Compiled"),
        (SMALL + 1, False, "Plain"),
        (SMALL_UNCOMPILED, False, "Plain"),
        (SMALL_UNCOMPILED + 1, False, "Compiled"),
        (1 << 40, False, "Compiled"),
    ],
)
def test_small_input_is_computed_plainly_and_more_of_it_where_kernels_would_have_to_be_compiled(
    size: int, are_compiled: bool, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dedupe.kernels, "are_compiled", lambda: are_compiled)
    assert type(choose(size)).__name__ == expected
