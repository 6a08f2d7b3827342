"""Make the project's own reports: what ``dedupe audit seeds`` says, as JSON and as a picture.

From the root of the repository: ``python -m reports.make [FOLDER]``; without a folder, into this one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def make(folder: Path) -> None:
    """Audit the seeds and write ``seeds.json`` and ``seeds.svg`` into the folder."""
    from dedupe.audit import audit

    from dedupe.cli.output import replacing
    from dedupe.formats.interface import View, by_file_name

    folder = folder.resolve()
    os.chdir(ROOT)  # an id is the path as given: the same from wherever this is started
    report = audit(["seeds"])
    for name in ("seeds.json", "seeds.svg"):
        with replacing(folder / name) as stream:
            by_file_name(name).write(report, stream, View(command="dedupe audit seeds"))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports")
