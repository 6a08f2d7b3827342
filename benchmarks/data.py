"""The data of the benchmarks: real text that is not part of the repository."""

from __future__ import annotations

import sys
from pathlib import Path

PRESS_RELEASES = "press-releases.parquet"
BOILERPLATE_LINES = "boilerplate-lines-dev.jsonl"


def folder_of(benchmark: str) -> Path:
    """The folder given on the command line; ends the program in one line where there is none."""
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(f"usage: python -m benchmarks.{benchmark} FOLDER, the folder of {PRESS_RELEASES}")
    return Path(sys.argv[1])


def press_releases(folder: Path) -> Path:
    """The press releases in the folder; ends the program in one line where they are missing."""
    return _held(folder, PRESS_RELEASES)


def boilerplate_lines(folder: Path) -> Path:
    """The labelled lines in the folder; ends the program in one line where they are missing."""
    return _held(folder, BOILERPLATE_LINES)


def _held(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        sys.exit(f"{name} is missing in {folder}: give the folder that holds it")
    return path
