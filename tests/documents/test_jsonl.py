"""JSON Lines: an object a line; a line that is none costs only itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents import feed, jsonl
from dedupe.documents.interface import LISTED

from .helpers import Reading, reading, rows_by, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads lines as the file a.jsonl."""
    monkeypatch.chdir(tmp_path)

    def read_lines(*lines: str | bytes, **settings: Any) -> Reading:
        data = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
        write(tmp_path / "a.jsonl", data)
        return reading("a.jsonl", **settings)

    return read_lines


class TestFields:
    def test_all_fields_are_read(self, lines: Any) -> None:
        row = {
            "id": "1",
            "text": "t",
            "title": "h",
            "source": "s",
            "url": "http://u/",
            "date": "2024-01-05",
        }
        assert lines(json.dumps(row)).rows == [{**row, "group": None, "markdown": False}]

    def test_a_row_is_no_markdown_file_whatever_its_id(self, lines: Any) -> None:
        assert lines('{"id": "a.md", "text": "t"}').rows[0]["markdown"] is False

    @pytest.mark.parametrize("name", ["text", "content", "body", "article", "Text", "CONTENT"])
    def test_the_text_has_several_names_in_any_case(self, lines: Any, name: str) -> None:
        assert lines(json.dumps({name: "t"})).texts == ["t"]

    def test_the_first_name_that_is_there_counts_line_by_line(self, lines: Any) -> None:
        seen = lines(
            '{"body": "no", "text": "yes"}',
            '{"article": "no", "content": "yes"}',
            '{"text": null, "body": "yes"}',
            '{"TEXT": "no", "text": "yes"}',
        )
        assert seen.texts == ["yes"] * 4

    def test_a_key_given_twice_counts_the_last_time(self, lines: Any) -> None:
        assert lines('{"text": "no", "text": "yes"}').texts == ["yes"]

    def test_names_can_be_set(self, lines: Any) -> None:
        seen = lines(
            '{"text": "no", "Story": "yes", "key": 7, "paper": "P"}',
            text_column="story",
            id_column="key",
            source_column="paper",
        )
        assert (seen.texts, seen.ids, seen.rows[0]["source"]) == (["yes"], ["7"], "P")

    def test_a_name_that_is_nowhere_is_said_with_those_there_are(self, lines: Any) -> None:
        seen = lines('{"a": 1, "b": 2}', '{"c": "x"}')
        assert seen.skipped == [
            ("a.jsonl", "has no column text, content, body or article; it has a, b, c")
        ]
        seen = lines('{"text": "x"}', title_column="headline")
        assert seen.skipped == [("a.jsonl", "has no column headline; it has text")]

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("7", "7"),
            ("-0", "0"),
            ("1.50", "1.5"),
            ("true", "true"),
            ("null", None),
            ('""', None),
            ("[1]", None),
            ("{}", None),
            ("NaN", None),
            ("1" * 5000, "1" * 5000),
        ],
    )
    def test_numbers_are_written_out_and_what_is_no_value_is_left_out(
        self, lines: Any, value: str, written: str | None
    ) -> None:
        seen = lines(f'{{"text": "t", "id": {value}, "title": {value}}}')
        assert seen.rows[0]["title"] == written
        assert seen.ids == [written if written is not None else "a.jsonl#0"]


class TestText:
    def test_it_is_what_the_escapes_say(self, lines: Any) -> None:
        seen = lines(r'{"text": "a\u0000b\n\u00e9\ud83d\ude00"}', '{"text": ""}')
        assert seen.texts == ["a\0b\né\U0001f600", ""]

    def test_lone_surrogates_are_replaced_one_for_one(self, lines: Any) -> None:
        assert lines(r'{"text": "a\ud800b\udc00\udc00"}').texts == ["a\ufffdb\ufffd\ufffd"]


