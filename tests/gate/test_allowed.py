"""``dedupe-allow.toml``: what it allows, what it says, and what it must give."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dedupe.baseline.fingerprints import fingerprinted
from dedupe.errors import DedupeError
from dedupe.gate.allowed import parse
from dedupe.report import Finding
from tests.gate.reports import found

FINDING = found("DUP002", "warning", documents=("legal/a.txt", "legal/b.txt"))
((_, PRINT),) = fingerprinted([FINDING])


def reason(entry: str, finding: Finding = FINDING, name: str = "dedupe-allow.toml") -> str | None:
    ((_, fingerprint),) = fingerprinted([finding])
    return parse(f'[[allow]]\nreason = "so it is"\n{entry}\n', name).reason(finding, fingerprint)


@pytest.mark.parametrize(
    "entry",
    [
        f'fingerprint = "{PRINT.digest}"',
        f'fingerprint = "{FINDING.id}"',
        f'fingerprint = ["0000000000000000", "{PRINT.digest}"]',
        'path = "legal/**"',
        'path = "legal"',
        'path = ["legal/a.txt", "*/b.txt"]',
        'code = "DUP002"',
        'code = ["REP001", "DUP002"]\npath = "*.txt"',
    ],
)
def test_what_an_entry_names_is_allowed(entry: str) -> None:
    assert reason(entry) == "so it is"


@pytest.mark.parametrize(
    "entry",
    [
        'fingerprint = "0000000000000000"',
        'path = "legal/a.txt"',  # not all of its places
        'path = ["legal/**", "!legal/b.txt"]',
        'path = "legal/**"\ncode = "DUP001"',
        f'fingerprint = "{PRINT.digest}"\npath = "other/**"',
        'template = "Read more: ‹…›"',
    ],
)
def test_the_rest_is_not(entry: str) -> None:
    assert reason(entry) is None


def test_a_template_is_allowed_by_its_frame() -> None:
    filled = found("BPL002", "info", template="Read more: ‹…›")
    assert reason('template = "Read  more: ‹…›"', filled) == "so it is"


def test_paths_begin_in_the_folder_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "articles" / "legal").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "articles")
    named = str(tmp_path / "dedupe-allow.toml")
    assert reason('path = "/articles/legal/"', name=named) == "so it is"
    monkeypatch.chdir(tmp_path / "articles" / "legal")
    absolute = found("REP001", "error", documents=(os.path.abspath("a.txt"), "b.txt", "../c.txt#3"))
    assert reason('path = "articles/*"', absolute, named) == "so it is"


def test_entries_count_what_they_allow_and_the_first_gives_the_reason() -> None:
    allow = parse(
        '[[allow]]\nreason="one"\ncode="DUP002"\n'
        '[[allow]]\nreason="two\\nlines"\npath="legal"\n'
        '[[allow]]\nreason="three"\npath="other/**"\ntemplate="secret text"\n',
        "allow.toml",
    )
    assert allow.reason(FINDING, PRINT) == "one"
    assert [(each.entry, each.reason, each.findings) for each in allow.used()] == [
        ("entry 1: code DUP002", "one", 1),
        ("entry 2: path legal", "two lines", 1),
        ("entry 3: path other/**; a template", "three", 0),
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[allow]]\nreason = ", "a.toml is no TOML: "),
        ('[[allow]]\ncode = "REP001"', "a.toml: entry 1 has no reason: say why it is allowed"),
        ('[[allow]]\nreason = " "\ncode = "REP001"', "a.toml: entry 1 has no reason"),
        ("[[allow]]\nreason = 3", "a.toml: entry 1 has no reason"),
        ('[[allow]]\nreason = "x"', "a.toml: entry 1 allows nothing: give it a fingerprint"),
        ('[[allow]]\nreason = "x"\npaths = "a"', "a.toml: entry 1 has paths: did you mean path?"),
        (
            '[[allow]]\nreason = "x"\nzzz = "a"',
            "entry 1 has zzz: the keys are reason, fingerprint, path",
        ),
        ('[[allow]]\nreason = "x"\ncode = "REP01"', "entry 1: REP01 is no code: did you mean REP001?"),
        ('[[allow]]\nreason = "x"\npath = []', "entry 1: path is empty"),
        ('[[allow]]\nreason = "x"\npath = [3]', "entry 1: path is a string, or a list of strings"),
        ('[[allow]]\nreason = "x"\nfingerprint = "abc"', "entry 1: abc is no fingerprint: one has 16"),
        ('[allow]\nreason = "x"', "a.toml: write [[allow]] above each entry, with both brackets"),
        ('[[allows]]\nreason = "x"', "a.toml has allows: its entries are [[allow]]"),
    ],
)
def test_a_mistake_is_said_with_its_entry(text: str, what: str) -> None:
    with pytest.raises(DedupeError) as error:
        parse(text, "a.toml")
    assert what in str(error.value)
    assert "\n" not in str(error.value)


def test_an_empty_file_allows_nothing() -> None:
    assert parse("", "a.toml").used() == ()
