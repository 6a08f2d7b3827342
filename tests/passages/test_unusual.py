"""What becomes of unusual characters: the table in the README, line by line."""

from __future__ import annotations

import pytest

from dedupe.passages.reference import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Folded, and composed.
        ("ﬁne ﬂow ﬆ", ["fine", "flow", "st"]),
        ("Straße ǅ", ["strasse", "ǆ"]),
        ("e\u0301 \u00e9", ["é", "é"]),
        # Full-width letters stay what they are.
        ("ＡＢＣ １２ ABC", ["ａｂｃ", "１２", "abc"]),
        # Signs part words, and make no difference.
        ('“x” «x» "x" x', ["x"] * 4),
        ("don’t don't", ["don", "t", "don", "t"]),
        ("👩\u200d👩\u200d👧 family 👍🏽 flag 🇺🇳", ["family", "flag"]),
        # So does what cannot be seen.
        ("a\0b", ["a", "b"]),
        ("\x85a\x0bb\x1bc\x0c", ["a", "b", "c"]),
        ("zero\u200bwidth no\ufeffbreak", ["zero", "width", "no", "break"]),
        ("soft\u00adhyphen", ["soft", "hyphen"]),
        ("\u202eabc\u202c \u2066d\u2069", ["abc", "d"]),
        ("می\u200cخواهم", ["می", "خواهم"]),
        # Marks and tatweel belong to the word.
        ("مُحَمَّد محمد", ["مُحَمَّد", "محمد"]),
        ("كـــتاب كتاب", ["كـــتاب", "كتاب"]),
        ("क्षेत्र क्\u200dष", ["क्षेत्र", "क्", "ष"]),
        ("১২ ٣٤ 12", ["১২", "٣٤", "12"]),
        # What could not be decoded is no letter.
        ("caf\ufffd x", ["caf", "x"]),
    ],
)
def test_unusual_characters(text: str, expected: list[str]) -> None:
    found = list(words(text))
    assert [word.normal for word in found] == expected
    places = [(word.start, word.end) for word in found]
    assert places == sorted(places)
    assert all(text[start:end] and start < end <= len(text) for start, end in places)
