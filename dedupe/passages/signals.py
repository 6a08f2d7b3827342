"""What a line says of itself: each signal one bit, with its weights, for reading and for adding up.

A weight is in nats, positive where the signal speaks for boilerplate. There are two of them, since
lines mean different things in two kinds of documents (``boilerplate.decide`` tells which): in an
article a short line is a subheading, a verse or a caption until something else is said of it; in a
whole web page, menus and all, most short lines are links.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.passages.cues import KINDS

LINKS: Final = 3
DEBRIS: Final = 4
ACTION: Final = 5
"""Digits of the codes BPL003, BPL004 and BPL005."""


class Signal(NamedTuple):
    """One signal. Its bit is its place in ``SIGNALS``."""

    name: str
    article: float
    """Weight in an article,"""
    page: float
    """and in a whole web page."""
    code: int
    """The digit of the code that it speaks for; 0 for none."""
    description: str


LENGTHS: Final = (2, 3, 5, 8, 12, 20, 40)
"""Words from which a passage is in the next class of length."""
SHORT_WEIGHT: Final = 12 * WEIGHT_OF_WORD
"""Characters are looked at one by one only in passages that weigh less; phrases of one word are
looked for in these, and in longer ones that are no prose."""
CASE_WEIGHT: Final = 20 * WEIGHT_OF_WORD
"""The case of words is looked at in passages that weigh less."""
PHRASES_WEIGHT: Final = 40 * WEIGHT_OF_WORD
"""Phrases are looked for in passages that weigh less."""
PROSE_WEIGHT: Final = 24 * WEIGHT_OF_WORD
"""The same for running prose, which is most of the text."""
LABEL_WORDS: Final = 3
"""Words before a colon, at most, that make a label."""

# Weights for pages were fitted to the lines of benchmarks/boilerplate.py (a chain as in
# ``boilerplate.decide``, L2, rounded). Weights for articles are set by hand, so that what must be
# content is, and checked on articles, poems, contracts and lists in tests/boilerplate.
SIGNALS: Final = (
    Signal("one word", -0.3, -0.5, 0, "a single word"),
    Signal("two words", 0.0, 0.6, 0, "two words"),
    Signal("three words", 0.0, 0.8, 0, "three or four words"),
    Signal("five words", 0.0, 0.0, 0, "five to seven words"),
    Signal("eight words", 0.0, 0.6, 0, "eight to eleven words"),
    Signal("twelve words", -0.5, 0.4, 0, "twelve to nineteen words"),
    Signal("twenty words", -1.5, -0.8, 0, "twenty to thirty-nine words"),
    Signal("forty words", -2.5, -1.0, 0, "forty words or more"),
    Signal("sentence", -2.0, -1.3, 0, "ends a sentence"),
    Signal("sentence inside", -1.0, -0.1, 0, "a sentence ends inside, none at the end"),
    Signal("question", -0.5, -0.6, 0, "ends with a question mark"),
    Signal("colon", -1.5, -0.9, 0, "ends with a colon"),
    Signal("ellipsis", 0.8, 0.0, DEBRIS, "ends with an ellipsis"),
    Signal("bullet", 1.0, 0.4, LINKS, "begins with a bullet, or one stands alone on the line before"),
    Signal("numbered", -0.5, -0.7, 0, "begins with a number, a letter or a bracket, as clauses do"),
    Signal("separators", 2.0, 1.1, DEBRIS, "pieces with separators such as | or › between them"),
    Signal("copyright sign", 4.0, 0.9, ACTION, "a copyright sign"),
    Signal("address", 0.0, -1.1, 0, "a web or mail address, a handle or a hashtag"),
    Signal("bare address", 2.0, -0.3, DEBRIS, "nothing but an address"),
    Signal("title case", 0.5, -0.3, 0, "most words begin with a capital letter"),
    Signal("lower case", -0.2, -0.5, 0, "most words begin with a small letter"),
    Signal("small letter first", -0.5, 0.2, 0, "begins with a small letter"),
    Signal("date", 0.3, 1.6, 0, "a date, a time or a year in a short line"),
    Signal("comma", -0.3, -0.3, 0, "a comma or semicolon in a short line"),
    Signal("quotation mark", -0.5, -0.3, 0, "a quotation mark in a short line"),
    Signal("single letter", 2.6, 0.1, DEBRIS, "a single letter"),
    Signal("label", 0.0, -0.5, 0, "begins with a label and a colon"),
    Signal("link phrase", 5.0, 1.7, LINKS, "says little but what heads lists of links"),
    Signal("action phrase", 6.0, 1.4, ACTION, "says little but a call to action"),
    Signal("interface phrase", 5.5, 0.8, DEBRIS, "says little but what interfaces say"),
    Signal("menu phrase", 1.0, 0.0, DEBRIS, "says little but what stands in menus"),
    Signal("credit phrase", 4.0, 0.0, ACTION, "says little but a credit"),
    Signal("begins with link phrase", 5.5, 2.1, LINKS, "begins like a link to another article"),
    Signal("begins with action phrase", 2.5, 0.5, ACTION, "begins with a call to action"),
    Signal("begins with interface phrase", 2.5, 0.9, DEBRIS, "begins with what interfaces say"),
    Signal("begins with menu phrase", 0.0, 0.6, DEBRIS, "begins with what stands in menus"),
    Signal("begins with credit phrase", 2.0, 1.4, ACTION, "begins with a credit"),
    Signal("holds link phrase", 0.5, 0.5, LINKS, "holds what heads lists of links"),
    Signal("holds action phrase", 1.5, 0.9, ACTION, "holds a call to action"),
    Signal("holds interface phrase", 1.0, 0.6, DEBRIS, "holds what interfaces say"),
    Signal("holds menu phrase", 0.0, 0.5, DEBRIS, "holds what stands in menus"),
    Signal("holds credit phrase", 2.0, 0.9, ACTION, "holds a credit"),
    Signal("several phrases", 1.2, 0.4, 0, "several such phrases"),
    Signal("figure", 0.0, -0.9, 0, "ends with a figure"),
    Signal("part of a paragraph", -2.0, -1.0, 0, "one of several passages of a long paragraph"),
)
_BITS: Final = {signal.name: 1 << place for place, signal in enumerate(SIGNALS)}

LENGTH_BITS: Final = (1 << len(LENGTHS) + 1) - 1
SENTENCE: Final = _BITS["sentence"]
INSIDE: Final = _BITS["sentence inside"]
QUESTION: Final = _BITS["question"]
COLON: Final = _BITS["colon"]
ELLIPSIS: Final = _BITS["ellipsis"]
BULLET: Final = _BITS["bullet"]
NUMBERED: Final = _BITS["numbered"]
SEPARATOR: Final = _BITS["separators"]
COPYRIGHT: Final = _BITS["copyright sign"]
ADDRESS: Final = _BITS["address"]
BARE: Final = _BITS["bare address"]
TITLE_CASE: Final = _BITS["title case"]
LOWER_CASE: Final = _BITS["lower case"]
LOWER_FIRST: Final = _BITS["small letter first"]
DATE: Final = _BITS["date"]
COMMA: Final = _BITS["comma"]
QUOTE: Final = _BITS["quotation mark"]
LETTER: Final = _BITS["single letter"]
LABEL: Final = _BITS["label"]
WHOLE: Final = _BITS["link phrase"]
"""The bit of the first kind of phrase; the other kinds follow."""
BEGIN: Final = _BITS["begins with link phrase"]
HOLD: Final = _BITS["holds link phrase"]
SEVERAL: Final = _BITS["several phrases"]
FIGURE: Final = _BITS["figure"]
PIECE: Final = _BITS["part of a paragraph"]
LINK_HEADING: Final = WHOLE << KINDS.index("link")
ALL_KINDS: Final = (1 << len(KINDS)) - 1
FURNITURE: Final = WHOLE * ALL_KINDS | BEGIN * ALL_KINDS | COPYRIGHT
"""Signals of which a web page is full and an article has few."""

SEPARATORS: Final = "›»•·▸►→>/"
"""Between pieces where a blank stands on both sides; | anywhere."""
COMMAS: Final = ",;،、，；"
QUOTES: Final = '"“”„«»「」『』'
QUESTION_MARKS: Final = "?？؟"
LIST_BULLETS: Final = "-*+•·‣◦▪●■►"
"""At the beginning of an item. Dashes are not: they begin what somebody says."""
LONE_BULLETS: Final = LIST_BULLETS + "–—"
"""Alone on a line."""
DIGITS: Final = (0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10)
"""The zeros of the scripts whose digits make dates and times."""
