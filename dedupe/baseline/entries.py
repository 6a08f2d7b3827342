"""A baseline: a line an entry, sorted, so that two branches that add to it merge by themselves.

A line is ``KIND DIGEST PLACES SHINGLES SAMPLE``: the fields of a fingerprint; places are ``*`` where any
number is known. Hashes of the sample are three bytes each, in base64. No line says where something
stands or when it was found, and a line changes with its own finding alone.

``merge=union`` keeps the lines of both branches. So the order of lines does not matter, a first line
that is there twice is one, and of two entries of one text the one with more places counts: what one
branch has seen that often may stand that often. A place more than either has seen is new.
"""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from dedupe.baseline.fingerprints import ANY, SAMPLE, WIDTH, Fingerprint
from dedupe.errors import DedupeError
from dedupe.report import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT: Final = "dedupe-baseline/1"

_HEADER: Final = f"# {FORMAT}"
_LINE: Final = re.compile(
    r"([a-z-]+) ([0-9a-f]{16}) ([1-9]\d{0,17}|\*) (0|[1-9]\d{0,17}) ([A-Za-z0-9+/]+|-)"
)
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class Key(NamedTuple):
    """What an entry is found by: one entry a kind and text."""

    kind: Kind
    digest: str


Baseline = dict[Key, Fingerprint]
"""Entries by their key, places of several findings that say the same added up."""


def gather(fingerprints: Iterable[Fingerprint]) -> Baseline:
    """The entries of findings."""
    found: Baseline = {}
    for each in fingerprints:
        key = Key(each.kind, each.digest)
        known = found.get(key)
        found[key] = each if known is None else replace(known, places=known.places + each.places)
    return found


def render(baseline: Baseline) -> str:
    """The baseline as text."""
    return "".join(f"{line}\n" for line in [_HEADER, *sorted(map(line_of, baseline.values()))])


def line_of(entry: Fingerprint) -> str:
    """The line of an entry."""
    sample = base64.b64encode(entry.sample).decode() or "-"
    places = "*" if entry.places == ANY else str(entry.places)
    return f"{entry.kind} {entry.digest} {places} {entry.size} {sample}"


def parse(text: str, name: str) -> Baseline:
    """The baseline that a text holds; ``name`` is that of its file, for what is said about it.

    Raises DedupeError: it is none, or one that a later version wrote.
    """
    lines = text.lstrip("\ufeff").splitlines()
    found: Baseline = {}
    headed = not text.strip()
    for number, line in enumerate(lines, 1):
        line = line.strip()
        if line == _HEADER:
            headed = True
        elif line.startswith("# dedupe-baseline/"):
            raise DedupeError(f"{name} is a baseline of another version ({line[2:]}): write it again")
        elif line and not line.startswith("#"):
            if not headed and number == 1:
                break
            entry = _entry(line, f"{name}:{number}")
            key = Key(entry.kind, entry.digest)
            known = found.get(key)
            if known is None or known.places < entry.places:
                found[key] = entry
    if not headed:
        raise DedupeError(f"{name} is no baseline: one begins with the line {_HEADER}")
    return found


def _entry(line: str, spot: str) -> Fingerprint:
    if line.startswith(_CONFLICT):
        raise DedupeError(
            f"{spot} is a merge conflict: keep the lines of both sides, as merge=union does by itself"
        )
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise DedupeError(f"{spot} is no entry of a baseline: write it again with --write-baseline")
    kind, digest, places, size, sample = parts.groups()
    known: Kind | None = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise DedupeError(f"{spot} has no kind of finding, but {kind}")
    try:
        packed = base64.b64decode(sample, validate=True) if sample != "-" else b""
    except ValueError:
        packed = b"?"
    if len(packed) != WIDTH * min(int(size), SAMPLE):
        raise DedupeError(f"{spot} is cut short: write it again with --write-baseline")
    return Fingerprint(known, digest, ANY if places == "*" else int(places), int(size), packed)
