"""Which files there are to read: folders walked, each file once, in the order of documents.

A file reached by several names is read under the best of them: one that passes through no symbolic
link met on the way before one that does, then the smallest by code points. So neither the order in
which paths are named nor that of a folder's entries shows in a result.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from dedupe.addresses import scheme
from dedupe.documents import remote
from dedupe.documents.formats import READERS, is_known
from dedupe.documents.ignore import Rules
from dedupe.documents.interface import File, UnreadableError
from dedupe.documents.patterns import Excluded, excluded_in, spec_of
from dedupe.documents.problems import problem
from dedupe.documents.strings import mend

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedupe.documents.batches import Intake
    from dedupe.settings import Settings

_KINDS = (
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
)


@dataclass(order=True, slots=True)
class _Place:
    """A folder or file on the way; the order is that of better names."""

    links: int
    """Symbolic links met on the way."""
    path: str
    where: str
    """What the operating system calls it."""
    real: str = field(compare=False, default="")
    """The same without any symbolic link in it."""
    size: int = field(compare=False, default=0)
    rules: Rules = field(compare=False, default_factory=Rules)

    @property
    def begin(self) -> str:
        """How the paths of what is in it begin."""
        return "" if self.path == "." else f"{self.path.rstrip('/')}/"

    def below(self, name: str) -> _Place:
        """Something in this folder."""
        where = os.path.join(self.where, name)
        real = os.path.join(self.real, name)
        return _Place(self.links, self.begin + mend(name), where, real, rules=self.rules)


class _Finds:
    """The files found so far, and what stood in the way."""

    def __init__(self) -> None:
        self.files: dict[str, _Place] = {}
        self.troubles: set[tuple[str, str]] = set()

    def add(self, place: _Place, status: os.stat_result) -> None:
        """Something that is no folder: a file to read, or a trouble."""
        kind = next((words for is_kind, words in _KINDS if is_kind(status.st_mode)), None)
        if kind:
            self.troubles.add((place.path, f"{kind}, not a file (JSON Lines can come in by -)"))
            return
        place.size = status.st_size
        self._keep(place)

    def fail(self, place: _Place, error: OSError | ValueError) -> None:
        """Something that cannot be looked at."""
        dangling = isinstance(error, FileNotFoundError) and os.path.islink(place.where)
        self.troubles.add((place.path, "is a symbolic link to nothing" if dangling else problem(error)))

    def merge(self, other: _Finds) -> None:
        """Take over what was found elsewhere."""
        self.troubles |= other.troubles
        for place in other.files.values():
            self._keep(place)

    def _keep(self, place: _Place) -> None:
        known = self.files.get(place.real)
        if known is None or place < known:
            self.files[place.real] = place


def find(paths: Iterable[str], intake: Intake, settings: Settings | None = None) -> list[File]:
    """The files to read, in order; what cannot be is listed in the intake.

    Inside of folders the ``exclude`` of the settings counts; a path that is named is always read.
    """
    finds = _Finds()
    for path in paths:
        _look(path, finds, settings)
    for path, reason in sorted(finds.troubles):
        intake.skip(path, reason)
    files = []
    before = 0
    for place in sorted(finds.files.values(), key=lambda place: (place.path, place.where)):
        files.append(File(place.path, place.where, place.size, before))
        before += place.size
    return files


def tidy(path: str) -> str:
    """A path as given, but with ``/``, and without parts that change nothing."""
    if os.sep != "/":
        path = path.replace(os.sep, "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    tidied = ("/" if path.startswith("/") else "") + "/".join(parts)
    # A file of that name is not standard input.
    return "./-" if tidied == "-" else tidied or ("." if path else "")


def _look(given: str, finds: _Finds, settings: Settings | None) -> None:
    """A path that was named."""
    if given == "-":
        finds.files["-"] = _Place(0, "-", "-", "-")
        return
    if scheme(given):
        _look_elsewhere(given, finds, settings)
        return
    place = _Place(0, mend(tidy(given)), given)
    try:
        status = os.stat(given)
        place.real = os.path.realpath(given)
    except (OSError, ValueError) as error:
        finds.fail(place, error)
        return
    if stat.S_ISDIR(status.st_mode):
        if settings is not None:
            place.rules = Rules(
                excluded=excluded_in(given, place.begin, settings.exclude, settings.exclude_base)
            )
        _walk(place, finds)
    else:
        finds.add(place, status)


def _look_elsewhere(given: str, finds: _Finds, settings: Settings | None) -> None:
    """An address that was named, of a file or of a folder in a store."""
    begin = f"{given.rstrip('/')}/"
    patterns = settings.exclude if settings is not None else ()
    here = Excluded(len(begin), "", spec_of(patterns)) if patterns else None
    try:
        for found in remote.find(given):
            if found.inside:
                hidden = any(part.startswith(".") for part in found.path[len(begin) :].split("/"))
                if hidden or not is_known(found.path) or (here is not None and here.holds(found.path)):
                    continue
            name = mend(found.path)
            finds.files[found.path] = _Place(0, name, found.path, found.path, found.size)
    except UnreadableError as error:
        finds.troubles.add((mend(given), str(error)))
        return
    if not any(each.startswith((given, begin)) for each in finds.files):
        finds.troubles.add((mend(given), _nothing(here is not None)))


def _nothing(excluded: bool) -> str:
    endings = ", ".join(READERS)
    but = ", none excluded" if excluded else ""
    return f"holds no readable documents: files ending in {endings}{but}"


def _walk(root: _Place, finds: _Finds) -> None:
    """A folder that was named, and all that is in it."""
    within = _Finds()
    folders = [root]
    walked = set()
    while folders:
        # The best name first, so that a folder is walked under the best of its names.
        folder = heappop(folders)
        if folder.real in walked:
            continue
        walked.add(folder.real)
        for below in _entries(folder, within):
            heappush(folders, below)
    if not within.files and not within.troubles:
        finds.troubles.add((root.path, _nothing(root.rules.excluded is not None)))
    finds.merge(within)


def _entries(folder: _Place, finds: _Finds) -> list[_Place]:
    """Note the files of a folder, and return the folders in it."""
    folders = []
    try:
        with os.scandir(folder.where) as scanned:
            entries = list(scanned)
    except OSError as error:
        finds.fail(folder, error)
        return []
    if any(entry.name == ".gitignore" for entry in entries):
        ignored = os.path.join(folder.where, ".gitignore")
        folder = replace(folder, rules=folder.rules.and_those_of(folder.begin, ignored))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        place = folder.below(entry.name)
        try:
            if entry.is_symlink():
                place.links += 1
                place.real = os.path.realpath(place.where)
            if entry.is_dir():
                if not folder.rules.ignore(place.path, folder=True):
                    folders.append(place)
            elif is_known(entry.name) and not folder.rules.ignore(place.path):
                finds.add(place, entry.stat())
        except OSError as error:
            if is_known(entry.name):
                finds.fail(place, error)
    return folders
