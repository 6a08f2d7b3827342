"""Arrow's functions over arrays (``pyarrow.compute``), imported when the first of them is called.

Importing them takes longer than to read some files, and plain text needs none: use this module in place
of that one. Casts, filters and dictionaries of arrays bring it in, too.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    import pyarrow.compute

    return getattr(pyarrow.compute, name)
