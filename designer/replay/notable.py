"""Replications of a run that are worth a look: the busiest, a typical one, the longest waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from designer.runs.results import RunResults

Why = Literal["busiest", "typical", "longest_waits"]

FEWEST: Final = 3
"""Of fewer replications none stands out."""


def notable(results: RunResults) -> dict[Why, int]:
    """For each reason the number of the replication; none while the run goes on."""
    kpis = results.by_replication.get("kpis", {})
    contacts, waits = _values(kpis, "contacts"), _values(kpis, "asa")
    if len(contacts) < FEWEST:
        return {}
    order = sorted(range(len(contacts)), key=lambda at: (contacts[at], -at))
    found: dict[Why, int] = {"busiest": order[-1], "typical": order[(len(order) - 1) // 2]}
    if waits:
        found["longest_waits"] = max(range(len(waits)), key=lambda at: (waits[at], -at))
    return found


def _values(kpis: Mapping[str, Sequence[Any]], name: str) -> list[float]:
    """A KPI of each replication; what does not apply in one counts as 0."""
    return [float(top) / float(bottom) if bottom else 0.0 for top, bottom in kpis.get(name, ())]
