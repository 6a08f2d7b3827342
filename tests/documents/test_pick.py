"""Documents by name: files, rows, and ids as a report gives them."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dedupe.documents import read
from dedupe.documents.batches import Intake
from dedupe.documents.pick import Found, ids, named, parse
from dedupe.errors import DedupeError
from dedupe.settings import Settings

ROWS: list[dict[str, object]] = [
    {"id": "x", "text": "zero", "title": "A title", "url": "https://example.org/a"},
    {"nothing": 1},
    {"text": "two"},
    {"id": "4", "text": "three"},
    {"id": "x", "text": "four"},
    {"id": "t.jsonl#9", "text": "five"},
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    Path("one.jsonl").write_text(json.dumps({"id": "only", "text": "alone"}) + "\n")
    Path("a.txt").write_text("a text")
    Path("b#1.txt").write_text("a text in a file with a sign in its name")
    Path("folder").mkdir()
    Path("folder/c.txt").write_text("in a folder")


def one(name: str) -> Found:
    (found,) = named([parse(name)], Settings())
    return found


def test_a_file_is_a_document() -> None:
    assert one("a.txt").document.text == "a text"
    assert one("a.txt").document.id == "a.txt"
    assert one("b#1.txt").document.id == "b#1.txt"


def test_a_table_with_one_row_needs_no_number() -> None:
    assert one("one.jsonl").document.id == "only"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.jsonl#x", "zero"),
        ("t.jsonl#0", "zero"),
        ("t.jsonl#2", "two"),  # the name of a row without an id
        ("t.jsonl#3", "three"),
        ("t.jsonl#t.jsonl#9", "five"),  # an id, whatever it looks like
        ("t.jsonl#9", "five"),
    ],
)
def test_a_row_goes_by_its_id_or_number(name: str, text: str) -> None:
    assert one(name).document.text == text


def test_what_a_report_calls_so_comes_before_an_id_and_an_id_before_a_number() -> None:
    assert one("t.jsonl#4").document.text == "four"
    Path("u.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in ROWS[:4]) + '{"id":"y","text":"z"}'
    )
    assert one("u.jsonl#4").document.text == "three"


def test_a_document_keeps_what_is_known_about_it() -> None:
    document = one("t.jsonl#x").document
    assert (document.title, document.url, document.source) == (
        "A title",
        "https://example.org/a",
        "example.org",
    )


def test_one_row_by_two_names_is_one_place() -> None:
    assert one("t.jsonl#x").place == one("./t.jsonl#0").place
    assert one("t.jsonl#x").place != one("t.jsonl#4").place


def test_other_tables_have_rows_too() -> None:
    Path("t.csv").write_text("id,text\np,first\nq,second\n")
    assert one("t.csv#1").document.id == "q"
    pq.write_table(pa.table({"text": ["first", None, "third"]}), "t.parquet")
    assert one("t.parquet#2").document.text == "third"
    assert one("t.parquet#2").document.id == "t.parquet#2"


def test_every_id_of_a_report_names_its_document() -> None:
    for batch in read(["t.jsonl"], Settings(), Intake()):
        for name, text in zip(batch["id"].to_pylist(), batch["text"].to_pylist(), strict=True):
            (found,) = ids([name], ["t.jsonl"], Settings())
            assert found.document.text == text


def test_ids_are_found_in_folders_and_among_several_paths() -> None:
    first, second = ids(["folder/c.txt", "x"], ["folder", "t.jsonl"], Settings())
    assert (first.document.text, second.document.text) == ("in a folder", "zero")


def test_columns_are_those_of_the_settings() -> None:
    Path("v.csv").write_text("key,say\nk,hello\nl,bye\n")
    (found,) = named([parse("v.csv#l")], Settings(text_column="say", id_column="key"))
    assert found.document.text == "bye"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file"),
        ("nowhere.jsonl#3", "nowhere.jsonl: there is no such file"),
        ("t.jsonl", "t.jsonl holds 5 documents: name one as t.jsonl#ROW"),
        ("t.jsonl#1", "t.jsonl#1: no document in t.jsonl has the id or row 1"),
        ("t.jsonl#z", "t.jsonl#z: no document in t.jsonl has the id or row z"),
        ("a.txt#0", "a.txt#0: no document in a.txt has the id or row 0"),
        ("folder", "folder is a folder: name one document"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(name: str, reason: str) -> None:
    with pytest.raises(DedupeError, match=f"^{reason}") as caught:
        one(name)
    assert "\n" not in str(caught.value)


def test_why_a_file_cannot_be_read_is_said() -> None:
    Path("binary.txt").write_bytes(b"a\0b")
    with pytest.raises(DedupeError, match=r"no document could be read: binary\.txt: is binary"):
        one("binary.txt")


def test_an_id_that_is_not_there_is_said() -> None:
    with pytest.raises(DedupeError, match=r"no document of t\.jsonl has the id nobody"):
        ids(["x", "nobody"], ["t.jsonl"], Settings())
    with pytest.raises(DedupeError, match="no document could be read: nowhere"):
        ids(["x", "y"], ["nowhere"], Settings())
