"""What is left out inside of folders: by .gitignore files, as git understands them, and by settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from dedupe.documents.patterns import Excluded


@dataclass(frozen=True, slots=True)
class Rules:
    """Those on the way from the folder that was named down to one in it."""

    files: tuple[tuple[str, GitIgnoreSpec], ...] = ()
    """How paths in the folder of each begin, and what it says; the deepest first."""
    excluded: Excluded | None = None
    """What settings leave out; no .gitignore brings it back."""

    def and_those_of(self, begin: str, where: str) -> Rules:
        """With a .gitignore further down, if it can be read; paths in its folder begin so."""
        try:
            with open(where, encoding="utf-8", errors="surrogateescape") as file:
                spec = _parse(file.read().splitlines())
        except OSError:
            return self
        return replace(self, files=((begin, spec), *self.files))

    def ignore(self, path: str, *, folder: bool = False) -> bool:
        """Whether a path is to be left out; the deepest file that says anything about it decides."""
        if folder:
            path += "/"
        if self.excluded is not None and self.excluded.holds(path):
            return True
        for begin, spec in self.files:
            said = spec.check_file(path[len(begin) :]).include
            if said is not None:
                return said
        return False


def _parse(lines: list[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
