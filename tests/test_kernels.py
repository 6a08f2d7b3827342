"""How kernels are compiled and kept; and that one which writes beyond its arrays is caught."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numba
import numpy as np
import pytest

import dedupe.kernels
from dedupe.kernels import cache_folder, kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = """
import numpy as np
from dedupe.passages.characters import tables
from dedupe.sketch.corpus import texts_of_strings
from dedupe.sketch.permutations import permutations
from dedupe.sketch.scan import scan

LINE = "The old mill by the river, said Ève (中文字 and ประเทศไทย).\\n"
texts = texts_of_strings([LINE * 4, "", "a " * 400])
ROOM = {"words": 600, "passages": 20, "contents": 20, "keys": 20, "documents": 3}

def run(**less):
    room = {**ROOM, **less}
    return scan(
        texts.data, texts.offsets, tables(), 3, 4, 2, *permutations(8, 1),
        np.empty(room["words"], np.uint64), np.empty((room["passages"], 7), np.int64),
        np.empty(room["contents"], np.uint64), np.empty((room["keys"], 4), np.uint32),
        np.empty((room["documents"], 4), np.int64),
    )

words, passages, signed = run()
print("enough")
for name, room in (
    ("words", words - 1), ("passages", passages - 1), ("contents", passages - 1),
    ("keys", signed - 1), ("documents", 2),
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
    ]
    assert any(tmp_path.rglob("*.nbc")), "kernels are kept where NUMBA_CACHE_DIR says"


class TestCache:
    @pytest.fixture(autouse=True)
    def somewhere_else(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "cache"))
        cache_folder.cache_clear()
        yield
        cache_folder.cache_clear()

    def folder(self) -> Path:
        cache_folder.cache_clear()
        found = cache_folder()
        assert found is not None
        return found

    def test_lies_where_numba_is_told_to_keep_its_own(self, tmp_path: Path) -> None:
        assert self.folder().parent == tmp_path / "cache"
        assert self.folder().is_dir()

    def test_is_another_with_bounds_checks_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(numba.config, "BOUNDSCHECK", None)
        without = self.folder()
        monkeypatch.setattr(numba.config, "BOUNDSCHECK", 1)
        assert self.folder() != without
        monkeypatch.setattr(numba.config, "BOUNDSCHECK", None)
        assert self.folder() == without

    def test_is_another_for_another_version_of_numba(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = self.folder()
        monkeypatch.setattr(numba, "__version__", "0.0")
        assert self.folder() != before

    @pytest.mark.parametrize("name", ["passages/rules.py", "matches/stars.py", "sketch/kernel.py"])
    def test_is_another_when_any_part_of_a_kernel_has_changed(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        package = Path(dedupe.kernels.__file__).parent
        for source in package.rglob("*.py"):
            copy = tmp_path / "dedupe" / source.relative_to(package)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
        monkeypatch.setattr(dedupe.kernels, "_PACKAGE", tmp_path / "dedupe")
        before = self.folder()
        (tmp_path / "dedupe" / name).write_text("# changed", encoding="utf-8")
        assert self.folder() != before

    def test_is_somewhere_else_where_nothing_can_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "file"))
        monkeypatch.setattr(dedupe.kernels, "_PACKAGE", tmp_path / "file")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        assert self.folder().parent == tmp_path / "home" / ".cache" / "dedupe"

    def test_is_done_without_where_there_is_no_place_at_all(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").touch()
        monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "file"))
        monkeypatch.setattr(dedupe.kernels, "_PACKAGE", tmp_path / "file")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "file")
        cache_folder.cache_clear()
        assert cache_folder() is None
        assert not dedupe.kernels.are_compiled()
        assert kernel(lambda value: value + 1)(1) == 2

    def test_threads_that_wrap_kernels_at_once_do_not_take_each_others_folder(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A folder is told to Numba by a setting of the whole process.
        elsewhere, folder = numba.config.CACHE_DIR, str(self.folder())
        begun, entered, done = threading.Event(), threading.Event(), threading.Event()
        seen = []

        def njit(**_: object) -> Callable[[object], object]:
            if not begun.is_set():
                begun.set()
                entered.wait(0.5)
            else:
                entered.set()
                done.wait(5)
            seen.append(numba.config.CACHE_DIR)
            return lambda function: function

        def first() -> None:
            kernel(abs)
            done.set()

        monkeypatch.setattr(dedupe.kernels.numba, "njit", njit)
        one = threading.Thread(target=first)
        one.start()
        begun.wait(5)
        kernel(abs)
        one.join()
        assert seen == [folder, folder]
        assert elsewhere == numba.config.CACHE_DIR

    def test_other_users_of_numba_keep_their_own(self, tmp_path: Path) -> None:
        kernel(lambda value: value)
        assert str(tmp_path / "cache") == numba.config.CACHE_DIR


def test_arithmetic_on_unsigned_numbers_wraps() -> None:
    assert kernel(lambda value: value * value)(np.uint64(2**63 + 1)) == 1
    assert kernel(lambda value: value + value)(np.uint64(2**63)) == 0
