"""What the tests of the formats start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from . import builder

if TYPE_CHECKING:
    from dedupe.report import Report


@pytest.fixture(scope="session")
def seeds_report() -> Report:
    """What an audit finds in the seeds."""
    return builder.seeds_report()


@pytest.fixture(scope="session")
def rich_report() -> Report:
    """A report with something in every part."""
    return builder.rich_report()