class TestRows:
    def test_a_row_without_an_id_is_called_by_its_number(self, lines: Any) -> None:
        assert lines('{"text": "a"}', "", "  ", '{"text": "b"}').ids == ["a.jsonl#0", "a.jsonl#1"]

    def test_broken_lines_are_listed_by_line_and_count_as_rows(self, lines: Any) -> None:
        seen = lines(
            '{"text": "a"}',
            "",
            '{"text": "b"',
            '{"text": "c"} {}',
            "7",
            '["text"]',
            "nonsense",
            b'{"text": "\xff"}',
            '{"text": "z"}\r',
        )
        assert seen.ids == ["a.jsonl#0", "a.jsonl#7"]
        assert seen.reasons == [
            "line 3 is not valid JSON: Expecting ',' delimiter at column 13",
            "line 4 is not valid JSON: something follows its value at column 14",
            "line 5 is a number, not an object",
            "line 6 is a list, not an object",
            "line 7 is not valid JSON: Expecting value at column 1",
            "line 8 is not valid UTF-8",
        ]

    def test_lines_without_text_are_listed(self, lines: Any) -> None:
        seen = lines('{"text": "a"}', '{"id": "x"}', '{"text": null}', '{"text": 5}', '{"text": ["a"]}')
        assert seen.reasons == [
            "line 2 has no text",
            "line 3 has no text",
            "line 4 has no text: its text is a number",
            "line 5 has no text: its text is a list",
        ]

    def test_of_many_the_first_are_listed_and_the_rest_counted(self, lines: Any) -> None:
        seen = lines(*['{"text": null}'] * (LISTED + 7), '{"text": "a"}')
        assert len(seen.skipped) == LISTED + 1
        assert seen.skipped[-1] == ("a.jsonl", "7 more rows could not be read")

    def test_nesting_too_deep_costs_its_line(self, lines: Any) -> None:
        deep = '{"text": "a", "x": ' + "[" * 200_000 + "]" * 200_000 + "}"
        seen = lines(deep, '{"text": "b"}')
        assert seen.texts == ["b"]
        assert seen.reasons == ["line 1 is nested too deep"]

    def test_a_file_without_rows_says_so(self, lines: Any) -> None:
        for content in ("", "\n \n"):
            assert lines(content).skipped == [("a.jsonl", "holds no rows")]

    def test_a_binary_file_says_so(self, lines: Any) -> None:
        assert lines(b"PK\3\4\0\0\0").reasons == ["is binary, not text (it holds NUL bytes)"]


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
    def test_a_byte_order_mark_is_followed(self, lines: Any, encoding: str) -> None:
        seen = lines('{"text": "é"}\n{"text": "ü"}'.encode(encoding))
        assert seen.texts == ["é", "ü"]

    def test_an_old_encoding_is_told_from_the_first_lines_that_need_it(self, lines: Any) -> None:
        seen = lines('{"text": "a"}', '{"text": "Le café a été rouvert après l’été"}'.encode("cp1252"))
        assert seen.texts == ["a", "Le café a été rouvert après l’été"]
        assert seen.notes == ["a.jsonl: read as windows-1252"]

    def test_utf16_that_breaks_off_costs_what_follows(self, lines: Any) -> None:
        seen = lines('{"text": "a"}\n'.encode("utf-16") + b"\0")
        assert seen.texts == ["a"]
        assert seen.reasons[0].startswith("is UTF-16 by its byte order mark, but breaks off")


@given(
    texts=st.lists(st.text(max_size=40), min_size=1, max_size=30),
    plain=st.booleans(),
    chunk=st.integers(1, 200),
)
def test_texts_come_back_whatever_the_blocks(texts: list[str], plain: bool, chunk: int) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=plain) for text in texts]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "CHUNK", chunk)
        rows, trouble = rows_by(jsonl.read, "\n".join(lines).encode())
    assert trouble is None
    assert [(number, row["text"]) for number, row, _ in rows] == list(enumerate(texts))
