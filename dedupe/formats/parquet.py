"""The report as three Parquet tables, for corpora of millions: documents, findings, locations.

All values are those of the JSON, rows in its order; what stands there once a report (version, settings,
summary, what was skipped, notes) is JSON in the tables' metadata under ``dedupe``. Excerpts have no
column's name that an audit takes for a text, so that a report is never read as a corpus.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from dedupe.formats.json import gate_of, group_of, settings_of, summary_of
from dedupe.formats.shared.encode import encoded
from dedupe.formats.shared.excerpts_of import excerpts_of
from dedupe.formats.shared.sentences import told
from dedupe.report import SCHEMA, Columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dedupe.formats.interface import View
    from dedupe.report import DocumentScore, Finding, Places, Report

Item = TypeVar("Item")

ROWS: Final = 16_384
"""Documents or findings that are held as columns at a time."""

# Codes, kinds and severities are few; ids are many.
_FEW: Final = pa.dictionary(pa.int32(), pa.string())

DOCUMENTS: Final = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("source", pa.string()),
        pa.field("title", pa.string()),
        pa.field("words", pa.int64(), nullable=False),
        pa.field("characters", pa.int64(), nullable=False),
        pa.field("passages", pa.int64(), nullable=False),
        pa.field("original", pa.float64(), nullable=False),
        pa.field("reuse", pa.float64(), nullable=False),
        pa.field("repetition", pa.float64(), nullable=False),
        pa.field("boilerplate", pa.float64(), nullable=False),
        pa.field("findings", pa.list_(pa.string()), nullable=False),
    ]
)
FINDINGS: Final = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("code", _FEW, nullable=False),
        pa.field("kind", _FEW, nullable=False),
        pa.field("severity", _FEW, nullable=False),
        pa.field("known", pa.bool_(), nullable=False),
        pa.field("allowed", pa.string()),
        pa.field("words", pa.int64(), nullable=False),
        pa.field("occurrences", pa.int64(), nullable=False),
        pa.field("jaccard", pa.float64()),
        pa.field("containment", pa.float64()),
        pa.field("cohesion", pa.float64()),
        pa.field("template", pa.string()),
        pa.field(
            "evidence",
            pa.list_(
                pa.struct(
                    [
                        pa.field("signal", pa.string(), nullable=False),
                        pa.field("detail", pa.string(), nullable=False),
                        pa.field("weight", pa.float64()),
                    ]
                )
            ),
            nullable=False,
        ),
    ]
)
LOCATIONS: Final = pa.schema(
    [
        pa.field("finding", pa.string(), nullable=False),
        pa.field("document", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("line", pa.int64(), nullable=False),
        pa.field("end_line", pa.int64(), nullable=False),
        pa.field("anchor", pa.bool_(), nullable=False),
        pa.field("keep", pa.bool_(), nullable=False),
        pa.field("jaccard", pa.float64()),
        pa.field("containment", pa.float64()),
        pa.field("containment_in_anchor", pa.float64()),
        pa.field("containment_of_anchor", pa.float64()),
        pa.field("excerpt", pa.string()),
    ]
)
FILES: Final = ("documents.parquet", "findings.parquet", "locations.parquet")
LISTED: Final = 1 << 15
"""Rows of a batch of locations, about."""


def write(report: Report, folder: Path, view: View) -> None:
    """Write the tables into the folder."""
    about = {
        "schema": SCHEMA,
        "version": report.version,
        "settings": settings_of(report.settings),
        "summary": summary_of(report.summary),
        "gate": gate_of(report),
        "groups": [group_of(each) for each in report.groups],
        "skipped": [{"path": each.path, "reason": each.reason} for each in report.skipped],
        "notes": report.notes,
    }
    metadata = {"dedupe": encoded(about)}
    documents, findings, locations = FILES
    with _writer(folder / documents, DOCUMENTS, metadata) as table:
        for held in _batches(report.documents):
            table.write_batch(_documents(held))
    with (
        _writer(folder / findings, FINDINGS, metadata) as table,
        _writer(folder / locations, LOCATIONS, metadata) as places,
    ):
        if isinstance(report.findings, Columns):
            _write_columns(report.findings, table, places, text=view.text)
        else:
            for some in _batches(report.findings):
                table.write_batch(_findings(some, text=view.text))
                places.write_batch(_locations(some, text=view.text))


def _writer(path: Path, schema: pa.Schema, metadata: dict[str, str]) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema.with_metadata(metadata), compression="zstd")


def _batches(items: Sequence[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while held := list(islice(iterator, ROWS)):
        yield held


def _documents(held: list[DocumentScore]) -> pa.RecordBatch:
    shares = [each.fractions for each in held]
    return pa.record_batch(
        [
            *([getattr(each, name) for each in held] for name in DOCUMENTS.names[:6]),
            *([getattr(each, name) for each in shares] for name in DOCUMENTS.names[6:10]),
            [each.findings for each in held],
        ],
        schema=DOCUMENTS,
    )


def _findings(held: list[Finding], *, text: bool) -> pa.RecordBatch:
    return pa.record_batch(
        [
            *(
                pa.array([getattr(each, name) for each in held], pa.string()).dictionary_encode()
                if pa.types.is_dictionary(FINDINGS.field(name).type)
                else [getattr(each, name) for each in held]
                for name in FINDINGS.names[:11]
            ),
            [each.template if text else None for each in held],
            [
                [
                    {"signal": one.signal, "detail": one.detail, "weight": one.weight}
                    for one in told(each, text=text)
                ]
                for each in held
            ],
        ],
        schema=FINDINGS,
    )


def _locations(held: list[Finding], *, text: bool) -> pa.RecordBatch:
    """The locations of findings that are objects."""
    places = [(finding.id, place) for finding in held for place in finding.locations]
    return pa.record_batch(
        [
            [name for name, _ in places],
            *([getattr(each, name) for _, each in places] for name in LOCATIONS.names[1:-1]),
            [each.text if text else None for _, each in places],
        ],
        schema=LOCATIONS,
    )


def _write_columns(
    findings: Columns,
    table: pq.ParquetWriter,
    places: pq.ParquetWriter,
    *,
    text: bool,
) -> None:
    """The same from columns: no object a location."""
    held = findings.places()
    names = pa.array(held.names, pa.string())
    for first in range(0, len(findings), ROWS):
        last = min(first + ROWS, len(findings))
        some = [findings.without_places(row) for row in range(first, last)]
        table.write_batch(_findings(some, text=text))
        ids = pa.array([finding.id for finding in some], pa.string())
        low, high = int(held.bounds[first]), int(held.bounds[last])
        finding = np.repeat(np.arange(last - first), np.diff(held.bounds[first : last + 1]))
        for begin in range(low, high, LISTED):
            end = min(begin + LISTED, high)
            rows = slice(begin, end)
            places.write_batch(
                pa.record_batch(
                    [
                        ids.take(pa.array(finding[begin - low : end - low])),
                        names.take(pa.array(held.document[rows])),
                        *(pa.array(column[rows]) for column in (held.start, held.end)),
                        *(pa.array(column[rows]) for column in (held.line, held.end_line)),
                        *(pa.array(column[rows]) for column in (held.anchor, held.keep)),
                        *(
                            pa.array(column[rows], mask=np.isnan(column[rows]))
                            for column in (
                                *(held.jaccard, held.containment),
                                *(held.in_anchor, held.of_anchor),
                            )
                        ),
                        _excerpts(held, rows) if text else pa.nulls(end - begin, pa.string()),
                    ],
                    schema=LOCATIONS,
                )
            )


def _excerpts(places: Places, rows: slice) -> pa.Array:
    """The words of some places, cut from the documents' bytes."""
    data, bounds = excerpts_of(places, rows)
    buffers = (pa.py_buffer(bounds), pa.py_buffer(data))
    return pa.LargeStringArray.from_buffers(bounds.size - 1, *buffers).cast(pa.string())
