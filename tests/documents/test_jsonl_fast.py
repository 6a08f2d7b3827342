"""Arrow's parser gives what Python's does, or is not used."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.documents import jsonl
from dedupe.documents.jsonl_fast import read_block
from dedupe.settings import Settings

from .helpers import rows_by

KEYS = ["text", "id", "source", "text", "id", "Text", "ID", "content", "url", "x", "te\\u0078t", "body"]
VALUES = [
    *('"a"', '"b\\n"', "7", '"\\ud83d\\ude00"', '"é"', '""', "null", "-0", "1.5", "true", "[]"),
    *('[1, {"text": "q"}]', '{"text": 1}', '"\\ud800"', '"\\u0000"', '"x\\u0041"', "1e400", "1E5"),
    *("NaN", "Inf", "-Inf", "Infinity", "-NaN", "9999999999999999999", "01", "1.", '"\t"', '"Inf, x"'),
    *('"{\\"text\\":\\"z\\"}"', '"2020-01-01"', '"\x7f"', '""x', "-", '"text": 1'),
]
JUNK = ["{", "}", "}{", "\n", "\r", " ", ",", ":", '"', "\\", "[", "]", "\ufeff", "\x0c", "\0", "\ud800"]

spaces = st.sampled_from([":", ": ", " : "])
pairs = st.tuples(st.sampled_from(KEYS), spaces, st.sampled_from(VALUES))
objects = st.lists(pairs, max_size=4).map(
    lambda some: "{" + ", ".join(f'"{key}"{colon}{value}' for key, colon, value in some) + "}"
)
ends = st.sampled_from(["\n", "\n", "\r\n", "\n\n"])


@st.composite
def blocks(draw: st.DrawFn) -> bytes:
    """Lines of objects, some of them damaged."""
    text = "".join(line + end for line, end in draw(st.lists(st.tuples(objects, ends), max_size=4)))
    for at, junk, over in draw(
        st.lists(st.tuples(st.integers(0, 200), st.sampled_from(JUNK), st.booleans()), max_size=2)
    ):
        at = min(at, len(text))
        text = text[:at] + junk + text[at + over :]
    return text.encode("utf-8", "surrogatepass")


@given(blocks())
@example(b'{"text": "a"}{"text": "b"}\n{"text":\n"c"}\n')
@example(b'{"text": "a"}{"text": "b"}\n{"text": {}\n}\n')
@example(b'{"text": "a", "x": Inf}')
@example(b'{"t\\u0065xt": "a"}')
@example(b'{"text": "a", "id": 1}\n{"text": "b", "id": "1"}\n')
@example(b'{"text": "a", "x": ' + b"[" * 2000 + b"]" * 2000 + b"}")
@example(b'{"text" \t : "a"}')
def test_both_paths_give_the_same_rows(block: bytes) -> None:
    assert rows_by(jsonl.read, block, fast=True) == rows_by(jsonl.read, block, fast=False)


@pytest.mark.parametrize(
    "row",
    [
        {"id": "a", "text": "b", "source": "c"},
        {"id": 7, "text": "b"},
        {"Id": "a", "CONTENT": "b", "meta": {"x": [1, 2.5, None]}, "score": 0.5},
        {"text": 'Inf. -Name "text": {[', "title": "\u2028", "url": None},
        {"a": "x" * 3_000_000, "text": "y" * 3_000_000},
    ],
)
@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_ordinary_lines_go_the_fast_way(row: dict[str, object], plain: bool, end: str) -> None:
    block = (json.dumps(row, ensure_ascii=plain) + end).encode() * 3
    assert read_block(block, Settings()) is not None
    assert rows_by(jsonl.read, block) == rows_by(jsonl.read, block, fast=False)


def test_names_with_letters_only_can_be_searched_for() -> None:
    block = b'{"text": "a", "my_text": "b", "text2": "c"}'
    fast = read_block(block, Settings(text_column="my_text"))
    assert fast is not None
    assert fast.column("text").to_pylist() == ["b"]
    assert read_block(block, Settings(text_column="text2")) is None
