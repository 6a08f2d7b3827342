"""What of a batch of documents is compared: all of it, but of Markdown only the prose.

What is left out becomes blanks, as many bytes, line ends aside: every offset stays that of the text as
read, and nothing behind the scan has to know. Who walks over words again walks over this text; what
people are shown comes from the text as read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import xxhash
from numpy.typing import NDArray

from dedupe.compute.interface import Texts
from dedupe.passages.columns import DOCUMENT, FLAGS, START
from dedupe.passages.markdown import blanked, blocks_of
from dedupe.passages.rules import PARTED, PROSE

if TYPE_CHECKING:
    import pyarrow as pa

    from dedupe.compute.interface import Scan

_SAYS: Final = re.compile(rb"[0-9A-Za-z\x80-\xff]")
NO_ROWS: Final = np.empty(0, np.int64)


def markdown_rows(batch: pa.RecordBatch) -> NDArray[np.int64]:
    """Rows of a batch that are Markdown documents."""
    return np.flatnonzero(batch.column("markdown").to_numpy(zero_copy_only=False))


@dataclass(frozen=True, slots=True)
class Prose:
    """Texts of a batch without what is no prose in some of them."""

    texts: Texts
    """The same bytes long."""
    rows: NDArray[np.int64]
    """(m,): the Markdown documents."""
    hashes: NDArray[np.int64]
    """(m,): of what was left out of each, 0 for nothing."""
    gaps: tuple[NDArray[np.int64], ...]
    """Of each, (g, 2): the ranges of bytes left out that say something."""
    entries: tuple[NDArray[np.int64], ...]
    """Of each, (e, 2): lines that tell of a parameter and rows of tables: they are no running prose."""

    def note(self, scanned: Scan, as_read: Texts) -> None:
        """Put right what a scan says of documents as they were read, and flag passages that are parted
        from the one before, or entries of a list of parameters.

        Places of passages are those in their own document.
        """
        scanned.documents[self.rows, 1] = characters(as_read, self.rows)
        scanned.documents[self.rows, 3] ^= self.hashes
        first = np.searchsorted(scanned.passages[DOCUMENT], self.rows)
        behind = np.searchsorted(scanned.passages[DOCUMENT], self.rows, "right")
        held = zip(first.tolist(), behind.tolist(), self.gaps, self.entries, strict=True)
        for low, high, gaps, entries in held:
            starts = scanned.passages[START, low:high]
            following = low + np.searchsorted(starts, gaps[:, 0])
            scanned.passages[FLAGS, following[following < high]] |= PARTED
            before = np.searchsorted(entries[:, 0], starts, "right") - 1
            inside = np.flatnonzero(before >= 0)
            inside = inside[starts[inside] < entries[before[inside], 1]]
            scanned.passages[FLAGS, low + inside] &= ~PROSE


def prose_of(texts: Texts, rows: NDArray[np.int64]) -> Prose:
    """The texts of a batch with what is no prose blanked out in the Markdown documents among them."""
    base = int(texts.offsets[0])
    data = np.array(texts.data[base : int(texts.offsets[-1])])
    offsets = texts.offsets - base
    hashes = np.zeros(rows.size, np.int64)
    gaps, entries = [], []
    for at, row in enumerate(rows.tolist()):
        start = int(offsets[row])
        text = data[start : int(offsets[row + 1])].tobytes()
        blocks = blocks_of(text)
        ranges = blocks.left_out
        data[start : start + len(text)] = np.frombuffer(blanked(text, ranges), np.uint8)
        entries.append(np.array(blocks.entries, np.int64).reshape(-1, 2))
        # What consists of signs alone, as frames of tables do, makes no difference.
        telling = [(low, high) for low, high in ranges if _SAYS.search(text, low, high)]
        if telling:
            said = b"\n".join(b" ".join(text[low:high].split()) for low, high in telling)
            hashes[at] = np.uint64(xxhash.xxh64_intdigest(said)).astype(np.int64)
        gaps.append(np.array(telling, np.int64).reshape(-1, 2))
    data.flags.writeable = offsets.flags.writeable = False
    return Prose(Texts(data, offsets), rows, hashes, tuple(gaps), tuple(entries))


def characters(texts: Texts, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """(m,): the code points of some texts."""
    bounds = zip(texts.offsets[rows].tolist(), texts.offsets[rows + 1].tolist(), strict=True)
    return np.array(
        [np.count_nonzero((texts.data[low:high] & 0xC0) != 0x80) for low, high in bounds], np.int64
    )
