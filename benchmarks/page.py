"""The page of all figures, ``reports/benchmarks/README.md``, made from what is stored beside it.

``python -m benchmarks.page``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from benchmarks.tables import FOLDER

NAME: Final = "README.md"
SHORT: Final = 12
"""Figures of a benchmark that are all shown; of more, those that have a target."""
_NO_VALUES: Final = ("figure", "target", "about")


def main() -> None:
    """Write the page."""
    (FOLDER / NAME).write_text(page(FOLDER), encoding="utf-8")
    sys.stdout.write(f"{FOLDER / NAME}\n")


def page(folder: Path) -> str:
    """The page of the figures in a folder."""
    stored = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    lines = [
        "# Benchmarks",
        "",
        "The latest figures, with the machine they were measured on and the command that measures them "
        "again; `../shared/data` stands for the folder of the data. All figures and what they are "
        "of stand behind the headings. This page is made by `python -m benchmarks.page`.",
    ]
    for name, result in stored.items():
        lines += [
            "",
            f"## [{name}]({name}.md)",
            "",
            result["question"],
            "",
            f"    {result['command']}",
            "",
        ]
        lines += _table(result["figures"])
        lines += ["", f"Measured on {result.get('machine', 'a machine that was not recorded')}."]
        if (folder / f"{name}.svg").exists():
            lines += ["", f"![{result['question']}]({name}.svg)"]
    return "\n".join(lines) + "\n"


def _table(figures: list[dict[str, Any]]) -> list[str]:
    wanted = [figure for figure in figures if figure["target"]]
    shown = figures if len(figures) <= SHORT or not wanted else wanted
    columns = [name for name in figures[0] if name not in _NO_VALUES]
    return [
        "| | " + " | ".join(columns) + " | target |",
        "| --- |" + " ---: |" * len(columns) + " --- |",
        *(
            f"| {each['figure']} | "
            + " | ".join(_said(each[column]) for column in columns)
            + f" | {each['target'] or ''} |"
            for each in shown
        ),
    ]


def _said(value: float | None) -> str:
    """A figure as people read it."""
    if value is None:
        return ""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


if __name__ == "__main__":
    main()
