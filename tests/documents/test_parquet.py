"""Parquet: columns pass as they are, whatever types they have."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dedupe.documents import parquet

from .helpers import Reading, reading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads columns as the file a.parquet."""
    monkeypatch.chdir(tmp_path)

    def read_table(columns: dict[str, pa.Array], group: int = 1000, **settings: Any) -> Reading:
        pq.write_table(pa.table(columns), "a.parquet", row_group_size=group)
        return reading(["a.parquet"], **settings)

    return read_table


STRINGS = pa.array(["a", None, "", "long enough for a view to point elsewhere", "a"])


class TestTypes:
    @pytest.mark.parametrize(
        "kind",
        [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary()],
        ids=str,
    )
    def test_any_type_of_string_is_a_text(self, table: Any, kind: pa.DataType) -> None:
        assert table({"text": STRINGS.cast(kind)}).texts == [
            s for s in STRINGS.to_pylist() if s is not None
        ]

    def test_dictionaries_are_unpacked(self, table: Any) -> None:
        seen = table({"text": STRINGS.dictionary_encode(), "source": STRINGS.dictionary_encode()})
        assert seen.texts == ["a", "", "long enough for a view to point elsewhere", "a"]
        assert [row["source"] for row in seen.rows] == ["a", None, seen.texts[2], "a"]

    @pytest.mark.parametrize(
        ("values", "written"),
        [
            (pa.array([7]), "7"),
            (pa.array([7], pa.uint8()), "7"),
            (pa.array([1.5]), "1.5"),
            (pa.array([True]), "true"),
            (pa.array([datetime.date(2024, 1, 5)]), "2024-01-05"),
            (pa.array([datetime.datetime(2024, 1, 5, 10)]), "2024-01-05 10:00:00"),
            (pa.array([datetime.datetime(2024, 1, 5, 10, 0, 0, 500)]), "2024-01-05 10:00:00.000500"),
            (
                pa.array([datetime.datetime(2024, 1, 5, 10)], pa.timestamp("ms", "UTC")),
                "2024-01-05 10:00:00Z",
            ),
            (pa.array([[1]]), None),
            (pa.array([None]), None),
        ],
        ids=lambda value: str(getattr(value, "type", "")),
    )
    def test_other_columns_are_written_out(self, table: Any, values: pa.Array, written: str) -> None:
        seen = table({"text": pa.array(["t"]), "id": values, "date": values})
        assert seen.rows[0]["date"] == written
        assert seen.ids == [written or "a.parquet#0"]

    def test_a_column_that_is_no_text_is_passed_over_for_one_that_is(self, table: Any) -> None:
        assert table({"text": pa.array([[1]]), "body": pa.array(["b"])}).texts == ["b"]
        assert table({"text": pa.array([[1]])}).reasons == ["its column text does not hold text"]
        assert table({"text": pa.array([1])}).reasons == ["its column text does not hold text"]


class TestColumns:
    def test_they_are_found_by_name_in_any_case(self, table: Any) -> None:
        seen = table({"Body": pa.array(["b"]), "Content": pa.array(["c"]), "ID": pa.array(["1"])})
        assert (seen.texts, seen.ids) == (["c"], ["1"])

    def test_a_table_without_a_text_says_what_it_has(self, table: Any) -> None:
        seen = table({f"column {at}": pa.array([1]) for at in range(14)})
        assert "it has column 0, column 1, " in seen.reasons[0]
        assert seen.reasons[0].endswith("column 11 and 2 more")
        assert table({"text": STRINGS}, url_column="u").reasons == ["has no column u; it has text"]

    def test_a_name_with_a_dot_is_a_name(self, table: Any) -> None:
        nested = pa.array([{"b": "no"}])
        seen = table({"a": nested, "a.c": pa.array(["yes"])}, text_column="a.c")
        assert seen.texts == ["yes"]


class TestRows:
    def test_rows_without_text_are_listed(self, table: Any) -> None:
        seen = table({"text": STRINGS})
        assert seen.ids == ["a.parquet#0", "a.parquet#2", "a.parquet#3", "a.parquet#4"]
        assert seen.skipped == [("a.parquet", "row 1 has no text")]

    def test_texts_that_are_not_utf8_are_listed(self, table: Any) -> None:
        broken = pa.array([b"a", b"\xff", "é".encode(), b"\xed\xa0\x80", None]).view(pa.string())
        seen = table({"text": broken, "title": broken})
        assert [(row["text"], row["title"]) for row in seen.rows] == [("a", "a"), ("é", "é")]
        assert seen.reasons == [
            "row 1 is not valid UTF-8",
            "row 3 is not valid UTF-8",
            "row 4 has no text",
        ]

    @pytest.mark.parametrize("size", [0, 500, 1 << 20])
    @pytest.mark.parametrize("group", [1, 7, 100])
    def test_row_groups_come_in_order(
        self, table: Any, group: int, size: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(parquet, "_SMALL", size)
        texts = [f"text {at}" for at in range(100)]
        seen = table({"text": pa.array(texts)}, group=group)
        assert seen.texts == texts
        assert seen.ids == [f"a.parquet#{at}" for at in range(100)]

    def test_a_table_without_rows_says_so(self, table: Any) -> None:
        assert table({"text": pa.array([], pa.string())}).reasons == ["holds no rows"]


class TestBroken:
    @pytest.mark.parametrize(
        "content", [b"", b"PAR1", b"no table at all", b"PAR1" + b"x" * 50 + b"PAR1"]
    )
    def test_what_is_no_parquet_says_so(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.parquet").write_bytes(content)
        (reason,) = reading(tmp_path / "a.parquet").reasons
        assert reason.startswith("is no Parquet file, or is cut short: ")
        assert "\n" not in reason

    def test_a_file_that_is_cut_short_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        pq.write_table(pa.table({"text": [str(at) for at in range(10_000)]}), path)
        path.write_bytes(path.read_bytes()[:-100])
        assert "is cut short" in reading(path).reasons[0]

    def test_damage_in_the_middle_costs_what_follows(self, tmp_path: Path) -> None:
        path = tmp_path / "a.parquet"
        texts = [f"text {at}" for at in range(3000)]
        pq.write_table(pa.table({"text": texts}), path, row_group_size=1000, compression="zstd")
        column = pq.ParquetFile(path).metadata.row_group(2).column(0)
        data = bytearray(path.read_bytes())
        data[column.dictionary_page_offset : column.dictionary_page_offset + 40] = b"\xff" * 40
        path.write_bytes(data)
        seen = reading(path)
        assert seen.texts == texts[:2000]
        assert seen.reasons[0].startswith("is broken after row 1999: ")
