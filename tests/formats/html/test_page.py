"""The page as a file: one, closed to the outside, the same bytes, and right in what it says."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

import dedupe
from dedupe import Document
from dedupe.formats.html import limits
from dedupe.formats.html.safe import embedded, shown
from dedupe.formats.html.sides import flow
from dedupe.formats.interface import Pair, View
from dedupe.formats.shared.classes import CLASSES
from dedupe.formats.shared.excerpts import differences
from dedupe.formats.shared.side_by_side import side_by_side
from dedupe.passages.reference import words
from dedupe.report import Report
from tests.formats import builder, pairs

from .reading import Page, read, written

NO_TEXT = View(text=False)
PLAIN_SIGNS = {"\n", "\t"}


@pytest.fixture(scope="module")
def audited() -> Report:
    """What an audit of the seeds and of an edited copy finds."""
    texts = [Document(*builder.seed(number)) for number in range(5)]
    name, text = builder.seed(4)
    copy = text.replace("telah mendesak", "kembali mendesak").replace("Moskow", "ibu kota")
    return dedupe.audit([*texts, Document(f"copy of {name}", copy)])


# One file, closed


def test_it_needs_nothing_but_itself(rich_report: Report) -> None:
    page = read(rich_report)
    for tag, attributes in page.elements:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "use")
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.findall(r"url\((?!#)", page.styles[0])
    assert "@import" not in page.styles[0]


def test_only_its_own_script_and_style_may_run(rich_report: Report) -> None:
    page = read(rich_report)

    def hashed(content: str) -> str:
        return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"

    assert page.policy["default-src"] == "'none'"
    assert page.policy["script-src"].split() == [hashed(each) for each in page.scripts]
    assert page.policy["style-src"].split() == [hashed(each) for each in page.styles]
    assert page.policy["require-trusted-types-for"] == "'script'"
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_text_is_never_parsed_as_markup() -> None:
    for script in read(builder.seeds_report()).scripts:
        parsing = "innerHTML|outerHTML|insertAdjacentHTML|document.write|DOMParser|eval|Function|setHTML"
        assert not re.search(rf"\b({parsing})\b", script)


# Hostile articles


def test_nothing_in_a_report_breaks_out() -> None:
    hostile = read(builder.hostile_report())
    plain = read(builder.seeds_report())
    assert hostile.scripts == plain.scripts
    assert {tag for tag, _ in hostile.elements} <= {
        tag for tag, _ in read(builder.rich_report()).elements
    } | {
        "q",
        "bdi",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert [name for name in hostile.data if name.startswith("findings-")] == ["findings-0"]


def test_no_character_acts() -> None:
    text = written(builder.hostile_report())
    for sign in set(text) - PLAIN_SIGNS:
        assert sign.isprintable() or sign in "\u200c\u200d\xa0", f"U+{ord(sign):04X}"
    assert "\\u202eright to left\\u202c" in text.replace("\\\\", "\\")


def test_what_articles_say_can_end_no_script() -> None:
    value = {"<!--": "</script><script>alert(1)</script>", "&": "]]>"}
    assert not set("<>&") & set(embedded(value))
    assert (
        Page(f'<script type="application/json" id="data-x">{embedded(value)}</script>').data["x"]
        == value
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("a\u200db", "a\\u200db"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c\u200cخواهم", "می\\u200c\\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("\x00\x1b[31m\x85\u2028", "\\x00\\x1b[31m\\x85\\u2028"),
        ("\ud800", "\\ud800"),
    ],
)
def test_signs_that_act_or_hide_are_written_out(text: str, expected: str) -> None:
    assert shown(text) == expected


# The same bytes


def test_the_same_report_gives_the_same_bytes(audited: Report) -> None:
    again = dedupe.audit(
        [
            Document(each.id, article.text)
            for each, article in zip(audited.documents, audited.articles, strict=True)
        ],
        dedupe.Settings(jobs=1),
    )
    assert written(audited) == written(again)


# What it says


def test_it_carries_what_the_report_says(audited: Report) -> None:
    page = read(audited)
    index = page.data["index"]
    assert {each["id"]: each["words"] for each in index["documents"]} == {
        each.id: each.words for each in audited.documents
    }
    for found, finding in zip(page.findings, audited.findings, strict=True):
        assert (found["id"], found["code"], found["kind"]) == (finding.id, finding.code, finding.kind)
        assert (found["words"], found["places"][:0], found["jaccard"]) == (
            finding.words,
            [],
            finding.jaccard,
        )
        placed = [
            (index["documents"][row]["id"], line, end, bool(kept))
            for row, line, end, kept, _ in found["places"]
        ]
        assert placed == [(p.document, p.line, p.end_line, p.keep) for p in finding.locations]
    findings = {each.id: row for row, each in enumerate(audited.findings)}
    for each in index["documents"]:
        (document,) = (one for one in audited.documents if one.id == each["id"])
        assert each["findings"] == [findings[name] for name in document.findings]


@pytest.mark.parametrize("made", [builder.seeds_report, builder.rich_report, builder.boilerplate_report])
def test_the_summary_says_the_scores(made: object) -> None:
    report: Report = made()  # type: ignore[operator]
    text = read(report).text
    held = report.summary
    for value in (held.duplication_density, held.redundant_fraction, held.redundant_exact_fraction):
        assert (f"{100 * value:.1f}%" if value else "0%") in text
    assert f"{held.words:,} words" in text
    for kind, number in held.findings.items():
        assert f"{kind} {number}" in text


def test_articles_come_worst_first(audited: Report) -> None:
    index = read(audited).data["index"]
    ranked = [audited.documents[row].id for row in audited.ranking]
    assert [each["id"] for each in index["documents"]][: len(ranked)] == ranked


def test_every_word_of_an_article_is_in_its_class(audited: Report) -> None:
    page = read(audited)
    documents = {each.id: each for each in audited.documents}
    texts = dict(zip(documents, (each.text for each in audited.articles), strict=True))
    for row, each in enumerate(page.data["index"]["documents"]):
        assert page.article(row) == shown(texts[each["id"]])
        counts = dict.fromkeys(CLASSES, 0)
        for stretch in page.data[f"article-{row}"]:
            kind, text = (0, stretch) if isinstance(stretch, str) else stretch[:2]
            counts[CLASSES[kind]] += len(list(words(text)))
        document = documents[each["id"]]
        for name, number in counts.items():
            assert number / document.words == getattr(document.fractions, name)


def test_a_stretch_names_its_finding(audited: Report) -> None:
    page = read(audited)
    for row, document in enumerate(page.data["index"]["documents"]):
        named = {each[2] for each in page.data[f"article-{row}"] if not isinstance(each, str)}
        assert named <= set(document["findings"])


def test_differences_are_those_of_the_other_views(rich_report: Report) -> None:
    (finding,) = (each for each in rich_report.findings if each.code == "REP002")
    (found,) = (each for each in read(rich_report).findings if each["code"] == "REP002")
    left, right = differences(*(place.text or "" for place in finding.locations), limits.ROOM)
    (compared,) = found["compared"]
    (row,) = compared["rows"]
    assert compared["how"] == "edited"
    assert [row["left"][2], row["right"][2]] == [flow(left), flow(right)]
    assert ["Sebelumnya pada hari itu,"] in row["left"][2]
    assert ["Pada hari yang sama,"] in row["right"][2]


def test_near_duplicates_are_laid_beside_each_other_as_wholes(audited: Report) -> None:
    (found,) = (each for each in read(audited).findings if each["code"] == "DUP002")
    (compared,) = found["compared"]
    assert compared["how"] == "wholes"
    assert {row["role"] for row in compared["rows"]} <= {"linked", "boilerplate", "only"}
    changed = [piece for row in compared["rows"] for piece in row["right"][2] if isinstance(piece, list)]
    assert ["kembali"] in changed


def test_a_pair_is_laid_out_as_compare_does_it() -> None:
    report, left, right = pairs.edited_pair()
    page = read(report, View(pair=Pair(left, right)))
    laid_out = side_by_side(report, left, right)
    rows = page.data["pair"]["rows"]
    assert page.data["pair"]["names"] == [left.id, right.id]
    assert [(each["role"], each["label"]) for each in rows] == [(r.role, r.label) for r in laid_out.rows]
    assert ["640"] in next(each["left"][2] for each in rows if each["label"] == "3" and each["left"])
    assert page.text.count("A and B share 4 passages") == 2  # title and heading
    without = read(report, View(pair=Pair(left, right), text=False))
    assert not any(
        side[2] for row in without.data["pair"]["rows"] for side in (row["left"], row["right"]) if side
    )


# Without text


def test_without_text_no_words_of_articles_are_in_it(audited: Report) -> None:
    page = written(audited, NO_TEXT)
    for article in audited.articles:
        for line in article.text.split("\n"):
            said = " ".join(line.split())
            assert len(said) < 12 or shown(said) not in page
    for quoted in ("Baca juga", "Negosiasi", "Menlu Sugiono"):
        assert quoted not in page
    assert "No words of the articles (--no-text)." in page


def test_without_text_the_places_are(audited: Report) -> None:
    with_text, without = read(audited).findings, read(audited, NO_TEXT).findings
    assert [each["places"] for each in without] == [each["places"] for each in with_text]


# Too large for a page


def test_what_is_left_out_is_counted(audited: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "DOCUMENTS", 3)
    monkeypatch.setattr(limits, "FINDINGS", 4)
    monkeypatch.setattr(limits, "ARTICLES", 5_000)
    page = read(audited)
    findings, documents = len(audited.findings), len(audited.documents)
    assert len(page.data["index"]["findings"]) == 4
    assert len(page.data["index"]["documents"]) == 3
    assert f"3 of {documents} articles, worst first. 4 of {findings} findings, worst first." in page.text
    held = [name for name in page.data if name.startswith("article-")]
    assert f"The texts of {len(held)} of {documents} articles" in page.text
    assert 1 <= len(held) < 3


def test_an_article_longer_than_the_page_has_room_for_is_cut(
    audited: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ARTICLES", 1_000)
    page = read(audited)
    assert len(page.article(0)) == 1_000
    assert "the first 1,000 of" in page.text


def test_differences_that_take_too_long_are_not_marked(
    rich_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "COMPARED", 0)
    page = read(rich_report)
    assert {how["how"] for each in page.findings for how in each["compared"]} == {
        "identical",
        "unmarked",
    }
    assert "In 3 findings differences are not marked" in page.text


def test_excerpts_end_where_the_page_has_no_more_room(
    rich_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "EXCERPTS", 1)
    page = read(rich_report)
    assert [bool(each["compared"]) for each in page.findings] == [True, False, False, False, False]
    assert "Excerpts of the first 1 findings." in page.text


def test_of_millions_of_findings_only_the_shown_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FINDINGS", 20)
    report, made = builder.many(5_000_000)
    page = read(report)
    assert len(page.data["index"]["findings"]) == 20
    assert made[-20:] == [*range(20)]
    assert len(made) < 100


def test_of_a_finding_with_many_places_some_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PLACES", 2)
    found = read(builder.rich_report()).findings
    most = next(each for each in found if each["code"] == "REU001")
    assert len(most["places"]) == 2


def test_assets_are_files_of_the_package() -> None:
    folder = Path(dedupe.__file__).parent / "formats" / "html" / "assets"
    assert {each.name for each in folder.iterdir()} == {
        "page.html",
        "report.css",
        "render.js",
        "report.js",
    }
