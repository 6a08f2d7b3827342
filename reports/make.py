"""Make the project's own reports: what ``dedupe audit seeds`` says, as JSON, as a picture and as a page.

``python reports/make.py [FOLDER]``; without a folder, into this one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dedupe import audit
from dedupe.cli.output import replacing
from dedupe.formats.interface import View, by_file_name

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("seeds.json", "seeds.svg", "seeds.html")


def make(folder: Path) -> None:
    """Audit the seeds and write the reports into the folder."""
    folder = folder.resolve()
    os.chdir(ROOT)  # an id is the path as given: the same from wherever this is started
    report = audit(["seeds"])
    for name in NAMES:
        with replacing(folder / name) as stream:
            by_file_name(name).write(report, stream, View(command="dedupe audit seeds"))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports")
