"""Three tables with the values of the JSON, the same from columns as from objects."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import dedupe
from dedupe.formats import parquet
from dedupe.formats.interface import View, by_file_name, by_name
from dedupe.formats.json import render
from dedupe.report import Columns, Report

from . import builder

NAMES = ("documents", "findings", "locations")


def tables(report: Report, folder: Path, **view: Any) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    parquet.write(report, folder, View(**view))
    return {name: pq.read_table(folder / f"{name}.parquet") for name in NAMES}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report that holds columns."""
    folder = tmp_path_factory.mktemp("corpus")
    for number in range(5):
        name, text = builder.seed(number)
        (folder / Path(name).name).write_text(text)
        (folder / f"copy-{number}.txt").write_text(text.replace("Rusia", "Prancis"))
    report = dedupe.audit([str(folder)])
    assert isinstance(report.findings, Columns)
    return report


@pytest.mark.parametrize(
    "make", [builder.rich_report, builder.boilerplate_report, builder.hostile_report]
)
@pytest.mark.parametrize("text", [True, False])
def test_values_are_those_of_the_json(make: Callable[[], Report], text: bool, tmp_path: Path) -> None:
    report = make()
    held = tables(report, tmp_path, text=text)
    parsed = json.loads(render(report, text=text))
    documents = [each.pop("fractions") | each for each in parsed["documents"]]
    assert held["documents"].to_pylist() == documents
    locations = [
        {"finding": each["id"], **place, "excerpt": place["text"]}
        for each in parsed["findings"]
        for place in each["locations"]
    ]
    for each in locations:
        del each["text"]
    assert held["locations"].to_pylist() == locations
    findings = [{k: v for k, v in each.items() if k != "locations"} for each in parsed["findings"]]
    assert held["findings"].to_pylist() == findings


def test_what_stands_once_is_in_the_metadata(tmp_path: Path) -> None:
    held = tables(builder.hostile_report(), tmp_path)
    parsed = json.loads(render(builder.hostile_report()))
    for table in held.values():
        about = json.loads(table.schema.metadata[b"dedupe"])
        for name in ("schema", "version", "settings", "summary", "gate", "groups", "skipped", "notes"):
            assert about[name] == parsed[name]


def test_an_empty_report_has_three_empty_tables(tmp_path: Path) -> None:
    held = tables(builder.report([], []), tmp_path)
    assert [len(held[name]) for name in NAMES] == [0, 0, 0]
    schemas = (parquet.DOCUMENTS, parquet.FINDINGS, parquet.LOCATIONS)
    for name, schema in zip(NAMES, schemas, strict=True):
        assert held[name].schema.equals(schema)


def test_columns_and_objects_give_the_same_tables(
    audited: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "ROWS", 3)
    monkeypatch.setattr(parquet, "LISTED", 2)
    for text in (True, False):
        columns = tables(audited, tmp_path / "columns", text=text)
        objects = tables(
            replace(audited, findings=list(audited.findings)), tmp_path / "objects", text=text
        )
        for name in NAMES:
            assert columns[name].to_pylist() == objects[name].to_pylist()
            assert columns[name].schema.equals(objects[name].schema, check_metadata=True)


def test_the_bytes_are_the_same_each_time(audited: Report, tmp_path: Path) -> None:
    tables(audited, tmp_path / "one")
    tables(audited, tmp_path / "two")
    for name in NAMES:
        one, two = (tmp_path / side / f"{name}.parquet" for side in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_no_table_is_taken_for_a_corpus(audited: Report, tmp_path: Path) -> None:
    tables(audited, tmp_path / "r.parquet")
    again = dedupe.audit([str(tmp_path)])
    assert again.summary.documents == 0


def test_the_folders_name_asks_for_it_and_the_format_knows_its_files() -> None:
    form = by_file_name("out/report.parquet")
    assert form is by_name("parquet")
    assert form.files == parquet.FILES
