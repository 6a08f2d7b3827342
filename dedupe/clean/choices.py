"""What a clean is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

from dedupe.errors import DedupeError
from dedupe.report import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_DROP: Final[tuple[Kind, ...]] = ("boilerplate", "repetition")
POLICIES: Final = ("first", "longest", "earliest", "latest")
"""Which copy stays, besides ``source=NAME``."""

# Quoted speech, a series and the next chapter of a story say something each time.
NEVER: Final = frozenset({"REU002", "DUP004", "DUP005"})
"""Codes whose places are never removed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What goes, and which copy stays.

    Raises:
        DedupeError: a kind or policy that there is not.
    """

    drop: tuple[Kind, ...] = DEFAULT_DROP
    """Kinds of findings, in the order of the report's kinds."""
    near: bool = False
    """Whether edited copies go, too."""
    keep: str = "first"

    def __post_init__(self) -> None:
        if not self.drop:
            raise DedupeError(f"--drop names nothing: it takes {', '.join(KINDS)}")
        source = self.keep.removeprefix("source=")
        if self.keep not in POLICIES and (source == self.keep or not source):
            raise DedupeError(
                f"--keep {self.keep} is not known: it takes {', '.join(POLICIES)}, source=NAME"
            )

    def wants(self, code: str, kind: Kind) -> bool:
        """Whether findings of this code are to go."""
        return kind in self.drop and code not in NEVER


def kinds(names: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds that a list of names means, each possibly several with commas between.

    Raises:
        DedupeError: a name is no kind.
    """
    wanted = {part.strip().lower() for name in names for part in name.split(",")} - {""}
    for name in sorted(wanted - set(get_args(Kind))):
        raise DedupeError(f"--drop {name} is not known: it takes {', '.join(KINDS)}")
    return tuple(kind for kind in KINDS if kind in wanted)
