"""``--text-column body.text``: a field of an object, in every format that has objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from .everywhere import TABLES
from .helpers import reading, write

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"id": "1", "body": {"text": "a", "meta": {"by": "x"}}},
    {"id": "2", "body": {"text": "b", "meta": {"by": None}}},
    {"id": "3", "body": None},
    {"id": "4", "body": {"text": None, "meta": None}},
]
OBJECTS = ["lines.jsonl", "array.json", "file.arrow", "stream.arrow"]


def table(name: str) -> bytes:
    if name.endswith("parquet"):
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(pa.Table.from_pylist(ROWS), sink)
        data: bytes = sink.getvalue().to_pybytes()
        return data
    return TABLES[name](ROWS)


@pytest.mark.parametrize("name", [*OBJECTS, "a.parquet"])
class TestFields:
    def read(self, folder: Path, name: str, **settings: Any) -> Any:
        return reading([write(folder / name, table(name))], **settings)

    def test_the_text_is_taken_from_the_object(self, tmp_path: Path, name: str) -> None:
        seen = self.read(tmp_path, name, text_column="body.text", source_column="body.meta.by")
        assert [(row["id"], row["text"], row["source"]) for row in seen.rows] == [
            ("1", "a", "x"),
            ("2", "b", None),
        ]
        assert all(reason.endswith(" has no text") for reason in seen.reasons)
        assert len(seen.reasons) == 2

    def test_a_field_that_is_not_there_is_said(self, tmp_path: Path, name: str) -> None:
        seen = self.read(tmp_path, name, text_column="body.none")
        assert seen.rows == []
        assert seen.reasons[-1].startswith("has no column body.none; it has ")

    def test_an_object_is_no_text(self, tmp_path: Path, name: str) -> None:
        seen = self.read(tmp_path, name, text_column="body.meta")
        assert seen.rows == []


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_column_of_that_very_name_comes_first(tmp_path: Path, name: str) -> None:
    written = {
        "a.jsonl": json.dumps({"body.text": "flat", "body": {"text": "deep"}}) + "\n",
        "a.csv": "body.text\nflat\n",
    }[name]
    assert reading([write(tmp_path / name, written)], text_column="body.text").texts == ["flat"]
