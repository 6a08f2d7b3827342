"""Reports reach their files whole or not at all, and stdout as the reader can take it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import Result

from dedupe.cli.output import command, replacing, replacing_folder
from dedupe.cli.screen import view_of
from dedupe.errors import DedupeError
from dedupe.settings import Settings

if TYPE_CHECKING:
    from .conftest import FakeAudit

Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("fake")
ROOT = Path(__file__).parents[2]


def test_files_get_the_format_of_their_names(run: Run, tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("r.json", "r.txt", "r.svg")]
    result = run("audit", "x", "-o", names[0], "--output", names[1], "-o", names[2])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(
        "dedupe: 1 error in 2 articles: 50.0% of the words stand twice (written to "
    )
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["schema"] == "dedupe-report/1"
    assert (tmp_path / "r.txt").read_text("utf-8").startswith("1 error in 2 articles")
    assert (tmp_path / "r.svg").read_text("utf-8").startswith("<svg ")


def test_a_format_that_is_asked_for_goes_to_stdout_as_well(run: Run, tmp_path: Path) -> None:
    result = run("audit", "x", "-o", str(tmp_path / "r.txt"), "--format", "json")
    assert json.loads(result.stdout)["schema"] == "dedupe-report/1"
    assert (tmp_path / "r.txt").exists()


def test_the_variable_may_name_several_files(run: Run, tmp_path: Path) -> None:
    names = os.pathsep.join(str(tmp_path / name) for name in ("r.json", "r.txt"))
    assert run("audit", "x", DEDUPE_OUTPUT=names).exit_code == 0
    assert sorted(os.listdir(tmp_path)) == ["r.json", "r.txt"]


def test_a_report_of_before_is_no_article(
    run: Run, fake: FakeAudit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("an article")
    wanted = ["-o", "r.md", "-o", "r.csv", "-o", "r.parquet", "-o", "r.json"]
    for _ in range(2):
        assert run("audit", ".", *wanted).exit_code == 0
    assert fake.paths is not None
    assert [os.path.relpath(path) for path in fake.paths] == ["a.txt"]


def test_tables_need_a_folder(run: Run, fake: FakeAudit) -> None:
    result = run("audit", "x", "--format", "parquet")
    assert (result.exit_code, fake.paths) == (2, None)
    assert (
        result.stderr
        == "dedupe: --format parquet is a folder of tables: name it with -o FOLDER.parquet\n"
    )


def test_tables_are_written_and_renewed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "r.parquet"
    for _ in range(2):
        assert run("audit", "x", "--format", "parquet", "-o", str(folder)).exit_code == 0
        assert sorted(os.listdir(folder)) == [
            "documents.parquet",
            "findings.parquet",
            "locations.parquet",
        ]
    (folder / "notes.txt").write_text("mine")
    result = run("audit", "x", "-o", str(folder))
    assert result.exit_code == 2
    assert "holds notes.txt, which is no part of a report: name another folder" in result.stderr
    assert (folder / "notes.txt").exists()


def test_a_table_that_is_read_is_not_overwritten(run: Run, fake: FakeAudit, tmp_path: Path) -> None:
    folder = tmp_path / "r.parquet"
    folder.mkdir()
    (folder / "documents.parquet").write_bytes(b"")
    result = run("audit", str(folder / "documents.parquet"), "-o", str(folder))
    assert (result.exit_code, fake.paths) == (2, None)
    assert "is also read" in result.stderr


def test_the_card_is_markdown(run: Run, tmp_path: Path) -> None:
    assert run("audit", "x", "--data-card").stdout.startswith("## Duplication\n")
    run("audit", "x", "--data-card", "-o", str(tmp_path / "r.md"))
    assert (tmp_path / "r.md").read_text("utf-8").startswith("## Duplication\n")
    result = run("audit", "x", "--data-card", "--format", "json")
    assert result.exit_code == 2
    assert "--data-card is Markdown: give --format markdown or -o FILE.md" in result.stderr


def test_quiet_says_nothing(run: Run, tmp_path: Path) -> None:
    assert run("audit", "x", "-q", "-o", str(tmp_path / "r.json")).output == ""


@pytest.mark.parametrize("what", ["folder", "missing folder", "input"])
def test_a_file_that_cannot_be_is_refused_before_any_work(
    run: Run, fake: FakeAudit, tmp_path: Path, what: str
) -> None:
    (tmp_path / "sub.json").mkdir()
    (tmp_path / "in.json").write_text("[]")
    target = {"folder": "sub.json", "missing folder": "no/r.json", "input": "in.json"}[what]
    result = run("audit", str(tmp_path / "in.json"), "-o", str(tmp_path / target))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert fake.paths is None
    assert (tmp_path / "in.json").read_text() == "[]"


def test_an_interrupted_run_leaves_the_old_file_whole(tmp_path: Path) -> None:
    target = tmp_path / "r.json"
    target.write_text("old")

    def interrupted() -> None:
        with replacing(target) as stream:
            stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["r.json"]


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    def full() -> None:
        with replacing(tmp_path / "r.json"):
            raise OSError(28, "No space left on device")

    with pytest.raises(DedupeError, match=r"r\.json cannot be written: No space left on device"):
        full()


def test_a_replaced_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "real.json"
    target.write_text("old")
    target.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(target)
    with replacing(link) as stream:
        stream.write("new\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"new\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


TABLES = ("a.parquet", "b.parquet")


def write_tables(target: Path, content: str) -> None:
    with replacing_folder(target, TABLES) as folder:
        for name in TABLES:
            (folder / name).write_text(content)


def contents(target: Path) -> dict[str, str]:
    return {each.name: each.read_text() for each in target.iterdir()}


@pytest.mark.parametrize("before", ["nothing", "an empty folder", "an earlier report"])
def test_a_folder_appears_whole_in_place_of_what_was_there(tmp_path: Path, before: str) -> None:
    target = tmp_path / "r.parquet"
    if before != "nothing":
        target.mkdir(mode=0o750)
    if before == "an earlier report":
        (target / "a.parquet").write_text("old")
    write_tables(target, "new")
    assert contents(target) == dict.fromkeys(TABLES, "new")
    assert os.listdir(tmp_path) == ["r.parquet"]
    if before != "nothing":
        assert stat.S_IMODE(target.stat().st_mode) == 0o750


def test_an_interrupted_run_leaves_the_old_folder_whole(tmp_path: Path) -> None:
    target = tmp_path / "r.parquet"
    write_tables(target, "old")

    def interrupted() -> None:
        with replacing_folder(target, TABLES) as folder:
            (folder / "a.parquet").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert contents(target) == dict.fromkeys(TABLES, "old")
    assert os.listdir(tmp_path) == ["r.parquet"]


def test_a_folder_with_something_else_in_it_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "r.parquet"
    target.mkdir()
    (target / "notes.txt").write_text("mine")
    with pytest.raises(DedupeError, match=r"holds notes\.txt, which is no part of a report"):
        write_tables(target, "new")
    assert contents(target) == {"notes.txt": "mine"}
    assert os.listdir(tmp_path) == ["r.parquet"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real.parquet", tmp_path / "link.parquet"
    target.mkdir()
    link.symlink_to(target)
    write_tables(link, "new")
    assert link.is_symlink()
    assert contents(target) == dict.fromkeys(TABLES, "new")


def test_files_do_not_depend_on_the_screen(run: Run, tmp_path: Path) -> None:
    names = [tmp_path / "a.txt", tmp_path / "b.txt"]
    run("audit", "x", "-o", str(names[0]), COLUMNS="60")
    run("audit", "x", "-o", str(names[1]), FORCE_COLOR="1")
    assert names[0].read_bytes() == names[1].read_bytes()


class Stream:
    """A stream that says what it is."""

    def __init__(self, terminal: bool, encoding: str = "UTF-8") -> None:
        self.terminal = terminal
        self.encoding = encoding

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "colour"),
    [
        (True, {"TERM": "xterm"}, True),
        (False, {"TERM": "xterm"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, environment: dict[str, str], colour: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert view_of(Stream(terminal), text=True, command="").colour is colour  # type: ignore[arg-type]


def test_width_and_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = Stream(False, "ANSI_X3.4-1968")
    view = view_of(pipe, text=True, command="")  # type: ignore[arg-type]
    assert (view.width, view.encoding) == (80, "ansi_x3.4-1968")
    monkeypatch.setenv("COLUMNS", "100")
    assert view_of(pipe, text=True, command="").width == 100  # type: ignore[arg-type]
    assert view_of(Stream(True), text=True, command="").width == 100  # type: ignore[arg-type]


PROGRAM = """
import sys, types
from dataclasses import replace
sys.path.insert(0, {tests!r})
from cli.conftest import one_error
report = one_error()
report = replace(report, findings=report.findings * 20_000)
module = types.ModuleType("dedupe.audit")
module.audit = lambda paths, settings, progress: report
sys.modules["dedupe.audit"] = module
from dedupe.cli.main import main
main()
"""


def program(tmp_path: Path) -> list[str]:
    script = tmp_path / "program.py"
    script.write_text(PROGRAM.format(tests=str(ROOT / "tests")))
    return [sys.executable, str(script), "audit", "x"]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def test_a_reader_that_leaves_is_no_failure(tmp_path: Path) -> None:
    done = subprocess.Popen(
        [*program(tmp_path), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    )
    assert done.stdout is not None
    assert done.stderr is not None
    done.stdout.read(10)
    done.stdout.close()
    assert done.stderr.read() == b""
    done.stderr.close()
    assert done.wait(60) == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_is_utf_8_whatever_the_locale(tmp_path: Path, encoding: str) -> None:
    done = subprocess.run(
        [*program(tmp_path), "--format", "json"],
        capture_output=True,
        env=environment(PYTHONIOENCODING=encoding),
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    assert "“tiga”".encode() in done.stdout
    assert b"\r" not in done.stdout


def test_people_get_what_their_stream_can_encode(tmp_path: Path) -> None:
    done = subprocess.run(
        program(tmp_path),
        capture_output=True,
        env=environment(PYTHONIOENCODING="ascii"),
        cwd=ROOT,
        check=True,
        timeout=60,
    )
    assert rb"\u201ctiga\u201d" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("form", ["json", "terminal"])
def test_a_full_stdout_is_one_line_and_2(tmp_path: Path, form: str) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*program(tmp_path), "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
            cwd=ROOT,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr == "dedupe: stdout cannot be written: No space left on device\n"


@pytest.mark.parametrize(
    ("paths", "written"),
    [
        (["a b.txt", "-"], "dedupe audit 'a b.txt' -"),
        (["-x.txt"], "dedupe audit ./-x.txt"),
        ([f"{number}.txt" for number in range(100)], "dedupe audit PATH..."),
    ],
)
def test_the_command_can_be_typed_again(paths: list[str], written: str) -> None:
    assert command("audit", paths, Settings()) == written
