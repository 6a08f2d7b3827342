"""Any texts through the whole pipeline: plain and compiled alike, and places that are in the text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from unittest import mock

import dedupe
from dedupe import Document, compute

if TYPE_CHECKING:
    from dedupe.report import Report

PARTED = "\x1e"
"""Between documents."""


def one_input(data: bytes) -> None:
    """Audit the documents in it, both ways."""
    try:
        text = data.decode("utf-8", "surrogatepass")  # halves of pairs are strings of Python, too
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    documents = [Document(str(at), each) for at, each in enumerate(text.split(PARTED))]
    report = dedupe.audit(documents)
    check(report)
    with mock.patch.object(compute, "SMALL", -1):
        assert report.to_json() == dedupe.audit(documents).to_json(), "plain and compiled are the same"


def check(report: Report) -> None:
    """See that a report holds together."""
    texts = {
        document.id: article.text
        for document, article in zip(report.documents, report.articles, strict=True)
    }
    for finding in report.findings:
        for place in finding.locations:
            text = texts[place.document]
            assert 0 <= place.start < place.end <= len(text)
            assert place.text == text[place.start : place.end]
            for at in (place.start, place.end):
                if 0 < at < len(text) and unicodedata.category(text[at])[0] == "M":
                    assert unicodedata.category(text[at - 1])[0] not in "LM"
    for document in report.documents:
        shares = document.fractions
        whole = shares.original + shares.reuse + shares.repetition + shares.boilerplate
        assert abs(whole - bool(document.words)) < 1e-9


if __name__ == "__main__":
    from benchmarks.fuzz.run import fuzz

    fuzz("benchmarks.fuzz.texts")
