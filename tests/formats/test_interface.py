"""A format is found by its name or by the name of a file; a wrong one is answered with the list."""

from __future__ import annotations

import pytest

from dedupe.errors import DedupeError
from dedupe.formats.interface import FORMATS, by_file_name, by_name


def test_names_and_suffixes_belong_to_one_format_each() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(set(suffixes)) == len(suffixes)


@pytest.mark.parametrize(
    ("file", "name"), [("r.json", "json"), ("out/r.SVG", "svg"), ("a.json.txt", "terminal")]
)
def test_the_file_name_decides(file: str, name: str) -> None:
    assert by_file_name(file) is by_name(name)


def test_an_unknown_name_lists_the_known() -> None:
    with pytest.raises(DedupeError, match="--format docx is not a format: it takes terminal, json, "):
        by_name("docx")


@pytest.mark.parametrize("file", ["report", "report.docx", "json"])
def test_an_unknown_suffix_lists_the_known(file: str) -> None:
    with pytest.raises(DedupeError, match=rf"--output {file} names no format: .* \.txt \.json "):
        by_file_name(file)
