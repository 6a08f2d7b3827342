"""What each code means: a page of Markdown a rule, the one source of help, ``explain`` and SARIF.

A page begins with ``# CODE: title`` and, in italics, the kind and the severity; then a paragraph on
what the finding means, and sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from dedupe.errors import DedupeError
from dedupe.report import SEVERITIES

if TYPE_CHECKING:
    from dedupe.report import Kind, Severity

_FOLDER: Final = Path(__file__).parent
_HEAD: Final = re.compile(r"# [A-Z]{3}[0-9]{3}: (?P<title>.+)\n\n\*(?P<kind>[^:*]+): (?P<says>.+)\*\n\n")


@dataclass(frozen=True, slots=True)
class Rule:
    """One code and its page."""

    code: str
    title: str
    """Three or four words."""
    kind: Kind
    severity: Severity
    """The gravest that its findings have."""
    gravity: str
    """When they have which, in words."""
    meaning: str
    """One paragraph, as plain text."""
    page: str
    """All of it, as Markdown."""

    @property
    def name(self) -> str:
        """The title as one word: ``RepeatedExactly``."""
        words = re.findall(r"[A-Za-z]+", self.title)
        return "".join(word[0].upper() + word[1:] for word in words)

    @property
    def plain(self) -> str:
        """The page without the signs of Markdown."""
        text = re.sub(r"^#+ |^```\w*\n|^> ?", "", self.page, flags=re.MULTILINE)
        return re.sub(r"[*`]", "", text)


def codes() -> tuple[str, ...]:
    """All codes: repetition, reuse, near-duplicates, boilerplate."""
    order = ("REP", "REU", "DUP", "BPL")
    found = sorted(path.stem for path in _FOLDER.glob("*.md"))
    return tuple(sorted(found, key=lambda code: order.index(code[:3])))


def rules() -> tuple[Rule, ...]:
    """All rules, in the same order."""
    return tuple(map(rule, codes()))


@cache
def rule(code: str) -> Rule:
    """The rule of a code, in either case.

    Raises:
        DedupeError: there is none; the message names the nearest.
    """
    code = code.upper()
    if code not in codes():
        raise DedupeError(_unknown(code))
    page = (_FOLDER / f"{code}.md").read_text(encoding="utf-8")
    head = _HEAD.match(page)
    if head is None:
        raise ValueError(f"{code}.md does not begin as a rule does")
    meaning = page[head.end() :].partition("\n\n")[0]
    return Rule(
        code,
        head["title"],
        cast("Kind", head["kind"]),
        next(severity for severity in SEVERITIES if re.search(rf"\b{severity}\b", head["says"])),
        head["says"],
        re.sub(r"[*`]", "", " ".join(meaning.split())),
        page,
    )


def _unknown(code: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(code, codes(), 3, 0.6)
    names = ", ".join(near) if near else "dedupe explain lists them"
    return f"{code} is not a code: {'did you mean ' + names + '?' if near else names}"
