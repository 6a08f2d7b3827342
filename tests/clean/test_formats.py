"""Cleaned files and the way back, for every format: only what goes changes, and all of it returns."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedupe.clean.copies import has_words
from dedupe.clean.manifest import NAME
from dedupe.clean.restore import restore
from dedupe.documents import Document
from dedupe.report import Finding

from .helpers import cleaned, documents_at, finding, spot

# Lines with what formats trip over; the first character says whether a finding names them.
GOES = [
    "GO one two.",
    'GO "quoted", it, said',
    "GO tab\there; and | pipes",
    "GO é ü 😀 日本",
    "GO \\ \\u0041",
]
STAYS = [
    "Stay here, please.",
    'A "quote" stays.',
    "Ça reste à côté. 😀",
    "日本語。",
    "x",
    "\\n is no end",
]
LINES = st.lists(st.sampled_from(GOES + STAYS), min_size=1, max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", "\r"])


def text_of(draw: Any) -> str:
    lines = draw(LINES)
    text = ""
    for line in lines:
        text += line + draw(ENDS)
    return text if draw(st.booleans()) else text.rstrip("\r\n")


@st.composite
def texts(draw: Any) -> str:
    return text_of(draw)


def go(documents: Sequence[Document]) -> list[Finding]:
    """A finding for each line that begins with GO, and one for equal documents of DROP."""
    findings = []
    for document in documents:
        spots = []
        at = 0
        for line in document.text.splitlines(keepends=True):
            if line.startswith("GO"):
                spots.append(spot(document.id, at, at + len(line.rstrip("\r\n"))))
            at += len(line)
        if spots:
            findings.append(finding("BPL001", *spots))
    same: dict[str, list[Document]] = {}
    for document in documents:
        if "DROP" in document.text:
            same.setdefault(document.text, []).append(document)
    findings += [
        finding("DUP001", *[spot(each.id, 0, len(each.text)) for each in several])
        for several in same.values()
        if len(several) > 1
    ]
    return findings


def expected(text: str) -> str:
    """What is left, but for line ends."""
    lines = [line for line in text.splitlines() if line]
    left = [line for line in lines if not line.startswith("GO")]
    return "\n".join(left if has_words(" ".join(left)) else lines)


def seen(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line)


def roundtrip(name: str, data: bytes, **choices: Any) -> tuple[bytes, bytes, list[str], list[str]]:
    """The cleaned and the restored file, and the texts before and after."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        path = base / "in" / "sub" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        before = [each.text for each in documents_at([base / "in"])]
        cleaned([base / "in"], base / "out", go, **choices)
        assert path.read_bytes() == data
        restore(base / "out", base / "back")
        assert sorted(each.name for each in (base / "back").rglob("*") if each.is_file()) == [name]
        result = base / "out" / "sub" / name
        after = [each.text for each in documents_at([base / "out" / "sub"])]
        # Again: nothing more goes, and not a byte changes.
        cleaned([base / "out"], base / "again", lambda _: [])
        out = result.read_bytes() if result.exists() else b""
        if result.exists():
            assert (base / "again" / "sub" / name).read_bytes() == out
        return out, (base / "back" / "sub" / name).read_bytes(), before, after


def check_texts(before: list[str], after: list[str]) -> None:
    left = []
    for text in before:
        if "DROP" not in text or text not in left:
            left.append(text)
    assert [seen(text) for text in after] == [expected(text) for text in left]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-mark", "utf-32"]


def encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16-be-mark":
        return b"\xfe\xff" + text.encode("utf-16-be")
    return text.encode(encoding)


@settings(max_examples=25)
@given(text=texts(), encoding=st.sampled_from(ENCODINGS), ending=st.sampled_from([".txt", ".md"]))
def test_plain_text(text: str, encoding: str, ending: str) -> None:
    data = encoded(text, encoding)
    out, back, before, after = roundtrip(f"a{ending}", data)
    assert back == data
    assert before == [text]
    assert [seen(each) for each in after] == [expected(text)]
    assert len(out) <= len(data)


