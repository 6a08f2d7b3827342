"""Which passages stand together in findings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.sample import Passage
    from dedupe import Document, Report


class Places:
    """Which locations of a report hold which passages."""

    def __init__(self, report: Report, documents: Sequence[Document], every: Sequence[Passage]) -> None:
        number_of = {document.id: number for number, document in enumerate(documents)}
        inside: dict[int, list[int]] = defaultdict(list)
        for number, passage in enumerate(every):
            inside[passage.document].append(number)
        self._holding: list[set[tuple[int, int]]] = [set() for _ in every]
        """For each passage, the finding and location of those that hold all of it."""
        self.boilerplate: set[int] = set()
        """Passages that are boilerplate whole: they are told by their evidence, not by a partner."""
        for row, finding in enumerate(report.findings):
            for place, location in enumerate(finding.locations):
                for number in inside[number_of[location.document]]:
                    passage = every[number]
                    if location.start <= passage.start and passage.end <= location.end:
                        self._holding[number].add((row, place))
                        if finding.kind == "boilerplate":
                            self.boilerplate.add(number)

    def together(self, number: int, partners: Iterable[int]) -> bool:
        """Whether a finding holds the passage in one location and one of the partners in another."""
        own = self._holding[number]
        return bool(own) and any(
            finding == other and place != other_place
            for partner in partners
            for other, other_place in self._holding[partner]
            for finding, place in own
        )
