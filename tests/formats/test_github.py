"""Annotations say where, and nothing of an article becomes a command."""

from __future__ import annotations

import io
import re

from dedupe.formats.interface import View, by_name
from dedupe.report import Report

from . import builder
from .builder import finding, many, place, report


def lines(built: Report) -> list[str]:
    stream = io.StringIO()
    by_name("github").write(built, stream, View())
    return stream.getvalue().split("\n")[:-1]


def test_an_annotation_is_at_the_copy_and_names_the_kept_place() -> None:
    (line, _) = lines(
        report(
            [],
            [
                finding(
                    "REP001",
                    "repetition",
                    "error",
                    [place("a.txt", "b\nb", 1, 1, anchor=True), place("a.txt", "b\nb", 2, 2)],
                )
            ],
        )
    )
    assert re.fullmatch(
        r"::error file=a\.txt,line=2,endLine=2,title=REP001 repetition%3A repeated exactly::"
        r"1 word, 2 places, identical \(Jaccard 1\), in a\.txt:2; also a\.txt:1 "
        r"\([0-9a-f]{32}; dedupe explain REP001\)",
        line,
    )


def test_ten_of_each_severity_are_annotated_and_the_others_counted() -> None:
    built, made = many(2000)
    held = lines(built)
    assert [
        sum(each.startswith(f"::{name} ") for each in held) for name in ("error", "warning", "notice")
    ] == [
        3,
        10,
        10,
    ]
    assert held[-2] == (
        "dedupe: not annotated, as known, allowed, or more than the 10 of a severity that GitHub shows: "
        "987 warnings, 990 info"
    )
    assert len(made) < 100


def test_what_is_known_or_allowed_is_not_annotated() -> None:
    built = builder.hostile_report()
    new = [each.id for each in built.findings if not each.known and each.allowed is None]
    found = [re.search(r"\(([0-9a-f]{32});", line) for line in lines(built)]
    assert [match[1] for match in found if match] == new


def test_hostile_names_stay_in_their_line_and_property() -> None:
    for line in lines(builder.hostile_report()):
        assert line.startswith(("::error ", "::warning ", "::notice ", "dedupe: "))
        if line.startswith("::"):
            head, _, message = line[2:].partition("::")
            properties = head.partition(" ")[2].split(",")
            assert {each.partition("=")[0] for each in properties} <= {
                "file",
                "line",
                "endLine",
                "title",
            }
            assert not re.search(r"[\x00-\x1f\x7f]", message)
            assert not re.search(r"%(?!25|0A|0D|3A|2C)", line)


def test_a_file_is_named_as_it_is_when_read_back() -> None:
    name = "a, b: 100%\n.txt"
    what = finding("REP001", "repetition", "error", [place(name, "x", 1, 1, anchor=True)])
    (line, _) = lines(report([], [what]))
    raw = re.search(r"file=([^,]*),", line)
    assert raw
    back = raw[1].replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%25", "%")
    assert back == name


def test_a_document_without_a_file_has_no_file() -> None:
    what = finding("REP001", "repetition", "error", [place("article-1", "x", 1, 1, anchor=True)])
    assert lines(report([], [what]))[0].startswith("::error title=REP001")
