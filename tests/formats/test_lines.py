"""What ``dedupe check`` lists: a line a finding that editors follow."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

from dedupe.formats import lines
from dedupe.formats.interface import View
from dedupe.gate.expression import parse
from dedupe.gate.judge import judge
from dedupe.report import Finding, Origin, Report
from tests.gate.reports import found, report


def gated(*findings: Finding, fail_on: str = "new") -> Report:
    made = report(*findings)
    return replace(made, gate=judge(made, parse(fail_on)))


def shown(of: Report, *changed: str, view: View | None = None) -> list[str]:
    stream = StringIO()
    lines.write(of, stream, view or View(command="dedupe check x"), changed)
    return stream.getvalue().splitlines()


def test_a_line_names_the_copy_and_where_else_it_stands() -> None:
    assert shown(gated(found("REP001", "error", text="the same words\nagain"))) == [
        "b.txt:2: REP001 error: repeated exactly, 4 words, also at a.txt:1 [e6c48dc5127301a9]",
        "    the same words again",
    ]


def test_a_row_is_shown_by_file_and_line_and_by_what_it_is_called() -> None:
    of = gated(found("REP001", "error", documents=("b.jsonl#4", "named")))
    origins = {"named": Origin("a.jsonl", 6, 8), "b.jsonl#4": Origin("b.jsonl", 4, 5)}
    assert shown(replace(of, origins=origins))[0] == (
        "a.jsonl:8: REP001 error: repeated exactly, 4 words, in named, "
        "also at b.jsonl:5 (row 4) [e6c48dc5127301a9]"
    )
    origins = {"named": Origin("a.parquet", 6, None)}
    assert shown(replace(of, origins=origins))[0].startswith(
        "named:2: REP001 error: repeated exactly, 4 words, in row 6 of a.parquet, also at b.jsonl#4:1 ["
    )


def test_a_changed_document_is_named_first() -> None:
    of = gated(found("DUP001", "error", documents=("a.txt", "b.txt", "c.txt")))
    assert shown(of, "a.txt")[0].startswith("a.txt:1: DUP001 error: exact copy of a document, 4 words")
    assert "also at b.txt:2 and c.txt:3" in shown(of, "a.txt")[0]
    assert shown(of, "c.txt", "a.txt")[0].startswith("c.txt:3: ")


def test_only_what_fails_is_listed() -> None:
    of = gated(found("REU001", "warning"), found("REP001", "error"), fail_on="error")
    assert [line.split(" ")[1] for line in shown(of)[::2]] == ["REP001"]
    assert shown(gated(found("REP001", "error", known=True))) == []
    assert shown(report(found("REP001", "error"))) == []


def test_similarity_is_said_where_it_is_less_than_all() -> None:
    edited = replace(found("REP002", "warning"), jaccard=0.875)
    assert "4 words, Jaccard 0.875, also at" in shown(gated(edited))[0]


def test_many_places_and_many_findings_are_counted() -> None:
    crowd = found("DUP001", "error", documents=tuple(f"{number}.txt" for number in range(9)))
    assert "also at 0.txt:1, 2.txt:3, 3.txt:4 and 5 more [" in shown(gated(crowd))[0]
    many = gated(*(found("REP001", "error", text=f"number {number}") for number in range(25)))
    assert len(shown(many)) == 2 * lines.SHOWN + 1
    assert shown(many)[-1] == "and 5 more; --verbose lists all"
    stream = StringIO()
    lines.write(many, stream, View(), everything=True)
    assert len(stream.getvalue().splitlines()) == 2 * 25


def test_without_text_there_is_none() -> None:
    of = gated(found("REP001", "error", text="secret words"))
    assert "secret" not in "".join(shown(of, view=View(text=False)))


def test_what_stands_once_has_no_other_place() -> None:
    assert "also" not in shown(gated(found("BPL003", "info", documents=("a.txt",))))[0]


def test_the_words_fit_in_a_line_and_nothing_acts() -> None:
    of = gated(
        found(
            "REP001", "error", text="\x1b[31m" + "a long word or two " * 99, documents=("a\n\x1b.txt",)
        )
    )
    first, second = shown(of, view=View(width=80, encoding="ascii"))
    assert first.startswith("a\\n\\x1b.txt:1: ")
    assert len(second) <= 80
    assert second.endswith("...")
    assert "\x1b" not in first + second
