"""The page in a browser: what is shown, by keyboard, for screen readers, for articles that mean ill."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import dedupe
from dedupe import Document
from dedupe.formats.interface import Pair, View
from dedupe.formats.shared.numbers import percent
from dedupe.report import Article, Fractions, Mention, Report
from tests.formats import builder, pairs

from .conftest import DESKTOP, PHONE, Open, expect
from .reading import written

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

EVIL = (
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 2'>",
    "\"><svg onload=window.hacked=3> '`${window.hacked = 4}` {{7*7}}",
    "<!-- <script> --> ]]> &lt;b&gt; &amp; \\u003c/script>",
    "\u202eright to left\u202c and \u2066isolated\u2069, \u200fmarked\u200e",
    "\x00\x1b[31m\x85\u2028\u2029\ufeff",
)


def evil_report() -> Report:
    """An audit of two articles full of what would break out, ids and titles included."""
    block = "\n".join(
        f"{evil} Those are enough words for a line that stands in two articles, and twice."
        for evil in EVIL
    )
    texts = [f"{block}\n{block}\n{evil}" for evil in EVIL[:2]]
    return dedupe.audit(
        [
            Document(f"{EVIL[row]}/{EVIL[4]}", text, title=EVIL[2], source=EVIL[row + 1])
            for row, text in enumerate(texts)
        ]
    )


def long_report(size: int) -> Report:
    """One article of so many characters on lines and on one line, with a place far down."""
    sentence = "Words that stand on one line among a very great many others of their kind. "
    line = sentence * 13 + "\n"
    text = line * (size // 2 // len(line)) + sentence * (size // 2 // len(sentence)) + "The last words."
    middle = text.index(sentence, size // 2)
    mentions = (Mention(middle, middle + len(sentence) * 5, 0, "repetition", False),)
    found = builder.finding(
        "REP001",
        "repetition",
        "error",
        [
            builder.place("long.txt", text, 1, 1, anchor=True),
            replace(builder.place("long.txt", text, 2, 2), start=middle, end=middle + len(sentence) * 5),
        ],
    )
    documents = [builder.score("long.txt", text, Fractions(0.9, 0.0, 0.1, 0.0), [found])]
    return replace(builder.report(documents, [found]), articles=[Article(text, mentions)])


def pair_view() -> tuple[Report, View]:
    report, left, right = pairs.edited_pair()
    return report, View(pair=Pair(left, right))


@pytest.fixture(scope="module")
def audited() -> Report:
    name, text = builder.seed(4)
    copy = text.replace("telah mendesak", "kembali mendesak")
    seeds = [Document(*builder.seed(number)) for number in range(5)]
    return dedupe.audit([*seeds, Document(f"copies/{name}", copy)])


# For everybody


def violations(tab: Tab) -> list[str]:
    """What axe finds that is serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found: list[dict[str, Any]] = Axe().run(tab).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


