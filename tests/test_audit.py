"""What an audit finds, from documents to the report."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from findings.corpora import VOCABULARY, corpora, edited, line, text_of
from hypothesis import example, given, settings
from hypothesis import strategies as st
from passages.texts import articles, texts

import dedupe.compute
from dedupe import Document, Settings
from dedupe.audit import audit
from dedupe.passages.reference import Word, passages, words
from dedupe.passages.signals import PIECE
from dedupe.report import SEVERITIES
from dedupe.sketch.lines import FEWEST, ONE_LINE
from dedupe.sketch.reference import windows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.passages.reference import Passage
    from dedupe.report import Finding, Location, Report

SEEDS = Path(__file__).parents[1] / "seeds"
A, B, C, D, E, F, G, H, X, Y, Z = (line(name) for name in "ABCDEFGHXYZ")
SHORT = line("short", 13)


def report_on(*several: str, **choices: Any) -> Report:
    """The report on texts that are called 0, 1, 2, …"""
    return audit([Document(str(row), text) for row, text in enumerate(several)], Settings(**choices))


def audited(*several: str, **choices: Any) -> Report:
    """The same; it has to hold together."""
    report = report_on(*several, **choices)
    check(report, several)
    return report


def places(finding: Finding) -> list[tuple[str, int, int]]:
    """Document, first and last line of each location."""
    return [(where.document, where.line, where.end_line) for where in finding.locations]


def found(report: Report) -> list[tuple[str, list[tuple[str, int, int]]]]:
    """Code and places of each finding, by code and place."""
    return sorted((finding.code, places(finding)) for finding in report.findings)


def shingles(text: str) -> set[tuple[str, ...]]:
    """Three words each, of plain English letters."""
    held = re.findall("[a-z0-9]+", text.lower())
    return {tuple(held[at : at + 3]) for at in range(max(len(held) - 2, 1))}


def jaccard(one: str, two: str) -> float:
    left, right = shingles(one), shingles(two)
    return len(left & right) / len(left | right)


# What holds of every report, recomputed without the pipeline's columns.


def check(report: Report, several: Sequence[str]) -> None:
    check_documents(report, several)
    text_by_id = {document.id: text for document, text in zip(report.documents, several, strict=True)}
    order = list(text_by_id)
    ranks = []
    findings = list(report.findings)
    shingle = report.settings.shingle
    words_by_id = {name: list(words(text)) for name, text in text_by_id.items()}
    furniture = boilerplate_words(report, words_by_id)
    prose_by_id = {
        name: [word for row, word in enumerate(held) if row not in furniture[name]]
        for name, held in words_by_id.items()
    }
    for finding in findings:
        check_locations(finding, text_by_id, order)
        check_similarities(finding, prose_by_id if finding.code != "DUP001" else words_by_id, shingle)
        check_kind(finding)
        ranks.append((SEVERITIES.index(finding.severity), -finding.words, finding.id))
    assert ranks == sorted(ranks)
    assert len({rank[-1] for rank in ranks}) == len(ranks)
    assert Counter(finding.kind for finding in findings) == {
        kind: count for kind, count in report.summary.findings.items() if count
    }
    for document in report.documents:
        taking_part = [
            finding.id
            for finding in findings
            if any(where.document == document.id for where in finding.locations)
        ]
        assert list(document.findings) == taking_part
    check_scores(report, text_by_id)
    json.loads(report.to_json())


def check_documents(report: Report, several: Sequence[str]) -> None:
    counts = [(len(list(words(text))), len(text)) for text in several]
    assert [(each.words, each.characters) for each in report.documents] == counts
    segmented = [passages(text) for text in several]
    lost = [lost_newlines(held) for held in segmented]
    # Lines are found again where several articles lost theirs; then there are other passages.
    found_again = sum(lost) >= FEWEST[0]
    for each, held, without in zip(report.documents, segmented, lost, strict=True):
        assert each.passages == len(held) or (found_again and without and each.passages > 0)
    summary = report.summary
    assert summary.documents == len(several)
    for name in ("words", "characters", "passages"):
        assert getattr(summary, name) == sum(getattr(each, name) for each in report.documents)


def lost_newlines(held: Sequence[Passage]) -> bool:
    """Whether nearly all words stand in paragraphs too long to be some."""
    inside = sum(len(passage.words) for passage in held if passage.signals & PIECE)
    return 0 < inside >= ONE_LINE * sum(len(passage.words) for passage in held)


def line_of(text: str, place: int) -> int:
    return 1 + sum(broken.end() <= place for broken in re.finditer(r"\r\n|\r|\n", text))


def check_locations(finding: Finding, text_by_id: dict[str, str], order: list[str]) -> None:
    assert re.fullmatch("[0-9a-f]{32}", finding.id)
    boilerplate = finding.kind == "boilerplate"
    assert finding.occurrences == len(finding.locations) >= (1 if boilerplate else 2)
    assert sum(where.anchor for where in finding.locations) == 1
    keeping = {where.document for where in finding.locations if where.keep}
    layout = finding.code == "REP003" and finding.jaccard is None
    assert not keeping if boilerplate else layout or len(keeping) == 1
    spots = [(order.index(where.document), where.start, where.end) for where in finding.locations]
    assert spots == sorted(spots)
    for where in finding.locations:
        text = text_by_id[where.document]
        assert where.text == text[where.start : where.end]
        assert where.line == line_of(text, where.start)
        # A whole text runs to its last character, but is named by the last line with a word.
        last = passages(text)[-1].end if finding.code == "DUP001" else where.end
        assert where.end_line == line_of(text, last - 1)
        if finding.code != "DUP001":
            assert where.text == where.text.strip()
    anchor = next(where for where in finding.locations if where.anchor)
    assert finding.words == len(says(anchor))


def says(where: Location) -> list[str]:
    assert where.text is not None
    return [word.normal for word in words(where.text)]


def shingle_set(held: list[Word], shingle: int) -> set[tuple[str, ...]]:
    return {
        tuple(word.normal for word in held[start:end])
        for start, end in windows([word.weight for word in held], shingle)
    }


def check_similarities(finding: Finding, words_by_id: dict[str, list[Word]], shingle: int) -> None:
    # Near-duplicates are compared as whole documents but for boilerplate, everything else as it stands.
    whole = finding.kind == "near-duplicate"
    if finding.jaccard is None:
        nothing = {
            (
                where.jaccard,
                where.containment,
                where.containment_in_anchor,
                where.containment_of_anchor,
            )
            for where in finding.locations
        }
        assert nothing == {(None, None, None, None)}
        assert finding.containment is finding.cohesion is None
        return
    sets = {
        where: shingle_set(
            words_by_id[where.document] if whole else list(words(where.text or "")), shingle
        )
        for where in finding.locations
    }
    anchor = next(where for where in finding.locations if where.anchor)
    others = []
    for where, held in sets.items():
        common = len(held & sets[anchor])
        assert where.jaccard == common / len(held | sets[anchor])
        assert where.containment == common / min(len(held), len(sets[anchor]))
        assert where.containment_in_anchor == common / len(held)
        assert where.containment_of_anchor == common / len(sets[anchor])
        if where is not anchor and not (whole and where.document == anchor.document):
            others.append((where.jaccard, where.containment))
    nearest = max(others)
    assert (finding.jaccard, finding.containment) == nearest
    assert finding.cohesion == min(others)[0]


def check_kind(finding: Finding) -> None:
    kinds = {"REP": "repetition", "REU": "reuse", "DUP": "near-duplicate", "BPL": "boilerplate"}
    assert finding.kind == kinds[finding.code[:3]]
    if finding.kind == "repetition":
        assert len({where.document for where in finding.locations}) == 1
    if finding.code == "REP001":
        assert finding.jaccard == 1.0
    if finding.code == "DUP001":
        assert finding.cohesion == 1.0
        assert finding.severity == "error"


def covered(where: Location, inside: list[Word]) -> set[int]:
    """The words of a document that a location covers."""
    return {
        row for row, word in enumerate(inside) if where.start <= word.start and word.end <= where.end
    }


def check_scores(report: Report, text_by_id: dict[str, str]) -> None:
    """Unite the locations over words, and count what each class covers."""
    inside = {name: list(words(text)) for name, text in text_by_id.items()}
    furniture = boilerplate_words(report, inside)
    everything, repeated, shared, redundant = ({name: set[int]() for name in inside} for _ in range(4))
    for finding in report.findings:
        if finding.kind == "boilerplate":
            continue
        for where in finding.locations:
            held = covered(where, inside[where.document]) - furniture[where.document]
            assert held or finding.kind == "near-duplicate", "boilerplate alone is no copy"
            if finding.code in ("REU002", "DUP004", "DUP005"):
                # Several rightly carry it: it counts for no density.
                shared[where.document] |= held
                continue
            everything[where.document] |= held
            if not where.keep:
                redundant[where.document] |= held
            if finding.kind != "repetition":
                shared[where.document] |= held
            elif not where.keep:
                repeated[where.document] |= held
    sizes: Counter[str] = Counter()
    for document in report.documents:
        name, count = document.id, len(inside[document.id])
        numbers = Counter(
            repetition=len(repeated[name]),
            reuse=len(shared[name] - repeated[name]),
            boilerplate=len(furniture[name]),
            original=count - len(repeated[name] | shared[name] | furniture[name]),
        )
        for kind in ("original", "reuse", "repetition", "boilerplate"):
            assert getattr(document.fractions, kind) == (numbers[kind] / count if count else 0.0)
        sizes += numbers
    summary = report.summary
    total = max(summary.words, 1)
    for kind in ("original", "reuse", "repetition", "boilerplate"):
        assert getattr(summary.fractions, kind) == sizes[kind] / total
    held = summary.fractions
    if summary.words:
        assert held.original + held.reuse + held.repetition + held.boilerplate == pytest.approx(1.0)
    assert summary.duplication_density == sum(map(len, everything.values())) / total
    assert summary.redundant_fraction == sum(map(len, redundant.values())) / total
    assert summary.redundant_exact_fraction <= summary.redundant_fraction <= summary.duplication_density


def boilerplate_words(report: Report, inside: dict[str, list[Word]]) -> dict[str, set[int]]:
    """The words of each document that are boilerplate."""
    found = {name: set[int]() for name in inside}
    for finding in report.findings:
        if finding.kind == "boilerplate":
            for where in finding.locations:
                found[where.document] |= covered(where, inside[where.document])
    return found


def redundant_exact_fraction(report: Report, several: Sequence[str]) -> float:
    """What would go if of places that say exactly the same one were kept."""
    inside = {
        document.id: list(words(text)) for document, text in zip(report.documents, several, strict=True)
    }
    furniture = boilerplate_words(report, inside)
    gone = {name: set[int]() for name in inside}
    for finding in report.findings:
        if (
            finding.code not in ("DUP002", "DUP003", "DUP004", "DUP005", "REU002")
            and finding.kind != "boilerplate"
        ):
            kept = {tuple(says(where)) for where in finding.locations if where.keep}
            for where in finding.locations:
                if not where.keep and tuple(says(where)) in kept:
                    held = covered(where, inside[where.document])
                    gone[where.document] |= held - furniture[where.document]
                kept.add(tuple(says(where)))
    return sum(map(len, gone.values())) / max(report.summary.words, 1)


def reuse_between_near_duplicates(report: Report) -> list[str]:
    """Ids of reuse findings that name an anchor and its near-duplicate, or two exact copies."""
    near = set()
    for finding in report.findings:
        if finding.kind == "near-duplicate":
            anchor = next(where.document for where in finding.locations if where.anchor)
            documents = {where.document for where in finding.locations}
            pairs = combinations(sorted(documents), 2) if finding.code == "DUP001" else ()
            near |= {frozenset(pair) for pair in pairs} | {
                frozenset((anchor, other)) for other in documents
            }
    return [
        finding.id
        for finding in report.findings
        if finding.kind == "reuse"
        and any(
            frozenset(pair) in near
            for pair in combinations({where.document for where in finding.locations}, 2)
        )
    ]


class TestSeeds:
    @pytest.fixture
    def report(self) -> Report:
        return audit([str(SEEDS)])

    def test_hold_one_repetition_and_boilerplate_and_nothing_else(self, report: Report) -> None:
        assert report.summary.findings == {
            "repetition": 1,
            "reuse": 0,
            "near-duplicate": 0,
            "boilerplate": 8,
        }
        assert report.summary.documents == 5

    def test_their_boilerplate_is_these_lines(self, report: Report) -> None:
        lines: dict[str, set[int]] = {}
        for finding in report.findings:
            if finding.kind == "boilerplate":
                for where in finding.locations:
                    number = Path(where.document).name[:3]
                    lines.setdefault(number, set()).update(range(where.line, where.end_line + 1))
        assert lines == {
            "000": {3, 6, 14},
            "001": {10, *range(18, 67)},
            "002": {2, 3, 4, 5},
            "003": {3, 19},
            "004": {5, 9, 10},
        }

    def test_their_template_stands_in_three_of_them(self, report: Report) -> None:
        (template,) = (finding for finding in report.findings if finding.code == "BPL002")
        assert template.template == "Baca juga: ‹…›"
        spots = [(Path(where.document).name[:3], where.line) for where in template.locations]
        assert spots == [("000", 6), ("001", 10), ("004", 5), ("004", 10)]

    def test_the_doubled_block_of_002_is_an_error_of_exact_spans(self, report: Report) -> None:
        block = report.findings[0]
        assert (block.code, block.severity, block.words, block.occurrences) == (
            "REP001",
            "error",
            190,
            2,
        )
        assert (block.jaccard, block.containment, block.cohesion) == (1.0, 1.0, 1.0)
        first, second = block.locations
        assert (first.start, first.end, first.line, first.end_line) == (279, 1693, 7, 15)
        assert (second.start, second.end, second.line, second.end_line) == (1694, 3108, 16, 24)
        text = next(SEEDS.glob("002_*.txt")).read_text(encoding="utf-8")
        assert text[279:1693] == text[1694:3108] == first.text == second.text
        assert first.text.count("\n") == 8
        assert (first.keep, second.keep) == (True, False)

    def test_the_headline_that_returns_in_the_links_of_001_is_among_them(self, report: Report) -> None:
        links = report.findings[1]
        assert (links.code, links.severity) == ("BPL003", "info")
        assert [(where.line, where.end_line) for where in links.locations] == [(18, 66)]
        assert (links.locations[0].text or "").count("Dibiayai Rakyat Sampai Masuk Lubang Kubur") == 2

    def test_the_report_holds_together(self, report: Report) -> None:
        check(report, [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))])


class TestDoubledBlock:
    """The block of the seed 002, its second copy edited."""

    @pytest.fixture
    def lines(self) -> list[str]:
        return next(SEEDS.glob("002_*.txt")).read_text(encoding="utf-8").split("\n")

    def one(self, lines: list[str]) -> Finding:
        report = audited(text_of(*lines))
        (finding,) = (each for each in report.findings if each.kind != "boilerplate")
        return finding

    def similarity(self, finding: Finding) -> float:
        sets = []
        for where in finding.locations:
            held = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", where.text.casefold()))
            sets.append({tuple(held[at : at + 3]) for at in range(len(held) - 2)})
        return len(sets[0] & sets[1]) / len(sets[0] | sets[1])

    @pytest.mark.parametrize("row", range(15, 24))
    def test_with_a_few_words_changed_is_still_one_finding(self, lines: list[str], row: int) -> None:
        changed = lines[row].split(" ")
        changed[2:4] = ["kata", "lain"]
        finding = self.one([*lines[:row], " ".join(changed), *lines[row + 1 :]])
        assert (finding.code, finding.severity) == ("REP002", "warning")
        assert places(finding) == [("0", 7, 15), ("0", 16, 24)]
        assert finding.jaccard == self.similarity(finding)
        assert 0.9 < finding.jaccard < 1.0

    @pytest.mark.parametrize("row", range(16, 23))
    def test_with_a_paragraph_written_anew_is_still_one_finding(
        self, lines: list[str], row: int
    ) -> None:
        finding = self.one([*lines[:row], line(row), *lines[row + 1 :]])
        assert places(finding) == [("0", 7, 15), ("0", 16, 24)]
        assert finding.jaccard == self.similarity(finding)

    @pytest.mark.parametrize("row", range(16, 23))
    def test_with_a_paragraph_dropped_is_still_one_finding(self, lines: list[str], row: int) -> None:
        finding = self.one([*lines[:row], *lines[row + 1 :]])
        assert places(finding) == [("0", 7, 15), ("0", 16, 23)]
        assert finding.jaccard == self.similarity(finding)
        assert finding.containment < 1.0

    def test_with_its_first_or_last_paragraph_dropped_is_the_rest(self, lines: list[str]) -> None:
        without_first = self.one([*lines[:15], *lines[16:]])
        assert places(without_first) == [("0", 8, 15), ("0", 16, 23)]
        assert without_first.code == "REP001"
        without_last = self.one(lines[:23])
        assert places(without_last) == [("0", 7, 14), ("0", 16, 23)]
        assert without_last.code == "REP001"

    @pytest.mark.parametrize("row", range(16, 24))
    def test_with_a_paragraph_inserted_is_still_one_finding(self, lines: list[str], row: int) -> None:
        finding = self.one([*lines[:row], line(row), *lines[row:]])
        assert places(finding) == [("0", 7, 15), ("0", 16, 25)]
        assert finding.jaccard == self.similarity(finding)

    def test_with_all_of_that_at_once_is_still_one_finding(self, lines: list[str]) -> None:
        copy = [*lines[15:18], line("new"), lines[18].replace("dokumen", "surat"), *lines[20:]]
        finding = self.one([*lines[:15], *copy])
        assert places(finding) == [("0", 7, 15), ("0", 16, 24)]
        assert finding.jaccard == self.similarity(finding)

    def test_in_two_documents_is_a_repetition_there_and_one_reuse(self, lines: list[str]) -> None:
        report = audited(
            text_of(*lines), text_of(X, Y, *lines[6:15], Z, *(line(row) for row in range(12)))
        )
        assert found(report) == [
            ("BPL004", [("0", 2, 5)]),
            ("REP001", [("0", 7, 15), ("0", 16, 24)]),
            ("REU001", [("0", 7, 15), ("1", 3, 11)]),
        ]


class TestGroups:
    @pytest.mark.parametrize("count", [2, 3, 4, 7])
    def test_a_paragraph_that_stands_n_times_is_one_finding_of_n_places(self, count: int) -> None:
        report = audited(text_of(*(part for row in range(count) for part in (A, line(row)))))
        assert found(report) == [("REP001", [("0", 2 * row + 1, 2 * row + 1) for row in range(count)])]

    @pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 7])
    def test_also_where_its_copies_follow_each_other(self, count: int) -> None:
        report = audited(text_of(X, *[A] * count, Y))
        assert found(report) == [("REP001", [("0", row, row) for row in range(2, count + 2)])]
        report = audited(text_of(*[A] * count))
        assert found(report) == [("REP001", [("0", row, row) for row in range(1, count + 1)])]

    @pytest.mark.parametrize("count", [2, 3, 4, 5])
    def test_a_block_that_stands_n_times_is_one_finding_of_n_places(self, count: int) -> None:
        apart = audited(text_of(*(part for row in range(count) for part in (A, B, C, line(row)))))
        assert found(apart) == [("REP001", [("0", 4 * row + 1, 4 * row + 3) for row in range(count)])]
        close = audited(text_of(X, *[A, B, C] * count, Y))
        assert found(close) == [("REP001", [("0", 3 * row + 2, 3 * row + 4) for row in range(count)])]

    @pytest.mark.parametrize("count", [4, 6])
    def test_a_short_paragraph_that_stands_n_times_in_a_row_is_no_wrapped_text(self, count: int) -> None:
        # Equal lines are equally long, as the full lines of wrapped text are.
        short = "This one sentence stands many times in a row as no wrapped text does."
        report = audited(text_of(*[short] * count))
        assert found(report) == [("REP001", [("0", row, row) for row in range(1, count + 1)])]

    @pytest.mark.parametrize("count", [2, 3, 10])
    def test_what_stands_in_n_documents_is_one_finding_of_n_places(self, count: int) -> None:
        report = audited(*(text_of(line(row), A, B, line(-row - 1)) for row in range(count)))
        assert found(report) == [("REU001", [(str(row), 2, 3) for row in range(count)])]
        assert [where.keep for where in report.findings[0].locations] == [True] + [False] * (count - 1)

    def test_similar_places_join_the_group_of_their_anchor(self) -> None:
        report = audited(
            *(text_of(edited(A, *range(row)), line(row), line(-row - 1)) for row in range(4))
        )
        (finding,) = report.findings
        assert finding.code == "REU001"
        assert places(finding) == [(str(row), 1, 1) for row in range(4)]
        anchor = next(where for where in finding.locations if where.anchor)
        assert [where.jaccard for where in finding.locations] == [
            jaccard(anchor.text, where.text) for where in finding.locations
        ]
        assert finding.cohesion < finding.jaccard < 1.0

    def test_a_block_twice_in_one_document_and_once_in_another_is_a_repetition_and_a_reuse(self) -> None:
        report = audited(text_of(A, B, X, A, B, C, D), text_of(Y, Z, A, B, E, F))
        assert found(report) == [
            ("REP001", [("0", 1, 2), ("0", 4, 5)]),
            ("REU001", [("0", 1, 2), ("1", 3, 4)]),
        ]

    def test_twice_in_both_documents_it_is_two_repetitions_and_a_reuse_of_the_kept_copies(self) -> None:
        report = audited(text_of(A, B, C, D, E, A, B), text_of(X, A, B, F, G, H, Y, Z, A, B))
        assert found(report) == [
            ("REP001", [("0", 1, 2), ("0", 6, 7)]),
            ("REP001", [("1", 2, 3), ("1", 9, 10)]),
            ("REU001", [("0", 1, 2), ("1", 2, 3)]),
        ]

    def test_the_kept_copy_is_the_first_in_running_prose(self) -> None:
        heading = A.removesuffix(".")
        report = audited(text_of(heading, X, A, Y, A))
        (finding,) = report.findings
        assert [where.keep for where in finding.locations] == [False, True, False]
        report = audited(text_of(X, heading, Y, heading))
        assert [where.keep for where in report.findings[0].locations] == [True, False]
        report = audited(text_of(heading, X, Y, A), text_of(A, line(1), line(2), line(3)))
        (reuse,) = (finding for finding in report.findings if finding.kind == "reuse")
        assert places(reuse) == [("0", 4, 4), ("1", 1, 1)]

    def test_blocks_that_share_only_a_part_are_two_findings(self) -> None:
        report = audited(
            text_of(A, B, C, D, line(1)),
            text_of(A, B, C, D, line(2)),
            text_of(A, line(3), line(4), line(5)),
        )
        assert ("REU001", [("0", 1, 1), ("1", 1, 1), ("2", 1, 1)]) in found(report) or (
            "REU001",
            [("0", 1, 1), ("2", 1, 1)],
        ) in found(report)


class TestBlocks:
    def test_a_passage_that_returns_inside_a_shared_block_does_not_cut_it_short(self) -> None:
        more = [line(row) for row in range(12)]
        report = audited(text_of(X, *more[:4], A, B, A, C), text_of(A, B, A, C, Y, *more[4:8]))
        assert ("REU001", [("0", 6, 9), ("1", 1, 4)]) in found(report)

    @pytest.mark.parametrize("inside", [[X], [X, Y]])
    def test_passages_inserted_in_one_copy_do_not_cut_it(self, inside: list[str]) -> None:
        more = [line(row) for row in range(12)]
        report = audited(text_of(*more[:5], A, B, C, D), text_of(A, B, *inside, C, D, *more[5:]))
        assert found(report) == [("REU001", [("0", 6, 9), ("1", 1, 4 + len(inside))])]

    def test_short_lines_between_long_ones_belong_to_the_block(self) -> None:
        more = [line(row) for row in range(12)]
        report = audited(
            text_of(*more[:5], A, "A short line", B), text_of(A, "A short line", B, *more[5:])
        )
        assert found(report) == [("REU001", [("0", 6, 8), ("1", 1, 3)])]

    def test_passages_in_another_order_are_blocks_of_their_own(self) -> None:
        more = [line(row) for row in range(12)]
        report = audited(text_of(*more[:5], A, B), text_of(B, A, *more[5:]))
        assert found(report) == [
            ("REU001", [("0", 6, 6), ("1", 2, 2)]),
            ("REU001", [("0", 7, 7), ("1", 1, 1)]),
        ]

    def test_one_line_texts_share_groups_of_sentences_wherever_they_stand(self) -> None:
        shared = [line(("shared", row), 14) for row in range(8)]
        texts = [
            " ".join(
                [
                    *(line((name, row), 9 + row) for row in range(8)),
                    *shared,
                    *(line((name, -row)) for row in range(1, 6)),
                ]
            )
            for name in ("one", "two")
        ]
        (finding,) = audited(*texts).findings
        assert finding.code == "REU001"
        assert [where.text for where in finding.locations] == [" ".join(shared)] * 2


class TestDocuments:
    def test_exact_copies_are_one_error_of_whole_texts(self) -> None:
        text = f"\n  {text_of(A, B, C)}\n\n"
        report = audited(text, text_of(X, Y), text, text)
        (finding,) = report.findings
        assert (finding.code, finding.severity, finding.occurrences) == ("DUP001", "error", 3)
        assert [(where.document, where.start, where.end) for where in finding.locations] == [
            (row, 0, len(text)) for row in ("0", "2", "3")
        ]
        assert [where.keep for where in finding.locations] == [True, False, False]

    @pytest.mark.parametrize("ending", ["", "\n", "\r\n", "\n\n", "\n \n"])
    def test_blank_lines_at_its_end_do_not_count_among_those_of_an_exact_copy(self, ending: str) -> None:
        text = text_of(A, B) + ending
        (finding,) = audited(text, text).findings
        assert places(finding) == [("0", 1, 2), ("1", 1, 2)]
        assert [where.end for where in finding.locations] == [len(text)] * 2

    def test_copies_may_differ_in_case_punctuation_and_spacing(self) -> None:
        (finding,) = audited(text_of(A, B), text_of(A.upper(), "", f"“{B}”")).findings
        assert finding.code == "DUP001"

    def test_documents_without_words_are_copies_of_nothing(self) -> None:
        assert found(audited("", "", "…", "…", " \n")) == []

    def test_short_documents_can_be_copies_too(self) -> None:
        assert found(audited("Moved.", "Moved.")) == [("DUP001", [("0", 1, 1), ("1", 1, 1)])]

    def test_an_edited_copy_is_one_warning(self) -> None:
        report = audited(text_of(A, B, C, D), text_of(A, edited(B, 5, 6), C, D), text_of(X, Y))
        (finding,) = report.findings
        assert (finding.code, finding.severity) == ("DUP002", "warning")
        assert places(finding) == [("0", 1, 4), ("1", 1, 4)]
        assert finding.jaccard == jaccard(text_of(A, B, C, D), text_of(A, edited(B, 5, 6), C, D))

    @pytest.mark.parametrize(
        ("size", "code"), [(0, "DUP001"), (1, "DUP002"), (2, "DUP003"), (40, "DUP003")]
    )
    def test_one_that_contains_the_other_is_one_warning(self, size: int, code: str) -> None:
        inner = [A, B, C, D]
        outer = text_of(*(line(row) for row in range(size)), *inner)
        report = audited(text_of(*inner), outer)
        (finding,) = report.findings
        assert finding.code == code
        assert finding.containment == 1.0

    def test_the_document_threshold_rules(self) -> None:
        texts = text_of(A, B, C, D, E), text_of(A, B, C, X, Y)
        assert [code for code, _ in found(audited(*texts))] == ["REU001"]
        assert [code for code, _ in found(audited(*texts, document_threshold=0.5))] == ["DUP002"]

    def test_the_aligned_ranges_are_its_locations(self) -> None:
        report = audited(text_of(A, B, C, D), text_of(A, B, X, Y, Z, line(1), C, D))
        (finding,) = report.findings
        assert finding.code == "DUP003"
        assert places(finding) == [("0", 1, 4), ("1", 1, 2), ("1", 7, 8)]

    def test_no_reuse_is_listed_between_near_duplicates_but_repetition_inside_each_stays(self) -> None:
        report = report_on(text_of(A, B, X, A, B, C, D), text_of(A, B, X, A, B, C, edited(D, 3)))
        assert found(report) == [
            ("DUP002", [("0", 1, 7), ("1", 1, 7)]),
            ("REP001", [("0", 1, 2), ("0", 4, 5)]),
            ("REP001", [("1", 1, 2), ("1", 4, 5)]),
        ]

    def test_also_where_a_document_opens_with_a_doubled_block(self) -> None:
        report = report_on(
            text_of(A, B, C, A, B, C, D, E, F), text_of(A, B, C, A, B, C, D, edited(E, 3), F)
        )
        assert ("DUP002", [("0", 1, 9), ("1", 1, 9)]) in found(report)
        assert {code for code, _ in found(report)} == {"DUP002", "REP001"}

    def test_also_where_a_passage_stands_once_more_in_one_of_them(self) -> None:
        body = [line(row) for row in range(10)]
        report = report_on(text_of(*body), text_of(*body, X, Y, Z, body[3]))
        assert found(report) == [
            ("DUP003", [("0", 1, 10), ("1", 1, 10)]),
            ("REP001", [("1", 4, 4), ("1", 14, 14)]),
        ]

    def test_a_third_document_still_shares_with_the_first_of_them(self) -> None:
        more = [line(row) for row in range(6)]
        report = report_on(text_of(A, B, C, D), text_of(A, B, C, edited(D, 3)), text_of(*more, A, B))
        assert found(report) == [
            ("DUP002", [("0", 1, 4), ("1", 1, 4)]),
            ("REU001", [("0", 1, 2), ("2", 7, 8)]),
        ]

    def test_copies_that_repeat_one_paragraph_over_and_over_are_near_duplicates(self) -> None:
        report = report_on(text_of(A, A, A, A, B), text_of(A, A, A, A, edited(B, 3)))
        assert "DUP002" in {code for code, _ in found(report)}
        assert "REU001" not in {code for code, _ in found(report)}


class TestLimits:
    def test_a_short_passage_that_returns_makes_no_finding(self) -> None:
        short = line("short", 11)
        assert found(audited(text_of(short, X, short), text_of(Y, Z, short))) == []

    def test_from_the_least_number_of_words_it_does(self) -> None:
        short = line("short", 12)
        assert [code for code, _ in found(audited(text_of(short, X, short)))] == ["REP001"]
        short = line("short", 5)
        assert [code for code, _ in found(audited(text_of(short, X, short), min_words=5))] == ["REP001"]

    def test_short_passages_that_follow_each_other_make_one_when_together_they_are_long_enough(
        self,
    ) -> None:
        short = [line(("short", row), 4) for row in range(3)]
        report = audited(text_of(*short, X, Y, *short))
        assert found(report) == [("REP001", [("0", 1, 3), ("0", 6, 8)])]
        assert found(audited(text_of(*short[:2], X, Y, *short[:2]))) == []

    def test_short_passages_match_only_exactly(self) -> None:
        short = line("short", 11)
        assert found(audited(text_of(short, X, edited(short, 10)))) == []

    @pytest.mark.parametrize("nothing", ["", "…", "-", "***", "½", "🙂🙂🙂", "\u200b"])
    def test_lines_without_a_word_match_nothing(self, nothing: str) -> None:
        assert (
            found(audited(text_of(A, *[nothing] * 30, B, *[nothing] * 30), text_of(*[nothing] * 60, C)))
            == []
        )

    def test_han_and_thai_count_by_their_clusters(self) -> None:
        han = "".join(chr(0x4E00 + 37 * row % 5000) for row in range(24))
        assert [code for code, _ in found(audited(text_of(han, X, han)))] == ["REP001"]
        assert found(audited(text_of(han[:23], X, han[:23]))) == []
        thai = "".join(chr(0xE01 + 7 * row % 40) for row in range(48))
        assert [code for code, _ in found(audited(text_of(thai, X, thai)))] == ["REP001"]
        assert found(audited(text_of(thai[:47], X, thai[:47]))) == []

    @pytest.mark.parametrize(("size", "severity"), [(24, "info"), (25, "error")])
    def test_an_exact_repetition_of_25_words_of_prose_is_an_error(
        self, size: int, severity: str
    ) -> None:
        prose = line("prose", size)
        (finding,) = audited(text_of(prose, X, prose)).findings
        assert (finding.code, finding.severity) == ("REP001", severity)
        heading = prose.removesuffix(".")
        assert audited(text_of(heading, X, heading)).findings[0].severity == "info"

    @pytest.mark.parametrize(("size", "severity"), [(24, "info"), (25, "warning")])
    def test_reuse_of_25_words_is_a_warning(self, size: int, severity: str) -> None:
        (finding,) = audited(
            text_of(line("r", size), X, Y, Z), text_of(A, line("r", size), B, C)
        ).findings
        assert (finding.code, finding.severity) == ("REU001", severity)

    def test_an_edited_repeat_is_a_warning(self) -> None:
        (finding,) = audited(text_of(A, X, edited(A, 7))).findings
        assert (finding.code, finding.severity) == ("REP002", "warning")

    def test_the_threshold_rules_which_passages_match(self) -> None:
        pair = A, edited(A, 5, 6, 7)
        exact = jaccard(*pair)
        text = text_of(pair[0], X, pair[1])
        for below in (0.02, 0.0):
            assert len(audited(text, threshold=exact - below, sensitivity="low").findings) == 1
        assert found(audited(text, threshold=exact + 0.02, sensitivity="low")) == []

    def test_a_span_reports_its_similarity_whatever_that_is(self) -> None:
        pair = A, edited(A, 5, 6, 7)
        report = audited(text_of(pair[0], X, pair[1]), threshold=0.95)
        (finding,) = report.findings
        assert finding.code == "REP002"
        assert finding.jaccard == jaccard(*pair) < 0.95


class TestAnchors:
    def test_strangers_that_resemble_the_same_passage_are_not_said_to_resemble_each_other(self) -> None:
        middle = line("middle", 40)
        first, second = edited(middle, *range(5, 11)), edited(middle, *range(25, 31))
        assert jaccard(first, middle) > 0.6 > jaccard(first, second)
        for order in ((first, second, middle), (middle, first, second), (first, middle, second)):
            report = audited(
                *(text_of(each, line(row), line(-row - 1)) for row, each in enumerate(order)),
                threshold=0.6,
            )
            assert {where.document for finding in report.findings for where in finding.locations} == set(
                "012"
            )
            assert all(
                where.jaccard >= 0.6 for finding in report.findings for where in finding.locations
            )

    def test_not_even_inside_one_document(self) -> None:
        middle = line("middle", 40)
        first, second = edited(middle, *range(5, 11)), edited(middle, *range(25, 31))
        report = audited(
            text_of(first, X, second), text_of(middle, Y, Z), threshold=0.6, sensitivity="low"
        )
        assert {finding.kind for finding in report.findings} == {"reuse"}

    def test_no_chain_of_small_changes_joins_strangers(self) -> None:
        steps = [line("chain", 40)]
        for step in range(19):
            steps.append(edited(steps[-1], 2 * step, 2 * step + 1))
        report = audited(*(text_of(step, line(row), line(-row - 1)) for row, step in enumerate(steps)))
        assert {where.document for finding in report.findings for where in finding.locations} == {
            str(row) for row in range(20)
        }
        for finding in report.findings:
            assert all(where.jaccard >= 0.5 for where in finding.locations)
            rows = [int(where.document) for where in finding.locations]
            assert max(rows) - min(rows) < 15

    @pytest.mark.parametrize("edits", [1, 2])
    def test_in_a_bucket_of_thousands_everyone_stands_with_a_partner(
        self, edits: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dedupe.compute, "SMALL", 0)
        monkeypatch.setattr(dedupe.compute, "SMALL_UNCOMPILED", 0)
        chance = random.Random(edits)
        base = line("template", 40)
        members = []
        for row in range(5000):
            held = base.split(" ")
            for place in chance.sample(range(40), edits):
                held[place] = f"{chance.choice(VOCABULARY)}{row}"
            members.append(" ".join(held))
        documents = [
            Document(str(row), text_of(each, line(row), line(-row - 1)))
            for row, each in enumerate(members)
        ]
        report = audit(documents)
        together = set()
        for finding in report.findings:
            anchor = next(where for where in finding.locations if where.anchor)
            near = [where for where in finding.locations if jaccard(where.text, anchor.text) >= 0.5]
            assert [where.jaccard for where in near] == [
                jaccard(where.text, anchor.text) for where in near
            ]
            together |= {where.document for where in near if where.line == 1}
        assert len(together) == 5000


class TestRecall:
    @pytest.mark.parametrize("threshold", [0.5, 0.7, 0.8])
    def test_of_passages_with_a_partner_99_percent_stand_in_a_finding_with_one(
        self, threshold: float
    ) -> None:
        # Families of edited copies, among paragraphs that nobody else has.
        chance = random.Random(5)
        several = []
        for row in range(240):
            size = 30 + row % 20
            held = line(("family", row % 48), size)
            copy = edited(held, *chance.sample(range(size), chance.randrange(3)))
            several.append(text_of(line((row, 1)), copy, line((row, 2))))
        passage = [text.split("\n")[1] for text in several]
        sets = [shingles(each) for each in passage]
        partners = {
            one: {
                two
                for two in range(one % 48, 240, 48)
                if two != one and len(sets[one] & sets[two]) / len(sets[one] | sets[two]) >= threshold
            }
            for one in range(240)
        }
        assert sum(map(bool, partners.values())) >= 60
        together: dict[int, set[int]] = {row: set() for row in range(240)}
        for finding in audited(*several, threshold=threshold).findings:
            inside = {
                int(where.document) for where in finding.locations if where.line <= 2 <= where.end_line
            }
            for row in inside:
                together[row] |= inside - {row}
        missed = [row for row, near in partners.items() if near and not near & together[row]]
        assert len(missed) <= 0.01 * sum(map(bool, partners.values()))


class TestNothing:
    def test_of_no_documents_there_is_an_empty_report(self) -> None:
        report = audited()
        assert list(report.documents) == list(report.findings) == list(report.ranking) == []
        assert report.summary.duplication_density == report.summary.redundant_fraction == 0.0

    def test_of_documents_that_share_nothing_there_are_no_findings(self) -> None:
        report = audited(text_of(A, B), text_of(C, D), "Hello.")
        assert list(report.findings) == []
        assert all(document.fractions.original == 1.0 for document in report.documents)
        assert list(report.ranking) == []

    @pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "\ufeff"])
    def test_a_document_without_words_has_no_fractions(self, text: str) -> None:
        report = audited(text, A)
        held = report.documents[0].fractions
        assert held.original == held.reuse == held.repetition == held.boilerplate == 0.0
        assert report.documents[0].words == 0


class TestScores:
    def test_overlaps_are_united_not_added_up(self) -> None:
        report = audited(*[text_of(A, B, C)] * 5)
        assert report.summary.duplication_density == 1.0
        assert (
            report.summary.redundant_fraction
            == report.summary.redundant_exact_fraction
            == pytest.approx(0.8)
        )

    def test_of_a_doubled_paragraph_the_second_is_repetition(self) -> None:
        report = audited(text_of(A, B, A, C))
        assert report.documents[0].fractions.repetition == 0.25
        assert report.documents[0].fractions.original == 0.75
        assert report.summary.duplication_density == 0.5
        assert report.summary.redundant_fraction == report.summary.redundant_exact_fraction == 0.25

    def test_edited_copies_are_redundant_but_not_exactly_so(self) -> None:
        report = audited(text_of(A, B, edited(A, 3), C))
        assert report.summary.redundant_fraction == 0.25
        assert report.summary.redundant_exact_fraction == 0.0

    def test_exact_copies_of_a_place_that_is_not_the_anchor_are_exact_copies(self) -> None:
        # The first is kept; the anchor is said three times.
        changed = edited(A, 12)
        rest = [line(("rest", row)) for row in range(12)]
        report = audited(
            text_of(changed, *rest[:3], A, *rest[3:6], A, *rest[6:9], A, *rest[9:], changed)
        )
        (finding,) = report.findings
        assert [where.keep for where in finding.locations] == [True] + [False] * 4
        assert report.summary.redundant_fraction == 4 / 17
        assert report.summary.redundant_exact_fraction == 3 / 17

    def test_what_is_repetition_is_not_reuse_as_well(self) -> None:
        report = audited(text_of(A, B, A, C), text_of(A, X, Y, Z))
        assert report.documents[0].fractions.repetition == 0.25
        assert report.documents[0].fractions.reuse == 0.25
        assert report.documents[1].fractions.reuse == 0.25

    def test_documents_rank_by_how_many_of_their_words_are_not_original(self) -> None:
        report = audited(text_of(B, C), text_of(A, X, A), text_of(A, Y, A, A), text_of(E, F))
        assert list(report.ranking) == [2, 1]


class TestOrder:
    def test_findings_come_by_severity_then_words_then_id(self) -> None:
        short = line("short", 12)
        report = audited(text_of(A, X, A, short, Y, short, B, C, Z, B, C, D, E, edited(D, 3)))
        assert [finding.severity for finding in report.findings] == ["error", "error", "warning", "info"]
        assert [finding.words for finding in report.findings] == [50, 25, 25, 12]

    def test_documents_come_as_they_were_given(self) -> None:
        report = audit([Document(name, A) for name in "cab"])
        assert [document.id for document in report.documents] == list("cab")
        assert [where.document for where in report.findings[0].locations] == list("cab")

    def test_files_come_by_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        for name in ("b.txt", "a/z.txt", "a.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(A, encoding="utf-8")
        ids = [document.id for document in audit(["b.txt", "a.txt", "a"]).documents]
        assert ids == sorted(ids)
        assert set(ids) == {"b.txt", "a/z.txt", "a.txt"}


class TestIds:
    def ids(self, report: Report) -> set[str]:
        return {finding.id for finding in report.findings}

    def test_stay_when_something_else_in_the_document_changes(self) -> None:
        before = audited(text_of(A, X, A, Y), text_of(B, C, D, X), text_of(Z, B, C, E))
        after = audited(
            text_of("New.", A, "", X, "Other.", A, Z), text_of(B, C, H, X), text_of(Z, F, B, C)
        )
        assert len(before.findings) == 3
        assert self.ids(before) <= self.ids(after)

    def test_stay_when_documents_are_added_that_share_nothing(self) -> None:
        several = text_of(A, X, A), text_of(B, C, line(1)), text_of(B, line(2), line(3))
        assert self.ids(audited(*several)) == self.ids(audited(*several, text_of(line(4), line(5))))

    def test_change_with_the_words_and_with_the_document(self) -> None:
        one = audit([Document("one", text_of(A, X, A))])
        assert self.ids(one) != self.ids(audit([Document("two", text_of(A, X, A))]))
        assert self.ids(one) != self.ids(audit([Document("one", text_of(B, X, B))]))

    def test_differ_also_where_the_same_is_found_twice(self) -> None:
        report = audited(text_of(*[A, B, X, Y, Z, A, B, C, D, E, B, A] * 2))
        assert len(self.ids(report)) == len(report.findings)


Span = tuple[int, int, int]
"""Document, first character, and the one behind the last."""


def spans_of(finding: Finding) -> list[Span]:
    return [(int(where.document), where.start, where.end) for where in finding.locations]


def is_in(spot: Span, spans: list[Span]) -> bool:
    return any(row == spot[0] and start <= spot[1] and spot[2] <= end for row, start, end in spans)


def overlap(one: Span, two: Span) -> bool:
    return one[0] == two[0] and one[1] < two[2] and two[1] < one[2]


@given(corpora(), st.sampled_from([0.3, 0.5, 0.55, 0.7, 0.9]))
@settings(max_examples=120)
def test_every_report_holds_together(several: list[str], threshold: float) -> None:
    audited(*several, threshold=threshold)


@given(corpora())
@settings(max_examples=100)
def test_locations_of_a_finding_do_not_overlap(several: list[str]) -> None:
    for finding in report_on(*several).findings:
        assert not any(overlap(one, two) for one, two in pairwise(spans_of(finding)))


@given(corpora(), st.sampled_from([0.3, 0.5, 0.7]))
@settings(max_examples=100)
@example(
    [
        text_of(*[SHORT, edited(SHORT, 8), edited(A, 3, 8)] * 2),
        text_of(edited(A, 11), edited(SHORT, 0, 11), edited(A, 8, 10), edited(SHORT, 3, 6)),
    ],
    0.5,
)
def test_reuse_is_between_documents_each_with_its_kept_copy(
    several: list[str], threshold: float
) -> None:
    for finding in report_on(*several, threshold=threshold).findings:
        if finding.kind == "reuse":
            assert len({where.document for where in finding.locations}) > 1
            said = [(where.document, tuple(says(where))) for where in finding.locations]
            assert len(set(said)) == len(said), "the second of equal places is a repetition"


@given(corpora())
@settings(max_examples=100)
def test_no_reuse_is_listed_between_near_duplicates(several: list[str]) -> None:
    assert reuse_between_near_duplicates(report_on(*several)) == []


@given(corpora())
@settings(max_examples=100)
def test_what_is_exactly_redundant_is_what_goes_when_one_of_equal_places_is_kept(
    several: list[str],
) -> None:
    report = report_on(*several)
    assert report.summary.redundant_exact_fraction == redundant_exact_fraction(report, several)


@given(corpora(), st.sampled_from([0.5, 0.6]))
@settings(max_examples=100)
def test_single_passages_stand_in_a_finding_only_with_an_anchor_they_are_similar_to(
    several: list[str], threshold: float
) -> None:
    for finding in report_on(*several, threshold=threshold, sensitivity="low").findings:
        anchor = next(where for where in finding.locations if where.anchor)
        for where in finding.locations:
            if (
                finding.kind != "near-duplicate"
                and where.jaccard is not None
                and anchor.line == anchor.end_line
                and where.line == where.end_line
            ):
                assert where.jaccard >= threshold


@given(corpora())
@settings(max_examples=120)
def test_whatever_stands_twice_word_for_word_stands_in_a_finding(several: list[str]) -> None:
    report = report_on(*several)
    inside, across = (
        [
            span
            for finding in report.findings
            if (finding.kind == "repetition") == own
            for span in spans_of(finding)
        ]
        for own in (True, False)
    )
    repetitions = [spans_of(finding) for finding in report.findings if finding.kind == "repetition"]
    spots_by_words: dict[tuple[str, ...], list[Span]] = {}
    for row, text in enumerate(several):
        for passage in passages(text):
            if len(passage.words) >= 12:
                spot = (row, passage.start, passage.end)
                spots_by_words.setdefault(tuple(word.normal for word in passage.words), []).append(spot)
    for spots in spots_by_words.values():
        counts = Counter(row for row, _, _ in spots)
        for spot in spots:
            assert counts[spot[0]] == 1 or is_in(spot, inside), "repeated in its document"
        # Of what a document repeats, similar or the same, the kept copy speaks.
        for row in counts if len(counts) > 1 else ():
            own = {spot for spot in spots if spot[0] == row}
            held = 0
            while held < len(own):
                held = len(own)
                for spans in repetitions:
                    if any(overlap(*pair) for pair in product(spans, own)):
                        own.update(spans)
            assert any(overlap(spot, span) for spot in own for span in across), "stands in another"


@given(st.lists(texts, max_size=3), articles(), st.integers(1, 12))
@settings(max_examples=40)
@example(["\n".join(["ก" * 60] * 3), "字" * 30], "", 1)
@example(["a\r\nb c d\r\n"] * 2, "\r", 1)
def test_any_documents_there_are_make_a_report_that_holds_together(
    several: list[str], article: str, least: int
) -> None:
    # Each text stands more than once, here and there.
    documents = [*several, article, f"{article}\n\n{article}", *several[:1], "\n".join(several)]
    report = audited(*documents, min_words=least)
    assert all(
        len({where.document for where in finding.locations}) > 1
        for finding in report.findings
        if finding.kind != "repetition"
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Sixty articles that share, repeat and copy."""
    folder = tmp_path_factory.mktemp("articles")
    chance = random.Random(7)
    pool = [line(("pool", row), 12 + row) for row in range(40)]
    written: list[list[str]] = []
    for row in range(60):
        parts = [
            edited(part, chance.randrange(10)) if chance.random() < 0.3 else part
            for part in chance.choices(pool, k=6)
        ] + [line((row, part)) for part in range(4)]
        chance.shuffle(parts)
        if row % 10 == 9:
            parts = [*written[-1][:7], *written[-1][8:]]
        if row % 10 == 8:
            parts = list(written[-3])
        written.append(parts)
        (folder / f"{row:02}.txt").write_text(text_of(*parts) + "\n", encoding="utf-8")
    return [str(path) for path in sorted(folder.iterdir())]


