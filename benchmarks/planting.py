"""Copied spans planted into real articles, edited by a known strength, and where they stand.

Everything is drawn by PCG64 from a seed: the same articles and seed give the same corpus.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from benchmarks.plagdet import Alignment, Span
from benchmarks.words import WORD, count, places
from dedupe import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

Where = Literal["inside", "across"]

RUN = 6
"""Words: articles hold only paragraphs without a run of so many that stands anywhere else."""
PARAGRAPH = 12
"""Words of a paragraph at least,"""
ARTICLE = 300
"""and of an article."""
LEAST, MOST = 25, 250
"""Words of a span."""
SENTENCES = 4
"""Sentences at least of a span whose sentences are edited."""
APART = 200
"""Characters at least between a span and its copy in the same article."""
TRIES = 200
"""Spans drawn of an article before it is left as it is."""
SHARE = 4
"""One sentence of so many is dropped, or inserted."""

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[^\W_a-z])")
_PUNCTUATION = re.compile(r"[^\w\s]")
_PARAGRAPH_ENDS = (".", "!", "?", '"', "”", ")")
_NO_PROSE = re.compile(r"@|https?:|www\.|\]\(|\|")
_BODY_ENDS = re.compile(
    r"[\W_]*(?:about|contacts?|media|press|investors?|(?:for|to) (?:more|further|additional|learn)"
    r"|learn more|visit|follow|forward.looking|cautionary|safe harbou?r|disclaimer|legal|source"
    r"|view original)\b",
    re.IGNORECASE,
)
_MULTIPLIERS = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a kind of edit is measured on, and what was planted in it."""

    documents: Sequence[Document]
    cases: Mapping[Where, Sequence[Alignment]]
    """Inside one document the earlier range is on the left, across two that of the lesser id."""
    words: Mapping[Where, Sequence[int]]
    """Words of the span of each case, before the edit."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens to a span when it is copied, and what span it takes."""

    apply: Callable[[str, np.random.Generator, Stock], str]
    """The copy, from the span's text."""
    whole_sentences: bool = False
    """The span is whole sentences; else it is, one time in two, any words that follow each other."""
    least_paragraphs: int = 1
    one_line: bool = False
    """Afterwards the document that holds the copy has no newlines."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What is new in a copy comes from here."""

    words: Sequence[str]
    """Words as they stand in articles, each as often as it does."""
    sentences: list[str]
    """Sentences of articles that are not in the corpus; each is taken once."""


@dataclass(frozen=True, slots=True)
class _Plant:
    """A copy to be made: the span, and the place in the other text, or the same, where it goes."""

    start: int
    end: int
    at: int
    own_paragraph: bool


# Articles


def articles_of(documents: Sequence[Document]) -> list[Document]:
    """Articles in which nothing stands twice, cut out of real ones.

    Of each document its paragraphs of prose stay that share no run of ``RUN`` words with any other
    paragraph of the documents, and come before its first line that begins as an address, a disclaimer
    or a description of the company does. So what is found in these articles is what was planted, or
    it is false; and which articles are taken is not a matter of what is measured.
    """
    paragraphs = [
        (row, line, [word.casefold() for word in WORD.findall(line)])
        for row, document in enumerate(documents)
        for line in map(str.strip, document.text.splitlines())
    ]
    unique = _unique([said for _, _, said in paragraphs])
    kept: dict[int, list[str]] = defaultdict(list)
    words: dict[int, int] = defaultdict(int)
    ended: set[int] = set()
    for (row, line, said), alone in zip(paragraphs, unique, strict=True):
        if _BODY_ENDS.match(line):
            ended.add(row)
        prose = len(said) >= PARAGRAPH and line.endswith(_PARAGRAPH_ENDS) and not _NO_PROSE.search(line)
        if alone and prose and row not in ended:
            kept[row].append(line)
            words[row] += len(said)
    return [
        replace(documents[row], text="\n\n".join(lines))
        for row, lines in kept.items()
        if words[row] >= ARTICLE
    ]