FRENCH = (
    "Le café a été rouvert après l’été par les élèves.\nGO à côté de l’entrée\nIl était très gâté.\n"
)


def test_plain_text_of_an_old_encoding() -> None:
    data = FRENCH.encode("cp1252")
    out, back, _, after = roundtrip("a.txt", data)
    assert (back, out) == (data, "".join(FRENCH.splitlines(keepends=True)[::2]).encode("cp1252"))
    assert after == ["".join(FRENCH.splitlines(keepends=True)[::2])]


def test_an_encoding_that_could_not_be_told_any_more_stays() -> None:
    text = "Plain words alone.\nGO " + FRENCH.replace("\n", " ").replace("GO ", "")
    # What is left would be told; what has no accents is UTF-8 anyway. Neither may lose a word.
    data = text.encode("cp1252")
    _, back, before, after = roundtrip("a.txt", data)
    assert back == data
    check_texts(before, after)


def test_a_mark_in_the_middle_does_not_become_one_at_the_start() -> None:
    data = "GO one\n\ufeffStay.\n".encode()
    out, back, _, after = roundtrip("a.txt", data)
    assert (out, back) == (data, data)
    assert after == ["GO one\n\ufeffStay.\n"]


STYLES: list[dict[str, Any]] = [
    {},
    {"ensure_ascii": False},
    {"separators": (",", ":"), "ensure_ascii": False},
    {"separators": (" ,\t", "  : ")},
]


@st.composite
def objects(draw: Any) -> str:
    """An object as JSON, in one of many spellings."""
    text = draw(st.one_of(texts(), st.just("DROP this one.\nAll of it.")))
    style = draw(st.sampled_from(STYLES))
    other = draw(st.sampled_from([1, 1.50, None, "é", {"text": "GO inner"}, ["GO", {"a": []}]]))
    held = {"x": other, "text": text, "y": "é\ud800"} if "ensure_ascii" not in style else {"text": text}
    line = json.dumps(held, **style)
    spelling = draw(st.integers(0, 5))
    if spelling == 1:
        line = line.replace("/", "\\/").replace("GO", "\\u0047O")
    if spelling == 2:
        line = line[:-1] + ', "text": ' + json.dumps(text) + "}"  # a key twice: the last counts
    if spelling == 3:
        line = '{"text": null, "content": ' + json.dumps(text) + "}"
    if spelling == 4:
        line = '{ "te\\u0078t" :' + json.dumps(text + " \ud800") + " }"
    if spelling == 5:
        line = f"  {line} \t"
    return line


BROKEN = ['{"text": ', "[1, 2]", '{"a": 1}', "", "   ", '{"text": 5}']


