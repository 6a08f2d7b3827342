"""Plain text: a file is a document, its text as it stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents import batches, text
from dedupe.documents.interface import LISTED

from .helpers import reading, write

if TYPE_CHECKING:
    from pathlib import Path


def read_one(folder: Path, content: bytes) -> list[str]:
    return reading([write(folder / "a.txt", content)]).texts


@pytest.mark.parametrize("content", ["", "\n", "a\r\nb\rc\n", "  a\t\u2028b ", "é\U0001f600", "\x0b"])
def test_nothing_of_a_text_is_changed(tmp_path: Path, content: str) -> None:
    assert read_one(tmp_path, content.encode()) == [content]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-be"])
@given(content=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_byte_order_mark_is_followed_and_is_not_part_of_the_text(
    tmp_path_factory: pytest.TempPathFactory, encoding: str, content: str
) -> None:
    content = content.replace("\0", "")  # after a mark of UTF-16, it would make one of UTF-32
    mark = "\ufeff" if encoding.endswith("be") else ""
    data = (mark + content).encode(encoding)
    assert read_one(tmp_path_factory.getbasetemp(), data) == [content] or "\0" in content


def test_another_encoding_is_noted(tmp_path: Path) -> None:
    a = write(tmp_path / "a.txt", "Le café de la gare a rouvert mercredi, après l’été.".encode("cp1252"))
    b = write(tmp_path / "b.txt", "A text.".encode("utf-16"))
    c = write(tmp_path / "c.txt", "A text.".encode("utf-8-sig"))
    seen = reading([a, b, c])
    assert seen.texts[0] == "Le café de la gare a rouvert mercredi, après l’été."
    assert seen.notes == [f"{a}: read as windows-1252", f"{b}: read as utf-16-le"]


def test_many_encodings_are_noted_briefly(tmp_path: Path) -> None:
    for number in range(LISTED + 3):
        write(tmp_path / f"{number:02}.txt", "été".encode("utf-16"))
    notes = reading([tmp_path]).notes
    assert len(notes) == LISTED + 1
    assert notes[-1] == "3 more files were read in an encoding other than UTF-8"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is binary, not text (it holds NUL bytes)"),
        (b"text\0text", "is binary, not text (it holds NUL bytes)"),
        (b"\xff\xfea\0b", "is UTF-16 by its byte order mark, but broken at byte 2"),
        (b"\xff\xfe\x00\xd8a\0", "is UTF-16 by its byte order mark, but broken at byte 0"),
        (b"\xef\xbb\xbfab\xff", "is UTF-8 by its byte order mark, but broken at byte 2"),
        (
            "Ça déjà été là, mais un octet a sauté.".encode() + b"\xe9",
            "is not UTF-8 and its encoding could not be told: convert it to UTF-8",
        ),
        (
            "日本語".encode("shift_jis"),
            "is not UTF-8 and its encoding could not be told: convert it to UTF-8",
        ),
    ],
)
def test_what_is_no_text_costs_only_itself(tmp_path: Path, content: bytes, reason: str) -> None:
    write(tmp_path / "a.txt", "first")
    write(tmp_path / "b.txt", content)
    write(tmp_path / "c.txt", "last")
    seen = reading([tmp_path])
    assert seen.texts == ["first", "last"]
    assert seen.skipped == [(f"{tmp_path}/b.txt", reason)]


def test_many_small_files_are_one_batch(tmp_path: Path) -> None:
    for number in range(300):
        write(tmp_path / f"{number:03}.txt", f"text {number}")
    seen = reading([tmp_path])
    assert len(seen.batches) == 1
    assert seen.texts == [f"text {number}" for number in range(300)]


def test_batches_are_closed_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "BATCH_BYTES", 100)
    for number in range(30):
        write(tmp_path / f"{number:03}.txt", f"text {number:010}")
    assert reading([tmp_path]).texts == [f"text {number:010}" for number in range(30)]
    assert batches.BATCH_BYTES > 100
