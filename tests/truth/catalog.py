"""Every case of the truth suite."""

from __future__ import annotations

from tests.truth.case import Case
from tests.truth.cases import (
    agents,
    blending,
    counts,
    days,
    estimators,
    lines,
    networks,
    patience,
    queues,
    routing,
    staffing,
)


def all_cases() -> list[Case]:
    """All cases, in the order of the table."""
    cases: list[Case] = []
    for module in (
        queues,
        staffing,
        patience,
        networks,
        agents,
        blending,
        lines,
        routing,
        days,
        counts,
        estimators,
    ):
        cases.extend(module.cases())
    return cases
