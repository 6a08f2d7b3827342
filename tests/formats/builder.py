"""Reports made by hand: what an audit of the seeds finds, and reports of any size."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, overload

from dedupe.report import (
    Allowed,
    Cause,
    Condition,
    DocumentScore,
    Evidence,
    Finding,
    Fractions,
    Gate,
    GroupShare,
    Kind,
    Location,
    Report,
    ReportSettings,
    Severity,
    Skipped,
    Summary,
)

SEEDS = Path(__file__).parents[2] / "seeds"
SETTINGS = ReportSettings(
    threshold=0.5,
    document_threshold=0.8,
    sensitivity="normal",
    min_words=12,
    shingle=3,
    permutations=128,
    bands=25,
    rows=5,
    seed=1,
)
T = TypeVar("T")


def seed(number: int) -> tuple[str, str]:
    """The id and the text of a seed."""
    path = sorted(SEEDS.glob("*.txt"))[number]
    return f"seeds/{path.name}", path.read_text(encoding="utf-8")


def place(
    document: str,
    text: str,
    line: int,
    end_line: int,
    *,
    anchor: bool = False,
    jaccard: float | None = 1.0,
    containment: float | None = 1.0,
) -> Location:
    """The lines of a text as a location."""
    lines = text.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1])
    stretch = "\n".join(lines[line - 1 : end_line])
    return Location(
        document,
        start,
        start + len(stretch),
        line,
        end_line,
        anchor,
        anchor,
        jaccard,
        containment,
        stretch,
    )


def finding(
    code: str,
    kind: Kind,
    severity: Severity,
    locations: Sequence[Location],
    *,
    jaccard: float | None = 1.0,
    containment: float | None = 1.0,
    cohesion: float | None = 1.0,
    evidence: tuple[Evidence, ...] = (),
    template: str | None = None,
) -> Finding:
    """A finding over these locations; its id follows from them."""
    # Of what places had at first: a further field leaves ids, and snapshots, as they are.
    held = re.sub(r", containment_(in|of)_anchor=None", "", repr(locations))
    return Finding(
        id=f"{abs(hash_of(code + held)):032x}",
        code=code,
        kind=kind,
        severity=severity,
        known=False,
        words=max(len(re.findall(r"\w+", each.text or "")) for each in locations),
        occurrences=len(locations),
        jaccard=jaccard,
        containment=containment,
        cohesion=cohesion,
        template=template,
        evidence=evidence,
        locations=tuple(locations),
    )


def hash_of(text: str) -> int:
    """A number that is the same in every process."""
    result = 0
    for character in text:
        result = (result * 1_000_003 + ord(character)) % (1 << 128)
    return result


def score(
    name: str,
    text: str,
    fractions: Fractions,
    findings: Sequence[Finding] = (),
    title: str | None = None,
) -> DocumentScore:
    """A document's score."""
    mine = tuple(f.id for f in findings if any(each.document == name for each in f.locations))
    words = len(re.findall(r"\w+", text))
    passages = sum(1 for line in text.split("\n") if line.strip())
    return DocumentScore(name, None, title, words, len(text), passages, fractions, mine)


def report(
    documents: Sequence[DocumentScore],
    findings: Sequence[Finding],
    *,
    fractions: Fractions = Fractions(original=1.0),  # noqa: B008
    density: float = 0.0,
    redundant: float = 0.0,
    exact: float = 0.0,
    skipped: tuple[Skipped, ...] = (),
    notes: tuple[str, ...] = (),
    counts: dict[Kind, int] | None = None,
) -> Report:
    """A report over these; findings are put in the report's order when they are a list."""
    if isinstance(findings, list):
        order = {"error": 0, "warning": 1, "info": 2}
        findings = sorted(findings, key=lambda f: (order[f.severity], -f.words, f.id))
        titles = {document.id: document.title for document in documents}
        findings = [
            replace(f, locations=tuple(replace(p, title=titles.get(p.document)) for p in f.locations))
            for f in findings
        ]
    if counts is None:
        kinds: tuple[Kind, ...] = ("repetition", "reuse", "near-duplicate", "boilerplate")
        counts = {kind: sum(1 for f in findings if f.kind == kind) for kind in kinds}
    guilty = [i for i, d in enumerate(documents) if d.words and d.fractions.original < 1]
    return Report(
        version="0.1.0",
        settings=SETTINGS,
        summary=Summary(
            documents=len(documents),
            passages=sum(d.passages for d in documents),
            words=sum(d.words for d in documents),
            characters=sum(d.characters for d in documents),
            fractions=fractions,
            duplication_density=density,
            redundant_fraction=redundant,
            redundant_exact_fraction=exact,
            findings=counts,
        ),
        documents=documents,
        findings=findings,
        skipped=skipped,
        notes=notes,
        ranking=sorted(guilty, key=lambda i: (documents[i].fractions.original, i)),
    )


