"""Text of any size from a seed, with copies planted in it, and where they stand.

``python -m benchmarks.generate 100MB -o corpus.parquet`` writes documents as Parquet, and beside them
``corpus.planted.parquet``: for each copy where it and its original stand, in code points.

Words are drawn by Zipf's law, in several scripts; each document ends with the links and the notice of
its source. Some documents hold a copied paragraph or span, of themselves or of an earlier document,
exact or edited; some are copies whole. A smaller corpus is the beginning of a larger one.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.vocabulary import (
    CAPITAL,
    COMMA,
    DRAWS,
    END,
    FORMS,
    LAST,
    LINE,
    PLAIN,
    SCRIPTS,
    STOP,
    Vocabulary,
    vocabulary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BLOCK: Final = 1024
"""Documents that are made, and written, at a time."""
SOURCES: Final = 2000
COMMAS: Final = 0.06
"""Share of words that a comma follows."""
LEAST, MOST = 25, 150
"""Words of a copied span."""
APART: Final = 30
"""Words at least between a span and its copy in the same document."""
KEPT: Final = 512
"""Earlier documents that copies may be of, beside those of the same block,"""
RENEWED: Final = 32
"""and how many of them each block replaces."""
EDITED: Final = {"inside": 0.1, "across": 0.1, "document": 0.04}
"""Share of the words that an edited copy has replaced, dropped, or another word behind, a third each."""
PLANTED: Final = (
    ("inside", False, 20),
    ("inside", True, 20),
    ("across", False, 30),
    ("across", True, 30),
    ("document", False, 10),
    ("document", True, 10),
)
"""Where the original stands, whether the copy is edited, and how many of them a block has."""

DOCUMENTS: Final = pa.schema([("id", pa.string()), ("source", pa.string()), ("text", pa.large_string())])
TRUTH: Final = pa.schema(
    [
        ("where", pa.string()),
        ("edited", pa.bool_()),
        ("words", pa.int64()),
        *(
            (f"{side}{field}", pa.int64())
            for side in ("original", "copy")
            for field in ("", "_start", "_end")
        ),
    ]
)
"""Documents are given by their rows, which are their ids; ends are past the last word."""


class Original(NamedTuple):
    """A document that copies may be of."""

    row: int
    script: int
    tokens: NDArray[np.int32]
    """Its text but for what its source puts below."""


class Copy(NamedTuple):
    """What is planted in a document."""

    where: str
    edited: bool
    original: Original
    start: int
    """First token of the original,"""
    end: int
    """and past its last one."""
    tokens: NDArray[np.int32]
    at: int
    """The token of the document before which they go."""


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive documents, and the copies among them."""

    documents: pa.RecordBatch
    planted: pa.RecordBatch


def blocks(seed: int) -> Iterator[Block]:
    """Documents without end."""
    words = vocabulary(np.random.default_rng([seed, 0]))
    sources = _Sources(words, np.random.default_rng([seed, 1]))
    earlier: list[Original] = []
    for number in count():
        yield _block(number, words, sources, earlier, np.random.default_rng([seed, 2, number]))


def generate(size: int, seed: int, corpus: Path, plain: Path | None = None) -> int:
    """Write whole documents of at least ``size`` bytes of text, and what was planted.

    Returns:
        How many bytes of text there are; with ``plain``, that file holds the same texts and no more.
    """
    written = rows = 0
    with (
        pq.ParquetWriter(
            corpus, DOCUMENTS, compression="snappy", use_dictionary=["source"]
        ) as documents,
        pq.ParquetWriter(planted_beside(corpus), TRUTH) as truth,
        open(plain or "/dev/null", "wb") as text,
    ):
        for block in blocks(seed):
            ends = _bounds_of(block.documents["text"])[1:]
            held = min(int(np.searchsorted(ends, size - written)) + 1, ends.size)
            documents.write_batch(block.documents.slice(0, held))
            rows += held
            inside = [pc.less(block.planted[side], rows) for side in ("original", "copy")]
            truth.write_batch(block.planted.filter(pc.and_(*inside)))
            if plain is not None:
                text.write(memoryview(block.documents["text"].buffers()[2])[: int(ends[held - 1])])
            written += int(ends[held - 1])
            if written >= size:
                return written
    raise AssertionError("blocks do not end")