PARTS = ("summary", "articles", "findings", "causes", "article-0", "finding-0")
LOOKS = {
    "light": (DESKTOP, False),
    "dark": (DESKTOP, True),
    "phone": (PHONE, False),
    "dark phone": (PHONE, True),
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("made", ["audited", "rich", "boilerplate", "hostile"])
def test_axe_finds_nothing_serious(opened: Open, audited: Report, made: str, look: str) -> None:
    reports: dict[str, Callable[[], Report]] = {
        "audited": lambda: audited,
        "rich": builder.rich_report,
        "boilerplate": builder.boilerplate_report,
        "hostile": builder.hostile_report,
    }
    size, dark = LOOKS[look]
    tab = opened(reports[made](), size=size, dark=dark)
    for part in PARTS:
        tab.evaluate("part => { location.hash = part }", part)
        tab.wait_for_timeout(50)
        for summary in tab.locator(".current .finding > summary").all()[:4]:
            summary.click()
        assert violations(tab) == [], part
        assert tab.evaluate("document.documentElement.scrollWidth") <= size[0], part


@pytest.mark.parametrize("look", LOOKS)
def test_nor_beside_each_other(opened: Open, look: str) -> None:
    report, view = pair_view()
    size, dark = LOOKS[look]
    tab = opened(report, size=size, dark=dark, view=view)
    assert tab.locator("#pair ins").first.is_visible()
    assert violations(tab) == []


def test_charts_have_their_figures_in_words(opened: Open, audited: Report) -> None:
    tab = opened(audited)
    said = tab.locator("svg[role=img] title").all_text_contents()
    assert any(re.search(r"Jaccard similarity: .*1: 1 finding", each) for each in said)
    for row in tab.locator(".worst li").all():
        assert re.search(r"[0-9.]+% .*(reuse|repetition|boilerplate) [0-9.]+%", row.text_content() or "")


# What is shown


def test_counts_are_those_of_the_report(opened: Open, audited: Report) -> None:
    report = json.loads(audited.to_json())
    tab = opened(audited)
    for kind, number in report["summary"]["findings"].items():
        assert tab.locator(".kinds li", has_text=kind).inner_text() == f"{kind} {number:,}"
    for severity in ("error", "warning", "info"):
        number = sum(each["severity"] == severity for each in report["findings"])
        assert tab.locator(".severities li", has_text=severity).inner_text() == f"{severity} {number:,}"
    tab.click("nav >> text=Articles")
    assert tab.locator("#articles [role=status]").inner_text() == f"{len(report['documents'])} articles"
    for row, document in zip(
        tab.locator("#articles tbody tr").all(),
        [audited.documents[row] for row in audited.ranking],
        strict=False,
    ):
        said = row.inner_text()
        assert document.id in said
        assert f"{document.words:,}" in said
        assert percent(1 - document.fractions.original) in said
    tab.click("nav >> text=Findings")
    assert tab.locator("#findings [role=status]").inner_text() == f"{len(report['findings'])} findings"
    cards = tab.locator(".finding > summary").all_inner_texts()
    for card, finding in zip(cards, report["findings"], strict=True):
        assert f"{finding['severity']} {finding['code']} {finding['kind']}" in card
        assert f"{finding['words']:,} word" in card
        assert f"{finding['occurrences']:,} place" in card


def test_a_number_leads_to_its_findings(opened: Open, audited: Report) -> None:
    tab = opened(audited)
    tab.click(".kinds a:has-text('boilerplate')")
    number = audited.summary.findings["boilerplate"]
    assert (
        tab.locator("#findings [role=status]").inner_text()
        == f"{number} of {len(audited.findings)} findings"
    )
    assert tab.locator(".finding").count() == number


def test_every_word_has_the_colour_of_its_class(opened: Open, audited: Report) -> None:
    tab = opened(audited)
    names = [audited.documents[row].id for row in audited.ranking]
    for row, name in enumerate(names):
        tab.evaluate("part => { location.hash = part }", f"article-{row}")
        expect(tab.locator("#article-heading")).to_have_text(name)
        (at,) = (n for n, each in enumerate(audited.documents) if each.id == name)
        document, article = audited.documents[at], audited.articles[at]
        counted = tab.evaluate(
            r"""() => {
                const words = (text) => (text.match(/[\p{L}\p{M}\p{Nd}]+/gu) || []).length;
                const counts = { reuse: 0, repetition: 0, boilerplate: 0, original: 0 };
                for (const line of document.querySelectorAll('.text p')) {
                    const copy = line.cloneNode(true);
                    copy.querySelectorAll('.ref, .vh').forEach((each) => each.remove());
                    counts.original += words(copy.textContent);
                    for (const mark of copy.querySelectorAll('mark:not(.original)')) {
                        counts[mark.className] += words(mark.textContent);
                        counts.original -= words(mark.textContent);
                    }
                }
                return counts;
            }"""
        )
        assert sum(counted.values()) == document.words
        for kind, number in counted.items():
            assert number / document.words == getattr(document.fractions, kind)
        lines = [" ".join(line.split()) for line in article.text.split("\n") if line.strip()]
        assert tab.locator(".text p").count() == len(lines)


def test_a_place_leads_to_its_line(opened: Open, audited: Report) -> None:
    finding = audited.findings[0]
    copy = next(place for place in finding.locations if not place.keep)
    tab = opened(audited, f"finding-{finding.id}")
    tab.click(f".places a >> nth={finding.locations.index(copy)}")
    target = tab.locator(".text .target")
    assert target.get_attribute("data-line") == str(copy.line)
    assert target.is_visible()
    assert tab.evaluate("document.activeElement.dataset.line") == str(copy.line)
    tab.click(".target .ref")
    assert finding.code in tab.locator("#finding-heading").inner_text()


def test_differences_are_marked_as_on_the_terminal(opened: Open) -> None:
    report, view = pair_view()
    tab = opened(report, view=view)
    row = tab.locator(".row", has_text="million euros").first
    assert row.locator("del").all_inner_texts() == ["640", "two"]
    assert row.locator("ins").all_inner_texts() == ["680", "three"]


def test_two_that_share_something_lead_to_it(opened: Open, audited: Report) -> None:
    tab = opened(audited)
    tab.locator(".matrix td:not(.own) a").first.click()
    assert "have in common" in tab.locator(".limit").inner_text()
    assert tab.locator(".finding").count() == 1
    tab.click("text=Show all findings")
    assert tab.locator(".finding").count() == len(audited.findings)


def test_without_text_there_are_places(opened: Open, audited: Report) -> None:
    tab = opened(audited, "findings", view=View(text=False))
    tab.locator(".finding > summary").first.click()
    assert tab.locator(".places li").count() == len(audited.findings[0].locations)
    assert tab.locator(".flow").count() == 0
    tab.locator(".places a").first.click()
    assert tab.locator("#article .notice").inner_text() == "The texts of articles are not in this page."


# By keyboard


def focused(tab: Tab) -> str:
    return str(tab.evaluate("document.activeElement.innerText || document.activeElement.id"))


def tab_until(tab: Tab, wanted: str) -> None:
    """Press the tabulator until what has the focus says this."""
    for _ in range(60):
        tab.keyboard.press("Tab")
        if wanted in focused(tab):
            return
    pytest.fail(f"{wanted} is not reached")


def test_a_finding_is_opened_by_keyboard(opened: Open, audited: Report) -> None:
    tab = opened(audited)
    tab.keyboard.press("Tab")
    assert focused(tab) == "Skip to the report"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Shift+Tab")
    tab_until_back(tab, "Findings")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "findings-heading"
    tab_until(tab, "error REP001")
    tab.keyboard.press("Enter")
    assert tab.locator(".finding[open] .flow").count() == 1
    tab_until(tab, "seeds/002")
    tab.keyboard.press("Enter")
    assert tab.locator("#article-heading").is_visible()


def tab_until_back(tab: Tab, wanted: str) -> None:
    for _ in range(10):
        if focused(tab).startswith(wanted):
            return
        tab.keyboard.press("Shift+Tab")
    pytest.fail(f"{wanted} is not reached")


def test_the_table_is_sorted_and_filtered_by_keyboard(opened: Open, audited: Report) -> None:
    tab = opened(audited, "articles")
    tab_until(tab, "Words")

    def words() -> list[int]:
        cells = tab.locator("#articles td[data-label=words]").all_inner_texts()
        return [int(each.replace(",", "")) for each in cells]

    held = sorted(each.words for each in audited.documents)
    tab.keyboard.press("Enter")
    assert words() == held[::-1]
    assert tab.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    tab.keyboard.press("Enter")
    assert words() == held
    assert tab.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    tab.locator("#articles input").focus()
    tab.keyboard.type("copies/")
    expect(tab.locator("#articles [role=status]")).to_have_text(f"1 of {len(held)} articles")
    assert tab.locator("#articles tbody tr").count() == 1


def test_who_comes_back_is_where_they_were(opened: Open, audited: Report) -> None:
    tab = opened(audited, "findings")
    tab.locator("#findings select").nth(1).select_option("boilerplate")
    number = tab.locator(".finding").count()
    last = tab.locator(".finding > summary").last
    last.click()
    tab.locator(".places a").last.click()
    tab.wait_for_selector("#article-heading")
    tab.go_back()
    tab.wait_for_selector("#findings.current")
    assert tab.locator(".finding").count() == number
    assert tab.evaluate("document.activeElement.closest('.finding') !== null")


# Articles that mean ill


def test_nothing_in_an_article_runs_or_turns_around(opened: Open) -> None:
    report = evil_report()
    assert {each.kind for each in report.findings} >= {"repetition"}
    tab = opened(report)
    for part in (*PARTS, "article-1", *(f"finding-{each.id}" for each in report.findings)):
        tab.evaluate("part => { location.hash = part }", part)
        tab.wait_for_timeout(50)
        for summary in tab.locator(".current .finding > summary").all():
            summary.click()
    assert tab.evaluate("window.hacked") is None
    assert (
        tab.evaluate(
            "document.querySelectorAll('main script, main img, main svg[onload], main b').length"
        )
        == 0
    )
    acting = (
        r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
    )
    drawn = tab.evaluate("document.querySelector('main').textContent")
    assert not re.search(acting, drawn)
    assert "\\u202eright to left\\u202c" in drawn
    assert EVIL[0] in drawn


def test_what_its_articles_look_like_is_what_they_say(opened: Open) -> None:
    report = evil_report()
    tab = opened(report, "article-0")
    lines = tab.locator(".text p").all_inner_texts()
    assert any(EVIL[1] in line for line in lines)
    assert any(EVIL[3] in line for line in lines)


def test_even_an_injected_script_would_not_run(
    browser: Browser, audited: Report, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text(written(audited), encoding="utf-8")
    with closing(browser.new_page()) as tab:
        tab.goto((tmp_path / "report.html").as_uri())
        refused = tab.evaluate(
            """() => {
                const script = document.createElement("script");
                const tried = [];
                for (const act of [
                    () => { script.textContent = "window.hacked = 1"; document.body.append(script); },
                    () => { script.src = "https://example.org/"; document.body.append(script); },
                    () => { document.body.innerHTML = "<b>x</b>"; },
                    () => { setTimeout("window.hacked = 1"); },
                ]) {
                    try { act(); tried.push("did"); } catch (error) { tried.push(error.name); }
                }
                return [...tried, window.hacked === undefined];
            }"""
        )
    assert refused == [*["TypeError"] * 4, True]


def test_scripts_from_right_to_left_read_so(opened: Open) -> None:
    text = "قال الوزير إن الحكومة ستبدأ العمل في المشروع الجديد خلال الأسبوع المقبل بعد موافقة البرلمان"
    report = dedupe.audit([Document("a.txt", f"{text}\n{text}"), Document("b.txt", "plain words")])
    tab = opened(report, "article-0")
    line = tab.locator(".text p").first
    assert line.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert tab.locator("html").evaluate("each => getComputedStyle(each).direction") == "ltr"


# Much of it


def test_ten_megabytes_open_in_steps(opened: Open) -> None:
    report = long_report(10_000_000)
    tab = opened(report, "article-0")
    drawn = "[...document.querySelectorAll('.text p')].reduce((sum, p) => sum + p.textContent.length, 0)"
    first = tab.evaluate(drawn)
    assert 50_000 <= first <= 400_000
    more = tab.locator("#article button.more").last
    more.click()
    assert first < tab.evaluate(drawn) <= first + 400_000
    # A place far down is drawn where it is, not after all that stands before it.
    tab.evaluate("location.hash = 'article-0:5000'")
    target = tab.wait_for_selector(".text .target")
    assert target.get_attribute("data-line") == "5000"
    assert target.is_visible()
    assert tab.evaluate(drawn) <= 400_000
    tab.locator("#article button.more").first.click()
    assert tab.locator("#article button.more").first.inner_text().startswith("Show what stands before")


def test_ten_thousand_findings_are_made_as_they_are_read(opened: Open) -> None:
    report, _ = builder.many(10_000)
    tab = opened(report, "findings")
    assert tab.locator("#findings [role=status]").inner_text() == "10,000 findings"
    assert tab.locator(".finding").count() <= 200
    before = tab.locator(".finding").count()
    tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(tab.locator(".finding")).not_to_have_count(before)
    assert before < tab.locator(".finding").count() < 1_000
    tab.locator("#findings input").fill("other/9876.txt")
    expect(tab.locator("#findings [role=status]")).to_have_text("1 of 10,000 findings")
    tab.locator(".finding > summary").click()
    assert "other/9876.txt" in tab.locator(".places").inner_text()
    assert tab.locator(".finding ins").first.is_visible()
