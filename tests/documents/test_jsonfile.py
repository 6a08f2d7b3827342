"""A file named .json may hold an array, one object, or JSON Lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from dedupe.documents import jsonfile

from .helpers import Reading, reading, rows_by, write

if TYPE_CHECKING:
    from pathlib import Path

TWO = [{"id": "1", "text": "a"}, {"id": "2", "text": "b"}]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads content as the file a.json."""
    monkeypatch.chdir(tmp_path)

    def read_content(content: str | bytes) -> Reading:
        write(tmp_path / "a.json", content)
        return reading(["a.json"])

    return read_content


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(TWO),
        json.dumps(TWO, indent=2),
        "\n \ufeff"[:2] + json.dumps(TWO) + "\n",
        json.dumps(TWO[0]) + "\n" + json.dumps(TWO[1]),
        json.dumps(TWO[0], indent=2) + "\n" + json.dumps(TWO[1], indent=2),
        json.dumps(TWO[0]) + json.dumps(TWO[1]),
    ],
    ids=["array", "indented", "spaces", "lines", "indented objects", "in a row"],
)
def test_each_way_of_writing_them_gives_the_same_documents(content: Any, written: str) -> None:
    assert [(row["id"], row["text"]) for row in content(written).rows] == [("1", "a"), ("2", "b")]
    assert content("\ufeff" + written).texts == ["a", "b"]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_is_one_document(content: Any, indent: int | None) -> None:
    seen = content(json.dumps({"Title": "h", "Body": "a", "x": [{"text": "no"}]}, indent=indent))
    assert [(row["id"], row["title"], row["text"]) for row in seen.rows] == [("a.json#0", "h", "a")]


def test_an_object_without_text_says_what_it_has(content: Any) -> None:
    seen = content('{"name": "package", "version": 1}')
    assert seen.skipped == [
        ("a.json", "has no column text, content, body or article; it has name, version")
    ]


def test_items_that_are_no_documents_are_listed(content: Any) -> None:
    seen = content('[{"text": "a"}, "b", {"text": null}, [], {"text": "c"}]')
    assert seen.ids == ["a.json#0", "a.json#4"]
    assert seen.reasons == [
        "item 1 is a string, not an object",
        "item 2 has no text",
        "item 3 is a list, not an object",
    ]


def test_a_broken_first_line_does_not_hide_the_others(content: Any) -> None:
    seen = content('{"text": "a\n{"text": "b"}\n{"text": "c"}')
    assert seen.texts == ["b", "c"]
    assert seen.reasons[0].startswith("line 1 is not valid JSON")


@pytest.mark.parametrize(
    ("written", "texts", "reason"),
    [
        ('[{"text": "a"},\n {"text": "b', ["a"], "is not valid JSON: Unterminated string"),
        ('[{"text": "a"}\n {"text": "b"}]', ["a"], "a comma or ] is missing at line 2"),
        ('[{"text": "a"},]', ["a"], "is not valid JSON: Expecting value at column 16"),
        ('[{"text": "a"}]\n]', ["a"], "something follows the array at line 1"),
        ('[{"text": "a"}', ["a"], "a comma or ] is missing at line 1"),
        ("[" * 200_000, [], "is nested too deep"),
        ("{'text': 'a'}", [], "is not valid JSON: Expecting property name"),
        ("", [], "holds no rows"),
        ("[]", [], "holds no rows"),
        (b'["\xff"]', [], "is not valid UTF-8: byte 2 is broken"),
    ],
)
def test_what_is_broken_costs_what_follows(
    content: Any, written: str | bytes, texts: list[str], reason: str
) -> None:
    seen = content(written)
    assert seen.texts == texts
    assert reason in seen.reasons[-1]
    assert ("; 1 item was read before that" in seen.reasons[-1]) == (texts == ["a"])


def test_long_arrays_come_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonfile, "BATCH_BYTES", 50)
    rows, trouble = rows_by(jsonfile.read, json.dumps([{"text": str(at)} for at in range(40)]).encode())
    assert trouble is None
    assert [(number, row["text"]) for number, row, _ in rows] == [(at, str(at)) for at in range(40)]
