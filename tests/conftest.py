"""What tests of several folders share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

settings.register_profile(
    "many", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck)
)
"""For `make roundtrips`: `--hypothesis-profile=many`."""
