"""Which encoding from before Unicode a text is in, told only when there is no doubt.

A guess that is wrong puts wrong letters into a corpus without a trace, so this one refuses rather.
An encoding comes into question if what it makes of the bytes is written in the alphabet of one of
its languages. If all that come into question read the text alike, it is told; else it is not.
(charset-normalizer was tried: it reads French and English windows-1252 as windows-1250.)
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = "‚„‹›•¡¢£¤¥¦§©ª¬®°±²³µ¶¹º¼½¾¿×÷€†‡‰™،؛؟"
_MARKS = frozenset("\u00a0\u00ad…‘’“”–—«»·" + _SIGNS)
"""What is no letter and stands in texts of any language."""
_AMISS = re.compile(
    rf"[^\W\d_][{_SIGNS}]+[^\W\d_]|[^\W\d_][‚„]|[a-z][ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜ]"
    r"|[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]"
)
"""What no text has: a sign inside a word, a capital there, a control character."""

_LATIN = {
    "windows-1252": (
        "àâäçèéêëîïôöùûüœæñ",  # French
        "äöüßéèàáç",  # German
        "áéíóúüñïç",  # Spanish
        "àáâãçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "åäöæøéèüàáóôê",  # the languages of the north
        "áéëïíóúöüèêàâîô",  # Dutch
    ),
    "windows-1250": (
        "ąćęłńóśźżéöü",  # Polish
        "áčďéěíňóřšťúůýžöüä",  # Czech
        "áäčďéíľĺňóôŕšťúýžöü",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "čćđšžéöü",  # Croatian, Slovene
        "ăâîşţé",  # Romanian
    ),
    "windows-1254": ("çğıİöşüâîûé",),  # Turkish
}
_LATIN["iso-8859-2"] = _LATIN["windows-1250"]

_SCRIPTS = {
    # The letters that make up most of any text in the script's languages, most frequent first.
    "windows-1251": ("а-яёіїєґўђјљњћџ", "оеаинтсріл"),
    "koi8-u": ("а-яёіїєґ", "оеаинтсріл"),
    "windows-1253": ("α-ωάέήίόύώϊϋΐΰ", "αοιετσνηυρ"),
    "windows-1255": ("א-ת\u05b0-\u05c3", "יוהלארתמבש"),
    "windows-1256": ("\u0621-\u0652پچژگ", "اليمنوترةب"),
    "windows-874": ("\u0e01-\u0e5b", "านรอกเง่ีวมยลัด"),
}
_PYTHON_NAMES = {"windows-874": "cp874"}
_COMMON = 0.5
"""Least share of a script's frequent letters among its letters. Texts have .6 and more;
read in a wrong encoding, they fall well below."""
_ACCENTED = 0.02
_TELLING = 3

_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SAMPLE = 1 << 18


def tell(data: bytes) -> str | None:
    """The encoding of these bytes, which are not UTF-8, as a name `bytes.decode` takes; else None."""
    sample = data[:_SAMPLE] if not data[:_SAMPLE].isascii() else data
    if _mostly_utf8(sample):
        return None
    readings = {text: name for name, text in reversed([*_readings(sample)])}
    if len(readings) != 1:
        return None
    (name,) = readings.values()
    try:
        data.decode(python_name(name))
    except UnicodeDecodeError:
        return None
    return name


def python_name(encoding: str) -> str:
    """The name Python knows an encoding by."""
    return _PYTHON_NAMES.get(encoding, encoding)


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with some broken places: hardly any other text looks like UTF-8 by chance."""
    high = len(_HIGH.findall(data))
    return 2 * sum(map(len, _UTF8.findall(data))) > high


def _readings(data: bytes) -> Iterator[tuple[str, str]]:
    for name, alphabets in _LATIN.items():
        text = _decoded(data, name)
        if text and any(_fits_latin(text, alphabet, name) for alphabet in alphabets):
            yield name, text
    for name, (letters, common) in _SCRIPTS.items():
        text = _decoded(data, name)
        if text and _fits_script(text, letters, common):
            yield name, text


def _decoded(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(python_name(name))
    except UnicodeDecodeError:
        return None
    return None if _AMISS.search(text) else text


def _fits_latin(text: str, alphabet: str, name: str) -> bool:
    """Whether a language explains every letter that is not ASCII.

    The windows-1252 letters are what most such files hold; another reading needs proof, which is
    some different letters that only it explains, and as many accents as those languages have.
    """
    accents = [c for c in text if c > "\x7f" and c not in _MARKS]
    if not all(c in alphabet or c.lower() in alphabet for c in accents):
        return False
    letters = sum(map(str.isalpha, text))
    if 2 * len(accents) > letters:
        return False
    if name == "windows-1252":
        return True
    own = {c for c in alphabet if c.encode(name).decode("windows-1252", "replace") != c}
    telling = own.intersection(c.lower() for c in accents)
    return len(telling) >= min(_TELLING, len(own)) and len(accents) >= _ACCENTED * letters


def _fits_script(text: str, letters: str, common: str) -> bool:
    """Whether it is mostly written in a script, in words of their own, with its usual letters."""
    lower = text.lower()
    own = Counter(re.findall(f"[{letters}]", lower))
    total = sum(own.values())
    strange = {c for c in lower if c > "\x7f"} - own.keys() - _MARKS
    if strange or 3 * total < sum(map(str.isalpha, text)):
        return False
    # Words of two scripts, and capitals inside words: koi8 and the Macintosh put small letters
    # where windows-1251 has capitals.
    mixed = len(re.findall(f"[a-z][{letters}]|[{letters}][a-z]", lower))
    mixed += sum(a.islower() and b.isupper() for a, b in pairwise(text))
    return mixed * 100 <= total and sum(own[c] for c in common) >= _COMMON * total
