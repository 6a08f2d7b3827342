"""What is written from columns is what is written from objects, to the byte."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.formats import json_columns
from dedupe.formats.json import render, write
from dedupe.formats.shared.visible import ACTING
from dedupe.report import Columns, Finding, Fractions, Location, Places, Report

from . import builder
from .builder import finding, report, score


class Held(Columns):
    """Findings that are objects, and columns made of them."""

    def __init__(self, findings: Sequence[Finding], texts: dict[str, str], batches: int) -> None:
        self._findings, self._texts, self._batches = list(findings), texts, batches

    def __len__(self) -> int:
        return len(self._findings)

    def __getitem__(self, index: Any) -> Any:
        return self._findings[index]

    def are_many(self) -> bool:
        return True

    def without_places(self, index: int) -> Finding:
        return replace(self._findings[index], locations=())

    def places(self) -> Places:
        places = [place for each in self._findings for place in each.locations]
        names = list(self._texts)

        def column(values: Any, kind: Any = np.int64) -> Any:
            return np.array(list(values), kind)

        def byte(place: Location, at: int) -> int:
            return len(self._texts[place.document][:at].encode())

        parts = np.array_split(np.arange(len(names)), self._batches)
        texts = []
        for part in parts:
            held = [self._texts[names[row]].encode() for row in part]
            # As in a slice of a column, what is before it is there as well.
            data = np.frombuffer(b"before" + b"".join(held), np.uint8)
            texts.append((data, 6 + np.cumsum([0, *map(len, held)])))
        return Places(
            np.cumsum([0, *(len(each.locations) for each in self._findings)]),
            column(names.index(place.document) for place in places),
            column(byte(place, place.start) for place in places),
            column(byte(place, place.end) for place in places),
            column(place.start for place in places),
            column(place.end for place in places),
            column(place.line for place in places),
            column(place.end_line for place in places),
            column((place.anchor for place in places), np.bool_),
            column((place.keep for place in places), np.bool_),
            *(
                column((np.nan if value is None else value for value in values), np.float64)
                for values in (
                    [place.jaccard for place in places],
                    [place.containment for place in places],
                    [place.containment_in_anchor for place in places],
                    [place.containment_of_anchor for place in places],
                )
            ),
            tuple(texts),
            names,
        )


def written(built: Report, *, text: bool, buffered: bool) -> str:
    if not buffered:
        stream = io.StringIO(newline="")
        write(built, stream, text)
        return stream.getvalue()
    data = io.BytesIO()
    wrapped = io.TextIOWrapper(data, encoding="utf-8", newline="\n")
    write(built, wrapped, text)
    wrapped.flush()
    return data.getvalue().decode()


def assert_same(findings: Sequence[Finding], texts: dict[str, str], batches: int = 1) -> None:
    documents = [score(name, text, Fractions(original=1.0), findings) for name, text in texts.items()]
    objects = report(documents, tuple(findings))
    columns = replace(objects, findings=Held(findings, texts, batches))
    for text in (True, False):
        for buffered in (True, False):
            assert written(columns, text=text, buffered=buffered) == render(objects, text=text)


TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from(
            [*'\x00\x08\t\n\f\r\x1b\x1f "\\/\x7f\x80\x9f\xa0\xad\u2028\u202e\ufeff\ufffe😀']
        ),
        st.sampled_from([chr(end) for ends in ACTING for end in ends if not 0xD800 <= end <= 0xDFFF]),
        st.sampled_from([chr(min(e + 1, 0x10FFFF)) for _, e in ACTING if not 0xD7FF <= e <= 0xDFFF]),
    ),
    max_size=30,
)
SIMILARITY = st.one_of(st.none(), st.floats(0, 1), st.sampled_from([0.0, 1.0, 1 / 3, 5e-324, 0.1 + 0.2]))
NUMBER = st.one_of(st.integers(0, 12), st.integers(0, 2**62), st.sampled_from([9, 10, 99, 100, 10**18]))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Finding], dict[str, str], int]:
    texts = draw(st.dictionaries(TEXT, TEXT, min_size=1, max_size=4))
    names = list(texts)
    found = []
    for _ in range(draw(st.integers(0, 4))):
        places = []
        for _ in range(draw(st.integers(1, 3))):
            name = draw(st.sampled_from(names))
            ends = sorted(draw(st.tuples(*[st.integers(0, len(texts[name]))] * 2)))
            places.append(
                Location(
                    name,
                    *ends,
                    draw(NUMBER),
                    draw(NUMBER),
                    draw(st.booleans()),
                    draw(st.booleans()),
                    draw(SIMILARITY),
                    draw(SIMILARITY),
                    texts[name][ends[0] : ends[1]],
                )
            )
        found.append(finding("REU001", "reuse", "info", places, template=draw(TEXT)))
    return found, texts, draw(st.integers(1, 3))


@settings(max_examples=100)
@given(cases())
def test_the_bytes_are_the_same(case: tuple[list[Finding], dict[str, str], int]) -> None:
    assert_same(*case)


def of_hostile() -> tuple[list[Finding], dict[str, str]]:
    built = builder.hostile_report()
    texts: dict[str, str] = {}
    found = []
    for each in built.findings:
        places = []
        for place in each.locations:
            start = len(texts.get(place.document, ""))
            texts[place.document] = texts.get(place.document, "") + (place.text or "")
            places.append(replace(place, start=start, end=len(texts[place.document])))
        found.append(replace(each, locations=tuple(places)))
    return found, texts


def test_they_are_for_hostile_articles() -> None:
    assert_same(*of_hostile(), 3)


def test_they_are_whatever_is_written_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for chunk in (1, 700, 5000):
        monkeypatch.setattr(json_columns, "CHUNK", chunk)
        assert_same(*of_hostile(), 2)


def test_without_findings_the_array_is_empty() -> None:
    assert_same([], {"a": "text"})
