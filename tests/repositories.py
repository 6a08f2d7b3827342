"""Git repositories for tests, of nobody's configuration but their own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
}


@dataclass(frozen=True)
class TestRepository:
    """A repository and its working tree."""

    __test__ = False

    root: Path
    environment: dict[str, str]

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """A command in its root."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        if check and done.returncode:
            raise AssertionError(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        return done

    def git(self, *arguments: str) -> str:
        """What git says."""
        return self.run("git", *arguments).stdout

    def write(self, name: str, text: str) -> None:
        """A file in the working tree."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Commit all there is, by way of whatever hook is installed."""
        self.git("add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "A change", check=check)


def make_repository(root: Path) -> TestRepository:
    """A new one, without a commit."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    made = TestRepository(root, {**inherited, **_ALONE, "HOME": str(root)})
    root.mkdir(parents=True, exist_ok=True)
    made.git("init", "--quiet", "--initial-branch", "main")
    return made
