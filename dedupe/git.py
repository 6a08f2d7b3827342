"""What git knows of a corpus: which articles are tracked, and what a commit holds of them.

Nothing is checked out, and git is asked in the environment it calls a hook in: its index may be that of
the commit to come.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from dedupe.documents.formats import is_known
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FILE: Final = (b"100644", b"100755", b"100664")
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with its files."""

    root: str
    """The folder of its working tree, without symbolic links."""

    def tracked(self) -> list[str]:
        """The files that can be read as articles and are in the index, from the root, in order.

        Also those that are staged for the first commit. As in folders, names that begin with a dot are
        left out.
        """
        names = {os.fsdecode(each) for each in self._run("ls-files", "-z", "--cached").split(b"\0")}
        return sorted(
            name
            for name in names
            if is_known(name)
            and not any(part.startswith(".") for part in name.split("/"))
            and os.path.lexists(os.path.join(self.root, name))
        )

    def inside(self, path: str) -> str:
        """A path as the repository names it, from its root.

        Raises DedupeError: it is not in it.
        """
        # The last part may be a link; where it leads does not matter, what is tracked is the link.
        folder, name = os.path.split(os.path.abspath(path))
        relative = os.path.relpath(os.path.join(os.path.realpath(folder), name), self.root)
        if relative == os.pardir or relative.startswith(os.pardir + os.sep) or os.path.isabs(relative):
            raise DedupeError(f"{path} is outside of the git repository {self.root}")
        return relative.replace(os.sep, "/")

    def export(self, revision: str, paths: Sequence[str], folder: str) -> list[str]:
        """Write what a revision holds of these paths into a folder; the paths there that it has.

        Raises DedupeError: there is no such revision, or a path is outside of the repository.
        """
        commit = self.commit(revision)
        written = []
        wanted: list[tuple[str, bytes]] = []
        for path in paths:
            inside = self.inside(path)
            entries = list(self._entries(commit, inside))
            if entries:
                written.append(os.path.join(folder, inside))
            wanted += entries
        self._write(dict(wanted), folder)
        return written

    def commit(self, revision: str) -> str:
        """The name of a revision's commit.

        Raises DedupeError: there is none.
        """
        if not revision.startswith("-"):
            found = self._try("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
            if found is not None:
                return os.fsdecode(found).strip()
        raise DedupeError(f"git knows no commit {revision} in {self.root}")

    def merges_by_union(self, path: str) -> bool:
        """Whether git keeps the lines of both sides when it merges this file."""
        said = self._try("check-attr", "-z", "merge", "--", self.inside(path))
        return said is not None and said.split(b"\0")[2:3] == [b"union"]

    def _entries(self, commit: str, inside: str) -> Iterator[tuple[str, bytes]]:
        """Path and blob of what an audit would read there, or be told by."""
        below = [] if inside == "." else ["--", inside]
        for entry in self._run("ls-tree", "-r", "-z", "--full-tree", commit, *below).split(b"\0"):
            if not entry:
                continue
            about, _, name = entry.partition(b"\t")
            mode, _, blob = about.split(b" ")
            path = os.fsdecode(name)
            base = os.path.basename(path)
            if mode in _FILE and (path == inside or is_known(base) or base == ".gitignore"):
                yield path, blob

    def _write(self, blobs: dict[str, bytes], folder: str) -> None:
        """Write blobs to their paths, one after the other."""
        with tempfile.TemporaryFile() as names:
            names.writelines(blob + b"\n" for blob in blobs.values())
            names.seek(0)
            command = ["git", "-C", self.root, "cat-file", "--batch", "--buffer"]
            with subprocess.Popen(command, stdin=names, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                for path in blobs:
                    target = os.path.join(folder, path)
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    with open(target, "wb") as file:
                        _copy(process.stdout, file, path)

    def _run(self, *arguments: str) -> bytes:
        """What git answers.

        Raises DedupeError: it fails.
        """
        done = _git("-C", self.root, *arguments)
        if done.returncode:
            said = os.fsdecode(done.stderr).strip().splitlines()
            raise DedupeError(f"git {arguments[0]} failed: {said[0] if said else done.returncode}")
        return done.stdout

    def _try(self, *arguments: str) -> bytes | None:
        """What git answers; None where it has no answer."""
        done = _git("-C", self.root, *arguments)
        return done.stdout if done.returncode == 0 else None


def repository(path: str = ".") -> Repository | None:
    """The repository that a path is in, which need not be there; None where it is in none.

    Raises DedupeError: there is no git.
    """
    folder = os.path.abspath(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    done = _git("-C", folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        return None
    return Repository(os.path.realpath(os.fsdecode(done.stdout).rstrip("\n")))


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "GIT_LITERAL_PATHSPECS": "1"}
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False, env=environment)
    except FileNotFoundError as error:
        raise DedupeError("git is not installed, or not on the PATH") from error


def _copy(source: IO[bytes], target: IO[bytes], path: str) -> None:
    """Copy the next object of ``git cat-file --batch``."""
    header = source.readline().split()
    if len(header) != 3:
        raise DedupeError(f"git has no content of {path}: the repository may be a partial clone")
    left = int(header[2])
    while left:
        piece = source.read(min(left, _PIECE))
        if not piece:
            raise DedupeError(f"git ended in the middle of {path}")
        target.write(piece)
        left -= len(piece)
    source.read(1)
