"""Every case of the truth suite."""

from __future__ import annotations

from tests.truth.case import Case
from tests.truth.cases import counts, days, estimators, networks, patience, queues, staffing


def all_cases() -> list[Case]:
    """All cases, in the order of the table."""
    cases: list[Case] = []
    for module in (queues, staffing, patience, networks, days, counts, estimators):
        cases.extend(module.cases())
    return cases