def planted_beside(corpus: Path) -> Path:
    """Where it stands what was planted in a corpus."""
    return corpus.with_suffix(".planted.parquet")


class _Sources:
    """What publishes documents: how often, in which script, and what it puts below each."""

    def __init__(self, words: Vocabulary, random: np.random.Generator) -> None:
        shares = np.array([script.share for script in SCRIPTS])
        # Round robin by share, so that frequent sources are not all of one script by chance.
        self.script = random.choice(len(SCRIPTS), SOURCES, p=shares / shares.sum())
        self.script[:: len(SCRIPTS) * 2] = 0
        frequency = 1 / (np.arange(SOURCES) + 5.0)
        self._ends = np.cumsum(frequency) / frequency.sum()
        self.names = pa.array([f"source-{number:04}.example" for number in range(SOURCES)])
        pieces = [_below(words, int(script), random) for script in self.script]
        self.tokens = np.concatenate(pieces)
        self.bounds = np.cumsum([0, *map(len, pieces)])

    def draw(self, random: np.random.Generator) -> NDArray[np.int64]:
        """(BLOCK,): the source of each document."""
        return np.searchsorted(self._ends, random.random(BLOCK))


def _below(words: Vocabulary, script: int, random: np.random.Generator) -> NDArray[np.int32]:
    """A list of links, a line each, and a paragraph."""
    links = random.integers(3, 8)
    sizes = random.integers(1, 4, links)
    notice = int(random.integers(25, 60))
    at = random.integers(DRAWS, size=int(sizes.sum()) + notice)
    tokens: NDArray[np.int32] = words.drawn[script][at]
    ends = np.cumsum(sizes)
    tokens[ends[:-1] - 1] += LINE
    tokens[ends[-1] - 1] += LAST
    tokens[ends[-1]] += CAPITAL
    tokens[-1] += END
    return tokens


def _block(
    number: int,
    words: Vocabulary,
    sources: _Sources,
    earlier: list[Original],
    random: np.random.Generator,
) -> Block:
    """A block of documents; ``earlier`` is what copies may be of, and is renewed."""
    of_source = sources.draw(random)
    script = sources.script[of_source]
    fresh, bounds = _fresh(words, script, random)
    order = random.permutation(BLOCK)
    first_row = number * BLOCK

    def original(document: int) -> Original:
        tokens = fresh[bounds[document] : bounds[document + 1]]
        return Original(first_row + document, int(script[document]), tokens)

    carriers = iter(order.tolist())
    wanted = [(where, edited) for where, edited, times in PLANTED for _ in range(times)]
    untouched = order[len(wanted) :]
    alike = [untouched[script[untouched] == each] for each in range(len(SCRIPTS))]
    planted: dict[int, Copy] = {}
    for (where, edited), carrier in zip(wanted, carriers, strict=False):
        here = original(carrier)
        taken: Original | None = here
        if where != "inside":
            before = [each for each in earlier if each.script == here.script]
            near = alike[here.script]
            if before and (not near.size or random.random() < 0.5):
                taken = before[random.integers(len(before))]
            else:
                taken = original(int(near[random.integers(near.size)])) if near.size else None
        copy = _copied(words, where, edited, taken, here, random) if taken is not None else None
        if copy is not None:
            planted[carrier] = copy
    assembled = _Assembled(words, fresh, bounds, sources, of_source, planted, first_row)
    for place in random.permutation(untouched)[:RENEWED].tolist():
        held = original(place)
        held = held._replace(tokens=held.tokens.copy())  # of the block, only this is kept
        if len(earlier) < KEPT:
            earlier.append(held)
        else:
            earlier[random.integers(KEPT)] = held
    return Block(assembled.documents(), assembled.truth())


