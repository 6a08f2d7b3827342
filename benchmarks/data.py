"""The data of the benchmarks: real text that is not part of the repository."""

from __future__ import annotations

import sys
from pathlib import Path

PRESS_RELEASES = "press-releases.parquet"
BOILERPLATE_LINES = "boilerplate-lines-dev.jsonl"
INDONESIAN_REUSE = "indonesian-reuse"
DOCUMENTATION = ("next", "ai", "npm", "nodejs")
SHOW = "--show"


def folder_of(benchmark: str, held: str = PRESS_RELEASES) -> Path:
    """The folder given on the command line; ends the program in one line where there is none."""
    return _folder_of(sys.argv[1:], f"{benchmark} FOLDER", held)


def folder_and_show(benchmark: str, held: str = PRESS_RELEASES) -> tuple[Path, bool]:
    """The folder given on the command line, and whether texts are to be shown to a reader."""
    others = [each for each in sys.argv[1:] if each != SHOW]
    return _folder_of(others, f"{benchmark} FOLDER [{SHOW}]", held), SHOW in sys.argv[1:]


def press_releases(folder: Path) -> Path:
    """The press releases in the folder; ends the program in one line where they are missing."""
    return _held(folder, PRESS_RELEASES)


def boilerplate_lines(folder: Path) -> Path:
    """The labelled lines in the folder; ends the program in one line where they are missing."""
    return _held(folder, BOILERPLATE_LINES)


def indonesian_reuse(folder: Path) -> Path:
    """The folder of suspicious and source documents; ends the program in one line without them."""
    for name in ("suspicious", "source"):
        _held(folder, f"{INDONESIAN_REUSE}/{name}")
    return folder / INDONESIAN_REUSE


def documentation(folder: Path) -> dict[str, Path]:
    """The folders of the projects; ends the program in one line where one is missing."""
    return {name: _held(folder, name) for name in DOCUMENTATION}


def _folder_of(arguments: list[str], usage: str, held: str) -> Path:
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(f"usage: python -m benchmarks.{usage}, the folder of {held}")
    return Path(arguments[0])


def _held(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.exists():
        sys.exit(f"{name} is missing in {folder}: give the folder that holds it")
    return path
