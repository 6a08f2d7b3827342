"""What each code says, in three or four words; ``dedupe explain CODE`` says the rest."""

from __future__ import annotations

CODES: dict[str, str] = {
    "REP001": "repeated exactly",
    "REP002": "repeated with edits",
    "REP003": "echo between title, deck, lead or caption",
    "REU001": "shared passage",
    "REU002": "quoted on both sides",
    "DUP001": "exact copy of a document",
    "DUP002": "edited copy of a document",
    "DUP003": "one document contains the other",
    "DUP004": "series: same frame, other figures",
    "DUP005": "update of a story",
    "BPL001": "repeated across a source",
    "BPL002": "template with a slot",
    "BPL003": "link list",
    "BPL004": "interface debris",
    "BPL005": "call to action or credit",
}
