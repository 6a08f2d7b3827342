"""The main job from an installed wheel: ``check_wheel.py DEDUPE WHEEL``, beside a folder ``seeds``."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

DEDUPE, WHEEL = sys.argv[1:]
BLOCK = "seeds/002_610981bc28bbe29c.txt"


def audit(*words: str) -> bytes:
    """What the command prints; it has to end with 0."""
    return subprocess.run([DEDUPE, "audit", "--format", "json", *words], check=True, stdout=-1).stdout


def same(*words: str) -> bytes:
    """The report, the same bytes with one thread, with two, and again."""
    one, two, again = (audit("--jobs", jobs, *words) for jobs in ("1", "2", "2"))
    assert one == two == again, f"reports of {words} differ"
    return one


names = zipfile.ZipFile(WHEEL).namelist()
ours = ("dedupe/", "dedupe_corpus-")
strange = [name for name in names if not name.startswith(ours) or "__pycache__" in name]
assert not strange, f"the wheel holds {strange}"
page = [f"formats/html/assets/{name}" for name in ("page.html", "report.css", "report.js", "render.js")]
for needed in ("dedupe/py.typed", "licenses/LICENSE", *page):
    assert any(name.endswith(needed) for name in names), f"the wheel lacks {needed}"

# Few texts: plain Python.
report = json.loads(same("seeds"))
blocks = [
    (finding["severity"], [(place["line"], place["end_line"]) for place in finding["locations"]])
    for finding in report["findings"]
    if finding["code"] == "REP001" and finding["locations"][0]["document"] == BLOCK
]
assert blocks == [("error", [(7, 15), (16, 24)])], f"the doubled block of {BLOCK} is found as {blocks}"

# Many: kernels, compiled here.
texts = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").iterdir())]
with open("many.jsonl", "w", encoding="utf-8") as stream:
    for number in range(400):
        for text in texts:
            row = {"text": f"Nomor {number}. {text[number % 40 :]}", "source": f"s{number % 7}"}
            stream.write(json.dumps(row) + "\n")
report = json.loads(same("many.jsonl"))
assert report["summary"]["documents"] == 400 * len(texts)
assert report["summary"]["findings"]["near-duplicate"] > 0
subprocess.run([DEDUPE, "audit", "seeds", "-o", "report.html"], check=True)
with open("report.html", encoding="utf-8") as stream:
    assert BLOCK in stream.read(), "the page does not show the doubled block"
missing = subprocess.run([DEDUPE, "audit", "nothing-here"], stderr=-1, text=True)
assert (missing.returncode, missing.stderr.count("\n")) == (2, 1), missing
sys.stdout.write("the wheel does its main job\n")
