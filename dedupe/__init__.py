"""dedupe: what is said twice in a pile of articles.

``dedupe.audit(documents, settings)`` returns a ``Report``; ``dedupe.signatures(texts, settings)``
the MinHash signatures. Everything is imported when it is first used, so that a command that needs
little starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dedupe.audit import audit, signatures
    from dedupe.documents import Document
    from dedupe.errors import DedupeError
    from dedupe.report import Report
    from dedupe.settings import Settings

__all__ = ["DedupeError", "Document", "Report", "Settings", "__version__", "audit", "signatures"]

_HOMES = {
    "audit": "dedupe.audit",
    "signatures": "dedupe.audit",
    "Document": "dedupe.documents",
    "DedupeError": "dedupe.errors",
    "Report": "dedupe.report",
    "Settings": "dedupe.settings",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'dedupe' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    # `import dedupe.audit` would set the module as the attribute: the function takes its place.
    globals()[name] = value
    return value
