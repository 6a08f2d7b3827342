"""CSV and TSV: a header and records; what is ragged costs only itself."""

from __future__ import annotations

import csv as python_csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.documents import csv, feed
from dedupe.documents.csv_fast import read_block

from .helpers import Reading, reading, rows_by, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads content as the file a.csv."""
    monkeypatch.chdir(tmp_path)

    def read_content(content: str | bytes, name: str = "a.csv", **settings: Any) -> Reading:
        write(tmp_path / name, content)
        return reading([name], **settings)

    return read_content


class TestColumns:
    def test_they_are_found_by_name_in_any_case_and_order(self, content: Any) -> None:
        seen = content("x,Title,TEXT,id\n1,h,t,7\n")
        assert [(row["id"], row["title"], row["text"]) for row in seen.rows] == [("7", "h", "t")]

    def test_a_file_without_a_text_says_what_it_has(self, content: Any) -> None:
        seen = content("a,b\n1,2\n")
        assert seen.skipped == [("a.csv", "has no column text, content, body or article; it has a, b")]

    def test_names_can_be_set(self, content: Any) -> None:
        assert content("a,text\nyes,no\n", text_column="A").texts == ["yes"]
        assert content("a,text\n1,2\n", id_column="b").reasons == ["has no column b; it has a, text"]

    @pytest.mark.parametrize(("name", "delimiter"), [("a.csv", c) for c in ",;\t|"] + [("a.tsv", "\t")])
    def test_the_delimiter_is_the_one_that_makes_the_header_fit(
        self, content: Any, name: str, delimiter: str
    ) -> None:
        seen = content(
            f"id{delimiter}text\n1{delimiter}a, b; c\n".replace("a,", '"a,').replace("c\n", 'c"\n'), name
        )
        assert [(row["id"], row["text"]) for row in seen.rows] == [("1", "a, b; c")]

    def test_an_empty_cell_is_an_empty_text_and_no_id(self, content: Any) -> None:
        seen = content("id,text,title\n,,\n1,,\n")
        assert [(row["id"], row["text"], row["title"]) for row in seen.rows] == [
            ("a.csv#0", "", None),
            ("1", "", None),
        ]


class TestCells:
    def test_quoted_cells_hold_anything(self, content: Any) -> None:
        seen = content('id,text\n1,"a\r\nb,""c""\n"\n"2",\'d\'\n')
        assert seen.texts == ['a\r\nb,"c"\n', "'d'"]

    def test_long_cells_are_read(self, content: Any) -> None:
        long = "word " * 100_000
        assert content(f"text\n{long}\n").texts == [long]
        assert content(f'text\n"{long}\n"x\n').texts == [f"{long}\nx"]

    def test_windows_and_excel_write_other_encodings(self, content: Any) -> None:
        seen = content("id;text\r\n1;Le café a été rouvert après l’été\r\n".encode("cp1252"))
        assert seen.texts == ["Le café a été rouvert après l’été"]
        assert seen.notes == ["a.csv: read as windows-1252"]
        assert content("id\ttext\r\n1\té\r\n".encode("utf-16")).texts == ["é"]
        assert content("text\ncafé\n".encode("utf-8-sig")).texts == ["café"]


class TestTroubles:
    def test_ragged_records_are_listed_by_line_and_count_as_rows(self, content: Any) -> None:
        seen = content('text,x\na,1\nb\n\n"c\n",1,2\nd,1\n')
        assert seen.ids == ["a.csv#0", "a.csv#3"]
        assert seen.reasons == [
            "line 3 has 1 cell, the header has 2",
            "line 5 has 3 cells, the header has 2",
        ]

    def test_bytes_that_are_not_utf8_cost_their_record(self, content: Any) -> None:
        seen = content(b"text,x\n\xc3\xa9\xc3\xa9,1\n\xff,1\na,\xff\n")
        assert seen.texts == ["éé", "a"]
        assert seen.reasons == ["line 3 is not valid UTF-8"]

    def test_a_quote_that_is_never_closed_says_so(self, content: Any) -> None:
        seen = content('text,x\na,1\n"b,1\nc,1\n')
        assert seen.texts == ["a"]
        assert seen.reasons == ["line 3 opens a quote that is never closed: all that follows is in it"]

    @pytest.mark.parametrize("nothing", ["", "\n\n", "text\n", "text,id\n\n\n"])
    def test_a_file_without_rows_says_so(self, content: Any, nothing: str) -> None:
        (reason,) = content(nothing).reasons
        assert reason in ("holds no rows", "has no column text, content, body or article; it has none")

    def test_a_binary_file_says_so(self, content: Any) -> None:
        assert content(b"PK\3\4\0\0,text\n").reasons == ["is binary, not text (it holds NUL bytes)"]


CELLS = [
    *("a", "b", "", '"q"', '"a,b"', '"a\nb"', '"a\r\nb"', '"a""b"', '""', '"""x"""', "é", "1", "NULL"),
    *('a"b', ' "a"', '"a"b', '"', "\x00", "\r", " ", "NA", '""""', '"\ufeff"', '"b\n'),
]
records = st.lists(st.sampled_from(CELLS[:13]) | st.sampled_from(CELLS), min_size=2, max_size=2)


@given(
    rows=st.lists(records | st.lists(st.sampled_from(CELLS), max_size=3), max_size=6),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    block=st.sampled_from([1, 8, 40, 1 << 20]),
)
@example(rows=[['"a"b', '"a\nb"']], end="\n", last=False, block=8)
def test_both_paths_give_the_same_rows(rows: list[list[str]], end: str, last: bool, block: int) -> None:
    lines = ["text,id", *map(",".join, rows)]
    data = (end.join(lines) + end * last).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "CHUNK", max(block, 16))
        patch.setattr(csv, "BATCH_BYTES", block)
        fast = rows_by(csv.read, data, fast=True)
    assert fast == rows_by(csv.read, data, fast=False)


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1), st.booleans())
def test_what_python_writes_comes_back(rows: list[tuple[str, str]], quoted: bool) -> None:
    out = io.StringIO()
    writer = python_csv.writer(out, quoting=python_csv.QUOTE_ALL) if quoted else python_csv.writer(out)
    writer.writerows([("text", "title"), *rows])
    found, trouble = rows_by(csv.read, out.getvalue().encode())
    assert trouble is None
    assert [(row["text"], row["title"] or "") for _, row, _ in found] == rows


def test_ordinary_records_go_the_fast_way() -> None:
    block = b'1,"a ""b"",\r\nc"\r\n2,d\n\n"3",""\n4,"e\nf\n'
    found = read_block(block, ",", 2, {"id": 0, "text": 1}, 100)
    assert found is not None
    assert found.columns.column("text").to_pylist() == ['a "b",\r\nc', "d", ""]
    assert block[found.passed :] == b'4,"e\nf\n'
    assert found.lines == 5
