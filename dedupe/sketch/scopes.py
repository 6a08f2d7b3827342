"""Scopes: groups of documents that are never compared with each other.

Translations, versions and a changelog repeat each other by design. A document belongs to the first
scope of which a pattern fits its id (for a file: its path from the folder of the configuration, too),
else to the common rest. Whatever two documents are compared by, words, passages, documents and bands
are known by hashes; those of a scope are mixed with one of its name, so that nothing in it equals
anything outside. No stage after the scan needs a rule for scopes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import xxhash
from numpy.typing import NDArray

from dedupe.documents.patterns import fitting, relatives
from dedupe.passages.columns import DOCUMENT, WEIGHT

if TYPE_CHECKING:
    from dedupe.compute.interface import Scan

_CODE_OF_WEIGHT: Final = 3
"""The bits of a word's hash that say what it weighs: they stay."""

Scopes = tuple[tuple[str, tuple[str, ...]], ...]
"""Names and patterns, as settings have them."""


def salts_of(names: tuple[str, ...]) -> NDArray[np.uint64]:
    """(s + 1,): what the hashes of each scope are mixed with; 0 for the rest, which comes first."""
    salts = (xxhash.xxh3_64_intdigest(name.encode("utf-8", "surrogatepass")) for name in names)
    return np.array([0, *(salt & ~_CODE_OF_WEIGHT for salt in salts)], np.uint64)


def scope_of(ids: pa.Array, scopes: Scopes, base: str | None) -> NDArray[np.int64]:
    """(d,): the number of each document's scope, counted from 1; 0 for the rest.

    Args:
        ids: of documents.
        scopes: the first that fits counts.
        base: the folder that patterns are relative to; None for the current one.
    """
    found = np.zeros(len(ids), np.int64)
    if not scopes:
        return found
    names = [ids]
    if base is not None:
        names.append(pa.array(relatives(ids.to_pylist(), base), pa.large_string()))
    for number in range(len(scopes), 0, -1):
        for each in names:
            found[fitting(scopes[number - 1][1], each)] = number
    return found


def set_apart(
    scanned: Scan, scope: NDArray[np.int64], salts: NDArray[np.uint64], least_weight: int
) -> None:
    """Mix the hashes of a batch with those of its documents' scopes.

    Args:
        scanned: its columns, changed in place; documents count from this batch.
        scope: (d,): ``scope_of``.
        salts: ``salts_of``.
        least_weight: quarter words from which a passage has band keys.
    """
    of_document = salts[scope]
    scanned.words[:] ^= np.repeat(of_document, scanned.documents[:, 0])
    of_passage = of_document[scanned.passages[DOCUMENT]]
    scanned.contents[:] ^= of_passage
    scanned.documents[:, 3] ^= of_document.view(np.int64)
    scanned.keys[:] ^= (of_passage[scanned.passages[WEIGHT] >= least_weight] >> np.uint64(32)).astype(
        np.uint32
    )
