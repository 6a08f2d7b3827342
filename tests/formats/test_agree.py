"""Every format of one report carries the same findings, ids and numbers: each is read back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

import dedupe
from dedupe.formats.interface import FORMATS, View, by_name
from dedupe.formats.shared.where import Files
from dedupe.report import KINDS, Finding, Report

from . import builder
from .html import reading

VIEW = View(width=120, command="dedupe audit seeds")


@dataclass(frozen=True)
class Told:
    """What a format says of a finding; None where it does not."""

    id: str
    code: str
    severity: str
    words: int
    occurrences: int
    jaccard: float | None
    containment: float | None
    cohesion: float | None
    places: tuple[Any, ...]


def exactly(report: Report) -> list[Told]:
    """All there is to say, with every place whole."""
    return [
        told(
            each,
            (
                (
                    p.document,
                    p.start,
                    p.end,
                    p.line,
                    p.end_line,
                    p.anchor,
                    p.keep,
                    p.jaccard,
                    p.containment,
                )
                for p in each.locations
            ),
        )
        for each in report.findings
    ]


def in_words(report: Report) -> list[Told]:
    """What is said to people: places as document:line-line."""
    return [
        told(
            each,
            (
                f"{p.document}:{p.line}" + (f"-{p.end_line}" if p.end_line != p.line else "")
                for p in each.locations
            ),
        )
        for each in report.findings
    ]


def told(finding: Finding, places: Any) -> Told:
    f = finding
    return Told(
        f.id,
        f.code,
        f.severity,
        f.words,
        f.occurrences,
        f.jaccard,
        f.containment,
        f.cohesion,
        tuple(places),
    )


def written(report: Report, name: str) -> str:
    stream = io.StringIO(newline="")
    by_name(name).write(report, stream, VIEW)
    return stream.getvalue()


def sort_places(found: list[Told]) -> list[Told]:
    return [replace(each, places=tuple(sorted(each.places))) for each in found]


# One reader a format, that knows nothing of how it is written.

PLACE = ("document", "start", "end", "line", "end_line", "anchor", "keep", "jaccard", "containment")
NUMBERS = ("words", "occurrences", "jaccard", "containment", "cohesion")


def read_json(report: Report, _: Path) -> list[Told]:
    parsed = json.loads(written(report, "json"))
    assert parsed["summary"]["documents"] == report.summary.documents
    return [
        Told(
            *(each[name] for name in ("id", "code", "severity", *NUMBERS)),
            tuple(tuple(place[name] for name in PLACE) for place in each["locations"]),
        )
        for each in parsed["findings"]
    ]


def read_parquet(report: Report, folder: Path) -> list[Told]:
    write = by_name("parquet").write_folder
    assert write is not None
    write(report, folder, VIEW)
    findings, locations, documents = (
        pq.read_table(folder / f"{name}.parquet") for name in ("findings", "locations", "documents")
    )
    assert documents["id"].to_pylist() == [each.id for each in report.documents]
    assert documents["words"].to_pylist() == [each.words for each in report.documents]
    places: dict[str, list[tuple[Any, ...]]] = {}
    for row in locations.to_pylist():
        places.setdefault(row["finding"], []).append(tuple(row[name] for name in PLACE))
    return [
        Told(*(row[name] for name in ("id", "code", "severity", *NUMBERS)), tuple(places[row["id"]]))
        for row in findings.to_pylist()
    ]


def read_csv(report: Report, _: Path) -> list[Told]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(written(report, "csv"), newline="")):
        found.setdefault(row["finding"], []).append(row)

    def number(text: str) -> float | None:
        return float(text) if text else None

    return [
        Told(
            name,
            rows[0]["code"],
            rows[0]["severity"],
            int(rows[0]["words"]),
            int(rows[0]["occurrences"]),
            number(rows[0]["finding_jaccard"]),
            number(rows[0]["finding_containment"]),
            number(rows[0]["cohesion"]),
            tuple(
                (
                    row["document"],
                    *(int(row[name]) for name in ("start", "end", "line", "end_line")),
                    *(row[name] == "true" for name in ("anchor", "keep")),
                    *(number(row[name]) for name in ("jaccard", "containment")),
                )
                for row in rows
            ),
        )
        for name, rows in found.items()
    ]


def read_sarif(report: Report, _: Path) -> list[Told]:
    (run,) = json.loads(written(report, "sarif"))["runs"]
    assert run["properties"]["summary"]["words"] == report.summary.words
    found = []
    for each in run["results"]:
        (name,) = each["partialFingerprints"].values()
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        held = [*each["locations"], *each.get("relatedLocations", [])]
        places = [place["properties"] | {"end_line": place["properties"]["endLine"]} for place in held]
        severity = {"error": "error", "warning": "warning", "note": "info"}[each["level"]]
        found.append(
            Told(
                name,
                each["ruleId"],
                severity,
                *(each["properties"][name] for name in NUMBERS),
                tuple(tuple(place[name] for name in PLACE) for place in places),
            )
        )
    return found


def facts(text: str) -> tuple[int, int, float | None, float | None, float | None]:
    """What a sentence says: a similarity that is not said is the Jaccard, where that is said."""

    def one(pattern: str) -> Any:
        match = re.search(pattern, text)
        return match and match[1].replace(",", "")

    jaccard = one(r"Jaccard ([0-9.]+)")
    containment, cohesion = one(r"containment ([0-9.]+)"), one(r"cohesion ([0-9.]+)")
    return (
        int(one(r"([0-9,]+) words?\b")),
        int(one(r"([0-9,]+) places?\b")),
        jaccard and float(jaccard),
        float(containment) if containment else jaccard and float(jaccard),
        float(cohesion) if cohesion else jaccard and float(jaccard),
    )


def read_gitlab(report: Report, _: Path) -> list[Told]:
    severities = {"major": "error", "minor": "warning", "info": "info"}
    found = []
    for each in json.loads(written(report, "gitlab")):
        places = [each["location"], *each["other_locations"]]
        found.append(
            Told(
                each["fingerprint"],
                each["check_name"],
                severities[each["severity"]],
                *facts(each["description"]),
                tuple(place["path"] for place in places),
            )
        )
    return found


def read_github(report: Report, _: Path) -> list[Told]:
    found = []
    for line in written(report, "github").splitlines():
        match = re.fullmatch(
            r"::(error|warning|notice) .*title=([A-Z0-9]+) [^:]*::(.*) \(([0-9a-f]{32}); .*\)", line
        )
        if match:
            severity, code, said, name = match.groups()
            places = re.split(r", in |; also |, (?=\S+:[0-9])", said.split(", in ", 1)[1])
            found.append(
                Told(name, code, {"notice": "info"}.get(severity, severity), *facts(said), tuple(places))
            )
    return found


def read_markdown(report: Report, _: Path) -> list[Told]:
    found = []
    for section in written(report, "markdown").split("\n### ")[1:]:
        head, said = section.split("\n")[0], section.split("\n")[2]
        places = re.findall(r"^[0-9]+\. `([^`]*)`", section, re.MULTILINE)
        found.append(
            Told(
                said.rpartition("`")[0].rpartition("`")[2],
                head.split()[1],
                head.split()[0],
                *facts(said),
                tuple(places),
            )
        )
    return found


def read_html(report: Report, _: Path) -> list[Told]:
    page = reading.read(report, VIEW)
    names = [each["id"] for each in page.data["index"]["documents"]]
    found = []
    for each in page.findings:
        places = [
            f"{names[row]}:{line}" + (f"-{end_line}" if end_line != line else "")
            for row, line, end_line, *_ in each["places"]
        ]
        said = f"{each['words']} words, {each['occurrences']} places, {', '.join(each['like'])}"
        severity = ("error", "warning", "info")[each["severity"]]
        found.append(Told(each["id"], each["code"], severity, *facts(said), tuple(places)))
    return found


def read_terminal(report: Report, _: Path) -> list[Told]:
    return in_text(written(report, "terminal"))


def in_text(text: str) -> list[Told]:
    found = []
    text = text.split("Findings, worst first")[1]
    for section in re.split(r"\n(?=(?:error|warning|info) [A-Z]{3}[0-9]{3})", text)[1:]:
        head, rest = section.split("\n", 1)
        said, name = re.split(r" [·-]\s+(?=[0-9a-f]{32})", rest, maxsplit=1)
        places = re.findall(r"^ +[0-9]+  (\S+:[0-9-]+)(?: |$)", section, re.MULTILINE)
        found.append(
            Told(
                name[:32],
                head.split()[1].rstrip(":"),
                head.split()[0],
                *facts(said),
                tuple(places),
            )
        )
    return found


def read_svg(report: Report, _: Path) -> list[Told]:
    """The runs of each line of the picture, each at its column."""
    lines: dict[float, str] = {}
    runs = r'<text class="dedupe-r[0-9]+" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>'
    for x, y, content in re.findall(runs, written(report, "svg")):
        before = lines.get(float(y), "")
        blank = " " * (round(float(x) / 12.2) - cell_len(before))
        lines[float(y)] = before + blank + html.unescape(content).replace("\xa0", " ").rstrip("\n")
    return in_text("\n".join(lines[y] for y in sorted(lines)))


Reader = Callable[[Report, Path], list[Told]]
EXACT: dict[str, Reader] = {
    "json": read_json,
    "parquet": read_parquet,
    "csv": read_csv,
    "sarif": read_sarif,
}
IN_WORDS: dict[str, Reader] = {
    "terminal": read_terminal,
    "svg": read_svg,
    "markdown": read_markdown,
    "gitlab": read_gitlab,
    "github": read_github,
    "html": read_html,
}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report that an audit made, its findings made when asked for: files, and rows of a table."""
    folder = tmp_path_factory.mktemp("corpus")
    rows = [
        {"id": f"row-{n}", "text": builder.seed(n)[1].replace("Putin", "Wladimir")} for n in range(4)
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for number in range(5):
        name, text = builder.seed(number)
        (folder / Path(name).name).write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return dedupe.audit(["."])


@pytest.fixture(params=["audited", "seeds", "rich", "boilerplate"])
def report(request: pytest.FixtureRequest, audited: Report) -> Report:
    made: dict[str, Callable[[], Report]] = {
        "audited": lambda: audited,
        "seeds": builder.seeds_report,
        "rich": builder.rich_report,
        "boilerplate": builder.boilerplate_report,
    }
    return made[request.param]()


def test_no_format_is_left_out() -> None:
    assert {*EXACT, *IN_WORDS} == {each.name for each in FORMATS}


@pytest.mark.parametrize("name", EXACT)
def test_formats_for_programs_say_all_of_it(report: Report, name: str, tmp_path: Path) -> None:
    found, expected = EXACT[name](report, tmp_path), exactly(report)
    if name == "sarif":  # the place to go to comes first there
        found, expected = sort_places(found), sort_places(expected)
    assert found == expected


@pytest.mark.parametrize("name", EXACT)
def test_they_do_so_for_hostile_articles(name: str, tmp_path: Path) -> None:
    report = builder.hostile_report()
    expected = exactly(report)
    if name == "csv":  # names in it are made safe: see its own tests
        strip = [each.places and tuple(place[1:] for place in each.places) for each in expected]
        found = read_csv(report, tmp_path)
        assert [tuple(place[1:] for place in each.places) for each in found] == strip
        assert [each.id for each in found] == [each.id for each in expected]
    else:
        assert sort_places(EXACT[name](report, tmp_path)) == sort_places(expected)


@pytest.mark.parametrize("name", IN_WORDS)
def test_formats_for_people_say_the_same(report: Report, name: str, tmp_path: Path) -> None:
    found, expected = IN_WORDS[name](report, tmp_path), in_words(report)
    most = 10 if name in ("terminal", "svg", "github") else len(expected)
    if name == "github":
        expected = [
            each
            for severity in ("error", "warning", "info")
            for each in [one for one in expected if one.severity == severity][:most]
        ]
    else:
        expected = expected[:most]
    assert [each.id for each in found] == [each.id for each in expected]
    for one, other in zip(found, expected, strict=True):
        assert (one.code, one.severity) == (other.code, other.severity)
        assert (one.words, one.occurrences) == (other.words, other.occurrences)
        assert one.jaccard == pytest.approx(other.jaccard, abs=5e-4)
        assert one.containment == pytest.approx(other.containment, abs=5e-4)
        assert one.cohesion == pytest.approx(other.cohesion, abs=5e-4)
        if name == "gitlab":
            named = [place.rpartition(":")[0] for place in other.places]
            files = Files(None, report.origins)
            assert sorted(one.places) == sorted(files.spot(each).path or each for each in named)
        elif name == "github":
            assert {*one.places} <= {*other.places} or len(other.places) > 4
        else:
            assert one.places == other.places[:12]


@pytest.mark.parametrize("name", ["terminal", "svg", "markdown"])
def test_scores_are_those_of_the_summary(report: Report, name: str) -> None:
    text = written(report, name).replace("&#160;", " ")
    summary = report.summary
    for value in (summary.duplication_density, summary.redundant_fraction):
        assert (f"{100 * value:.1f}%" if value else "0%") in text
    assert f"{summary.words:,}" in text


def test_the_card_says_the_scores(report: Report) -> None:
    stream = io.StringIO()
    by_name("markdown").write(report, stream, View(data_card=True))
    for kind in KINDS:
        assert f"| findings: {kind} | {report.summary.findings.get(kind, 0)} |" in stream.getvalue()
    assert f"| words | {report.summary.words:,} |" in stream.getvalue()