@pytest.fixture(scope="module")
def expected(files: list[str]) -> str:
    """The report on them."""
    report = audit(files, Settings(jobs=1))
    assert all(report.summary.findings[kind] for kind in ("repetition", "reuse", "near-duplicate"))
    return report.to_json()


def test_the_report_on_files_holds_together(files: list[str]) -> None:
    several = [Path(path).read_text(encoding="utf-8") for path in files]
    report = audit(files)
    check(report, several)
    assert reuse_between_near_duplicates(report) == []


class TestSameBytes:
    """The same input gives the same report to the byte."""

    @pytest.mark.parametrize("jobs", [1, 2, 5])
    @pytest.mark.parametrize("compiled", [False, True], ids=["plain", "compiled"])
    def test_whatever_computes_it_on_however_many_threads(
        self, files: list[str], expected: str, compiled: bool, jobs: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        limit = 0 if compiled else 1 << 40
        monkeypatch.setattr(dedupe.compute, "SMALL", limit)
        monkeypatch.setattr(dedupe.compute, "SMALL_UNCOMPILED", limit)
        assert audit(files, Settings(jobs=jobs)).to_json() == expected

    def test_in_whatever_order_the_files_are_named(self, files: list[str], expected: str) -> None:
        shuffled = list(files)
        random.Random(3).shuffle(shuffled)
        assert audit(shuffled).to_json() == expected
        assert audit(files[::-1]).to_json() == expected

    def test_in_another_process(self, files: list[str], expected: str) -> None:
        program = (
            "import sys, dedupe; sys.stdout.buffer.write(dedupe.audit(sys.argv[1:]).to_json().encode())"
        )
        done = subprocess.run([sys.executable, "-c", program, *files], capture_output=True, check=True)
        assert done.stdout.decode() == expected

    def test_without_excerpts_nothing_else_is_missing(self, files: list[str], expected: str) -> None:
        without, held = json.loads(audit(files).to_json(text=False)), json.loads(expected)
        for finding in held["findings"]:
            for where in finding["locations"]:
                where["text"] = None
        for report in (without, held):
            for finding in report["findings"]:
                # What quotes an article is left out with the excerpts.
                finding["evidence"] = [
                    each
                    for each in finding["evidence"]
                    if each["signal"] not in ("differences", "origin")
                ]
        assert without == held


class TestPython:
    def test_audit_and_signatures_can_be_called_in_either_order(self) -> None:
        program = (
            "import dedupe\n"
            "report = dedupe.audit([dedupe.Document('a', 'One. ' * 40)])\n"
            "assert dedupe.signatures(['a b c']).shape == (1, 128)\n"
            "assert dedupe.audit([]).summary.documents == 0\n"
            "import dedupe.audit\n"
            "assert dedupe.audit([]).summary.documents == 0\n"
            "assert dedupe.signatures([]).shape == (0, 128)\n"
        )
        for start in ("", "import dedupe.sketch.corpus\n", "from dedupe import signatures, audit\n"):
            done = subprocess.run(
                [sys.executable, "-c", start + program], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr

    def test_the_report_says_which_settings_decided_it(self) -> None:
        held = audited(A, threshold=0.7, min_words=5, shingle=2, permutations=64, seed=3).settings
        assert (held.threshold, held.min_words, held.shingle, held.permutations, held.seed) == (
            0.7,
            5,
            2,
            64,
            3,
        )
        # As long rows as 64 permutations allow, and as few bands of them as miss at most 1%.
        assert (held.document_threshold, held.bands, held.rows) == (0.8, 11, 3)
        assert audited(A, bands=3, rows=7).settings.bands == 3

    def test_documents_keep_their_title_and_source(self) -> None:
        report = audit(
            [Document("a", A, title="Title", source="Wire"), Document("b", B, url="https://x.example/1")]
        )
        assert [(each.title, each.source) for each in report.documents] == [
            ("Title", "Wire"),
            (None, "x.example"),
        ]

    def test_documents_may_come_from_any_iterable(self) -> None:
        assert audit(Document(str(row), A) for row in range(3)).summary.documents == 3

    def test_findings_and_documents_are_sequences(self) -> None:
        report = audited(text_of(A, X, A, Y, B, Z, B), text_of(C, D))
        assert report.findings[-1] == list(report.findings)[-1]
        assert report.findings[:1] == [report.findings[0]]
        assert len(report.documents) == 2
        with pytest.raises(IndexError):
            report.findings[len(report.findings)]