@settings(max_examples=25)
@given(
    lines=st.lists(st.one_of(objects(), st.sampled_from(BROKEN)), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    final=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    ending=st.sampled_from([".jsonl", ".ndjson"]),
)
def test_json_lines(lines: list[str], end: str, final: bool, encoding: str, ending: str) -> None:
    data = (end.join(lines) + (end if final else "")).encode(encoding)
    _, back, before, after = roundtrip(f"a{ending}", data)
    assert back == data
    check_texts(before, after)


def test_of_a_line_only_the_text_changes() -> None:
    line = b'{"n": 1.50,"text" :"GO a\\nB \\u00e9 \\/","z":[ ]}  \n'
    out, _, _, _ = roundtrip("a.jsonl", line)
    assert out == b'{"n": 1.50,"text" :"B \\u00e9 \\/","z":[ ]}  \n'


def test_broken_utf8_costs_nothing() -> None:
    data = b'{"text": "GO a\\nB"}\n{"text": "\xff"}\n{"text": "GO \xc3\xa9\\nC"}\n'
    out, back, _, after = roundtrip("a.jsonl", data)
    assert back == data
    assert after == ["B", "C"]
    assert out == b'{"text": "B"}\n{"text": "\xff"}\n{"text": "C"}\n'


def test_halves_that_would_become_one_character_stay_apart() -> None:
    data = b'{"text": "A \\ud83d\\nGO b\\n\\ude00 C"}\n{"text": "x\\ud83d\\ude00\\nGO c"}\n'
    _, back, before, after = roundtrip("a.jsonl", data)
    assert back == data
    check_texts(before, after)


@settings(max_examples=25)
@given(
    items=st.lists(objects(), min_size=1, max_size=6),
    shape=st.sampled_from(["array", "tight", "row", "lines"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_json(items: list[str], shape: str, encoding: str) -> None:
    between = {"array": " ,\n ", "tight": ",", "row": " ", "lines": "\n"}[shape]
    whole = between.join(items)
    whole = f" [ {whole} ]\n" if shape in ("array", "tight") else whole
    data = whole.encode(encoding)
    out, back, before, after = roundtrip("a.json", data)
    assert back == data
    check_texts(before, after)
    if shape in ("array", "tight"):
        json.loads(out.decode(encoding))


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["1", "a,b", 'c"d', "e\nf", ""]),
            st.one_of(texts(), st.just("DROP this one.\nAll of it.")),
            st.sampled_from(["", "é", "x\r\ny"]),
        ),
        min_size=1,
        max_size=6,
    ),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    final=st.booleans(),
)
def test_csv(
    rows: list[tuple[str, str, str]],
    quoting: Any,
    end: str,
    delimiter: str,
    encoding: str,
    final: bool,
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=quoting, lineterminator=end, delimiter=delimiter)
    writer.writerow(["a", "text", "b"])
    writer.writerows(rows)
    text = stream.getvalue() if final else stream.getvalue().rstrip("\r\n")
    data = text.encode(encoding)
    out, back, before, after = roundtrip("a.tsv" if delimiter == "\t" else "a.csv", data)
    assert back == data
    check_texts(before, after)

    def records(held: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(held, newline=""), delimiter=delimiter))[1:]

    kept, written = records(out.decode(encoding)), [list(row) for row in rows]
    # A return alone is not quoted, and makes two records of one.
    if records(text) == written and len(kept) == len(written):
        assert [(row[0], row[2]) for row in kept] == [(row[0], row[2]) for row in written]


def test_ragged_and_odd_records_stay() -> None:
    data = b'text,n\nGO a,1\n\nB,2,3\n"GO ""x"" a\nKept ""y"", here",4\n"GO a\nB"odd,5\nGO z\n'
    out, back, _, _ = roundtrip("a.csv", data)
    assert back == data
    assert b'"Kept ""y"", here",4\n' in out
    assert b"\nB,2,3\n" in out


TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.binary(),
    pa.large_binary(),
    pa.dictionary(pa.int32(), pa.string()),
]


