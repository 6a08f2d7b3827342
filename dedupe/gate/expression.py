"""``--fail-on EXPR``: conditions joined by commas, any one of which fails the report.

- ``new``: a finding that is new, that is neither known to the baseline nor allowed.
- ``error``, ``warning``, ``info``: a new finding of this severity or a worse one.
- ``repetition``, ``reuse``, ``near-duplicate``, ``boilerplate``: a new finding of this kind.
- ``REP001``, …: a new finding with this code.
- ``repetition>0.05``: a score of the summary, compared without rounding; known and allowed findings
  are in the scores.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Final

from dedupe.errors import DedupeError
from dedupe.formats.shared.codes import CODES
from dedupe.report import KINDS, SEVERITIES, Fractions

DENSITIES: Final = ("duplication_density", "redundant_fraction", "redundant_exact_fraction")
SCORES: Final = (*(each.name for each in fields(Fractions)), *DENSITIES)
"""Scores that a condition may name: the classes' shares of all words, and what is duplicated."""
COMPARISONS: Final[dict[str, Callable[[float, float], bool]]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}

_SCORE: Final = re.compile(r"([\w-]+)\s*(>=|<=|>|<)\s*(\S+)")
_EXAMPLE: Final = "--fail-on takes new, error, a kind, a code or a score, as in error,repetition>0.05"


@dataclass(frozen=True, slots=True)
class OfFindings:
    """Fails where there is a new finding, or one of this severity, kind or code."""

    text: str


@dataclass(frozen=True, slots=True)
class OfScore:
    """Fails where a score of the summary compares so."""

    text: str
    score: str
    comparison: str
    bound: float


Term = OfFindings | OfScore


def parse(expression: str) -> tuple[Term, ...]:
    """The conditions of an expression, each once, in its order.

    Raises DedupeError: it is none; the message says which part, and what was probably meant.
    """
    parts = [part.strip() for part in expression.split(",")]
    if not any(parts):
        raise DedupeError(f"--fail-on is empty: {_EXAMPLE.removeprefix('--fail-on ')}")
    terms = [_term(part) for part in parts if part]
    return tuple(dict.fromkeys(terms))


def _term(part: str) -> Term:
    score = _SCORE.fullmatch(part)
    if score is None:
        return _of_findings(part)
    name, comparison, value = score.groups()
    return _of_score(part, name, comparison, value)


def _of_findings(part: str) -> OfFindings:
    name = part.lower().replace("_", "-")
    if name in ("new", *SEVERITIES, *KINDS):
        return OfFindings(name)
    if part.upper() in CODES:
        return OfFindings(part.upper())
    if any(mark in part for mark in "<>="):
        raise DedupeError(f"--fail-on {part} is no condition: a score goes as in repetition>0.05")
    if name.replace("-", "_") in SCORES:
        raise DedupeError(f"--fail-on {part} is a score: say from where it fails, as in {part}>0.05")
    raise _unknown(part, name, ["new", *SEVERITIES, *KINDS, *CODES], _EXAMPLE)


def _of_score(part: str, name: str, comparison: str, value: str) -> OfScore:
    score = name.lower().replace("-", "_")
    if score not in SCORES:
        raise _unknown(part, score, SCORES, f"the scores are {', '.join(SCORES)}")
    try:
        bound = float(value)
    except ValueError:
        bound = -1.0
    if not 0 <= bound <= 1:
        raise DedupeError(
            f"--fail-on {part}: a score is compared with a number from 0 to 1, 0.05 for 5%"
        )
    return OfScore(f"{score}{comparison}{value}", score, comparison, bound)


def _unknown(part: str, name: str, names: list[str] | tuple[str, ...], otherwise: str) -> DedupeError:
    by_lower = {each.lower(): each for each in names}
    near = get_close_matches(name, by_lower, n=1)
    advice = f"did you mean {by_lower[near[0]]}?" if near else otherwise
    return DedupeError(f"--fail-on {part} is no condition: {advice}")
