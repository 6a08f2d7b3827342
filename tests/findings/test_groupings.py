"""Which groups share text: counted in columns, held against plain sets of words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe import DedupeError, Document, Settings
from dedupe.audit import audit
from dedupe.findings.groupings import MOST
from dedupe.report import GroupShare, Report

from .corpora import corpora, line, text_of

A, B, C, D, E, F = (line(name) for name in "ABCDEF")


def report_on(*documents: tuple[str | None, str], **choices: Any) -> Report:
    held = [Document(f"{row:02}", text, group=group) for row, (group, text) in enumerate(documents)]
    return audit(held, Settings(group_column="split", **choices))


def test_groups_that_share_text_are_told_with_what_they_share() -> None:
    report = report_on(
        ("train", text_of(A, B)),
        ("test", text_of(A, C)),
        ("train", text_of(A, D)),
        ("dev", text_of(E, F)),
    )
    assert report.groups == (
        GroupShare("test", "train", documents_left=1, documents_right=2, findings=1, words=25),
        GroupShare("train", "train", documents_left=2, documents_right=2, findings=1, words=50),
    )


def test_what_a_document_repeats_is_shared_with_nobody() -> None:
    assert report_on(("train", text_of(A, B, A)), ("test", C)).groups == ()


def test_documents_without_a_group_are_in_none() -> None:
    assert report_on((None, text_of(A, B)), ("test", text_of(A, C))).groups == ()


def test_what_rightly_stands_twice_is_not_counted() -> None:
    body = " ".join(line(row) for row in range(4))
    prices = [
        (group, f"On Monday {price} dollars were paid.\n{body}") for group, price in (("a", 3), ("b", 4))
    ]
    report = report_on(*prices)
    assert [each.code for each in report.findings] == ["DUP004"]
    assert report.groups == ()


def test_against_an_archive_only_what_both_sides_have_is_counted(tmp_path: Any) -> None:
    archive = tmp_path / "train.csv"
    archive.write_text(f'id,text,split\nx,"{A}",train\ny,"{A}",test\n', encoding="utf-8")
    report = report_on(("test", text_of(A, B)), ("test", text_of(A, C)), against=(str(archive),))
    assert report.groups == (
        GroupShare("test", "test", documents_left=3, documents_right=3, findings=1, words=75),
        GroupShare("test", "train", documents_left=2, documents_right=1, findings=1, words=25),
    )


def test_a_column_that_nobody_has_groups_nothing() -> None:
    with pytest.raises(DedupeError, match="--group-column split: no document has such a column"):
        report_on((None, A))


def test_a_column_of_many_values_groups_nothing() -> None:
    with pytest.raises(DedupeError, match=f"--group-column split has {MOST + 1} different values"):
        report_on(*((f"{row}", A) for row in range(MOST + 1)))


@pytest.mark.parametrize("name", ["rows.csv", "rows.jsonl"])
def test_groups_are_read_from_a_column(name: str, tmp_path: Any) -> None:
    rows = {
        "rows.csv": f'text,split\n"{A}",1\n"{A}",2\n',
        "rows.jsonl": f'{{"text": "{A}", "split": 1}}\n{{"text": "{A}", "split": 2}}\n',
    }
    (tmp_path / name).write_text(rows[name], encoding="utf-8")
    (tmp_path / "without.txt").write_text(B, encoding="utf-8")
    (tmp_path / "without.csv").write_text(f"text\n{C}\n", encoding="utf-8")
    report = audit([str(tmp_path)], Settings(group_column="split"))
    assert report.summary.documents == 4
    assert [(each.left, each.right) for each in report.groups] == [("1", "2")]


def test_a_column_may_be_read_for_something_else_too(tmp_path: Any) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    table = pa.table({"text": [A, A], "source": ["one", "two"]})
    pyarrow.parquet.write_table(table, tmp_path / "rows.parquet")
    report = audit([str(tmp_path)], Settings(group_column="source"))
    assert [(each.left, each.right) for each in report.groups] == [("one", "two")]
    assert report.documents[0].source == "one"


@given(corpora(), st.data())
@settings(max_examples=60)
def test_it_is_what_the_findings_say(texts: list[str], data: st.DataObject) -> None:
    names = data.draw(
        st.lists(st.sampled_from(["a", "b", "c"]), min_size=len(texts) + 1, max_size=len(texts) + 1)
    )
    texts = [*texts, A]
    report = report_on(*zip(names, texts, strict=True))
    group_of = {f"{row:02}": name for row, name in enumerate(names)}
    copies = [
        [at.document for at in each.locations] for each in report.findings if each.code == "DUP001"
    ]
    every = [
        # In all but their own finding the first of some copies speaks for them.
        {
            document
            for at in each.locations
            for document in [
                at.document,
                *(one for held in copies if held[0] == at.document for one in held),
            ]
        }
        for each in report.findings
        if each.code in ("REU001", "DUP001", "DUP002", "DUP003")
    ]
    expected = []
    for left, right in ("aa", "ab", "ac", "bb", "bc", "cc"):
        sides: tuple[set[str], set[str]] = (set(), set())
        number = 0
        for documents in every:
            of_left, of_right = (
                {each for each in documents if group_of[each] == of} for of in (left, right)
            )
            if of_left and of_right and len(of_left | of_right) > 1:
                number += 1
                sides[0].update(of_left)
                sides[1].update(of_right)
        if number:
            expected.append((left, right, len(sides[0]), len(sides[1]), number))
    found = [
        (each.left, each.right, each.documents_left, each.documents_right, each.findings)
        for each in report.groups
    ]
    assert found == expected
    assert all(each.words > 0 for each in report.groups)
