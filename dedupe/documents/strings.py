"""Strings that are not valid text, and columns that are not strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from dedupe import arrow as pc

if TYPE_CHECKING:
    from collections.abc import Sequence

_SURROGATE = re.compile("[\ud800-\udfff]")


def mend(text: str) -> str:
    """The text with each surrogate, which no encoding has, replaced one for one by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def text_array(values: Sequence[str | None]) -> pa.Array:
    """A large_string array; surrogates are mended."""
    try:
        return pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([value and mend(value) for value in values], pa.large_string())


def holds_text(kind: pa.DataType) -> bool:
    """Whether a column of this type can hold texts. Bytes can: many writers leave out that they are."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    names = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view", "null")
    return str(kind) in names


def as_text(column: pa.Array) -> tuple[pa.Array, np.ndarray | None]:
    """A column as large_string, and which rows are null only because they are not valid UTF-8.

    Dates and numbers become what they look like; a column that is neither becomes null.
    """
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if not holds_text(column.type):
        return _written_out(column), None
    # Through bytes, because a cast from one string type to another takes its word for valid.
    data = column.cast(pa.large_binary())
    try:
        return data.cast(pa.large_string()), None
    except pa.ArrowInvalid:
        return _valid_only(data)


def _valid_only(data: pa.Array) -> tuple[pa.Array, np.ndarray]:
    values: list[str | None] = []
    broken = np.zeros(len(data), bool)
    for row, value in enumerate(data.to_pylist()):
        try:
            values.append(None if value is None else value.decode())
        except UnicodeDecodeError:
            values.append(None)
            broken[row] = True
    return pa.array(values, pa.large_string()), broken


def _written_out(column: pa.Array) -> pa.Array:
    try:
        text = column.cast(pa.large_string())
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.nulls(len(column), pa.large_string())
    if pa.types.is_timestamp(column.type):
        # Arrow writes .000000 whatever the time is.
        text = pc.replace_substring_regex(text, r"\.0+([Z+-].*)?$", r"\1")
    return text
