"""What all tests share: the same random cases on every run."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "wayline",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("wayline")