def _unique(paragraphs: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """(p,): which paragraphs hold no run of ``RUN`` words that stands twice in all."""
    numbers: dict[str, int] = {}
    words = np.array(
        [numbers.setdefault(word, len(numbers)) for said in paragraphs for word in said], np.uint64
    )
    sizes = [len(said) for said in paragraphs]
    paragraph = np.repeat(np.arange(len(sizes)), sizes)
    runs = max(words.size - RUN + 1, 0)
    hashes = np.zeros(runs, np.uint64)
    mixed = words * np.uint64(_MULTIPLIERS[0])
    mixed ^= mixed >> np.uint64(32)
    for shift in range(RUN):
        hashes = hashes * np.uint64(_MULTIPLIERS[1]) + mixed[shift : shift + runs]
    inside = np.flatnonzero(paragraph[:runs] == paragraph[RUN - 1 :][:runs])
    _, kind, counts = np.unique(hashes[inside], return_inverse=True, return_counts=True)
    alone = np.ones(len(sizes), np.bool_)
    alone[paragraph[inside[counts[kind] > 1]]] = False
    return alone


# Corpora


def plant(articles: Sequence[Document], edit: Edit, cases: int, seed: int) -> Corpus:
    """Articles with so many planted copies inside one of them, and as many across two.

    Which articles and spans are drawn depends on the seed and on what spans the edit takes, so that
    edits are measured on the same spans where they take the same. The rest of the articles stand
    beside as they are; a fifth of them are kept out, as the stock of inserted sentences.

    Raises:
        ValueError: too few articles that have a span for the edit.
    """
    order = _generator(seed).permutation(len(articles)).tolist()
    kept_out, order = order[: len(order) // 5], order[len(order) // 5 :]
    stock = Stock(
        [word for article in articles for word in WORD.findall(article.text)],
        [sentence.rstrip() for row in kept_out for sentence in _sentences(articles[row].text)],
    )
    documents: list[Document] = []
    found: dict[Where, list[Alignment]] = {"inside": [], "across": []}
    words: dict[Where, list[int]] = {"inside": [], "across": []}
    while len(found["inside"]) < cases and order:
        row = order.pop()
        article, random = articles[row], _generator(seed, row)
        drawn = _drawn(article.text, article.text, edit, random)
        if drawn is None:
            documents.append(article)
            continue
        copy = edit.apply(article.text[drawn.start : drawn.end], random, stock)
        text, spans = _copied_inside(article.text, drawn, copy, edit)
        left, right = sorted(spans)
        documents.append(replace(article, text=text))
        found["inside"].append(Alignment(Span(article.id, *left), Span(article.id, *right)))
        words["inside"].append(count(article.text[drawn.start : drawn.end]))
    while len(found["across"]) < cases and len(order) >= 2:
        row, other = order.pop(), order.pop()
        source, host, random = articles[row], articles[other], _generator(seed, row, other)
        drawn = _drawn(source.text, host.text, edit, random)
        if drawn is None:
            documents += [source, host]
            continue
        copy = edit.apply(source.text[drawn.start : drawn.end], random, stock)
        text, span = _copied_into(host.text, drawn, copy, edit)
        documents += [source, replace(host, text=text)]
        spans_of = sorted([Span(source.id, drawn.start, drawn.end), Span(host.id, *span)])
        found["across"].append(Alignment(*spans_of))
        words["across"].append(count(source.text[drawn.start : drawn.end]))
    if min(map(len, found.values())) < cases:
        raise ValueError(f"{len(articles)} articles are too few for {cases} cases inside and across")
    documents += [articles[row] for row in order]
    return Corpus(documents, found, words)


def _generator(*seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(seed))


def _drawn(text: str, host: str, edit: Edit, random: np.random.Generator) -> _Plant | None:
    """A span of a text that the edit takes, and a place for it in the host; None if none is met with.

    The host may be the same text: then the place is apart from the span.
    """
    words = places(text).tolist()
    starts, ends = _sentence_places(text)
    gaps = _sentence_places(host)[0]
    for _ in range(TRIES):
        most = min(MOST, len(words) // 2)
        number = int(np.exp(random.uniform(np.log(LEAST), np.log(most + 1))))
        if edit.whole_sentences or random.random() < 0.5:
            first = int(random.integers(len(starts)))
            start, end = starts[first], _end_of(text, number, starts[first:], ends[first:])
        else:
            first = int(random.integers(len(words) - number + 1))
            start, end = words[first][0], words[first + number - 1][1]
        span = text[start:end]
        sentences = len(_sentences(span))
        fits = LEAST <= count(span) <= most
        fits &= not edit.whole_sentences or sentences >= SENTENCES
        fits &= span.count("\n\n") + 1 >= edit.least_paragraphs
        at = gaps[int(random.integers(len(gaps)))]
        apart = text is not host or at + APART <= start or at >= end + APART
        own = bool(random.random() < 0.5)
        if fits and apart:
            return _Plant(start, end, at, own and (at == 0 or host[at - 1] == "\n"))
    return None


def _end_of(text: str, number: int, starts: Sequence[int], ends: Sequence[int]) -> int:
    """Where the sentences end that have so many words together, or the text does."""
    words = 0
    for start, end in zip(starts, ends, strict=True):
        words += count(text[start:end])
        if words >= number:
            return end
    return ends[-1]


def _copied_inside(
    text: str, drawn: _Plant, copy: str, edit: Edit
) -> tuple[str, tuple[tuple[int, int], tuple[int, int]]]:
    """The text with the copy, and where the span and the copy stand in it."""
    held = text[drawn.start : drawn.end]
    joint = "\n\n" if drawn.own_paragraph else " "
    if drawn.at <= drawn.start:
        pieces = [text[: drawn.at], copy, joint + text[drawn.at : drawn.start], held, text[drawn.end :]]
        first, second = 3, 1
    else:
        between = text[drawn.end : drawn.at]
        pieces = [text[: drawn.start], held, between, copy, joint + text[drawn.at :]]
        first, second = 1, 3
    joined, spans = _joined(pieces, edit)
    return joined, (spans[first], spans[second])


def _copied_into(host: str, drawn: _Plant, copy: str, edit: Edit) -> tuple[str, tuple[int, int]]:
    """The host with the copy, and where the copy stands in it."""
    joint = "\n\n" if drawn.own_paragraph else " "
    joined, spans = _joined([host[: drawn.at], copy, joint + host[drawn.at :]], edit)
    return joined, spans[1]


def _joined(pieces: Iterable[str], edit: Edit) -> tuple[str, list[tuple[int, int]]]:
    """The pieces as one text, and where each stands in it."""
    final = [_one_line(piece) if edit.one_line else piece for piece in pieces]
    return "".join(final), list(pairwise(accumulate(map(len, final), initial=0)))


# Edits


def replaced(share: float) -> Edit:
    """A share of the words, to the nearest number of them, replaced by other words of articles."""

    def apply(text: str, random: np.random.Generator, stock: Stock) -> str:
        words = places(text)
        chosen = np.sort(random.permutation(len(words))[: round(share * len(words))])
        pieces, at = [], 0
        for start, end in words[chosen].tolist():
            other = text[start:end]
            while other.casefold() == text[start:end].casefold():
                other = stock.words[int(random.integers(len(stock.words)))]
            pieces += [text[at:start], other]
            at = end
        return "".join([*pieces, text[at:]])

    return Edit(apply)


def _dropped(text: str, random: np.random.Generator, stock: Stock) -> str:
    """Every fourth sentence, at least one, is left out; the first and the last stay."""
    del stock
    sentences = _sentences(text)
    inner = random.permutation(np.arange(1, len(sentences) - 1))
    gone = set(inner[: max(1, len(sentences) // SHARE)].tolist())
    return "".join(sentence for row, sentence in enumerate(sentences) if row not in gone)


def _inserted(text: str, random: np.random.Generator, stock: Stock) -> str:
    """A sentence of another article for every four, at least one, between the first and the last."""
    sentences = _sentences(text)
    for _ in range(max(1, len(sentences) // SHARE)):
        sentences.insert(int(random.integers(1, len(sentences))), stock.sentences.pop() + " ")
    return "".join(sentences)


def _reordered(text: str, random: np.random.Generator, stock: Stock) -> str:
    """The sentences in another order, of all orders drawn alike, in one paragraph."""
    del stock
    sentences = [sentence.strip() for sentence in _sentences(text)]
    order = list(range(len(sentences)))
    while order == sorted(order):
        order = random.permutation(len(sentences)).tolist()
    return " ".join(sentences[row] for row in order)


def _merged(text: str, random: np.random.Generator, stock: Stock) -> str:
    del random, stock
    return _one_line(text)


def _split(text: str, random: np.random.Generator, stock: Stock) -> str:
    """A paragraph ends after every other sentence by chance, at least after one."""
    del stock
    sentences = _sentences(text)
    ends = random.random(len(sentences) - 1) < 0.5
    ends[int(random.integers(len(ends)))] = True
    parts = [
        sentence.rstrip() + "\n\n" if end else sentence
        for sentence, end in zip(sentences[:-1], ends, strict=True)
    ]
    return "".join([*parts, sentences[-1]])


def _case_and_punctuation(text: str, random: np.random.Generator, stock: Stock) -> str:
    """One word of two in capitals, small or with a capital; one mark of two another, or gone.

    Only a mark beside a blank is taken away: another may keep two words apart.
    """
    del stock

    def cased(word: re.Match[str]) -> str:
        ways: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.capitalize, str, str, str)
        return ways[int(random.integers(len(ways)))](word[0])

    def marked(mark: re.Match[str]) -> str:
        around = text[max(mark.start() - 1, 0) : mark.end() + 1]
        apart = len(around) < 3 or around[0].isspace() or around[2].isspace()
        ways = [mark[0], mark[0], ",", "" if apart else ";"]
        return ways[int(random.integers(len(ways)))]

    # Marks first: changed words may have other lengths.
    return WORD.sub(cased, _PUNCTUATION.sub(marked, text))


def _as_it_is(text: str, random: np.random.Generator, stock: Stock) -> str:
    del random, stock
    return text


EDITS: dict[str, Edit] = {
    "copied as it is": replaced(0.0),
    **{f"{percent}% of words replaced": replaced(percent / 100) for percent in (5, 10, 20, 30, 40)},
    "sentences dropped": Edit(_dropped, whole_sentences=True),
    "sentences inserted": Edit(_inserted, whole_sentences=True),
    "sentences reordered": Edit(_reordered, whole_sentences=True),
    "paragraphs split": Edit(_split, whole_sentences=True),
    "paragraphs merged": Edit(_merged, whole_sentences=True, least_paragraphs=2),
    "newlines removed": Edit(_as_it_is, one_line=True),
    "case and punctuation changed": Edit(_case_and_punctuation),
}
"""By name, in the order of the table."""


# Sentences


def _sentences(text: str) -> list[str]:
    """The text in pieces that each end where a sentence does, blanks behind it included."""
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts) if start < end]


def _sentence_places(text: str) -> tuple[list[int], list[int]]:
    """Where sentences start, and where they end, without the blanks behind them."""
    sizes = [(len(sentence), len(sentence.rstrip())) for sentence in _sentences(text)]
    starts = list(accumulate((size for size, _ in sizes), initial=0))[:-1]
    return starts, [start + size for start, (_, size) in zip(starts, sizes, strict=True)]


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text)