def _fresh(
    words: Vocabulary, script: NDArray[np.int64], random: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The tokens of new documents, a title and paragraphs each, and where each document begins."""
    paragraphs = 1 + np.clip(random.lognormal(2.1, 0.6, BLOCK).astype(np.int64), 2, 80)
    titles = np.cumsum(paragraphs) - paragraphs
    sentences = random.integers(2, 7, int(paragraphs.sum()))
    sentences[titles] = 1
    first_sentence = np.cumsum(sentences) - sentences
    sizes = random.integers(5, 30, int(sentences.sum()))
    sizes[first_sentence[titles]] = random.integers(5, 13, BLOCK)
    ends = np.cumsum(sizes)
    begins = ends - sizes
    first = np.append(begins[first_sentence[titles]], ends[-1])
    total = int(ends[-1])
    at = random.integers(DRAWS, size=total, dtype=np.int32)
    at += np.repeat((script * DRAWS).astype(np.int32), np.diff(first))
    tokens = words.drawn.ravel()[at]
    form = np.where(random.random(total, np.float32) < COMMAS, np.int32(COMMA), np.int32(PLAIN))
    form[begins] = CAPITAL
    form[ends - 1] = STOP
    form[ends[first_sentence + sentences - 1] - 1] = END
    form[ends[first_sentence[titles]] - 1] = LAST
    tokens += form
    return tokens, first


def _copied(
    words: Vocabulary,
    where: str,
    edited: bool,
    original: Original,
    here: Original,
    random: np.random.Generator,
) -> Copy | None:
    """A copy for a document; None where it is too short for one."""
    size = original.tokens.size
    if where == "document":
        start, end, at = 0, size, 0
    elif random.random() < 0.5:
        ends = _paragraph_ends(original.tokens)
        long = np.flatnonzero(np.diff(ends) >= LEAST)
        if not long.size:
            return None
        which = int(long[random.integers(long.size)])
        start, end = int(ends[which]), int(ends[which + 1])
        places = _paragraph_ends(here.tokens)
        at = _place(places, start, end, where, random)
    else:
        wanted = int(np.exp(random.uniform(np.log(LEAST), np.log(MOST))))
        title = int(_paragraph_ends(original.tokens)[0])
        if size - title < wanted:
            return None
        start = int(random.integers(title, size - wanted + 1))
        end = start + wanted
        places = np.arange(int(_paragraph_ends(here.tokens)[0]), here.tokens.size + 1)
        at = _place(places, start, end, where, random)
    if at < 0:
        return None
    tokens = original.tokens[start:end]
    if edited:
        tokens = _edited(tokens, words.drawn[original.script], EDITED[where], random)
    return Copy(where, edited, original, start, end, tokens, at)


def _paragraph_ends(tokens: NDArray[np.int32]) -> NDArray[np.int64]:
    """Past the last token of each paragraph, the title's first."""
    form = tokens % FORMS
    return np.flatnonzero((form == END) | (form == LAST)) + 1


def _place(
    places: NDArray[np.int64], start: int, end: int, where: str, random: np.random.Generator
) -> int:
    """One of the places, apart from the original if that is in the same document; -1 for none."""
    if where == "inside":
        places = places[(places <= start - APART) | (places >= end + APART)]
    return int(places[random.integers(places.size)]) if places.size else -1


def _edited(
    tokens: NDArray[np.int32], drawn: NDArray[np.int32], share: float, random: np.random.Generator
) -> NDArray[np.int32]:
    """The tokens with so many words replaced, dropped or added."""
    how = random.random(tokens.size) / share * 3
    others = drawn[random.integers(DRAWS, size=tokens.size)]
    form = tokens % FORMS
    changed = np.where(how < 1, others + form, tokens)
    # Beginnings and ends of sentences stay.
    inner = form == PLAIN
    behind = np.flatnonzero((how >= 2) & (how < 3) & inner) + 1
    kept = ~((how >= 1) & (how < 2) & inner)
    longer: NDArray[np.int32] = np.insert(changed, behind, others[behind - 1])
    held: NDArray[np.bool_] = np.insert(kept, behind, True)
    return longer[held]


class _Assembled:
    """The documents of a block with what was planted, and with what their sources put below."""

    def __init__(
        self,
        words: Vocabulary,
        fresh: NDArray[np.int32],
        bounds: NDArray[np.int64],
        sources: _Sources,
        of_source: NDArray[np.int64],
        planted: dict[int, Copy],
        first_row: int,
    ) -> None:
        self._words, self._planted, self._first_row = words, planted, first_row
        self._sources = sources.names.take(pa.array(of_source))
        # A document is four pieces of all tokens there are: its own before what is planted, that, its
        # own behind, and what stands below.
        starts, sizes = (np.zeros((BLOCK, 4), np.int64) for _ in range(2))
        starts[:, 0], sizes[:, 0] = bounds[:-1], np.diff(bounds)
        copies = np.cumsum(
            [fresh.size + sources.tokens.size, *(c.tokens.size for c in planted.values())]
        )
        below = of_source.copy()
        for (row, copy), start in zip(planted.items(), copies.tolist(), strict=False):
            left = 0 if copy.where == "document" else sizes[row, 0] - copy.at
            sizes[row] = copy.at, copy.tokens.size, left, 0
            starts[row, 1:3] = start, bounds[row] + copy.at
            local = copy.original.row - first_row
            if copy.where == "document" and not copy.edited and local >= 0:
                below[row] = of_source[local]  # equal to the last letter
        starts[:, 3] = fresh.size + sources.bounds[below]
        sizes[:, 3] = np.diff(sources.bounds)[below]
        every = np.concatenate([fresh, sources.tokens, *(copy.tokens for copy in planted.values())])
        self._bounds = np.append(0, np.cumsum(sizes.sum(axis=1)))
        self._tokens = every[_ranges(starts.ravel(), sizes.ravel())]

    def documents(self) -> pa.RecordBatch:
        """Their ids, sources and texts."""
        taken = self._words.tokens.take(pa.array(self._tokens))
        _, offsets, data = taken.buffers()
        ends = np.frombuffer(offsets, np.int64)[self._bounds]
        texts = pa.LargeStringArray.from_buffers(BLOCK, pa.py_buffer(ends), data)
        rows = np.arange(self._first_row, self._first_row + BLOCK)
        return pa.record_batch([pc.cast(pa.array(rows), pa.string()), self._sources, texts], DOCUMENTS)

    def truth(self) -> pa.RecordBatch:
        """Where copies and their originals stand."""
        found = []
        for row, copy in self._planted.items():
            original, begin = copy.original, int(self._bounds[row])
            here = self._tokens[begin : int(self._bounds[row + 1])]
            start, end = copy.start, copy.end
            if copy.where == "inside":
                moved = copy.tokens.size if copy.at <= start else 0
                before = self._characters(here, start + moved, end + moved)
            else:
                before = self._characters(original.tokens, start, end)
            after = self._characters(here, copy.at, copy.at + copy.tokens.size)
            found.append(
                (
                    copy.where,
                    copy.edited,
                    end - start,
                    original.row,
                    *before,
                    self._first_row + row,
                    *after,
                )
            )
        columns = zip(*found, strict=True)
        return pa.record_batch(
            [pa.array(column, field.type) for column, field in zip(columns, TRUTH, strict=True)], TRUTH
        )

    def _characters(self, tokens: NDArray[np.int32], start: int, end: int) -> tuple[int, int]:
        sizes = self._words.characters[tokens[:end]]
        last = self._words.word[tokens[end - 1]]
        return int(sizes[:start].sum()), int(sizes[:-1].sum() + last)


def _ranges(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start on, so many of each, one range after the other."""
    ends = np.cumsum(sizes)
    numbers: NDArray[np.int64] = np.arange(int(ends[-1])) + np.repeat(starts - (ends - sizes), sizes)
    return numbers


def _bounds_of(texts: pa.LargeStringArray) -> NDArray[np.int64]:
    return np.frombuffer(texts.buffers()[1], np.int64)[: len(texts) + 1]


_UNITS: Final = {"KB": 10**3, "MB": 10**6, "GB": 10**9}


def bytes_of(size: str) -> int:
    """``100MB`` as a number.

    Raises ValueError: it is no size.
    """
    for unit, times in _UNITS.items():
        if size.upper().endswith(unit):
            return int(float(size[: -len(unit)]) * times)
    return int(size)


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("size", type=bytes_of, help="of the text, 100MB say")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="as Parquet")
    parser.add_argument("--text", type=Path, metavar="FILE", help="the texts alone, too")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    generate(asked.size, asked.seed, asked.output, asked.text)


if __name__ == "__main__":
    main()
