"""How Hypothesis runs here: without time limits, and in CI the same examples every time."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Machines that run tests are busy: nothing here may depend on how long something takes.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")