def seeds_report() -> Report:
    """What an audit finds in the seeds, with a few things more so that every part has something."""
    texts = [seed(number) for number in range(5)]
    (zero, text0), (one, text1), (two, text2), (three, text3), (four, text4) = texts
    found = [
        finding(
            "REP001",
            "repetition",
            "error",
            [place(two, text2, 7, 15, anchor=True), place(two, text2, 16, 24)],
            evidence=(Evidence("block", "9 passages in the same order, 9 of them alike to the letter"),),
        ),
        finding(
            "REP001",
            "repetition",
            "info",
            [place(one, text1, 28, 28, anchor=True), place(one, text1, 48, 48)],
        ),
        finding(
            "BPL003",
            "boilerplate",
            "info",
            [place(one, text1, 18, 65, anchor=True, jaccard=None, containment=None)],
            jaccard=None,
            containment=None,
            cohesion=None,
            evidence=(Evidence("link list", "24 titles without a full stop under 4 headings"),),
        ),
    ]
    documents = [
        score(zero, text0, Fractions(0.93, 0, 0, 0.07), found),
        score(one, text1, Fractions(0.52, 0, 0, 0.48), found),
        score(
            two,
            text2,
            Fractions(0.56, 0, 0.438, 0.002),
            found,
            "Putin Serukan Peta Jalan Perdamaian China untuk Ukraina",
        ),
        score(three, text3, Fractions(original=1.0)),
        score(four, text4, Fractions(0.9, 0, 0, 0.1), found),
    ]
    return report(
        documents,
        found,
        fractions=Fractions(0.7655, 0.0, 0.0823, 0.1522),
        density=0.1646,
        redundant=0.0823,
        exact=0.0823,
    )


def rich_report() -> Report:
    """Every part of a report at once: edits, a group, a copy, titles, skipped files, notes."""
    zero, text0 = seed(0)
    two, text2 = seed(2)
    four, text4 = seed(4)
    edited = text4.replace("telah mendesak", "kembali mendesak").replace(
        "Washington dan Moskow", "kedua ibu kota"
    )
    wire = "wire/2025-04-12.jsonl#17"
    found = [
        finding(
            "REP001",
            "repetition",
            "error",
            [place(two, text2, 7, 15, anchor=True), place(two, text2, 16, 24)],
        ),
        finding(
            "REP002",
            "repetition",
            "warning",
            [
                place(two, text2, 8, 8, anchor=True),
                place(
                    two,
                    text2.replace("Sebelumnya pada hari itu", "Pada hari yang sama"),
                    17,
                    17,
                    jaccard=0.6842,
                ),
            ],
            jaccard=0.6842,
            containment=0.8125,
            cohesion=0.6842,
        ),
        finding(
            "REU001",
            "reuse",
            "warning",
            [
                place(zero, text0, 9, 9, anchor=True),
                place(four, text0.replace("kementerian pertahanan", "menteri"), 9, 9, jaccard=0.8571),
                place(
                    wire,
                    text0.replace("menghancurkan rudal", "merusak sejumlah rudal"),
                    9,
                    9,
                    jaccard=0.7777,
                ),
            ],
            jaccard=0.8571,
            containment=0.9231,
            cohesion=0.7059,
            evidence=(Evidence("passage", "18 of 21 shingles in common"),),
        ),
        finding(
            "DUP002",
            "near-duplicate",
            "warning",
            [
                place(four, text4, 1, 9, anchor=True),
                place(wire, edited, 1, 9, jaccard=0.9634, containment=0.9812),
            ],
            jaccard=0.9634,
            containment=0.9812,
            cohesion=0.9634,
        ),
        finding(
            "DUP001",
            "near-duplicate",
            "error",
            [place(zero, text0, 1, 14, anchor=True), place("mirror/000.txt", text0, 1, 14)],
        ),
    ]
    documents = [
        score("mirror/000.txt", text0, Fractions(0.0, 0.93, 0.0, 0.07), found),
        score(zero, text0, Fractions(0.0, 0.93, 0.0, 0.07), found),
        score(
            two,
            text2,
            Fractions(0.56, 0, 0.438, 0.002),
            found,
            "Putin Serukan Peta Jalan Perdamaian China",
        ),
        score(
            four,
            text4,
            Fractions(0.1, 0.8, 0.0, 0.1),
            found,
            "普京会见美国特使讨论乌克兰和平方案 [bold]",
        ),
        score(wire, edited, Fractions(0.05, 0.85, 0.0, 0.1), found),
        score("wire/2025-04-12.jsonl#18", "satu dua tiga", Fractions(original=1.0), found),
    ]
    return report(
        documents,
        found,
        fractions=Fractions(0.2711, 0.5511, 0.1149, 0.0629),
        density=0.9004,
        redundant=0.4012,
        exact=0.3001,
        skipped=(
            Skipped("seeds/scan.pdf", "the suffix .pdf is none that is read"),
            Skipped("seeds/broken.jsonl", "line 3 is no JSON: Expecting ',' delimiter"),
        ),
        notes=("2 ids were used twice; the later ones are called PATH#ROW",),
    )


