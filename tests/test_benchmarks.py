"""The benchmarks measure what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import page
from benchmarks.__main__ import BENCHMARKS, COMMANDS, GENERATED
from benchmarks.exhaustive import similar_pairs
from benchmarks.recall import Truth, measure
from benchmarks.sample import similarity
from benchmarks.tables import Result
from benchmarks.timing import processor_seconds
from dedupe import Document

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = sorted(path.stem for path in (ROOT / "reports" / "benchmarks").glob("*.json"))
SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), min_size=1), max_size=12)


@given(SETS, st.sampled_from([0.2, 0.5, 1.0]))
def test_the_exhaustive_comparison_finds_every_pair(sets: list[frozenset[str]], least: float) -> None:
    expected = {
        (left, right, similarity(sets[left], sets[right])[0])
        for left, right in combinations(range(len(sets)), 2)
        if similarity(sets[left], sets[right])[0] >= least
    }
    found = list(similar_pairs(sets, least))
    assert len(found) == len(expected)
    assert set(found) == expected


def test_recall_counts_what_is_found() -> None:
    said = "a paragraph of a dozen words or more that stands in both of the documents"
    edited = said.replace("a dozen", "twelve")
    documents = [
        Document(
            id="0",
            text=f"{said}\n\none that stands only here, of as many words as are needed for it",
        ),
        Document(id="8", text=f"something short\n\n{said}"),
        Document(id="16", text=edited),
        Document(id="24", text=f"nothing\n\n{'un deux trois quatre cinq six sept ' * 2}"),
    ]
    truth = Truth(documents)
    assert len(truth.every) == 5
    figures, missed = measure(truth, 0.5)
    assert missed == []
    assert figures["of them boilerplate"] == 0
    assert figures["of the others with a partner among them at or above the threshold"] == 3
    assert figures["of those in a finding together with a partner"] == 3
    assert figures["pairs of distinct passages at or above the threshold"] == 1
    assert figures["locations compared again from the text"] >= 3
    assert figures["of them with another similarity than reported"] == 0


def test_a_result_is_written_as_json_and_markdown(tmp_path: Path) -> None:
    result = Result("speed", "How fast?", "python -m speed", ["median", "most"], notes=["Quiet."])
    result.add("this / that", [1.234, None], "{:.1f}", "at most 2")
    result.publish(tmp_path)
    (figure,) = json.loads((tmp_path / "speed.json").read_text())["figures"]
    assert figure == {"figure": "this / that", "median": 1.234, "most": None, "target": "at most 2"}
    assert "| this / that | 1.2 |  | at most 2 |\n" in (tmp_path / "speed.md").read_text()


def test_processor_time_is_taken_in_turn_after_a_first_round() -> None:
    called: list[str] = []
    seconds = processor_seconds({name: lambda name=name: called.append(name) for name in "ab"}, 2)
    assert called == [*"ab"] * 3
    assert list(seconds) == ["a", "b"]
    assert all(0 <= each < 60 for each in seconds.values())


def test_values_of_a_figure_are_written_alike_or_each_in_its_own_form() -> None:
    result = Result("speed", "How fast?", "python -m speed", ["runs", "median"])
    result.add("alike", [1000, 2], "{:,}")
    result.add("each", [1000, 0.5], ["{:,}", "{:.3f}"])
    assert [row.shown for row in result.rows] == [["1,000", "2"], ["1,000", "0.500"]]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_missing_data_is_said_in_one_line(name: str, tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path)]):
        done = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=ROOT, stderr=-1, text=True
        )
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert (" is missing in " if arguments else "the folder of") in done.stderr


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_tables_are_of_the_same_run_as_their_figures(name: str) -> None:
    folder = ROOT / "reports" / "benchmarks"
    held = json.loads((folder / f"{name}.json").read_text())
    table = (folder / f"{name}.md").read_text()
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [
        figure["figure"] for figure in held["figures"]
    ]


def test_the_page_is_of_the_stored_figures() -> None:
    folder = ROOT / "reports" / "benchmarks"
    stale = "reports/benchmarks/README.md is stale: python -m benchmarks.page renews it"
    assert (folder / page.NAME).read_text(encoding="utf-8") == page.page(folder), stale


def test_the_page_shows_figures_machine_and_command(tmp_path: Path) -> None:
    result = Result("speed", "How fast?", "python -m speed", ["median"])
    result.add("this / that", [1234.5], "{:.1f}", "at most 2")
    result.publish(tmp_path)
    shown = page.page(tmp_path)
    assert "| this / that | 1,234 | at most 2 |" in shown
    assert "    python -m speed\n" in shown
    assert "Measured on " in shown
    assert " processors (" in shown


def test_every_benchmark_is_listed_and_runs_by_its_name(tmp_path: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "benchmarks", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    listed = run()
    assert listed.returncode == 0
    for name in (*BENCHMARKS, *GENERATED, *COMMANDS):
        assert f"python -m benchmarks {name} " in listed.stdout
        assert (ROOT / "benchmarks" / f"{name.replace('.', '/')}.py").is_file()
    unknown = run("nosuch")
    assert (unknown.returncode, unknown.stderr) == (1, "there is no benchmark nosuch: these are all\n")
    assert run("generate", "1KB", "-o", str(tmp_path / "corpus.parquet")).returncode == 0
    assert (tmp_path / "corpus.planted.parquet").is_file()
