"""Addresses: what is not a path of this machine."""

from __future__ import annotations

import re
from typing import Final

REMOTE: Final = re.compile(r"(?i)(s3|gs|https?)://")


def scheme(name: str) -> str | None:
    """How a file that is elsewhere is reached, in lower case; None for one of this machine."""
    found = REMOTE.match(name)
    return found[1].lower() if found else None
