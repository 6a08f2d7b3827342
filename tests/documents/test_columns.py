"""Which column is what."""

from __future__ import annotations

import pytest

from dedupe.documents.columns import choose, spellings
from dedupe.documents.interface import UnreadableError
from dedupe.settings import Settings


def test_each_role_has_its_name_and_the_text_has_several() -> None:
    names = ["date", "url", "source", "title", "id", "article", "body", "content", "text"]
    found = spellings(names, Settings())
    assert found["text"] == ["text", "content", "body", "article"]
    assert all(found[role] == [role] for role in ("id", "title", "source", "url", "date"))


def test_case_does_not_matter_but_the_exact_name_comes_first() -> None:
    assert spellings(["TEXT", "Text", "text"], Settings())["text"] == ["text", "TEXT", "Text"]
    assert spellings(["TEXT", "Text"], Settings(text_column="Text"))["text"] == ["Text", "TEXT"]


def test_a_sign_that_only_looks_like_a_letter_is_none() -> None:
    assert spellings(["\u212aey"], Settings(id_column="key"))["id"] == []


def test_a_name_that_is_set_is_the_only_one() -> None:
    with pytest.raises(UnreadableError, match="has no column story; it has text"):
        choose(["text"], Settings(text_column="story"))


def test_names_are_shown_so_that_they_fit_a_line() -> None:
    with pytest.raises(UnreadableError) as caught:
        choose(["a\nb", "\x1b[31m", "x" * 100, ""], Settings())
    assert str(caught.value).endswith("it has a b, \ufffd[31m, " + "x" * 39 + '…, ""')
