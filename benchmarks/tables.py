"""A benchmark's result: on the terminal, and as JSON and Markdown in ``reports/benchmarks``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from benchmarks.timing import machine

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).resolve().parents[1] / "reports" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, what came out, in numbers and as shown, and what is wanted."""

    name: str
    values: Sequence[float | None]
    shown: Sequence[str]
    target: str = ""
    about: str = ""
    """What the figure is of, where that needs more than its name."""


@dataclass(slots=True)
class Result:
    """The figures of one benchmark."""

    name: str
    question: str
    """What the table answers, in a sentence or two."""
    command: str
    columns: Sequence[str]
    """Headings of the values."""
    notes: Sequence[str] = ()
    rows: list[Row] = field(default_factory=list)
    details: dict[str, object] = field(default_factory=dict)
    """More for programs: ids, offsets and digests, never text of the data."""

    def add(
        self,
        name: str,
        values: Sequence[float | None],
        form: str | Sequence[str],
        target: str = "",
        about: str = "",
    ) -> None:
        """One figure, its values written alike or each in its own form; None where there is none."""
        forms = [form] * len(values) if isinstance(form, str) else form
        shown = [
            "" if value is None else each.format(value)
            for value, each in zip(values, forms, strict=True)
        ]
        self.rows.append(Row(name, values, shown, target, about))

    def publish(self, folder: Path = FOLDER) -> None:
        """Print the table and write the files."""
        table = Table(title=self.question, title_justify="left")
        table.add_column("")
        for column in self.columns:
            table.add_column(column, justify="right")
        table.add_column("target")
        for row in self.rows:
            table.add_row("\n".join(filter(None, (row.name, row.about))), *row.shown, row.target)
        console = Console()
        console.print(table)
        for note in self.notes:
            console.print(note, markup=False, highlight=False)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.json").write_text(self.json(), encoding="utf-8")
        (folder / f"{self.name}.md").write_text(self.markdown(), encoding="utf-8")

    def json(self) -> str:
        """The figures for programs."""
        figures = [
            {
                "figure": row.name,
                "target": row.target or None,
                **dict(zip(self.columns, row.values, strict=True)),
                **({"about": row.about} if row.about else {}),
            }
            for row in self.rows
        ]
        whole = {
            "question": self.question,
            "command": self.command,
            "machine": machine(),
            "figures": figures,
            "notes": list(self.notes),
            **self.details,
        }
        return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"

    def markdown(self) -> str:
        """The table for people."""
        lines = [f"# {self.name.capitalize()}", "", self.question, "", f"    {self.command}", ""]
        about = any(row.about for row in self.rows)
        lines.append("| | " + " | ".join(self.columns) + " | target |" + " what it does |" * about)
        lines.append("| --- |" + " ---: |" * len(self.columns) + " --- |" + " --- |" * about)
        lines += [
            f"| {row.name} | " + " | ".join(row.shown) + f" | {row.target} |" + f" {row.about} |" * about
            for row in self.rows
        ]
        if self.notes:
            lines += ["", *(f"- {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"
