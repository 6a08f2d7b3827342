"""What a person is told besides the data: lines on stderr, each safe to show."""

from __future__ import annotations

import sys
from contextlib import suppress

from dedupe.formats.shared.visible import visible


def say(text: str) -> None:
    """One line on stderr."""
    stream = sys.stderr
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    with suppress(BrokenPipeError):  # nobody listens: no reason to fail
        stream.write(f"dedupe: {visible(text, encoding)}\n")
        stream.flush()


def complain(text: str) -> None:
    """The reason of a failure, in one line whatever it holds."""
    say(" ".join(text.split()))
