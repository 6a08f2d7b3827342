"""Rows from Arrow record batches, whatever file they come from: columns pass without Python objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedupe.documents.columns import choose
from dedupe.documents.interface import loose
from dedupe.documents.strings import as_text, holds_text

if TYPE_CHECKING:
    import pyarrow as pa

    from dedupe.settings import Settings


def choose_columns(schema: pa.Schema, settings: Settings) -> dict[str, str]:
    """The column of each role there is.

    Raises:
        UnreadableError: there is no text, or a column the settings name is not there.

    """
    texts = {field.name for field in schema if holds_text(field.type)}
    return choose(schema.names, settings, texts)


def rows_of(
    batch: pa.RecordBatch, chosen: dict[str, str], first: int
) -> tuple[pa.RecordBatch, dict[int, str]]:
    """The batch as LOOSE, and why rows are no documents where it is not just for want of a text."""
    columns = {}
    reasons: dict[int, str] = {}
    names = batch.schema.names
    for role, name in chosen.items():
        # By position: a table may have two columns of one name, and the first one counts.
        columns[role], broken = as_text(batch.column(names.index(name)))
        if role == "text" and broken is not None:
            reasons = {first + int(at): "is not valid UTF-8" for at in np.flatnonzero(broken)}
    return loose(columns, batch.num_rows), reasons
