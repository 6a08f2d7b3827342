"""Encodings from before Unicode: told when there is no doubt, and else not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.documents.legacy import python_name, tell

TEXTS = {
    "english": "The minister said that “new measures” would follow — it’s not clear when.",
    "french": "Le ministère a annoncé une série de mesures, à l’issue d’un conseil où « ça » a été dit.",
    "german": "Die Bürgermeisterin erklärte, die Straße müsse gesperrt werden – größere Umwege.",
    "spanish": "El niño pequeño dijo que mañana irá a la montaña; ¿quién lo acompañará? Será difícil.",
    "portuguese": "A decisão não será fácil, afirmou, e haverá mais informações em breve na região.",
    "italian": "Il ministro dice che la città e le società riceveranno aiuti; perché è così, può.",
    "swedish": "Ekonomiministern meddelade nya åtgärder för att stödja företagen före månadens slut.",
    "polish": "Minister ogłosił w środę nowe środki wsparcia. „Musimy działać”, dodał, że są gotowe.",
    "czech": "Ministr hospodářství ve středu oznámil nová opatření na podporu podniků, řekl mluvčí.",
    "hungarian": "A miniszter új intézkedéseket jelentett be a jövő hétre, közölte hűvösen.",
    "turkish": "Ekonomi Bakanı çarşamba günü yeni önlemler açıkladı; işletmelere çağrı yaptı.",
    "russian": "Министр экономики заявил в среду, что правительство готовит новые меры поддержки.",
    "greek": "Ο υπουργός Οικονομίας ανακοίνωσε την Τετάρτη νέα μέτρα για τη στήριξη των επιχειρήσεων.",
    "hebrew": "שר הכלכלה הודיע ביום רביעי על צעדים חדשים לתמיכה בעסקים. הממשלה תקבל החלטה.",
    "arabic": "أعلن وزير الاقتصاد يوم الأربعاء عن إجراءات جديدة لدعم الشركات، وستتخذ الحكومة القرار.",
    "thai": "รัฐมนตรีว่าการกระทรวงการคลังประกาศมาตรการใหม่เพื่อสนับสนุนธุรกิจเมื่อวันพุธ",
}

ENCODINGS = {
    "windows-1252": ["english", "french", "german", "spanish", "portuguese", "italian", "swedish"],
    "windows-1250": ["polish", "czech", "hungarian"],
    "windows-1254": ["turkish"],
    "windows-1251": ["russian"],
    "koi8-u": ["russian"],
    "windows-1253": ["greek"],
    "windows-1255": ["hebrew"],
    "windows-1256": ["arabic"],
    "windows-874": ["thai"],
}

OTHERS = [
    *("cp437", "cp850", "cp852", "cp866", "cp1257", "cp1258", "big5", "gbk", "euc_kr", "euc_jp"),
    *("mac_roman", "mac_cyrillic", "mac_greek", "mac_latin2", "shift_jis", "iso8859-2", "iso8859-5"),
    *("iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-15"),
]


def written(encoding: str) -> list[tuple[str, str]]:
    return [(encoding, language) for language in ENCODINGS[encoding]]


@pytest.mark.parametrize(
    ("encoding", "language"), [pair for encoding in ENCODINGS for pair in written(encoding)]
)
def test_news_in_its_usual_encoding_is_told(encoding: str, language: str) -> None:
    assert tell(TEXTS[language].encode(python_name(encoding))) == encoding


@pytest.mark.parametrize("encoding", OTHERS)
def test_no_text_is_read_wrong(encoding: str) -> None:
    for text in TEXTS.values():
        data = text.encode(encoding, "ignore")
        if data.isascii() or data.decode(encoding) != text:
            continue  # cannot be written so
        told = tell(data)
        assert told is None or data.decode(python_name(told)) == text


@pytest.mark.parametrize("text", ["crème brûlée", "naïve", "It’s a £5 note.", "El Niño"])
def test_a_few_words_are_enough_where_all_agree(text: str) -> None:
    assert tell(text.encode("cp1252")) == "windows-1252"


def test_what_two_languages_explain_is_not_told() -> None:
    assert tell("pečený čaj".encode("cp1250")) is None


@given(st.text("añéüß ", min_size=1), st.binary(min_size=1, max_size=1))
def test_utf8_with_a_broken_byte_is_not_taken_for_something_else(text: str, byte: bytes) -> None:
    data = (text + "é" * 5).encode() + byte
    assert tell(data) is None or byte < b"\x80"


@given(st.binary(min_size=40, max_size=400))
def test_what_is_told_can_be_decoded(data: bytes) -> None:
    told = tell(data)
    assert told is None or isinstance(data.decode(python_name(told)), str)
