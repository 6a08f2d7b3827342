"""How kernels are compiled and kept; and that one which writes beyond its arrays is caught."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

import dedupe.kernels
from dedupe import machine_code
from dedupe.kernels import cache_folder, kernel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PROGRAM = """
import numpy as np
from dedupe.passages.characters import tables
from dedupe.passages.columns import PASSAGE_COLUMNS
from dedupe.passages.cues import cue_table
from dedupe.sketch.corpus import texts_of_strings
from dedupe.sketch.permutations import permutations
from dedupe.sketch.scan import scan

LINE = "The old mill [A:b] by the river, said Ève (中文字 and ประเทศไทย).\\n"
texts = texts_of_strings([LINE * 4, "", "a " * 50 + "[B:c] " + "a " * 350])
ROOM = dict(words=600, passages=20, contents=20, keys=20, documents=3, markers=20)

def run(**less):
    room = {**ROOM, **less}
    return scan(
        texts.data, texts.offsets, tables(), cue_table(), 3, 4, 2, *permutations(8, 1),
        np.empty(room["words"], np.uint64), np.empty((room["passages"], PASSAGE_COLUMNS), np.int64),
        np.empty(room["contents"], np.uint64), np.empty((room["keys"], 4), np.uint32),
        np.empty((room["documents"], 4), np.int64), np.empty((room["markers"], 6), np.int64),
    )

words, passages, signed, marked = run()
print("enough")
for name, room in (
    ("words", words - 1), ("passages", passages - 1), ("contents", passages - 1),
    ("keys", signed - 1), ("documents", 2), ("markers", marked - 1),
):
    try:
        run(**{name: room})
    except IndexError:
        print("caught", name)
