"""Cleaning Markdown: code stands where it stood, whatever goes around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedupe.audit import audit
from dedupe.clean.choices import DEFAULT_DROP, Choices
from dedupe.clean.run import clean
from dedupe.settings import Settings
from tests.prose import article, paragraph

CODE = "```sh\npip install {}\n```"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("docs").mkdir()


def cleaned(**texts: str) -> dict[str, str]:
    for name, text in texts.items():
        Path("docs", f"{name}.md").write_text(text, encoding="utf-8")
    settings, choices = Settings(), Choices(drop=DEFAULT_DROP)
    clean(["docs"], settings, choices, Path("out"), lambda given: audit(given, settings))
    return {path.stem: path.read_text(encoding="utf-8") for path in Path("out").rglob("*.md")}


def test_boilerplate_goes_and_code_between_it_stays() -> None:
    texts = {
        f"p{row}": f"{article(row)}\nRead more\n\n{CODE.format(row)}\n\nShare this article\n"
        for row in range(12)
    }
    for name, text in cleaned(**texts).items():
        assert CODE.format(name.removeprefix("p")) in text


def test_a_block_that_returns_with_other_code_stays() -> None:
    blocks = [f"{paragraph(1)}\n\n{CODE.format(name)}\n\n{paragraph(2)}" for name in ("one", "two")]
    text = f"{blocks[0]}\n\n{paragraph(3)}\n\n{blocks[1]}\n"
    assert cleaned(a=text)["a"] == text


def test_a_block_that_returns_with_its_code_goes_with_it() -> None:
    block = f"{paragraph(1)}\n\n{CODE.format('one')}\n\n{paragraph(2)}"
    text = f"{block}\n\n{paragraph(3)}\n\n{block}\n"
    assert cleaned(a=text)["a"].count(CODE.format("one")) == 1


def test_pages_of_other_code_stay_both() -> None:
    pages = {name: f"{article(1, 2)}\n{CODE.format(name)}\n" for name in ("one", "two")}
    assert cleaned(**pages) == pages
