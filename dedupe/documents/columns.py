"""Which column, or which key of an object, is what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedupe.documents.batches import FIELDS
from dedupe.documents.interface import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dedupe.settings import Settings

ROLES = FIELDS

_TEXTS = ("text", "content", "body", "article")
_SHOWN = 12


def wanted(role: str, settings: Settings) -> tuple[str, ...]:
    """The names a column of this role may have, in order: the one that was set, else the usual ones.

    Groups are there only where they are asked for.
    """
    named = set_name(role, settings)
    if named is not None:
        return (named,)
    if role == "group":
        return ()
    return _TEXTS if role == "text" else (role,)


def set_name(role: str, settings: Settings) -> str | None:
    """The name the settings give for this role."""
    name: str | None = getattr(settings, f"{role}_column")
    return name


def spellings(names: Iterable[str], settings: Settings) -> dict[str, list[str]]:
    """For each role those of the names that may hold it, the best first.

    Names are compared without case; where several differ only in that, the one spelled exactly as
    wanted comes first, then by code points.
    """
    by_lower: dict[str, list[str]] = {}
    for name in names:
        by_lower.setdefault(_lower(name), []).append(name)
    return {
        role: [
            name
            for want in wanted(role, settings)
            for name in sorted(by_lower.get(_lower(want), ()), key=lambda name: (name != want, name))
        ]
        for role in ROLES
    }


def choose(
    names: Sequence[str], settings: Settings, texts: Collection[str] | None = None
) -> dict[str, str]:
    """The column of each role there is, for a table. ``texts`` are the columns that can hold a text.

    Raises:
        UnreadableError: there is no text, or a column the settings name is not there.

    """
    found = spellings(names, settings)
    require(names, found, settings)
    fit = [name for name in found["text"] if texts is None or name in texts]
    if not fit:
        raise UnreadableError(f"its column {found['text'][0]} does not hold text")
    return {role: fit[0] if role == "text" else found[role][0] for role in ROLES if found[role]}


def require(names: Iterable[str], found: dict[str, list[str]], settings: Settings) -> None:
    """See that there is a text, and each column the settings name; only some files may have groups.

    Raises:
        UnreadableError: one is not there.

    """
    for role in ROLES:
        named = role != "group" and set_name(role, settings) is not None
        if not found[role] and (role == "text" or named):
            want = wanted(role, settings)
            what = want[0] if len(want) == 1 else f"{', '.join(want[:-1])} or {want[-1]}"
            raise UnreadableError(f"has no column {what}; it has {_listed(names)}")


def _lower(name: str) -> str:
    """In lower case; only an ASCII name becomes an ASCII name (the Kelvin sign is no k)."""
    lower = name.lower()
    return lower if name.isascii() or not lower.isascii() else name


def _listed(names: Iterable[str]) -> str:
    shown = [_short(name) for name in names]
    if not shown:
        return "none"
    rest = len(shown) - _SHOWN
    return ", ".join(shown[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _short(name: str) -> str:
    """A column's name as it can stand in a line; a file without a header has whole texts there."""
    name = " ".join(name.split()) or '""'
    name = "".join(c if c.isprintable() else "\ufffd" for c in name)
    return name if len(name) <= 40 else f"{name[:39]}…"
