"""What an audit finds that no cut into passages hides."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from findings.corpora import VOCABULARY, edited, line, text_of

from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.candidates.seeds import PLACES

if TYPE_CHECKING:
    from dedupe.report import Finding, Report


def report_on(*texts: str, **choices: Any) -> Report:
    return audit([Document(str(row), text) for row, text in enumerate(texts)], Settings(**choices))


def only(report: Report) -> Finding:
    (finding,) = report.findings
    return finding


def ranges(finding: Finding, *texts: str) -> list[str]:
    """What stands at each location, by its offsets in code points."""
    said = [texts[int(where.document)][where.start : where.end] for where in finding.locations]
    assert said == [where.text for where in finding.locations]
    return said


def article(name: object, paragraphs: int = 5) -> list[str]:
    """Paragraphs of two sentences each, that no other article has."""
    return [f"{line((name, row))} {line((name, row, 'more'))}" for row in range(paragraphs)]


def with_sentence(name: object, sentence: str) -> str:
    """An article in which a sentence stands amid a paragraph."""
    paragraphs = article(name)
    first, second = line((name, "before")), line((name, "behind"))
    return text_of(*paragraphs[:2], f"{first} {sentence} {second}", *paragraphs[2:])


def rewritten(text: str, share: float, name: object = 0) -> str:
    """With other words for some."""
    chosen = random.Random(f"{name}")
    held = text.split(" ")
    for place in chosen.sample(range(1, len(held) - 1), round(share * len(held))):
        stop = held[place].rstrip("abcdefghijklmnopqrstuvwxyz")[-1:]
        held[place] = chosen.choice(VOCABULARY) + (stop if stop == "." else "")
    return " ".join(held)


SENTENCE = line("sentence", 30)


class TestASentenceLiftedIntoAnotherParagraph:
    def test_is_found_from_its_first_character_to_its_last(self) -> None:
        texts = [with_sentence("one", SENTENCE), with_sentence("two", SENTENCE)]
        finding = only(report_on(*texts))
        assert finding.kind == "reuse"
        assert ranges(finding, *texts) == [SENTENCE] * 2
        assert (finding.jaccard, finding.words) == (1.0, 30)

    def test_is_found_inside_one_document(self) -> None:
        paragraphs = article("one")
        text = text_of(
            f"{line('a')} {SENTENCE} {line('b')}", *paragraphs, f"{line('c')} {SENTENCE} {line('d')}"
        )
        finding = only(report_on(text))
        assert finding.kind == "repetition"
        assert ranges(finding, text) == [SENTENCE] * 2

    def test_is_found_in_both_ways_at_once(self) -> None:
        first = text_of(with_sentence("one", SENTENCE), with_sentence("three", SENTENCE))
        second = with_sentence("two", SENTENCE)
        report = report_on(first, second)
        assert sorted(finding.kind for finding in report.findings) == ["repetition", "reuse"]
        for finding in report.findings:
            assert set(ranges(finding, first, second)) == {SENTENCE}

    def test_is_found_where_it_is_a_paragraph_of_its_own(self) -> None:
        texts = [with_sentence("one", SENTENCE), text_of(*article("two"), SENTENCE)]
        assert ranges(only(report_on(*texts)), *texts) == [SENTENCE] * 2

    def test_has_offsets_in_code_points(self) -> None:
        before = "Žluťoučký kůň 🙂 — 中文字中文字 “e\u0301t\u0327é”."
        texts = [f"{before}\n{with_sentence('one', SENTENCE)}", with_sentence("two", SENTENCE)]
        finding = only(report_on(*texts))
        assert ranges(finding, *texts) == [SENTENCE] * 2
        assert [where.start for where in finding.locations] == [each.index(SENTENCE) for each in texts]

    def test_takes_its_quotes_and_its_stop_along(self) -> None:
        quoted = f"“{line('quoted', 30)[:-1]}!”"
        texts = [with_sentence("one", quoted), with_sentence("two", quoted)]
        assert ranges(only(report_on(*texts)), *texts) == [quoted] * 2

    def test_is_found_in_scripts_without_spaces(self) -> None:
        def characters(name: object, size: int) -> str:
            chosen = random.Random(f"{name}")
            return "".join(chr(chosen.randrange(0x4E00, 0x9000)) for _ in range(size)) + "。"

        sentence = characters("sentence", 60)
        texts = [
            text_of(
                *(characters((name, row), 70) for row in range(4)),
                characters((name, "a"), 50) + sentence + characters((name, "b"), 50),
            )
            for name in ("one", "two")
        ]
        assert ranges(only(report_on(*texts)), *texts) == [sentence] * 2


class TestParagraphsCutInAnotherWay:
    ONE, TWO = article("copied", 2)

    def test_two_that_were_merged_are_found_whole(self) -> None:
        texts = [
            text_of(*article(1), self.ONE, self.TWO, *article(2)),
            text_of(*article(3), f"{self.ONE} {self.TWO}", *article(4)),
        ]
        assert ranges(only(report_on(*texts)), *texts) == [
            f"{self.ONE}\n{self.TWO}",
            f"{self.ONE} {self.TWO}",
        ]

    def test_newlines_lost_on_one_side_change_no_finding(self) -> None:
        copied = article("copied", 4)
        first = text_of(*article(1), *copied, *article(2))
        kept = text_of(*article(3), *copied, *article(4))
        lost = kept.replace("\n", " ")
        expected, found = only(report_on(first, kept)), only(report_on(first, lost))
        assert found.code == expected.code
        assert (found.jaccard, found.words) == (expected.jaccard, expected.words)
        places = [(where.start, where.end) for where in expected.locations]
        assert [(where.start, where.end) for where in found.locations] == places
        assert ranges(found, first, lost) == [text_of(*copied), " ".join(copied)]


class TestARewrite:
    def test_that_keeps_two_thirds_of_the_words_is_one_finding(self) -> None:
        copied = line("copied", 120)
        texts = [
            text_of(*article(1), copied, *article(2)),
            text_of(*article(3), rewritten(copied, 1 / 3), *article(4)),
        ]
        finding = only(report_on(*texts))
        assert finding.kind == "reuse"
        assert finding.jaccard is not None
        assert finding.jaccard < 0.5, "no passage matches it"
        for said, whole in zip(ranges(finding, *texts), (copied, rewritten(copied, 1 / 3)), strict=True):
            assert said in whole
            assert len(said) > 0.9 * len(whole)

    def test_with_its_sentences_in_another_order_is_one_finding(self) -> None:
        sentences = [line(("sentence", row), 14) for row in range(6)]
        moved = [sentences[row] for row in (1, 0, 3, 2, 5, 4)]
        texts = [
            text_of(*article(1), " ".join(sentences), *article(2)),
            text_of(*article(3), " ".join(moved), *article(4)),
        ]
        assert ranges(only(report_on(*texts)), *texts) == [" ".join(sentences), " ".join(moved)]


class TestSensitivity:
    COPIED = line("copied", 60)
    TEXTS = (with_sentence(1, rewritten(COPIED, 0.2, 1)), with_sentence(2, COPIED))

    def test_low_compares_only_passages(self) -> None:
        assert report_on(*self.TEXTS, sensitivity="low").findings == ()

    def test_high_sees_at_least_what_normal_sees(self) -> None:
        normal, high = (report_on(*self.TEXTS, sensitivity=how) for how in ("normal", "high"))
        (one,), (other,) = normal.findings, high.findings
        for where, wider in zip(one.locations, other.locations, strict=True):
            assert wider.start <= where.start < where.end <= wider.end

    def test_high_asks_for_less_evidence(self) -> None:
        short = line("short", 14)
        texts = with_sentence(1, short), with_sentence(2, edited(short, 4, 5, 6, 7, 11))
        found = [report_on(*texts, sensitivity=how).findings for how in ("low", "normal", "high")]
        assert [len(each) for each in found] == [0, 0, 1]


class TestHowOften:
    def test_what_stands_in_many_documents_is_one_finding(self) -> None:
        copied = line("copied", 40)
        texts = [
            text_of(line((row, 1)), f"{copied} {line((row, 2), 12)}", line((row, 3)))
            for row in range(200)
        ]
        finding = only(report_on(*texts))
        assert finding.occurrences == len(finding.locations) == 200
        assert [where.document for where in finding.locations] == [str(row) for row in range(200)]

    @pytest.mark.parametrize("count", [2, 8, PLACES, PLACES + 1, 100])
    def test_so_is_a_sentence_amid_their_paragraphs(self, count: int) -> None:
        # Words that no two share, even by chance.
        around = [
            [" ".join(f"w{row}x{place}" for place in range(at, at + 30)) for at in (0, 30)]
            for row in range(count)
        ]
        texts = [
            f"{before.capitalize()}. {SENTENCE} {behind.capitalize()}." for before, behind in around
        ]
        assert ranges(only(report_on(*texts)), *texts) == [SENTENCE] * count

    def test_so_is_one_with_words_changed_in_each(self) -> None:
        texts = [
            with_sentence(row, rewritten(f"{SENTENCE} {line('more', 30)}", 0.04, row))
            for row in range(60)
        ]
        finding = only(report_on(*texts))
        assert [where.document for where in finding.locations] == list(map(str, range(60)))

    def test_copies_of_the_paragraph_that_it_was_taken_from_are_places_of_it(self) -> None:
        paragraph = f"{line('before', 15)} {SENTENCE} {line('behind', 15)}"
        texts = [text_of(*article(row, 3), paragraph, *article(row + 50, 3)) for row in range(5)]
        taken = [with_sentence(row, SENTENCE) for row in range(100, 103)]
        report = report_on(*texts, *taken)
        whole, part = sorted(report.findings, key=lambda finding: -finding.words)
        assert ranges(whole, *texts, *taken) == [paragraph] * 5
        assert ranges(part, *texts, *taken) == [SENTENCE] * 8

    @pytest.mark.parametrize("sensitivity", ["low", "normal", "high"])
    def test_unrelated_articles_share_nothing(self, sensitivity: str) -> None:
        texts = [text_of(*article(row, 12)) for row in range(12)]
        assert report_on(*texts, sensitivity=sensitivity).findings == ()

    def test_a_report_does_not_depend_on_threads(self) -> None:
        texts = [with_sentence(row, rewritten(SENTENCE, 0.02 * row, row)) for row in range(8)]
        expected = report_on(*texts, jobs=1).to_json()
        for jobs in (2, 3):
            assert report_on(*texts, jobs=jobs).to_json() == expected


class TestBesideNearDuplicates:
    def test_what_a_near_duplicate_has_of_its_anchor_is_said_by_the_anchor_alone(self) -> None:
        first = with_sentence("one", SENTENCE)
        copy = f"{first}\n{line('added')}"
        other = with_sentence("two", SENTENCE)
        report = report_on(first, copy, other)
        near, reuse = sorted(report.findings, key=lambda finding: finding.kind)
        assert (near.kind, reuse.kind) == ("near-duplicate", "reuse")
        assert [where.document for where in near.locations] == ["0", "1"]
        assert len({where.document for where in reuse.locations} & {"0", "1"}) == 1
        assert set(ranges(reuse, first, copy, other)) == {SENTENCE}

    def test_a_copy_without_its_newlines_is_a_near_duplicate_from_end_to_end(self) -> None:
        first = text_of(*article("one"), line("last"))
        copy = first.replace("\n", " ") + " " + line("added", 12)
        finding = only(report_on(first, copy))
        assert finding.kind == "near-duplicate"
        assert ranges(finding, first, copy) == [first, copy[: len(first)]]


class TestAddresses:
    FOLDER = "https://pictures.example.com/" + "/".join(line("folder", 20)[:-1].split(" "))

    def texts(self, said: str) -> list[str]:
        """Two articles that say it and show another picture each."""
        found = []
        for row in range(2):
            one, two, three = (line((row, place), 4)[:-1] for place in range(3))
            picture = f"{one} {self.FOLDER}/{two.replace(' ', '/')} {three}"
            found.append(text_of(*article(row), f"{line(row, 9)[:-1]} {said} see {picture} by us"))
        return found

    def test_alone_are_no_span(self) -> None:
        assert report_on(*self.texts("")).findings == ()

    def test_are_part_of_one_that_says_more(self) -> None:
        texts = self.texts(SENTENCE[:-1])
        for place in ranges(only(report_on(*texts)), *texts):
            assert SENTENCE[:-1] in place
            assert self.FOLDER in place
