"""A comment fits where it goes, and nothing of an article acts in it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dedupe.formats.interface import View, by_name
from dedupe.formats.markdown.code import block, span
from dedupe.formats.markdown.comment import LIMIT
from dedupe.formats.shared.visible import visible
from dedupe.report import Evidence, GroupShare, Report

from . import builder
from .builder import finding, many, place, report

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
CODE = ("code_inline", "fence")
OURS = {"heading_open", "paragraph_open", "list_item_open", "bullet_list_open", "ordered_list_open"}


def written(built: Report, **view: Any) -> str:
    stream = io.StringIO()
    by_name("markdown").write(built, stream, View(**view))
    return stream.getvalue()


def tokens(text: str) -> list[Any]:
    flat = []
    for token in PARSER.parse(text):
        flat += token.children if token.type == "inline" else [token]
    return flat


def test_verdict_scores_and_findings_worst_first() -> None:
    text = written(builder.rich_report())
    assert text.startswith(
        "**dedupe: 2 errors, 3 warnings in 6 articles: 90.0% of the words stand twice**\n"
    )
    assert "| redundant | 40.1% |" in text
    assert text.index("### error") < text.index("### warning")
    assert "1. `seeds/002_610981bc28bbe29c.txt:7-15` · kept" in text
    assert "Not read (2):" in text


def test_differences_are_marked() -> None:
    text = written(builder.rich_report())
    old, new = (next(line for line in text.split("\n") if mark in line) for mark in ("[-", "{+"))
    assert old.startswith("- ")
    assert new.startswith("+ ")


@pytest.mark.parametrize(
    "make",
    [builder.seeds_report, builder.rich_report, builder.boilerplate_report, builder.hostile_report],
)
def test_there_is_no_html_link_or_image_in_it(make: Any) -> None:
    kinds = {token.type for token in tokens(written(make()))}
    assert not {kind for kind in kinds if "html" in kind or "link" in kind or "image" in kind}


def test_all_that_is_foreign_is_code() -> None:
    for token in tokens(written(builder.hostile_report())):
        if token.type not in CODE:
            for sign in (
                "evil",
                "alert",
                "everyone",
                "SUM",
                "tick",
                "quotes",
                "@",
                "#1",
                "\u202e",
                "\x1b",
            ):
                assert sign not in token.content


def test_where_signs_alone_differ_it_is_said() -> None:
    places = [place("a.txt", "One, two", 1, 1, anchor=True), place("b.txt", "one two", 1, 1)]
    text = written(report([], [finding("REU001", "reuse", "warning", places)]))
    assert "The same words; case or punctuation differs:\n\n```text\nOne, two\n```" in text


def test_a_table_has_as_many_rows_as_it_says() -> None:
    assert sum(token.type == "tr_open" for token in tokens(written(builder.hostile_report()))) == 8


@given(st.text())
@example("\u034f")
def test_a_span_is_one_piece_of_code(text: str) -> None:
    held = tokens(f"before {span(text)} after")
    code = [token for token in held if token.type == "code_inline"]
    assert len(code) == 1
    assert {token.type for token in held} <= {"paragraph_open", "text", "code_inline", "paragraph_close"}
    if visible(text) == text and 0 < len(text) <= 300 and text.strip(" "):
        assert code[0].content == text


@given(st.lists(st.text(st.sampled_from("`~ab\t #->|"))))
def test_a_block_is_one_piece_of_code(lines: list[str]) -> None:
    held = tokens(f"before\n\n{block(lines)}\n\nafter")
    assert [token.content for token in held if token.type == "fence"] == [
        "".join(f"{line}\n" for line in lines)
    ]


def test_what_is_too_long_is_counted() -> None:
    built, made = many(3000)
    text = written(built, command="dedupe audit x")
    assert LIMIT - 3000 < len(text) <= LIMIT
    shown = text.count("\n### ")
    assert f"has room for {shown} of 3,000." in text
    assert "**Left out: " in text
    left = 3000 - shown
    warnings = 1500 - 3 if shown < 3 else 1500 - shown
    assert f"**Left out: {warnings:,} warnings, 1,500 info.**" in text
    assert left == warnings + 1500
    assert len(made) < shown + 50
    assert "`dedupe audit x -o report.html`" in text


def test_it_fits_whatever_is_in_it() -> None:
    assert len(written(builder.hostile_report(), command="dedupe " + "x" * 5000)) <= LIMIT


def test_without_text_nothing_of_an_article_is_left() -> None:
    where = place("a.txt", "SECRET", 1, 1, anchor=True)
    evidence = (Evidence("template", "3 of 9"), Evidence("filling", "SECRET", None, quotes=True))
    what = finding("BPL002", "boilerplate", "info", [where], template="SECRET", evidence=evidence)
    assert "SECRET" in written(report([], [what]))
    assert "SECRET" not in written(report([], [what]), text=False)
    assert "3 of 9" in written(report([], [what]), text=False)


def test_what_was_asked_is_answered() -> None:
    assert "- failed: `error`: 5 new findings" in written(builder.hostile_report())


def test_groups_that_share_are_listed_most_words_first() -> None:
    shares = (
        GroupShare("test", "train", 2, 3, 4, 120),
        GroupShare("train", "train", 9, 9, 5, 1500),
    )
    built = replace(builder.rich_report(), groups=shares)
    for card in (True, False):
        assert (
            "Groups that share text:\n\n- inside `train`: 9 articles, 5 findings, 1,500 words\n"
            "- `test` and `train`: 2 and 3 articles, 4 findings, 120 words\n"
        ) in written(built, data_card=card)


def test_known_and_allowed_are_said() -> None:
    built = builder.seeds_report()
    first, *others = built.findings
    marked = replace(built, findings=[replace(first, known=True, allowed="x"), *others])
    assert "repeated exactly (known) (allowed)\n" in written(marked)


def test_the_card_is_a_section_that_says_how_it_was_made() -> None:
    text = written(builder.rich_report(), data_card=True, command="dedupe audit data.parquet")
    assert text.startswith("## Duplication\n\nThe 6 documents (1,536 words) were audited")
    assert "90.0% stand in more than one place" in text
    assert "2 paths could not be read." in text
    assert text.endswith("Made with `dedupe audit data.parquet`.\n")
    assert "Negosiasi" not in text
