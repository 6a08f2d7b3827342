"""The subcommands that read documents, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from dedupe.cli import audit, check, clean, compare

COMMANDS: Final[dict[str, Callable[..., Any]]] = {
    "audit": audit.audit,
    "check": check.check,
    "clean": clean.clean,
    "compare": compare.compare,
}
"""What they take can be configured."""