"""


def test_with_bounds_checks_on_an_overrun_of_any_array_raises(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        cwd=Path(dedupe.__file__).parents[1],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "enough",
        *("caught words", "caught passages", "caught contents", "caught keys", "caught documents"),
        "caught markers",
    ]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Kernels are kept in a folder of the test's own, and no variable says how to compile them."""
    for name in list(os.environ):
        if name.startswith("NUMBA_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    cache_folder.cache_clear()
    yield tmp_path / "cache"
    cache_folder.cache_clear()


def folder() -> Path:
    cache_folder.cache_clear()
    found = cache_folder()
    assert found is not None
    return found


@pytest.mark.usefixtures("elsewhere")
class TestCache:
    def test_lies_where_numba_is_told_to_keep_its_own(self, elsewhere: Path) -> None:
        assert folder().parent == elsewhere
        assert folder().is_dir()

    @pytest.mark.parametrize("package", ["numba", "llvmlite"])
    def test_is_another_for_another_version(self, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
        before = folder()
        version = dedupe.kernels._version
        monkeypatch.setattr(
            dedupe.kernels, "_version", lambda name: b"0.0" if name == package else version(name)
        )
        assert folder() != before

    @pytest.mark.parametrize("package", ["numba", "llvmlite"])
    def test_versions_are_told_with_and_without_a_file_of_their_own(
        self, package: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = version(package).encode()
        assert said in dedupe.kernels._version(package)
        monkeypatch.setattr(dedupe.kernels, "find_spec", lambda _: None)
        assert dedupe.kernels._version(package) == said

    def test_is_another_for_another_processor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = folder()
        monkeypatch.setattr(machine_code, "host", lambda: "another")
        assert folder() != before

    @pytest.mark.parametrize(
        "name", ["passages/rules.py", "matches/stars.py", "sketch/kernel.py", "findings/scores.py"]
    )
    def test_is_another_when_any_part_of_a_kernel_has_changed(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package = Path(dedupe.kernels.__file__).parent
        for source in package.rglob("*.py"):
            copy = tmp_path / "dedupe" / source.relative_to(package)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
        monkeypatch.setattr(dedupe.kernels, "_PACKAGE", tmp_path / "dedupe")
        before = folder()
        (tmp_path / "dedupe" / name).write_text("# changed", encoding="utf-8")
        assert folder() != before

    def test_is_somewhere_else_where_nothing_can_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
        monkeypatch.setattr(dedupe.kernels, "_PACKAGE", tmp_path / "file")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        assert folder().parent == tmp_path / "home" / ".cache" / "dedupe"

    def test_is_done_without_where_there_is_no_place_at_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
        monkeypatch.setattr(dedupe.kernels, "_PACKAGE", tmp_path / "file")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "file")
        cache_folder.cache_clear()
        assert cache_folder() is None
        assert not dedupe.kernels.are_compiled()
        assert kernel(_following)(1) == 2


def _following(value: int) -> int:
    return value + 1


def _least(values: NDArray[np.int64], less: float) -> tuple[float, float]:
    least = values[0]
    for value in values:
        least = min(least, value)
    return least * 1.0, values[0] - less


@pytest.mark.usefixtures("elsewhere")
class TestKept:
    """Kernels that were compiled by an earlier process."""

    def test_run_without_the_compiler(self) -> None:
        program = (
            "import sys, numpy as np\n"
            "from dedupe.candidates.kernel import pairs_of_band\n"
            "print(pairs_of_band(np.array([7, 5, 7], np.uint32), np.zeros(12, np.int64)))\n"
            "print('numba' in sys.modules)\n"
        )
        said = [
            subprocess.run(
                [sys.executable, "-c", program],
                capture_output=True,
                text=True,
                timeout=600,
                cwd=Path(dedupe.__file__).parents[1],
                check=True,
            ).stdout.split()
            for _ in range(2)
        ]
        assert said == [["1", "True"], ["1", "False"]]

    def test_give_what_they_gave_at_first(self) -> None:
        values = np.array([3, -4, 9], np.int64)
        assert kernel(_least)(values, 0.5) == (-4.0, 2.5)
        assert dedupe.kernels.are_compiled()
        assert kernel(_least)(values, 0.5) == (-4.0, 2.5)

    def test_are_made_again_where_the_file_is_not_whole(self) -> None:
        assert kernel(_following)(1) == 2
        (file,) = folder().glob("*.kernel")
        whole = file.read_bytes()
        flipped = bytearray(whole)
        flipped[len(whole) // 2] ^= 1
        for damaged in (whole[: len(whole) // 2], b"", whole[:40], bytes(flipped), b"{}\n" * 9):
            file.write_bytes(damaged)
            assert kernel(_following)(4) == 5
            assert file.stat().st_size == len(whole)

    def test_are_kept_apart_by_the_kinds_of_their_arguments(self) -> None:
        following = kernel(_following)
        assert following(1) == 2
        assert following(1.5) == 2.5
        assert len(list(folder().glob("*.kernel"))) == 2

    def test_are_kept_apart_by_what_they_do(self) -> None:
        assert [kernel(each)(3) for each in (lambda v: v + 2, lambda v: v * 2)] == [5, 6]
        assert len(list(folder().glob("*.kernel"))) == 2

    def test_threads_that_call_one_at_once_make_it_once(self) -> None:
        following = kernel(_following)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(following, range(64))) == list(range(1, 65))
        assert len(list(folder().iterdir())) == 1


@pytest.mark.usefixtures("elsewhere")
class TestLeftToNumba:
    """What the calling convention of kept code does not cover."""

    def test_are_functions_that_hold_on_to_something(self) -> None:
        more = 3
        assert kernel(lambda value: value + more)(1) == 4

    def test_are_truth_values_and_arrays_with_gaps(self) -> None:
        assert kernel(_following)(True) == 2
        every_second = np.arange(6)[::2]
        assert kernel(lambda values: values.sum())(every_second) == 6

    def test_are_results_of_other_kinds(self) -> None:
        assert kernel(lambda count: np.arange(count))(3).tolist() == [0, 1, 2]
        assert not list(folder().glob("*.kernel"))

    def test_are_kernels_that_call_what_is_not_there(self) -> None:
        assert kernel(lambda values: np.cumsum(values)[-1])(np.arange(4)) == 6

    def test_is_everything_where_the_allocator_is_not_to_be_had(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing() -> None:
            raise machine_code.UnsupportedError("elsewhere")

        machine_code._allocator.cache_clear()
        machine_code._prepare.cache_clear()
        monkeypatch.setattr(machine_code, "_nrt_python", missing)
        cache_folder.cache_clear()
        assert kernel(_following)(1) == 2
        assert not list(folder().glob("*.kernel"))

    def test_is_everything_when_a_variable_says_how_to_compile(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NUMBA_OPT", "1")
        assert kernel(_following)(1) == 2
        assert not list(folder().glob("*.kernel"))


def test_arithmetic_on_unsigned_numbers_wraps() -> None:
    assert kernel(lambda value: value * value)(np.uint64(2**63 + 1)) == 1
    assert kernel(lambda value: value + value)(np.uint64(2**63)) == 0
