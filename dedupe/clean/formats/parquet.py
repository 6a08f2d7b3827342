"""Parquet: written anew, row group by row group, with another text where something goes."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from dedupe.documents.table import choose_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from pyarrow.parquet import ParquetFile

    from dedupe.settings import Settings

Edit = "Callable[[str], str]"


class UnlikeError(Exception):
    """The file cannot be written with the types it has."""


def text_column(where: str, settings: Settings) -> str:
    """The column that holds the text."""
    with _open(where) as file:
        return choose_columns(file.schema_arrow, settings)["text"]


def rewrite(
    source: str, target: str, column: str, texts: Mapping[int, Callable[[str], str]], gone: Sequence[int]
) -> dict[int, str]:
    """Write a file again, some texts changed and some rows left out.

    Args:
        source: the file.
        target: where to write.
        column: the one that holds the text.
        texts: what becomes of a text, by row.
        gone: rows that are left out, ascending.

    Returns:
        The rows that are left out, for ``restore``.

    Raises:
        UnlikeError: it would not have the same types.
    """
    held: dict[int, str] = {}
    left_out = set(gone)

    def tables(file: ParquetFile) -> Iterator[pa.Table]:
        first = 0
        for number in range(file.num_row_groups):
            table = file.read_row_group(number)
            rows = range(first, first + table.num_rows)
            table = _with_texts(table, column, {row - first: texts[row] for row in rows if row in texts})
            out = [row for row in rows if row in left_out]
            for row in out:
                held[row] = _packed(table.slice(row - first, 1))
            if out:
                table = _without(table, [row - first for row in out])
            first = rows.stop
            if table.num_rows:
                yield table

    _write(source, target, tables)
    return held


def restore(
    source: str,
    target: str,
    column: str,
    texts: Mapping[int, Callable[[str], str]],
    gone: Mapping[int, str],
) -> None:
    """The opposite: ``gone`` are the rows that were left out, by their number in the file it was.

    Raises:
        UnlikeError: it would not have the same types.
    """

    def tables(file: ParquetFile) -> Iterator[pa.Table]:
        schema = file.schema_arrow
        rows = iter(sorted(gone))
        following = next(rows, None)
        at = 0
        for number in range(file.num_row_groups):
            table = file.read_row_group(number)
            parts = []
            low = 0
            # A row that was left out stood where the ones before it come to its number.
            while following is not None and following - at <= table.num_rows - low:
                parts.append(table.slice(low, following - at))
                low += following - at
                parts.append(_unpacked(gone[following], schema))
                at = following + 1
                following = next(rows, None)
            parts.append(table.slice(low))
            at += table.num_rows - low
            table = pa.concat_tables(parts)
            first = at - table.num_rows
            yield _with_texts(
                table,
                column,
                {row - first: texts[row] for row in range(first, at) if row in texts},
            )
        last = [_unpacked(gone[row], schema) for row in [following, *rows] if row is not None]
        if last:
            yield pa.concat_tables(last)

    _write(source, target, tables)


def _open(where: str) -> ParquetFile:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(pa.OSFile(os.fsencode(where)))


def _write(source: str, target: str, tables: Callable[[ParquetFile], Iterator[pa.Table]]) -> None:
    from pyarrow.parquet import ParquetWriter

    try:
        with _open(source) as file:
            with (
                pa.OSFile(os.fsencode(target), "wb") as sink,
                ParquetWriter(sink, file.schema_arrow, **_as_it_is(file)) as writer,
            ):
                for table in tables(file):
                    writer.write_table(table, row_group_size=max(1, table.num_rows))
            with _open(target) as written:
                if not written.schema.equals(file.schema):
                    raise UnlikeError("its types would not be the same")
    except (pa.ArrowException, OverflowError) as error:
        raise UnlikeError(str(error)) from None


def _as_it_is(file: ParquetFile) -> dict[str, Any]:
    """How to write a file like this one."""
    options: dict[str, Any] = {"version": "2.6"}
    if file.metadata.format_version == "1.0":
        options["version"] = "1.0"
    columns = [file.schema.column(number) for number in range(len(file.schema))]
    options["use_deprecated_int96_timestamps"] = any(each.physical_type == "INT96" for each in columns)
    if file.metadata.num_row_groups:
        group = file.metadata.row_group(0)
        chunks = [group.column(number) for number in range(group.num_columns)]
        options["compression"] = {each.path_in_schema: _codec(each.compression) for each in chunks}
    return options


def _codec(name: str) -> str:
    return "NONE" if name == "UNCOMPRESSED" else name


def _with_texts(table: pa.Table, column: str, texts: Mapping[int, Callable[[str], str]]) -> pa.Table:
    """The table with some texts changed, the column of the type it was."""
    if not texts:
        return table
    if column not in table.schema.names:
        raise UnlikeError("its text is in a struct")
    number = table.schema.names.index(column)
    old = table.column(number)
    kind = old.type
    plain = old
    if isinstance(kind, pa.ExtensionType):
        raise UnlikeError("its text is of a type of its own")
    if pa.types.is_dictionary(kind):
        plain = plain.cast(kind.value_type)
    data = plain.cast(pa.large_binary())
    rows = sorted(texts)
    wanted = data.take(pa.array(rows))
    new = [
        texts[row](value.decode()).encode() for row, value in zip(rows, wanted.to_pylist(), strict=True)
    ]
    mask = [False] * len(data)
    for row in rows:
        mask[row] = True
    data = pc.replace_with_mask(data, pa.array(mask), pa.array(new, pa.large_binary()))
    if pa.types.is_dictionary(kind):
        changed = data.cast(kind.value_type).dictionary_encode().cast(kind)
    else:
        changed = data.cast(kind)
    return table.set_column(number, table.schema.field(number), changed)


def _without(table: pa.Table, rows: Sequence[int]) -> pa.Table:
    """The table without some rows: in slices, since not every type can be filtered."""
    starts = [0, *(row + 1 for row in rows)]
    ends = [*rows, table.num_rows]
    parts = [table.slice(start, end - start) for start, end in zip(starts, ends, strict=True)]
    return pa.concat_tables(parts).combine_chunks()


def _packed(table: pa.Table) -> str:
    """One row as text."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema.remove_metadata()) as writer:
        writer.write_table(table.replace_schema_metadata(None).combine_chunks())
    return base64.b64encode(sink.getvalue()).decode("ascii")


def _unpacked(packed: str, schema: pa.Schema) -> pa.Table:
    with pa.ipc.open_stream(base64.b64decode(packed)) as reader:
        table = reader.read_all()
    return table.cast(schema) if not table.schema.equals(schema, check_metadata=True) else table
