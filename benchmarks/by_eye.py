"""Verdicts made by reading: a line of JSON each, in ``benchmarks/verdicts``, without the text."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import xxhash

VERDICTS = Path(__file__).parent / "verdicts"


def verdicts_of(path: Path) -> list[dict[str, Any]]:
    """The verdicts in a file; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def digest(text: str) -> str:
    """What stands for a text in a verdict."""
    return xxhash.xxh3_64_hexdigest(text.encode())


def say(*lines: str) -> None:
    """Show lines to the reader."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
