"""Which file and line the documents are that are rows of tables, for who wants to open them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from dedupe.documents.batches import Stretch
from dedupe.report import Origin
from dedupe.sketch.corpus import Corpus


class Origins(Mapping[str, Origin]):
    """Looked up by id; nothing is made before that."""

    def __init__(self, corpus: Corpus, stretches: Sequence[Stretch]) -> None:
        self._corpus = corpus
        self._stretches = stretches
        self._bounds = np.cumsum([0, *(each.documents for each in stretches)])

    def __getitem__(self, document: str) -> Origin:
        found = self._at(self._rows[document])
        if found is None:
            raise KeyError(document)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name, row in self._rows.items() if self._at(row) is not None)

    def __len__(self) -> int:
        return sum(each.documents for each in self._stretches if each.path is not None)

    @cached_property
    def _rows(self) -> dict[str, int]:
        """The documents by id, numbered as they were read: an archive stands first, but is read last."""
        if all(each.path is None for each in self._stretches):
            return {}
        names = self._corpus.values("id")
        archive = self._corpus.archive
        ordered = names[archive:] + names[:archive]
        return {name: row for row, name in enumerate(ordered) if name is not None}

    def _at(self, row: int) -> Origin | None:
        stretch = int(np.searchsorted(self._bounds, row, "right")) - 1
        found = self._stretches[stretch]
        if found.path is None:
            return None
        at = row - int(self._bounds[stretch])
        line = None if found.lines is None else int(found.lines[at])
        return Origin(found.path, int(found.rows[at]), line)
