"""Settings: what they may be, and what is said of what they may not."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from dedupe import DedupeError, Settings


def test_the_defaults_are_those_of_the_contract() -> None:
    held = Settings()
    assert (held.threshold, held.document_threshold, held.min_words) == (0.5, 0.8, 12)
    assert (held.shingle, held.permutations, held.seed) == (3, 128, 1)
    assert (held.bands, held.rows, held.jobs) == (0, 0, 0)


def test_they_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().threshold = 0.9  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [
        ("threshold", 1e-9, 1.0),
        ("document_threshold", 1e-9, 1),
        ("min_words", 1, 10**6),
        ("shingle", 1, 64),
        ("permutations", 1, 4096),
        ("seed", 0, 2**32 - 1),
        ("jobs", 0, 64),
    ],
)
def test_a_value_in_its_range_is_taken(name: str, lowest: float, highest: float) -> None:
    assert getattr(Settings(**{name: lowest}), name) == lowest
    assert getattr(Settings(**{name: highest}), name) == highest


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"threshold": 0}, "--threshold 0 is out of range: it takes a number above 0 and at most 1"),
        (
            {"threshold": 1.01},
            "--threshold 1.01 is out of range: it takes a number above 0 and at most 1",
        ),
        ({"threshold": float("nan")}, "--threshold nan is out of range"),
        (
            {"document_threshold": -0.5},
            "--document-threshold -0.5 is out of range: it takes a number above 0",
        ),
        ({"min_words": 0}, "--min-words 0 is out of range: it takes a whole number from 1"),
        (
            {"sensitivity": "medium"},
            "--sensitivity medium is out of range: it takes low, normal or high",
        ),
        ({"shingle": 0}, "--shingle 0 is out of range: it takes a whole number from 1 to 64"),
        ({"shingle": 65}, "--shingle 65 is out of range: it takes a whole number from 1 to 64"),
        (
            {"permutations": 0},
            "--permutations 0 is out of range: it takes a whole number from 1 to 4096",
        ),
        ({"permutations": 4097}, "--permutations 4097 is out of range"),
        ({"bands": -1, "rows": 1}, "--bands -1 is out of range: it takes a whole number from 0"),
        ({"bands": 1, "rows": -1}, "--rows -1 is out of range: it takes a whole number from 0"),
        ({"seed": -1}, "--seed -1 is out of range: it takes a whole number from 0 to 4294967295"),
        ({"seed": 2**32}, "--seed 4294967296 is out of range"),
        ({"jobs": -1}, "--jobs -1 is out of range: it takes a whole number from 0"),
        ({"bands": 4}, "--bands and --rows go together: give both, or neither"),
        ({"rows": 4}, "--bands and --rows go together: give both, or neither"),
        (
            {"bands": 33, "rows": 4},
            "--bands 33 times --rows 4 is more than --permutations 128: "
            "lower one, or raise the permutations",
        ),
        ({"markdown": "code"}, "--markdown code is out of range: it takes prose or all"),
        ({"exclude": "*.md"}, "exclude '*.md' is out of range: it takes a list of strings"),
        ({"exclude": ("!",)}, "exclude: '!' is no pattern of paths, as in .gitignore"),
        ({"against": (1,)}, "against (1,) is out of range: it takes a list of strings"),
        ({"scopes": (("a", "x"),)}, "scopes.a 'x' is out of range: it takes a list of strings"),
        ({"scopes": (("a", ("!",)),)}, "scopes.a: '!' is no pattern of paths, as in .gitignore"),
        ({"scopes": (("a", ()), ("a", ()))}, "scopes: a scope needs a name of its own, not 'a'"),
    ],
)
def test_a_value_out_of_its_range_is_refused_in_words_of_the_command_line(
    values: dict[str, Any], message: str
) -> None:
    with pytest.raises(DedupeError) as raised:
        Settings(**values)
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_bands_that_fill_the_signature_are_taken() -> None:
    assert Settings(bands=32, rows=4).bands == 32
    assert Settings(bands=4096, rows=1, permutations=4096).rows == 1


def test_lists_and_tables_will_do_where_tuples_are_held() -> None:
    one = Settings(exclude=["*.md"], against=["old"], scopes={"de": ["de/"]})  # type: ignore[arg-type]
    other = Settings(exclude=("*.md",), against=("old",), scopes=(("de", ("de/",)),))
    assert one == other
    assert hash(one) == hash(other)
