"""jusText, in an environment of its own: it is no dependency of the project."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "3.0.2"
CHILD = Path(__file__).with_name("justext_child.py")


def content_lines(pages: Sequence[Sequence[str]]) -> list[list[bool]]:
    """For each page, which of its lines jusText calls content; each line is given as a <p>."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "bin", "python")
        pip = [str(python), "-m", "pip", "install", "--quiet", f"justext=={VERSION}", "lxml_html_clean"]
        if subprocess.run(
            pip, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        ).returncode:
            sys.exit(f"jusText {VERSION} could not be installed: it needs pip's index")
        done = subprocess.run(
            [str(python), "-I", str(CHILD)],  # -I: this folder has a justext of its own
            input=json.dumps(pages),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    return [[bool(each) for each in page] for page in json.loads(done.stdout)]
