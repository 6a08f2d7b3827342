"""The project's own reports say what the present code says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPORTS = Path(__file__).resolve().parents[1] / "reports"
NAMES = ("seeds.json", "seeds.svg", "seeds.html")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports made again, from another folder than the project's."""
    folder = tmp_path_factory.mktemp("reports")
    subprocess.run([sys.executable, REPORTS / "make.py", folder], cwd=folder, check=True)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_reports_are_of_this_code(made: Path, name: str) -> None:
    stale = f"reports/{name} is stale: python reports/make.py renews it"
    assert (REPORTS / name).read_bytes() == (made / name).read_bytes(), stale
