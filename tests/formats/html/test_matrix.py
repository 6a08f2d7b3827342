"""Who shares with whom: by sources where there are several, else by documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dedupe.formats.html import limits
from dedupe.formats.html.contents import Contents
from dedupe.formats.html.matrix import Matrix, matrix
from dedupe.report import Fractions
from tests.formats import builder


def made(
    together: Sequence[str],
    *,
    repeating: Sequence[str] = (),
    sources: dict[str, str] | None = None,
) -> Matrix | None:
    """The matrix of documents of one letter: each string is a finding, of the documents it names."""
    names = sorted({name for held in (*together, *repeating) for name in held})
    documents = [
        replace(builder.score(name, "words", Fractions(original=1.0)), source=(sources or {}).get(name))
        for name in names
    ]
    return matrix(
        Contents(
            documents,
            [*range(len(names))],
            {name: row for row, name in enumerate(names)},
            {name: row for row, name in enumerate(dict.fromkeys((sources or {}).values()))},
            together=[*map(frozenset, together)],
            repeating=[*map(frozenset, repeating)],
        )
    )


def named(held: Matrix | None) -> dict[str, int]:
    assert held is not None
    return {
        "".join(sorted((held.names[one], held.names[other]))): number
        for (one, other), number in held.cells.items()
    }


def test_nothing_shared_makes_none() -> None:
    assert made([], repeating=["a"]) is None


def test_documents_count_the_findings_they_have_in_common() -> None:
    assert named(made(["ab", "ab", "abc"])) == {"ab": 3, "ac": 1, "bc": 1}


def test_the_diagonal_is_what_a_document_repeats() -> None:
    assert named(made(["ab"], repeating=["a", "a", "z"])) == {"ab": 1, "aa": 2}


def test_of_one_source_documents_are_shown() -> None:
    held = made(["ab"], sources={"a": "S", "b": "S"})
    assert held is not None
    assert not held.of_sources


def test_of_several_sources_the_sources_are() -> None:
    sources = {"a": "S", "b": "S", "c": "T", "d": "U"}
    assert named(made(["ab", "ac", "abc", "cd"], sources=sources)) == {"SS": 2, "ST": 2, "TU": 1}


def test_those_with_most_in_common_come_first_side_by_side() -> None:
    held = made(["ab", "cd", "cd", "ae"])
    assert held is not None
    assert held.names == ["c", "d", "a", "b", "e"]
    assert held.rows == [2, 3, 0, 1, 4]


def test_others_are_counted() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    held = made([letters, "yz", "yz"])
    assert held is not None
    assert len(held.names) == limits.MATRIX
    assert held.names[:2] == ["y", "z"]
    assert held.more == len(letters) - limits.MATRIX
