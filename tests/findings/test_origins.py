"""Where a document says that it comes from."""

from __future__ import annotations

import pytest

from dedupe.findings.origins import declaration, names, names_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Isi berita.\nArtikel ini telah tayang di Kompas.com dengan judul lain.", "kompas"),
        ("Dilansir dari Suara Kota, Senin, warga berkumpul.", "suara kota"),
        ("LONDON (Reuters) - Prices rose.", "reuters"),
        ("Prices rose.\n\n(AP)", "ap"),
        ("Text.\n\nThis article was originally published by the Eastside Courier.", "eastside courier"),
        ("Text.\nQuelle: dpa", "dpa"),
        ("本文。\n来源：新华网", "新 华 网"),
    ],
)
def test_an_origin_is_declared(text: str, name: str) -> None:
    assert names(text, tuple(name.split()))
    assert declaration(text) is None or len(declaration(text) or "") > 0


@pytest.mark.parametrize(
    "text",
    [
        "The Reuters building was sold.",
        "A reporter of the Eastside Courier was there.",
        "Mapping the AP",
    ],
)
def test_a_mention_is_no_declaration(text: str) -> None:
    assert not any(names(text, each) for each in (("reuters",), ("eastside", "courier"), ("ap",)))


def test_what_a_source_is_called() -> None:
    assert names_of("Suara Kota", None) == [("suara", "kota")]
    assert names_of("kompas.com", "https://www.kompas.com/read/1") == [("kompas",)]
    assert names_of(None, "https://news.detik.co.id/x") == [("detik",)]
    assert names_of(None, None) == []