@settings(max_examples=25)
@given(
    values=st.lists(
        st.one_of(st.none(), texts(), st.just("DROP this one.\nAll of it.")), min_size=1, max_size=9
    ),
    kind=st.sampled_from(TYPES),
    group=st.integers(1, 9),
    compression=st.sampled_from(["NONE", "snappy", "zstd", "gzip"]),
)
@example(["DROP this one.\nAll of it."] * 4, pa.string(), 2, "NONE")
def test_parquet(values: list[str | None], kind: pa.DataType, group: int, compression: str) -> None:
    if not any(values):
        return
    rows = len(values)
    column = pa.array(values, pa.string())
    if pa.types.is_dictionary(kind):
        column = column.dictionary_encode().cast(kind)
    else:
        column = column.cast(pa.large_binary()).cast(kind)
    table = pa.table(
        {
            "n": pa.array(range(rows), pa.int16()),
            "text": column,
            "when": pa.array(
                [None if n % 3 == 0 else n for n in range(rows)], pa.timestamp("ms", "UTC")
            ),
            "nested": pa.array(
                [{"a": [n, None], "b": "é"} if n % 2 else None for n in range(rows)],
                pa.struct([("a", pa.list_(pa.int32())), ("b", pa.large_string())]),
            ),
            "money": pa.array(list(range(rows)), pa.decimal128(9, 2)),
        }
    ).replace_schema_metadata({"mine": "kept"})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, row_group_size=group, compression=compression)
    data = sink.getvalue().to_pybytes()
    out, back, before, after = roundtrip("a.parquet", data)
    check_texts(before, after)
    original = pq.ParquetFile(io.BytesIO(data))
    restored, left = pq.ParquetFile(io.BytesIO(back)), pq.ParquetFile(io.BytesIO(out))
    assert restored.schema_arrow.equals(original.schema_arrow, check_metadata=True)
    assert restored.read().to_pylist() == original.read().to_pylist()
    assert left.schema_arrow.equals(original.schema_arrow, check_metadata=True)
    assert left.schema.equals(original.schema)
    kept = left.read().drop(["text"]).to_pylist()
    assert [row for row in original.read().drop(["text"]).to_pylist() if row in kept] == kept


def test_a_file_that_is_a_copy_is_left_out_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    for name in ("a.txt", "b/c.txt"):
        (tmp_path / "in" / name).write_bytes(b"\xef\xbb\xbfDROP this one.\r\nAll of it.")
    (tmp_path / "in" / "page.html").write_text("<p>not read yet</p>")
    (tmp_path / "in" / "notes.log").write_text("not a document")
    cleaned([tmp_path / "in"], tmp_path / "out", go)
    assert names(tmp_path / "out") == ["a.txt", NAME, "page.html"]
    restore(tmp_path / "out", tmp_path / "back")
    assert names(tmp_path / "back") == ["a.txt", "b/c.txt", "page.html"]
    for name in names(tmp_path / "back"):
        assert (tmp_path / "back" / name).read_bytes() == (tmp_path / "in" / name).read_bytes()


def names(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.parquet", "a.txt"])
def test_the_same_bytes_every_time(tmp_path: Path, name: str) -> None:
    text = "GO away\nStay here.\n"
    path = tmp_path / "in" / name
    path.parent.mkdir()
    if name == "a.parquet":
        pq.write_table(pa.table({"text": [text, text]}), path)
    elif name == "a.csv":
        path.write_text(f'text\n"{text}"\n')
    elif name == "a.txt":
        path.write_text(text)
    else:
        path.write_text(json.dumps({"text": text}) + "\n" + json.dumps({"text": text + "x"}))
    for target in ("one", "two"):
        cleaned([path.parent], tmp_path / target, go)
    for each in names(tmp_path / "one"):
        assert (tmp_path / "one" / each).read_bytes() == (tmp_path / "two" / each).read_bytes()
    assert (tmp_path / "one" / name).read_bytes() != path.read_bytes()


def test_a_row_that_would_be_read_differently_stays_and_the_others_go() -> None:
    def markers(documents: Sequence[Document]) -> list[Finding]:
        spots = [
            spot(each.id, each.text.index("[GO]"), each.text.index("[GO]") + 4)
            for each in documents
            if "[GO]" in each.text
        ]
        return [finding("BPL002", *spots)] if spots else []

    # Without what is between them, two halves would be read as one character.
    odd = b'{"text": "x \\ud83d[GO]\\ude00 y"}\n'
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "a.jsonl").write_bytes(odd + b'{"text": "One [GO] two."}\n')
        done = cleaned([base / "a.jsonl"], base / "out", markers)
        assert (base / "out" / "a.jsonl").read_bytes() == odd + b'{"text": "One two."}\n'
        assert dict(done.left) == {"its file would not be read the same without it": 1}
