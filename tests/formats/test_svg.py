"""The picture is well-formed, names no host, and is the same every time."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedupe.formats.interface import View
from dedupe.formats.svg import write
from dedupe.report import Fractions

from .builder import finding, place, report, score

if TYPE_CHECKING:
    from dedupe.report import Report


def drawn(shown: Report, width: int = 80) -> str:
    stream = io.StringIO()
    write(shown, stream, View(width=width))
    return stream.getvalue()


def test_it_is_well_formed_and_says_the_verdict(rich_report: Report) -> None:
    root = ElementTree.fromstring(drawn(rich_report))
    assert root.findtext("{http://www.w3.org/2000/svg}title", "").startswith(
        "2 errors, 3 warnings in 6 articles"
    )


def test_it_names_no_host(rich_report: Report) -> None:
    picture = drawn(rich_report)
    assert set(re.findall(r"\w+://[^\"' )]*", picture)) == {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in picture
    assert "@import" not in picture


def test_it_is_the_same_every_time_and_on_every_screen(rich_report: Report) -> None:
    assert drawn(rich_report, width=60) == drawn(rich_report, width=120)


def test_wide_characters_take_two_cells() -> None:
    text = "普京 met"
    each = finding("REP002", "repetition", "info", [place("a", text, 1, 1, anchor=True)])
    picture = drawn(report([score("a", text, Fractions(repetition=1.0), [each])], [each]))
    runs = re.findall(r'textLength="([^"]*)"[^>]*>([^<]*)<', picture)
    assert ("48.8", "普京") in runs


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=30)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_a_well_formed_picture(text: str) -> None:
    each = finding("REP002", "repetition", "info", [place(text, text, 1, 1, anchor=True)], template=text)
    picture = drawn(report([score(text, "x", Fractions(repetition=1.0), [each], text)], [each]))
    ElementTree.fromstring(picture.encode())
