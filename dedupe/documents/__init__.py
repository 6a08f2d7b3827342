"""Documents: from files or Python objects to Arrow record batches of one schema.

`read` is the way in. `formats` says which reader reads which file; `interface` what a reader is.
"""

from __future__ import annotations

from dedupe.documents.batches import SCHEMA, DocumentStream, Intake
from dedupe.documents.document import Document
from dedupe.documents.reading import read

__all__ = ["SCHEMA", "Document", "DocumentStream", "Intake", "read"]
