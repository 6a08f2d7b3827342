"""Pairs of articles, written by hand, each with the code that an editor would give it.

``tuned.jsonl`` was at hand while the rules were written, ``held_out.jsonl`` was written afterwards.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dedupe import Document, audit

PAIRS = Path(__file__).parent / "pairs"
COPIES = {"DUP001", "DUP002", "DUP003"}


def pairs(name: str) -> list[dict[str, Any]]:
    lines = (PAIRS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(each) for each in lines]


def told(pair: dict[str, Any]) -> str:
    """What an audit of the two alone says of them: of several kinds that which says most."""
    documents = [Document(id=f"{row}", **each) for row, each in enumerate(pair["documents"])]
    codes = {finding.code for finding in audit(documents).findings}
    for kind in ("DUP", "REU", "REP"):
        held = sorted(code for code in codes if code.startswith(kind))
        if held:
            return ",".join(held)
    return "none"


@pytest.mark.parametrize("name", ["tuned", "held_out"])
def test_nine_in_ten_have_the_right_code(name: str) -> None:
    held = pairs(name)
    wrong = [(pair["id"], told(pair)) for pair in held if told(pair) != pair["expected"]]
    assert len(wrong) <= 0.1 * len(held), wrong


@pytest.mark.parametrize(
    "pair",
    [each for name in ("tuned", "held_out") for each in pairs(name) if each["expected"] == "DUP004"],
    ids=lambda pair: pair["id"],
)
def test_a_series_is_never_a_copy(pair: dict[str, Any]) -> None:
    assert told(pair) not in COPIES


def test_there_are_enough_of_them() -> None:
    assert len(pairs("tuned")) >= 40
    assert len(pairs("held_out")) >= 20
    ids = [pair["id"] for name in ("tuned", "held_out") for pair in pairs(name)]
    assert len(set(ids)) == len(ids)
