"""``dedupe-allow.toml``: findings that somebody has looked at and allowed, each with the reason.

Articles cannot carry comments, so what is right to stand twice is listed beside them::

    [[allow]]
    reason = "the agency asks for this notice"
    fingerprint = "8002ef3c687716c6"   # of the text, as `dedupe check` shows it; or a finding's id
    [[allow]]
    reason = "made by the tax office, year after year"
    path = ["forms/**", "archive/*.md"]   # all places are in these files
    code = "DUP002"                       # and the finding has this code
    [[allow]]
    reason = "our own line"
    template = "Read more: ‹…›"

Whatever an entry gives must hold; paths are patterns as in ``.gitignore``, from the folder of the file.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from dedupe.documents.patterns import spec_of
from dedupe.errors import DedupeError
from dedupe.formats.shared.codes import CODES
from dedupe.report import Allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec

    from dedupe.baseline.fingerprints import Fingerprint
    from dedupe.report import Finding

FILE_NAME: Final = "dedupe-allow.toml"

_SELECTORS: Final = ("fingerprint", "path", "template", "code")
_KEYS: Final = ("reason", *_SELECTORS)
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{16}|[0-9a-f]{32}")


@dataclass(frozen=True)
class Entry:
    """One entry: which findings it allows, and why."""

    number: int
    """From 1, in its file."""
    reason: str
    fingerprints: tuple[str, ...]
    paths: tuple[str, ...]
    templates: tuple[str, ...]
    codes: tuple[str, ...]
    folder: str
    """Where its paths begin."""

    @property
    def description(self) -> str:
        """What it allows, in one line; a template is text of articles, and not in it."""
        named = (
            ("fingerprint", self.fingerprints),
            ("path", self.paths),
            ("code", self.codes),
        )
        parts = [f"{name} {', '.join(values)}" for name, values in named if values]
        if self.templates:
            parts.append("a template")
        return f"entry {self.number}: {'; '.join(parts)}"

    def allows(self, finding: Finding, fingerprint: Fingerprint) -> bool:
        """Whether the finding is one of its."""
        return (
            (not self.codes or finding.code in self.codes)
            and (
                not self.fingerprints
                or not {finding.id, fingerprint.digest}.isdisjoint(self.fingerprints)
            )
            and (not self.templates or _spaced(finding.template or "") in self.templates)
            and (not self.paths or all(self._holds(each.document) for each in finding.locations))
        )

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        return spec_of(self.paths)

    @cached_property
    def _asked(self) -> dict[str, bool]:
        return {}

    def _holds(self, document: str) -> bool:
        """Whether a document is in its paths: by its id, which is the path as it was given."""
        if document not in self._asked:
            file, _, row = document.rpartition("#")
            path = file if row.isdecimal() else document
            from_folder = os.path.relpath(os.path.abspath(path), self.folder)
            names = {document, from_folder.replace(os.sep, "/")}
            self._asked[document] = any(self._spec.match_file(name) for name in names)
        return self._asked[document]


class AllowList:
    """The entries of a file, and how often each was used."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._used = [0] * len(self.entries)

    def reason(self, finding: Finding, fingerprint: Fingerprint) -> str | None:
        """Why the finding is allowed, by the first entry that says so; None where none does."""
        reasons = []
        for number, entry in enumerate(self.entries):
            if entry.allows(finding, fingerprint):
                self._used[number] += 1
                reasons.append(entry.reason)
        return reasons[0] if reasons else None

    def used(self) -> tuple[Allowed, ...]:
        """What each entry has allowed so far."""
        return tuple(
            Allowed(entry.description, entry.reason, number)
            for entry, number in zip(self.entries, self._used, strict=True)
        )


def parse(text: str, name: str) -> AllowList:
    """The list that a text holds; ``name`` is the path of its file.

    Raises DedupeError: it is none; the message says which entry, and what is missing.
    """
    import tomllib

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DedupeError(f"{name} is no TOML: {error}") from error
    for key in content:
        if key != "allow":
            raise DedupeError(f"{name} has {key}: its entries are [[allow]]")
    held = content.get("allow", [])
    if not isinstance(held, list) or not all(isinstance(each, dict) for each in held):
        raise DedupeError(f"{name}: write [[allow]] above each entry, with both brackets")
    folder = os.path.dirname(os.path.abspath(name))
    return AllowList([_entry(each, n, name, folder) for n, each in enumerate(held, 1)])


def _entry(held: dict[str, Any], number: int, name: str, folder: str) -> Entry:
    spot = f"{name}: entry {number}"
    for key in held:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            advice = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(_KEYS)}"
            raise DedupeError(f"{spot} has {key}: {advice}")
    reason = held.get("reason")
    if not isinstance(reason, str) or not reason.strip():
        raise DedupeError(f'{spot} has no reason: say why it is allowed, reason = "..."')
    values = {selector: _strings(held, selector, spot) for selector in _SELECTORS}
    if not any(values.values()):
        raise DedupeError(f"{spot} allows nothing: give it a fingerprint, path, template or code")
    for each in values["fingerprint"]:
        if not _FINGERPRINT.fullmatch(each):
            raise DedupeError(
                f"{spot}: {each} is no fingerprint: one has 16 hex digits as check shows it, or a "
                "finding's id 32"
            )
    for each in values["code"]:
        if each not in CODES:
            near = get_close_matches(each.upper(), CODES, n=1)
            advice = f"did you mean {near[0]}?" if near else f"they go from {min(CODES)} to {max(CODES)}"
            raise DedupeError(f"{spot}: {each} is no code: {advice}")
    return Entry(
        number,
        " ".join(reason.split()),
        values["fingerprint"],
        values["path"],
        tuple(map(_spaced, values["template"])),
        values["code"],
        folder,
    )


def _strings(held: dict[str, Any], name: str, spot: str) -> tuple[str, ...]:
    """One string or several."""
    value = held.get(name, [])
    strings = [value] if isinstance(value, str) else value
    if not isinstance(strings, list) or not all(isinstance(each, str) and each for each in strings):
        raise DedupeError(f"{spot}: {name} is a string, or a list of strings")
    if name in held and not strings:
        raise DedupeError(f"{spot}: {name} is empty")
    return tuple(strings)


def _spaced(text: str) -> str:
    return " ".join(text.split())
