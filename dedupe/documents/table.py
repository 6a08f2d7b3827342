"""Rows from Arrow record batches, whatever file they come from: columns pass without Python objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dedupe import arrow as pc
from dedupe.documents.columns import ROLES, choose, wanted
from dedupe.documents.interface import UnreadableError, loose
from dedupe.documents.strings import as_text, holds_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedupe.settings import Settings

_DEEPEST = 16
"""Structs inside each other whose fields have a name."""


def choose_columns(schema: pa.Schema, settings: Settings) -> dict[str, str]:
    """The column of each role there is; ``a.b`` is the field ``b`` of the structs in column ``a``.

    Raises:
        UnreadableError: there is no text, or a column the settings name is not there.

    """
    try:
        names = list(schema.names)
        fields = {field.name: field for field in reversed(list(schema))}
    except UnicodeDecodeError:
        raise UnreadableError("has a column whose name is not UTF-8") from None
    if any("." in name for role in ROLES for name in wanted(role, settings)):
        inside = {name: field for name, field in _inside(schema, "") if name not in fields}
        fields |= inside
        names += inside
    texts = {name for name, field in fields.items() if holds_text(field.type)}
    return choose(names, settings, texts)


def _inside(
    parent: pa.Schema | pa.StructType, begin: str, depth: int = 0
) -> Iterator[tuple[str, pa.Field]]:
    """The fields of structs, by path."""
    for field in parent:
        if depth:
            yield begin + field.name, field
        if pa.types.is_struct(field.type) and depth < _DEEPEST:
            yield from _inside(field.type, f"{begin}{field.name}.", depth + 1)


def column_of(batch: pa.RecordBatch, name: str) -> pa.Array:
    """A column, or a field of one."""
    names = batch.schema.names
    if name in names:
        # By position: a table may have two columns of one name, and the first one counts.
        return batch.column(names.index(name))
    at = name.find(".")
    while at > 0:
        if name[:at] in names:
            column = batch.column(names.index(name[:at]))
            if (found := _field(column, name[at + 1 :])) is not None:
                return found
        at = name.find(".", at + 1)
    raise KeyError(name)


def _field(column: pa.Array, path: str) -> pa.Array | None:
    if not pa.types.is_struct(column.type):
        return None
    names = [field.name for field in column.type]
    if path in names:
        return pc.struct_field(column, [names.index(path)])
    for at, name in enumerate(names):
        if path.startswith(f"{name}."):
            found = _field(pc.struct_field(column, [at]), path[len(name) + 1 :])
            if found is not None:
                return found
    return None


def rows_of(
    batch: pa.RecordBatch, chosen: dict[str, str], first: int
) -> tuple[pa.RecordBatch, dict[int, str]]:
    """The batch as LOOSE, and why rows are no documents where it is not just for want of a text."""
    columns = {}
    reasons: dict[int, str] = {}
    for role, name in chosen.items():
        columns[role], broken = as_text(column_of(batch, name))
        if role == "text" and broken is not None:
            reasons = {first + int(at): "is not valid UTF-8" for at in np.flatnonzero(broken)}
    return loose(columns, batch.num_rows), reasons
