"""What the fuzzers have reached so far, and what they found: read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fuzz import readers, texts

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted((HERE / "readers").iterdir()), ids=lambda path: path.name)
def test_files(path: Path) -> None:
    readers.one_input(path.read_bytes())


@pytest.mark.parametrize("path", sorted((HERE / "texts").iterdir()), ids=lambda path: path.name)
def test_texts(path: Path) -> None:
    texts.one_input(path.read_bytes())