@dataclass(frozen=True)
class Lazy(Sequence[T]):
    """A sequence that makes its items when asked, and counts how many it made."""

    length: int
    make: Callable[[int], T]
    made: list[int]

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self.length))]
        if not 0 <= index < self.length:
            raise IndexError(index)
        self.made.append(index)
        return self.make(index)


def many(total: int) -> tuple[Report, list[int]]:
    """A report of many findings that are made when asked; the list tells which were."""
    made: list[int] = []
    name, text = seed(0)
    other = text.replace("Dmitry Peskov", "Maria Zakharova")

    def make(index: int) -> Finding:
        severity: Severity = "error" if index < 3 else "warning" if index < total // 2 else "info"
        return finding(
            "REU001",
            "reuse",
            severity,
            [
                place(name, text, 1, 1, anchor=True),
                place(f"other/{index}.txt", other, 1, 1, jaccard=0.5),
            ],
            jaccard=0.5,
            containment=0.6667,
            cohesion=0.5,
        )

    documents = [score(name, text, Fractions(0.5, 0.5, 0, 0))]
    built = report(documents, Lazy(total, make, made), counts={"reuse": total}, density=0.5)
    made.clear()
    return built, made


def boilerplate_report() -> Report:
    """A source whose articles carry the same line, fill a template and echo their titles."""
    text = "SCROLL TO CONTINUE\nRead more: Another story\nA title\nA title again"
    names = [f"articles/2026/a-rather-long-name-of-an-article-{row}.txt" for row in range(3)]

    def places(line: int, *, anchor: bool = True, jaccard: float | None = 1.0) -> list[Location]:
        return [
            place(name, text, line, line, anchor=anchor and row == 0, jaccard=jaccard)
            for row, name in enumerate(names)
        ]

    carried = finding(
        "BPL001",
        "boilerplate",
        "info",
        places(1),
        evidence=(Evidence("repeated", "985 of 999 articles of paper carry it", 27.9),),
    )
    template = finding(
        "BPL002",
        "boilerplate",
        "info",
        places(2, jaccard=None),
        jaccard=None,
        containment=None,
        cohesion=None,
        template="Read more: ‹…›",
        evidence=(
            Evidence("template", "3 of 999 articles of paper carry it, filled in 3 ways", 2.6),
            Evidence("filling", "Another story", None, quotes=True),
            Evidence("neighbours", "what stands around it", -1.25),
        ),
    )
    echo = finding(
        "REP003",
        "repetition",
        "info",
        [*places(3, jaccard=None), *places(4, anchor=False, jaccard=None)],
        jaccard=None,
        containment=None,
        cohesion=None,
        evidence=(Evidence("layout", "3 of 3 articles of paper say a line twice"),),
    )
    findings = [carried, template, echo]
    documents = [
        score(name, text, Fractions(0.25, 0.0, 0.25, 0.5), findings, f"Title {row}")
        for row, name in enumerate(names)
    ]
    made = report(documents, findings, fractions=Fractions(0.25, 0.0, 0.25, 0.5))
    order = [each.code for each in made.findings]
    causes = tuple(
        Cause(
            order.index(each.code),
            each.code,
            each.occurrences,
            each.template,
            each.evidence,
            each.locations[0].text or "",
            tuple((where.document, where.line) for where in each.locations[:2]),
        )
        for each in (carried, template, echo)
    )
    return replace(made, causes=causes)


HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/pixel.png) [click](javascript:alert(1)) <https://evil.example>",
    "@everyone please see #1 and https://evil.example/ or www.evil.example",
    "```\n````\n# not a heading\n| a | b |\n~~~",
    "`tick` ``two`` ends with one`",
    "::error file=x::not ours\n::stop-commands::x\n##[error]no",
    '=HYPERLINK("https://evil.example";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "'quoted",
    '"quotes", commas; and\r\nline ends\rof all kinds\x85\u2028\u2029',
    "\x1b]0;title\x07\x1b[2J\x9b31m\x00\x7f",
    "\u202eright to left\u202c \u2066isolated\u2069 \u200bhidden\u200d \ufeff",
    "\\ back \\n slashes %0A %25 {0} [a] \\[b\\]",
    "-- a/x\n+++ b/x\n@@ -1 +1 @@",
    "\u0661\u0662 مرحبا שלום 日本語 ไทย 😀 \U000e0041 \ue000 \ufffe",
    "x" * 5_000,
)
"""Texts that something in the way of a report might act on."""


def hostile_report() -> Report:
    """A report in which every foreign string is one of ``HOSTILE``."""
    found = []
    documents = []
    for row, text in enumerate(HOSTILE):
        names = [f"{text}.txt", f"{text}.jsonl#{row}", f"row {row} {text}"]
        places = [
            replace(
                place(
                    name, f"{text}\nand {number}", 1, 1, anchor=number == 0, jaccard=0.5 + 0.1 * number
                ),
                start=3,
                end=9,
                line=1 + number,
                end_line=2 + number,
                text=f"{text}\nand {number}",
            )
            for number, name in enumerate(names)
        ]
        found.append(
            replace(
                finding(
                    ("REP001", "REU001", "BPL002")[row % 3],
                    ("repetition", "reuse", "boilerplate")[row % 3],  # type: ignore[arg-type]
                    ("error", "warning", "info")[row % 3],  # type: ignore[arg-type]
                    places,
                    jaccard=1 / (row + 1),
                    containment=0.75,
                    cohesion=None,
                    template=f"{text}: ‹…›",
                    evidence=(
                        Evidence("template", f"1 of 2 articles of {text} carry it", -1.25),
                        Evidence("filling", text, None, quotes=True),
                    ),
                ),
                known=row % 5 == 4,
                allowed=f"because {text}" if row % 7 == 6 else None,
            )
        )
        documents += [
            replace(score(name, text, Fractions(0.1, 0.2, 0.3, 0.4), found[-1:], text), source=text)
            for name in names
        ]
    built = report(
        documents,
        found,
        fractions=Fractions(0.1, 0.2, 0.3, 0.4),
        density=0.123,
        redundant=0.1,
        exact=0.05,
        skipped=tuple(Skipped(f"{text}.pdf", text) for text in HOSTILE),
        notes=HOSTILE,
    )
    conditions = (
        Condition("error", True, "5 new findings", (0, 1)),
        Condition("repetition>0.05", False, "x"),
    )
    return replace(
        built,
        gate=Gate(conditions),
        allowed=(Allowed(HOSTILE[0], HOSTILE[1], 2),),
        stale=(HOSTILE[2],),
        groups=tuple(
            GroupShare(left, right, 2, 3, 4, 50 - row)
            for row, (left, right) in enumerate(zip(HOSTILE, (HOSTILE[0], *HOSTILE[2:]), strict=False))
        ),
        settings=replace(
            SETTINGS,
            markdown="all",
            exclude=HOSTILE[:2],
            scopes=((HOSTILE[0], HOSTILE[1:3]),),
            against=HOSTILE[3:4],
            group_column=HOSTILE[4],
        ),
    )
