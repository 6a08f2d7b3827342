"""What cannot be changed in its place is copied as it is, and what is elsewhere refused."""

from __future__ import annotations

import gzip
import json
import lzma
from typing import TYPE_CHECKING

import pytest

from dedupe import Settings, audit
from dedupe.clean.choices import Choices
from dedupe.clean.run import clean
from dedupe.documents import remote
from dedupe.errors import DedupeError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.xz", "a.html"])
def test_what_cannot_be_changed_in_its_place_is_copied(tmp_path: Path, name: str) -> None:
    block = "A block of some fifteen words that stands twice in this document, and nowhere else in it."
    text = f"{block}\n\nSomething in between.\n\n{block}\n"
    packed = {
        "a.txt.gz": lambda: gzip.compress(text.encode()),
        "a.jsonl.xz": lambda: lzma.compress((json.dumps({"text": text}) + "\n").encode()),
        "a.html": lambda: text.replace("\n\n", "<p>").encode(),
    }[name]()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(packed)
    (tmp_path / "in/b.txt").write_text(text)
    clean([str(tmp_path / "in")], Settings(), Choices(), tmp_path / "out", audit)
    assert (tmp_path / "out" / name).read_bytes() == packed
    assert (tmp_path / "out/b.txt").read_text().count(block) == 1


def test_what_is_elsewhere_is_to_be_fetched_first(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = remote.Found("https://a.example/a.txt", 0, False)
        patch.setattr(remote, "find", lambda _: iter([found]))
        with pytest.raises(DedupeError, match="is not on this machine: fetch it first"):
            clean(["https://a.example/a.txt"], Settings(), Choices(), tmp_path / "out", audit)
