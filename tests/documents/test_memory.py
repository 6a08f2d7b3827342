"""Documents that Python code hands over."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents import Document, Intake, memory, pack, read
from dedupe.errors import DedupeError
from dedupe.settings import Settings

from .helpers import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

documents = st.builds(
    Document,
    id=st.text(max_size=3),
    text=st.text(st.characters(), max_size=20),
    title=st.none() | st.text(max_size=3),
    source=st.none() | st.text(max_size=3),
    url=st.none() | st.just("https://Example.org:80/a"),
    date=st.none() | st.text(max_size=3),
)


@given(st.lists(documents, max_size=30), st.integers(1, 100), st.integers(1, 100))
def test_ids_and_texts_do_not_depend_on_how_batches_are_cut(
    some: list[Document], many: int, size: int
) -> None:
    whole = reading(some)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "BATCH_BYTES", size)
        patch.setattr(memory, "_MANY", many)
        patch.setattr(pack, "_MANY", many)
        cut = reading(iter(some))
    assert cut.rows == whole.rows
    assert cut.notes == whole.notes
    assert len(whole.rows) == len(some)


def test_every_field_arrives() -> None:
    document = Document("1", "t", "h", "s", "http://u/", "2024", "g")
    assert reading([document]).rows == [
        {
            "id": "1",
            "text": "t",
            "title": "h",
            "source": "s",
            "url": "http://u/",
            "date": "2024",
            "group": "g",
            "markdown": False,
        }
    ]


def test_surrogates_are_replaced_one_for_one() -> None:
    assert reading([Document("\ud800", "a\udfffb\ud83d\ude00")]).rows[0] == {
        "id": "\ufffd",
        "text": "a\ufffdb\ufffd\ufffd",
        **dict.fromkeys(("title", "source", "url", "date", "group")),
        "markdown": False,
    }


def test_markdown_is_what_says_so_else_what_its_id_ends_like() -> None:
    told = [
        *(Document(name, "x") for name in ("a.md", "a/B.MD", "a.markdown", "a.mdx")),
        Document("b", "x", markdown=True),
        *(Document(name, "x") for name in ("a.txt", "a.md.txt", "md", "a.jsonl#3", "amd")),
        Document("c.md", "x", markdown=False),
    ]
    assert [row["markdown"] for row in reading(told).rows] == [True] * 5 + [False] * 6


def test_an_id_used_before_is_replaced() -> None:
    seen = reading([Document("1", "a"), Document("1", "b"), Document("", "c")])
    assert seen.ids == ["1", "documents#1", "documents#2"]
    assert seen.notes == [
        "documents: 1 row has an id used before; it is named documents#ROW (first: documents#1)"
    ]


def test_what_has_no_text_is_listed() -> None:
    seen = reading([Document("1", cast("str", None)), Document("2", cast("str", 5)), Document("3", "")])
    assert seen.ids == ["3"]
    assert seen.skipped == [("documents", "row 0 has no text"), ("documents", "row 1 has no text")]


def test_ids_may_be_numbers() -> None:
    assert reading([Document(cast("str", 7), "a")]).ids == ["7"]


def test_nothing_gives_nothing() -> None:
    seen = reading([])
    assert (seen.rows, seen.skipped, seen.notes) == ([], [], [])


@pytest.mark.parametrize("items", [[5], ["a.txt", Document("1", "a")], [Document("1", "a"), "a.txt"]])
def test_paths_and_documents_do_not_mix(items: Any) -> None:
    with pytest.raises(DedupeError, match="documents are paths or Document objects"):
        reading(items)


def test_the_iterable_is_used_in_the_thread_that_reads() -> None:
    """A cursor of SQLite, say, works in one thread only."""

    def some() -> Iterator[Document]:
        assert threading.current_thread() is threading.main_thread()
        yield Document("1", "a")

    assert reading(some()).ids == ["1"]


def test_an_endless_iterable_is_read_as_far_as_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MANY", 10)
    monkeypatch.setattr(pack, "_MANY", 10)
    made: list[None] = []

    def endless() -> Iterator[Document]:
        while True:
            made.append(None)
            yield Document(str(len(made)), "a")

    stream = read(endless(), Settings(), Intake())
    next(stream)
    assert len(made) <= 40
