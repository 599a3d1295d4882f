"""Work that is done without the customer on the line: callbacks and cases."""

from __future__ import annotations

from typing import Final

from engine.steps.people import Callback, Case
from simulator.kpis.registry import NOT_SPLIT, Pair, count, kpi, total
from simulator.measured import Measured
from simulator.records import Fate

ORDER: Final = 40


@kpi(
    "callback_share",
    "Callbacks taken",
    "share",
    "contact",
    "offered who took a callback instead of waiting ÷ offered",
    censoring="They are neither answered nor abandoned in the live queue.",
)
def _callback_share(m: Measured) -> Pair:
    return count(m.fates == Fate.CALLBACK), count(m.offered)


@kpi(
    "callback_wait",
    "Mean wait for a callback attempt",
    "seconds",
    "contact",
    "waits of callback attempts for an agent ÷ attempts",
    censoring="From the wish, or the end of the gap, to the agent's attempt; not on the line.",
    better="lower",
)
def _callback_wait(m: Measured) -> Pair:
    waits = m.work_waits(Callback)
    return total(waits), float(len(waits))


@kpi(
    "callback_reached",
    "Callbacks that reached the customer",
    "share",
    "contact",
    "callbacks that ended in a conversation ÷ callbacks that ended",
    by=NOT_SPLIT,
    better="higher",
)
def _callback_reached(m: Measured) -> Pair:
    reached = m.exits_of(Callback, "reached")
    return reached, reached + m.exits_of(Callback, "not_reached")


@kpi(
    "case_late_rate",
    "Cases done too late",
    "share",
    "issue",
    "cases done after the promised time ÷ cases done",
    censoring="Cases that are not done when the run ends are unfinished.",
    by=NOT_SPLIT,
    better="lower",
)
def _case_late(m: Measured) -> Pair:
    late = m.exits_of(Case, "late")
    return late, late + m.exits_of(Case, "done")
