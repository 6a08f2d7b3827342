"""How much a finding matters."""

from __future__ import annotations

from typing import Final

from dedupe.passages.characters import WEIGHT_OF_WORD
from dedupe.report import SEVERITIES

ERROR: Final = SEVERITIES.index("error")
WARNING: Final = SEVERITIES.index("warning")
INFO: Final = SEVERITIES.index("info")

LONG_WEIGHT: Final = 25 * WEIGHT_OF_WORD
"""Quarter words from which an exact repetition of prose is an error, and reuse a warning."""
