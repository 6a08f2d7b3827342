"""How much work an audit is: counts, not seconds, so that any machine can tell when it grows.

A fixed generated corpus is audited; whatever the pipeline asks to be computed is counted. Raise a limit
only for a reason that is worth the time; lower it where less work is done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from inspect import signature
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

import dedupe.compute.compiled
import dedupe.sketch.corpus
from benchmarks.generate import generate
from dedupe import Settings, audit
from dedupe.compute.compiled import Compiled

SMALLER, LARGER = 300_000, 1_200_000
"""Bytes of text."""
JOBS = 2

LIMITS = {
    "candidates verified, for each passage": 0.004,
    "words searched for seeds, for each word": 1.0,
    "seeds linked, for each word": 0.0032,
    "bytes of columns, for each byte of text": 1.6,
}
"""What the larger corpus may take."""
CALLS = {
    "scan": 1,
    "pairs": 35,
    "outlines": 8,
    "compare": 8,
    "frequencies": 1,
    "spans": 1,
    "cuts": 9,
    "quoted": 1,
    "look": 1,
}
"""How often it may ask for each computation,"""
LOOPS = 66
"""and for loops over columns, all together."""
GROWTH = 2
"""Times what a smaller corpus takes for each passage, word or byte; that is a quarter as large."""


class Counting:
    """A way to compute that counts what it is asked for."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.loops: Counter[str] = Counter()
        self.amounts: Counter[str] = Counter()
        self._compute = Compiled()
        self._lock = Lock()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compute, name)
        return partial(self._counted, self.calls, name, found) if callable(found) else found

    def run(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A loop over columns, counted at each call."""
        return partial(self._counted, self.loops, function.__name__, self._compute.run(function))

    def add(self, **amounts: int) -> None:
        """Count amounts."""
        with self._lock:
            self.amounts.update(amounts)

    def _counted(
        self, times: Counter[str], name: str, function: Callable[..., Any], *given: Any, **named: Any
    ) -> Any:
        with self._lock:
            times[name] += 1
        result = function(*given, **named)
        if times is not self.calls:
            return result
        asked = signature(function).bind(*given, **named).arguments
        if name == "scan":
            texts = asked["texts"]
            self.add(
                text=int(texts.offsets[-1] - texts.offsets[0]),
                words=result.words.size,
                passages=result.contents.size,
                columns=sum(getattr(result, each.name).nbytes for each in fields(result)),
            )
        elif name == "compare":
            self.add(compared=asked["lefts"].size)
        elif name == "spans":
            self.add(searched=int((asked["lasts"] - asked["firsts"]).sum()))
        return result


def work(size: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Counting, dict[str, float]]:
    """What is counted in the audit of so much text."""
    corpus = folder / f"{size}.parquet"
    generate(size, 1, corpus)
    counting = Counting()
    linked = dedupe.compute.compiled._linked

    def link(*given: Any) -> Any:
        links, common = linked(*given)
        counting.add(linked=sum(lefts.size for lefts, _ in links))
        return links, common

    with monkeypatch.context() as patched:
        patched.setattr(dedupe.sketch.corpus, "choose", lambda _: counting)
        patched.setattr(dedupe.compute.compiled, "_linked", link)
        audit(str(corpus), Settings(jobs=JOBS))
    amounts = counting.amounts
    return counting, {
        "candidates verified, for each passage": amounts["compared"] / amounts["passages"],
        "words searched for seeds, for each word": amounts["searched"] / amounts["words"],
        "seeds linked, for each word": amounts["linked"] / amounts["words"],
        "bytes of columns, for each byte of text": amounts["columns"] / amounts["text"],
    }


def test_an_audit_is_no_more_work_than_it_was_and_grows_with_the_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, smaller = work(SMALLER, tmp_path, monkeypatch)
    counting, larger = work(LARGER, tmp_path, monkeypatch)
    assert all(larger.values()), larger  # everything is counted that there is
    assert {name: each for name, each in larger.items() if each > LIMITS[name]} == {}
    assert counting.calls - Counter(CALLS) == Counter()
    assert counting.loops.total() <= LOOPS, counting.loops.most_common()
    assert {name for name in LIMITS if larger[name] > GROWTH * smaller[name]} == set()
