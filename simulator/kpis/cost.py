"""What it costs."""

from __future__ import annotations

from typing import Final

from simulator.kpis.registry import NOT_SPLIT, Pair, count, kpi
from simulator.measured import Measured
from simulator.records import Mark

ORDER: Final = 80


@kpi(
    "cost_per_contact",
    "Cost per contact",
    "money",
    "contact",
    "cost of paid time and of steps ÷ contacts",
    better="lower",
    by=NOT_SPLIT,
)
def _cost_per_contact(m: Measured) -> Pair:
    return m.cost, float(len(m.marks))


@kpi(
    "handling_cost_per_contact",
    "Handling cost per contact",
    "money",
    "contact",
    "cost of the time spent handling contacts, and of steps ÷ contacts",
    source="What a contact causes; cost per contact also has the time for which nobody came.",
    headline=True,
    only_if_seen=True,
    better="lower",
    by=NOT_SPLIT,
)
def _handling_cost(m: Measured) -> Pair:
    return m.handling_cost, float(len(m.marks))


@kpi(
    "handling_cost_per_issue",
    "Handling cost per issue",
    "money",
    "issue",
    "cost of the time spent handling contacts, and of steps ÷ issues",
    better="lower",
    by=NOT_SPLIT,
)
def _handling_cost_of_issue(m: Measured) -> Pair:
    return m.handling_cost, float(m.issues.count)


@kpi(
    "cost_per_resolution",
    "Cost per resolution",
    "money",
    "issue",
    "cost of paid time and of steps ÷ issues resolved",
    source="The honest one: repeats are paid for.",
    better="lower",
    by=NOT_SPLIT,
)
def _cost_per_resolution(m: Measured) -> Pair:
    own = m.issues
    return m.cost, count(own.having(own.marked(Mark.RESOLVED)))
