"""From rows as found to documents: every one with a text, an id of its own, and its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from dedupe import arrow as pc
from dedupe.documents import memory
from dedupe.documents.batches import MARKDOWN, SCHEMA, Intake, Stretch
from dedupe.documents.ids import Seen, named
from dedupe.documents.interface import LISTED, Rows, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_URL = (
    r"^[\x00-\x20]*(?:[A-Za-z][A-Za-z0-9+.\-]*:)?//(?:[^/?#]*@)?"
    r"(?:\[(?P<v6>[^\]/?#]*)\]|(?P<name>[^:/?#\[\]]*))"
)


_MARKDOWN = re.compile(MARKDOWN.removesuffix("$") + r"\Z", re.ASCII)
_NO_FILES = ("-", memory.NAME)


class Piece(NamedTuple):
    """Documents, and how far reading has come with them."""

    batch: pa.RecordBatch
    path: str
    done: int


def settle(found: Iterable[Rows], intake: Intake, seen: Seen | None = None) -> Iterator[Piece]:
    """The documents among rows, of SCHEMA. ``seen`` are ids used before, and gets those used here."""
    seen = seen or Seen()
    for rows in found:
        columns, places = _with_text(rows, intake)
        if len(columns):
            intake.stretches.append(_stretch(rows, places))
            batch = _documents(columns, rows, places, seen, intake)
            intake.damage.look(batch)
            yield Piece(batch, rows.path, rows.done)


def _with_text(rows: Rows, intake: Intake) -> tuple[pa.RecordBatch, np.ndarray]:
    """The rows that have a text, and their numbers; the others are listed."""
    numbers = np.arange(rows.first, rows.first + len(rows.columns))
    text = rows.columns.column("text")
    limits = rows.tally.limits if rows.tally is not None else None
    large = _larger(text, limits.document) if limits is not None else None
    if not text.null_count and large is None:
        return rows.columns, numbers
    keep = np.asarray(text.is_valid())
    reasons = rows.reasons
    if limits is not None and large is not None:
        reasons = {**reasons, **dict.fromkeys(numbers[large].tolist(), too_large(limits))}
        keep = keep & ~large
    for number in numbers[~keep].tolist():
        reason = f"{rows.place(number)} {reasons.get(number, 'has no text')}"
        if rows.tally is not None:
            rows.tally.skip(reason)
        else:
            intake.skip(rows.path, reason)
    return rows.columns.filter(pa.array(keep)), numbers[keep]


def _stretch(rows: Rows, numbers: np.ndarray) -> Stretch:
    path = None if rows.tally is None or rows.tally.path in _NO_FILES else rows.tally.path
    lines = None if rows.lines is None else rows.lines[numbers - rows.first]
    return Stretch(numbers.size, path, numbers, lines)


def _larger(text: pa.Array, most: int) -> np.ndarray | None:
    """Which texts are larger than that; None where none is."""
    offsets = np.frombuffer(text.buffers()[1], np.int64, len(text) + 1, text.offset * 8)
    if offsets[-1] - offsets[0] <= most:
        return None
    large: np.ndarray = np.diff(offsets) > most
    return large if large.any() else None


def _documents(
    columns: pa.RecordBatch, rows: Rows, numbers: np.ndarray, seen: Seen, intake: Intake
) -> pa.RecordBatch:
    ids, title, source, url, date, group = (
        _empty_as_null(columns.column(name))
        for name in ("id", "title", "source", "url", "date", "group")
    )
    if source.null_count and url.null_count < len(url):
        source = pc.coalesce(source, hosts(url))

    def names(places: np.ndarray) -> pa.Array:
        if rows.tally is None:
            return pc.binary_join_element_wise(ids.take(pa.array(places)), _scalar("0"), _scalar("#"))
        return pc.binary_join_element_wise(
            _scalar(rows.tally.path),
            pa.array(numbers[places]).cast(pa.large_string()),
            _scalar("#"),
        )

    ids, renamed = named(ids, names, seen)
    if renamed.any():
        _tell(ids, np.flatnonzero(renamed), rows, intake)
    return pa.RecordBatch.from_arrays(
        [ids, columns.column("text"), title, source, url, date, group, _markdown(ids, rows, numbers)],
        schema=SCHEMA,
    )


def _markdown(ids: pa.Array, rows: Rows, numbers: np.ndarray) -> pa.Array:
    """Whether the documents are Markdown: files by their names, rows of a table only if they say so."""
    if rows.tally is None:
        return pa.array([_MARKDOWN.search(name) is not None for name in ids.to_pylist()])
    if not rows.markdown:
        return pa.repeat(pa.scalar(False), len(ids))
    told = pa.array(rows.markdown, pa.bool_()).take(pa.array(numbers - rows.first))
    return pc.coalesce(told, pc.match_substring_regex(ids, MARKDOWN))


def _tell(ids: pa.Array, renamed: np.ndarray, rows: Rows, intake: Intake) -> None:
    if rows.tally is not None:
        rows.tally.rename(len(renamed), ids[int(renamed[0])].as_py())
        return
    for place in renamed[:LISTED].tolist():
        name = ids[place].as_py()
        path = name.rpartition("#")[0]
        intake.notes.append(f"{path}: its path is used before as the id of a row; it is named {name}")


def _empty_as_null(column: pa.Array) -> pa.Array:
    """What is left empty is not known."""
    sizes = np.diff(np.frombuffer(column.buffers()[1], np.int64, len(column) + 1, column.offset * 8))
    if column.null_count == len(column) or sizes.all():
        return column
    empty = pc.equal(column, "")
    if not pc.any(empty).as_py():
        return column
    return pc.if_else(empty, _scalar(None), column)


def hosts(urls: pa.Array) -> pa.Array:
    """The host of each URL in lower case, without user and port; null where there is none."""
    parts = pc.extract_regex(urls, _URL)
    found = pc.binary_join_element_wise(
        pc.struct_field(parts, "v6"), pc.struct_field(parts, "name"), _scalar("")
    )
    found = pc.if_else(parts.is_valid(), found, _scalar(None))
    return _empty_as_null(pc.utf8_lower(found))


def _scalar(value: str | None) -> pa.Scalar:
    return pa.scalar(value, pa.large_string())
