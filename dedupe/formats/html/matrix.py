"""Who shares with whom: a square table of sources, or of documents where there are no sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING

from dedupe.formats.html import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedupe.formats.html.contents import Contents


@dataclass(frozen=True, slots=True)
class Matrix:
    """Findings that each two have in common."""

    of_sources: bool
    names: list[str]
    """Of rows and columns, those that have most in common first."""
    rows: list[int]
    """Where they stand in the page's data: rows of documents, numbers of sources."""
    more: int
    """How many others share something."""
    cells: dict[tuple[int, int], int]
    """Findings by row and column, the row first or the same."""


def matrix(contents: Contents) -> Matrix | None:
    """The matrix; None where no document shares anything with another.

    A cell of two documents counts the findings that both take part in; that of one, those that it
    repeats inside. Between sources the cell of one counts what its own documents share.
    """
    source = {each.id: each.source for each in contents.documents}
    known = {source.get(name) for held in contents.together for name in held} - {None}
    of_sources = len(known) > 1
    if not contents.together:
        return None

    def groups(held: Iterable[str]) -> Counter[str]:
        if of_sources:
            return Counter(of for name in held if (of := source.get(name)) is not None)
        return Counter(name for name in held if name in contents.rows)

    taking = [groups(held) for held in contents.together]
    first, others = _most_in_common(taking)
    at = {name: number for number, name in enumerate(first)}
    cells: Counter[tuple[int, int]] = Counter()
    for held in taking:
        here = sorted(at[name] for name in held if name in at)
        if of_sources:
            cells.update((one, one) for one in here if held[first[one]] > 1)
        cells.update(combinations(here, 2))
    if not of_sources:
        for name in (name for held in contents.repeating for name in held if name in at):
            cells[at[name], at[name]] += 1
    numbers = contents.sources if of_sources else contents.rows
    return Matrix(of_sources, first, [numbers[name] for name in first], others, dict(cells))


def _most_in_common(taking: Sequence[Mapping[str, int]]) -> tuple[list[str], int]:
    """Those that share most with one other, these two side by side; and how many others there are.

    Of a finding with very many only the first are paired: no work grows with their square.
    """
    names = dict.fromkeys(name for held in taking for name in sorted(held))
    pairs: Counter[tuple[str, str]] = Counter()
    for held in taking:
        pairs.update(combinations(sorted(held)[: limits.MATRIX], 2))
    ordered = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    first = dict.fromkeys(chain(chain.from_iterable(ordered), names))
    chosen = [*islice(first, limits.MATRIX)]
    return chosen, len(names) - len(chosen)
