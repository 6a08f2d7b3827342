"""JSON Lines through Arrow's parser, only where it gives the same rows as Python's.

Arrow reads whole blocks many times faster, but stops at the first broken line, needs the types
beforehand, and is lax where Python is strict. So a block goes this way only if

- it is valid UTF-8, and each line starts with ``{`` and ends with ``}``: then no value crosses a
  line end (nothing in JSON has ``}`` followed by ``{``), and as many rows as lines means one each;
- every spelling of the names we look for is known beforehand: they are searched for as bytes, and
  letters of a name written as escapes are ruled out;
- no line could be nested deeper than Python goes, and none has the infinities only Arrow knows.

Everything else, Arrow refuses itself: a value of another type, a key twice, a lone surrogate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dedupe import arrow as pc
from dedupe.documents.columns import ROLES, spellings
from dedupe.documents.decode import is_utf8
from dedupe.documents.interface import loose
from dedupe.documents.jsonl_guard import findable, is_shallow, is_strict, line_ends, names_in
from dedupe.documents.objects import BrokenError, parse

if TYPE_CHECKING:
    from dedupe.settings import Settings

_LEAST_BLOCK = 1 << 20


def read_block(block: bytes, settings: Settings) -> pa.RecordBatch | None:
    """The rows of a block of whole lines as LOOSE; None where the plain path has to read it."""
    wanted = findable(settings)
    data = np.frombuffer(block, np.uint8)
    if wanted is None or not is_utf8(block):
        return None
    ends = line_ends(data)
    limits = settings.limits
    if ends is None or not is_shallow(data, ends, limits.depth) or not is_strict(data):
        return None
    longest = int(np.diff(ends, prepend=-1).max())
    if longest > limits.line:
        return None
    names = names_in(data, wanted)
    if names is None:
        return None
    table = _parsed(block, _schema(block, names), longest)
    if table is None or table.num_rows != len(ends):
        return None
    return _by_role(table, spellings(names, settings))


def _schema(block: bytes, names: list[str]) -> pa.Schema:
    """Strings, and whole numbers where the first object has one; a guess that Arrow holds us to."""
    try:
        first = parse(block[: block.find(b"\n") + 1 or None].decode())
    except BrokenError:
        first = None
    whole = {name for name in names if isinstance(first, dict) and type(first.get(name)) is int}
    return pa.schema([(name, pa.int64() if name in whole else pa.large_string()) for name in names])


def _parsed(block: bytes, schema: pa.Schema, longest: int) -> pa.Table | None:
    import pyarrow.json

    try:
        return pyarrow.json.read_json(
            pa.BufferReader(block),
            read_options=pyarrow.json.ReadOptions(block_size=max(_LEAST_BLOCK, longest + 2)),
            parse_options=pyarrow.json.ParseOptions(
                explicit_schema=schema, unexpected_field_behavior="ignore"
            ),
        )
    except ValueError:  # ArrowInvalid is one
        return None


def _by_role(table: pa.Table, found: dict[str, list[str]]) -> pa.RecordBatch | None:
    if any(table.schema.field(name).type != pa.large_string() for name in found["text"]):
        return None
    columns = {}
    for role in ROLES:
        parts = [table.column(name).combine_chunks() for name in found[role]]
        parts = [_whole(part).cast(pa.large_string()) for part in parts]
        if parts:
            columns[role] = parts[0] if len(parts) == 1 else pc.coalesce(*parts)
    return loose(columns, table.num_rows)


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array, also where Arrow keeps a column without rows in chunks."""
    if isinstance(column, pa.ChunkedArray):
        return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    return column
