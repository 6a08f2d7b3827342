"""Where a document says that it comes from: "Artikel ini telah tayang di …", "(Reuters)".

Of two near-duplicates the one that names the other's source as its origin is the copy.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dedupe.compute.interface import Compute
from dedupe.passages.reference import hash_word, words
from dedupe.sketch.corpus import Corpus

HEAD: Final = 60
"""Words at the start of a document in which an origin is declared,"""
TAIL: Final = 150
"""and at its end."""
_WIDEST: Final = 60
"""Characters between a phrase and the name that it gives."""
_PHRASES: Final = Path(__file__).with_name("origins.txt")
_GENERIC: Final = frozenset(
    ("www", "m", "amp", "com", "co", "net", "org", "info", "go", "gov", "ac", "or", "id", "uk", "au")
)
"""Labels of a host that name nobody."""

Name = tuple[str, ...]
"""The words of a source's name."""


@lru_cache(maxsize=1)
def phrases() -> str:
    """What comes before the name of an origin, as an expression; ``origins.txt`` lists it."""
    lines = _PHRASES.read_text(encoding="utf-8").splitlines()
    held = {phrase for line in lines for phrase in line.partition(": ")[2].split(", ")}
    longest_first = sorted(held, key=lambda each: (-len(each), each))
    return rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})"


@lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    return re.compile(phrases(), re.IGNORECASE)


@lru_cache(maxsize=1)
def _declaration() -> re.Pattern[str]:
    """A line that says where its text comes from, or the agency in a dateline."""
    return re.compile(
        rf"^[^\n]{{0,80}}?(?:{phrases()})[^\n]{{1,120}}|^[^\n(]{{0,40}}\([^\n()]{{2,30}}\)\s*[-–—]",
        re.IGNORECASE | re.MULTILINE,
    )


def declaration(text: str) -> str | None:
    """What a text says of its origin, at its head or its end; None where it says nothing."""
    for held in (text[: 8 * HEAD], text[-8 * TAIL :]):
        found = _declaration().search(held)
        if found:
            return " ".join(found.group().split())
    return None


def names_of(source: str | None, url: str | None) -> list[Name]:
    """What the source of a document may be called: by its name, its host, its address."""
    found = []
    for each in (source, urlsplit(url).hostname if url else None):
        held = tuple(word.normal for word in words(each or ""))
        if each and "." in each and " " not in each:
            labels = [label for label in each.casefold().split(".")[:-1] if label not in _GENERIC]
            held = tuple(word.normal for word in words(max(labels, key=len, default="")))
        if held and held not in found:
            found.append(held)
    return found


def names(text: str, name: Name) -> bool:
    """Whether a text declares a source of this name as its origin."""
    spelled = r"(?<!\w)" + r"\W{0,3}".join(map(re.escape, name)) + r"(?!\w)"
    head, tail = text[: 8 * HEAD], text[-8 * TAIL :]
    widest = _WIDEST + 8 * len(name)
    for held in (head, tail):
        # Names are rarer than phrases.
        for found in re.finditer(spelled, held, re.IGNORECASE):
            line = held[: found.start()].rpartition("\n")[2]
            for phrase in _phrase().finditer(line, max(0, len(line) - 2 * widest)):
                if len(line) - phrase.end() + len(found.group()) <= widest:
                    return True
    dateline = rf"\A.{{0,80}}?[(/]\s*{spelled}\s*[)/]"
    signed = rf"[(\[]\s*{spelled}\s*[)\]/][^\n]{{0,20}}\s*\Z"
    return bool(
        re.search(dateline, head, re.IGNORECASE | re.DOTALL) or re.search(signed, tail, re.IGNORECASE)
    )


def declared(
    corpus: Corpus, lefts: NDArray[np.int64], rights: NDArray[np.int64], compute: Compute
) -> NDArray[np.int64]:
    """(n,): of pairs of documents the one that is the other's origin, by what it says; -1 for neither.

    Only where one of a pair has a name in it that the other's source goes by is its text read.
    """
    origin = np.full(lefts.size, -1, np.int64)
    if lefts.size == 0:
        return origin
    given = corpus.column("source").null_count + corpus.column("url").null_count
    if given == 2 * corpus.documents:
        return origin
    documents, row = np.unique(np.concatenate([lefts, rights]), return_inverse=True)
    sources, urls = (
        corpus.column(each).take(pa.array(documents)).to_pylist() for each in ("source", "url")
    )
    called: dict[tuple[str | None, str | None], int] = {}
    every: list[list[Name]] = []
    of = np.empty(documents.size, np.int64)
    for at, (source, url) in enumerate(zip(sources, urls, strict=True)):
        host = f"//{urlsplit(url).hostname}" if url else None
        key = (source, host)
        if key not in called:
            called[key] = len(every)
            every.append(names_of(source, host))
        of[at] = called[key]
    rows, name_bounds, hashes = _as_columns(every)
    left_source, right_source = of[row[: lefts.size]], of[row[lefts.size :]]
    apart = np.flatnonzero(left_source != right_source)
    for reader, other, own in (
        (lefts, right_source, rights),
        (rights, left_source, lefts),
    ):
        hits = np.zeros(apart.size, np.bool_)
        compute.run(mentions)(
            corpus.spelled,
            corpus.first_words,
            reader[apart],
            other[apart],
            rows,
            name_bounds,
            hashes,
            hits,
        )
        for pair in apart[hits].tolist():
            document = int(reader[pair])
            text = corpus.column("text")[document].as_py()
            if any(names(text, name) for name in every[int(other[pair])]):
                # Each the other's: neither.
                origin[pair] = int(own[pair]) if origin[pair] == -1 else -1
    return origin


def _as_columns(
    every: list[list[Name]],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
    """The names of each source as hashes: bounds of sources in names, of names in words, the words."""
    rows = np.cumsum([0, *map(len, every)])
    flat = [name for held in every for name in held]
    bounds = np.cumsum([0, *map(len, flat)])
    hashes = [hash_word(word, word_weight) for name in flat for word, word_weight in _weighed(name)]
    return rows, bounds, np.array(hashes, np.uint64)


def _weighed(name: Name) -> list[tuple[str, int]]:
    return [(word, held.weight) for word in name for held in words(word)]


def mentions(
    held: NDArray[np.uint64],
    first_words: NDArray[np.int64],
    documents: NDArray[np.int64],
    sources: NDArray[np.int64],
    rows: NDArray[np.int64],
    bounds: NDArray[np.int64],
    hashes: NDArray[np.uint64],
    hits: NDArray[np.bool_],
) -> None:
    """Whether documents name sources at their head or end.

    Args:
        held: (w,): word hashes of the corpus.
        first_words: (d + 1,): where the words of each document begin.
        documents: (n,) and
        sources: (n,): what is looked for in each.
        rows: (s + 1,): the names of source i are ``rows[i]`` to ``rows[i + 1]``,
        bounds: (m + 1,): the words of name j are ``hashes[bounds[j]:bounds[j + 1]]``.
        hashes: as above.
        hits: out, (n,), all False.
    """
    for row in range(documents.size):
        first, last = first_words[documents[row]], first_words[documents[row] + 1]
        for name in range(rows[sources[row]], rows[sources[row] + 1]):
            size = bounds[name + 1] - bounds[name]
            for at in range(first, last - size + 1):
                if first + HEAD <= at < last - TAIL:
                    continue
                same = True
                for word in range(size):
                    if held[at + word] != hashes[bounds[name] + word]:
                        same = False
                        break
                if same:
                    hits[row] = True
                    break
