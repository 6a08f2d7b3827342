"""Texts for tests: anything that Unicode allows, and what articles of the world are made of."""

from __future__ import annotations

import textwrap
import unicodedata

from hypothesis import strategies as st

WORDS = (  # noqa: SIM905  as a list, this would be pages
    "the Dr St J Inc nr a I 7 2024 1.234,56 don't naïve café Café CAFÉ Ångström Việt Straße STRASSE "
    "İstanbul ISPARTA ılık ﬁne oﬃce ǆungla ŉ ǰ ΐ Ὀδυσσεύς ᾼδης ᾳ ΜΆΪΟΣ σοφός Привет йод ѐ Ёлка "
    "Հայերեն և ქართული ᲥᲐᲠᲗᲣᲚᲘ Ꭰꭰ שָׁלוֹם שּׁ العَرَبِيَّة ٢٠٢٤ हिन्दी क़लम বাংলা கொண்டு ಕನ್ನಡ සිංහල "
    "한글 \u1112\u1161\u11ab\u1100\u1173\u11af 가\u11a8 \u1100 각 "
    "ประเทศไทย กำลัง ๒๕๖๗ ພາສາລາວ ຄຳ ភាសាខ្មែរ မြန် မြန်မာ ꩠꩡ བོད "
    "中华人民共和国 新聞記事 カタカナ ｶﾞｷﾞ ひらがな 々 𠀀 abc中文def 中a文 กab 가中ก "
    "１２３ ﬀ ẞ ſ ℵ K Å ½ ² 🙂 👩‍👩‍👧 ऩ \u0301 \u0345 \u0301a \u0345\u0301 a\u0345\u0301 "
    "α\u0345\u0301 α\u0301\u0345 \u0344x ᾭ\u0345 a\u0327\u0301 "
    "a\u0301\u0327 \U0001d15e \u0cca \u0fb9"
).split(" ")
"""Words of many scripts, and words that normalisation does not leave alone."""

# Of all sorts of combining classes: overlay, nukta, below, above, iota subscript, none.
MARKS = (
    "\u0300\u0301\u0308\u0323\u0327\u0334\u0345\u093c\u094d\u05b8\u0e38\u0f71\u3099\u302a\ufe0f\u20dd"
)
BLANKS = (
    " ",
    " ",
    " ",
    "  ",
    "\t",
    "\u00a0",
    "\u3000",
    "\u2028",
    "\x85",
    "\x0c",
    "\u200b",
    "\ufeff",
    "",
)
PUNCTUATION = (
    ", ",
    "-",
    " – ",
    "/",
    "'",
    "’s ",
    "_",
    "; ",
    " (",
    ") ",
    " “",
    "” ",
    '"',
    " » ",
    "\u200d",
    "\x00",
)
STOPS = (
    ". ",
    "! ",
    "? ",
    "… ",
    "... ",
    '." ',
    ".) ",
    ".”\u00a0",
    ".",
    " . ",
    "。",
    "！",
    "」。",
    "। ",
    "။",
    "؟ ",
    "።",
    ".\t",
)
NEWLINES = ("\n", "\n", "\r\n", "\r", "\n\n", "\n \t\n", "\r\r\n", "\n\u3000\n")
BULLETS = (
    "- ",
    "• ",
    "* ",
    "*** ",
    "1. ",
    "12) ",
    "123. ",
    "1234. ",
    "-",
    "1.",
    "# ",
    "■\u00a0",
    "1",
    ".",
)

_spellings = (
    str,
    str,
    str.upper,
    str.lower,
    str.title,
    str.casefold,
    lambda word: unicodedata.normalize("NFC", word),
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: unicodedata.normalize("NFKD", word),
)

anything = st.text(max_size=60)
"""Any characters but surrogates, which no encoding has."""


@st.composite
def runs_of_marks(draw: st.DrawFn) -> str:
    """A character under very many marks, not in their canonical order."""
    marks = draw(st.text(MARKS, min_size=1, max_size=6))
    size = draw(st.sampled_from([2, 23, 24, 25, 26, 60, 255, 256, 257, 400]))
    return draw(st.sampled_from(["a", "ก", "中", "ά", "한", "", "\u1100"])) + (marks * size)[:size]


words = st.one_of(
    st.builds(lambda word, spell: spell(word), st.sampled_from(WORDS), st.sampled_from(_spellings)),
    st.builds(lambda word, spell: spell(word), st.sampled_from(WORDS), st.sampled_from(_spellings)),
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFZéüïßçøłĳñ", min_size=1, max_size=14),
    st.text(min_size=1, max_size=6),
)
gaps = st.one_of(
    st.sampled_from(BLANKS),
    st.sampled_from(BLANKS),
    st.sampled_from(PUNCTUATION),
    st.sampled_from(STOPS),
)
lines = st.builds(
    "".join,
    st.lists(st.one_of(st.tuples(words, gaps).map("".join), st.just("word ")), min_size=0, max_size=12),
)
"""Part of a sentence, a sentence, or several."""


@st.composite
def long_lines(draw: st.DrawFn) -> str:
    """A line that is too long for a paragraph: a few phrases over and over."""
    phrases = draw(st.lists(lines, min_size=1, max_size=4))
    return "".join(phrases) * draw(st.integers(20, 60))


@st.composite
def wrapped_lines(draw: st.DrawFn) -> str:
    """Paragraphs of hard-wrapped text, with or without blank lines between them."""
    width = draw(st.integers(36, 124))
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    between = newline * draw(st.integers(1, 2))
    paragraphs = []
    for phrase in draw(st.lists(lines, min_size=1, max_size=3)):
        spaced = " ".join((phrase + draw(st.sampled_from(STOPS))).split()) + " "
        paragraphs.append(newline.join(textwrap.wrap(spaced * draw(st.integers(4, 20)), width)))
    return between.join(paragraphs)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Lines, lists, long lines and wrapped ones, with all sorts of newlines between them."""
    kind = st.one_of(
        lines,
        lines,
        st.tuples(st.sampled_from(BULLETS), lines).map("".join),
        wrapped_lines(),
        long_lines(),
        runs_of_marks(),
    )
    pieces = draw(st.lists(st.tuples(kind, st.sampled_from(NEWLINES)).map("".join), max_size=5))
    text = "".join(pieces)
    return text if draw(st.booleans()) else text.rstrip("\r\n")


texts = st.one_of(anything, articles(), articles())
