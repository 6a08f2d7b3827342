"""From rows to documents: sources, ids across files, what is said about both."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents.settle import hosts

from .helpers import reading, write


class TestSource:
    @pytest.mark.parametrize(
        ("url", "host"),
        [
            ("https://www.Example.org/a?b#c", "www.example.org"),
            ("http://user:secret@example.org:8080/a@b", "example.org"),
            ("http://[::1]:80/", "::1"),
            ("//example.org/a", "example.org"),
            (" https://example.org", "example.org"),
            ("https://例え.jp/", "例え.jp"),
            ("example.org/a", None),
            ("mailto:a@example.org", None),
            ("file:///a", None),
            ("", None),
            (None, None),
        ],
    )
    def test_it_is_the_host_of_the_url(self, url: str | None, host: str | None) -> None:
        assert hosts(pa.array([url], pa.large_string())).to_pylist() == [host]

    @given(
        st.sampled_from(["http", "HTTPS", "ftp+x"]),
        st.from_regex(r"\A([a-zA-Z0-9]+@)?[a-zA-Z0-9.-]{1,12}(:[0-9]{0,5})?\Z"),
        st.from_regex(r"\A([/?#][a-z@:/?#]{0,6})?\Z"),
    )
    def test_python_sees_the_same_host(self, scheme: str, place: str, rest: str) -> None:
        url = f"{scheme}://{place}{rest}"
        assert hosts(pa.array([url], pa.large_string())).to_pylist() == [urlsplit(url).hostname or None]

    def test_a_source_that_is_there_counts(self, tmp_path: Path) -> None:
        lines = [
            {"text": "a", "source": "S", "url": "http://u/"},
            {"text": "b", "source": "", "url": "http://u/"},
            {"text": "c", "url": "http://U/"},
            {"text": "d"},
        ]
        path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)))
        assert [row["source"] for row in reading(path).rows] == ["S", "u", "u", None]


@pytest.mark.usefixtures("here")
class TestIds:
    @pytest.fixture
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def test_an_id_is_used_once_in_a_run(self) -> None:
        write(Path("a.jsonl"), '{"id": "1", "text": "a"}\n{"id": "1", "text": "b"}')
        write(Path("b.csv"), "id,text\n2,c\n1,d\na.jsonl#1,e\n")
        seen = reading(["."])
        assert seen.ids == ["1", "a.jsonl#1", "2", "b.csv#1", "b.csv#2"]
        assert seen.notes == [
            "a.jsonl: 1 row has an id used before; it is named a.jsonl#ROW (first: a.jsonl#1)",
            "b.csv: 2 rows have an id used before; they are named b.csv#ROW (first: b.csv#1)",
        ]

    def test_rows_without_an_id_are_not_worth_a_note(self) -> None:
        write(Path("a.jsonl"), '{"text": "a"}\n{"id": null, "text": "b"}\n{"id": "", "text": "c"}')
        seen = reading(["a.jsonl"])
        assert seen.ids == ["a.jsonl#0", "a.jsonl#1", "a.jsonl#2"]
        assert seen.notes == []

    def test_a_path_that_is_some_rows_id_gives_way(self) -> None:
        write(Path("a.jsonl"), '{"id": "b.txt", "text": "a"}')
        write(Path("b.txt"), "b")
        write(Path("c.txt"), "c")
        seen = reading(["."])
        assert seen.ids == ["b.txt", "b.txt#0", "c.txt"]
        assert seen.notes == ["b.txt: its path is used before as the id of a row; it is named b.txt#0"]
