"""Words of several scripts, made of syllables from a seed, each in every form that text needs.

A token is a word with what follows it: a blank, a comma, a full stop. A text is the tokens one after
the other, so Arrow's ``take`` writes it, and no loop over words is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Script(NamedTuple):
    """What words of a script are made of, and what parts them."""

    name: str
    share: float
    """Of the documents."""
    words: int
    """How many different ones."""
    onsets: str
    """What syllables begin with, blanks between;"""
    rhymes: str
    """what they go on with."""
    blank: str = " "
    comma: str = ", "
    stop: str = ". "


_HAN: Final = " ".join(chr(0x4E00 + 7 * number) for number in range(2500))

SCRIPTS: Final = (
    Script(
        "Latin",
        0.70,
        1 << 17,
        "b c d f g h j k l m n p r s t v w z br ch cr dr fl gr pl pr qu sc sh sp st str th tr wh",
        "a e i o u ai ea ee ie oo ou an en in on un ar er or al el il as es is at et ent and ing ion é",
    ),
    Script(
        "Cyrillic",
        0.08,
        1 << 15,
        "б в г д ж з к л м н п р с т ф х ц ч ш",
        "а е и о у ы я ю ов ен ин ая",
    ),
    Script(
        "Arabic",
        0.06,
        1 << 15,
        "ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه",
        "ا و ي ال ان ين ة",
        comma="، ",
    ),
    Script(
        "Devanagari",
        0.04,
        1 << 15,
        "क ख ग घ च ज ट ड त द न प ब म य र ल व स ह",
        "ा ि ी ु े ो ं",
        stop="। ",
    ),
    Script("Greek", 0.03, 1 << 15, "β γ δ θ κ λ μ ν π ρ σ τ φ χ", "α ε η ι ο ω ου αι ες ος ων"),
    Script("Han", 0.06, 1 << 15, _HAN, _HAN, blank="", comma="，", stop="。"),
    Script(
        "Thai",
        0.03,
        1 << 15,
        "ก ข ค ง จ ช ด ต ท น บ ป พ ม ย ร ล ว ส ห อ",
        "า ี ู ำ าน ิน ัน อง",
        blank="",
        comma=" ",
        stop=" ",
    ),
)

PLAIN, COMMA, STOP, END, CAPITAL, LAST, LINE = range(7)
"""Forms of a word: in a sentence, before a comma, at the end of a sentence, of a paragraph; at the
beginning of a sentence; at the end of a paragraph, and of a line, without a full stop."""
FORMS: Final = 7

OFFSET: Final = 2.7
"""Frequencies are those of Zipf and Mandelbrot: of word number r, from 0, as 1 / (r + 1 + OFFSET)."""
DRAWS: Final = 1 << 20
"""A word is drawn as one of so many equally likely."""


_EMPTY: Final = pa.scalar("", pa.large_string())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tokens: form f of word w of a script is number ``first[script] + w * FORMS + f``.

    The first one of a script is a multiple of FORMS: so is the plain form of every word.
    """

    tokens: pa.LargeStringArray
    bytes: NDArray[np.int32]
    """(t,): length of each token in UTF-8,"""
    characters: NDArray[np.int32]
    """and in code points;"""
    word: NDArray[np.int32]
    """the same without what follows the word."""
    first: NDArray[np.int64]
    """(scripts,)"""
    drawn: NDArray[np.int32]
    """(scripts, DRAWS): tokens in their plain form, each as often as its frequency wants."""


def vocabulary(random: np.random.Generator) -> Vocabulary:
    """The words that the generator draws."""
    tokens, drawn, first, follows = [], [], [0], []
    for script in SCRIPTS:
        words = _words(script, random)
        capital = pc.utf8_capitalize(words)
        end = script.stop.rstrip() + "\n\n"
        after = (script.blank, script.comma, script.stop, end, script.blank, "\n\n", "\n")
        forms = [
            _joined(capital if form == CAPITAL else words, pa.scalar(each, pa.large_string()))
            for form, each in enumerate(after)
        ]
        follows.append(np.tile(np.array([*map(len, after)], np.int32), script.words))
        # Forms of a word beside each other.
        order = np.arange(script.words * FORMS).reshape(FORMS, -1).T.ravel()
        tokens.append(pa.concat_arrays(forms).take(pa.array(order)))
        ranks = np.arange(script.words)
        ends = np.cumsum(1 / (ranks + 1 + OFFSET))
        at = np.searchsorted(ends, (np.arange(DRAWS) + 0.5) / DRAWS * ends[-1])
        drawn.append((first[-1] + at * FORMS).astype(np.int32))
        first.append(first[-1] + script.words * FORMS)
    every = pa.concat_arrays(tokens)
    characters = pc.utf8_length(every).to_numpy().astype(np.int32)
    return Vocabulary(
        every,
        pc.binary_length(every).to_numpy().astype(np.int32),
        characters,
        characters - np.concatenate(follows),
        np.array(first[:-1], np.int64),
        np.stack(drawn),
    )


def _joined(*parts: pa.LargeStringArray | pa.LargeStringScalar) -> pa.LargeStringArray:
    return pc.binary_join_element_wise(*parts, _EMPTY)


def _words(script: Script, random: np.random.Generator) -> pa.LargeStringArray:
    """Different words of a script, the frequent ones short; one of thirty is a number."""
    onsets, rhymes = script.onsets.split(), script.rhymes.split()
    count = 2 * script.words
    syllables = [
        pa.array(onsets, pa.large_string()).take(pa.array(random.integers(len(onsets), size=count)))
        for _ in range(4)
    ]
    endings = [
        pa.array(rhymes, pa.large_string()).take(pa.array(random.integers(len(rhymes), size=count)))
        for _ in range(4)
    ]
    # From 1 syllable to 4: the 60 most frequent words have 1, those beyond the 20,000th most often 3.
    rank = np.arange(count) / 2
    wanted = np.log10(rank + 10) - 0.7 + random.random(count) * 0.9
    sizes = np.clip(wanted.astype(np.int64), 1, 4)
    empty = _EMPTY
    parts = []
    for place in range(4):
        has = pa.array(sizes > place)
        # Han has syllables of one character each: a word of two has an onset and a rhyme.
        parts += [pc.if_else(has, syllables[place], empty), pc.if_else(has, endings[place], empty)]
        if not script.blank and len(onsets) == len(rhymes):
            parts[-1] = pc.if_else(pa.array(sizes > 2 * place + 1), endings[place], empty)
    made = _joined(*parts)
    numbers = pc.cast(pa.array(random.integers(2, 10_000, count)), pa.large_string())
    made = pc.if_else(pa.array(random.random(count) < 1 / 30), numbers, made)
    different = pc.unique(made)
    if len(different) < script.words:
        spare = _joined(made, made.take(pa.array(random.permutation(count))))
        different = pc.unique(pa.concat_arrays([different, spare]))
    return different.slice(0, script.words)
