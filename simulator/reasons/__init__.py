"""Why a customer took this way and not another, in English. A module a group of steps."""

from simulator.reasons import decide, guard, people, systems, talk  # noqa: F401 - they register
from simulator.reasons.registry import Seen, other_ways, reason

__all__ = ["Seen", "other_ways", "reason"]
