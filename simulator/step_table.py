"""What is known of each step after a run: visits, waits, who gave up or was lost, cost, effort."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from engine.plan import CLOSED, Plan
from engine.steps.finish import Exit
from engine.steps.people import HumanAgent
from simulator.counted_time import ALL_TIME
from simulator.measured import Measured
from simulator.records import Fate
from simulator.world import exit_codes

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class StepMeasure:
    """One column of the step table.

    better: which way is better for customers and business; None where neither is.
    """

    title: str
    unit: str
    formula: str
    better: Literal["lower", "higher"] | None = "lower"


STEP_MEASURES: Final = MappingProxyType(
    {
        "visits": StepMeasure("visits", "count", "visits a replication", None),
        "share": StepMeasure("of contacts", "share", "visits ÷ contacts", None),
        "mean_wait": StepMeasure("mean wait", "seconds", "waits of the answered ÷ answered"),
        "abandonment_rate": StepMeasure("abandoned", "share", "abandoned ÷ offered"),
        "drop_off": StepMeasure(
            "drop-off",
            "share",
            "visits after which the contact ends unresolved, given up or at an exit that says so, "
            "÷ visits",
        ),
        "cost": StepMeasure(
            "cost",
            "money",
            "cost of the step, and of the team's time spent handling what came here, ÷ visits",
        ),
        "effort": StepMeasure(
            "effort",
            "points",
            "points of the effort index for what was told again here and for transfers from here "
            "÷ visits",
        ),
    }
)


def step_pairs(m: Measured) -> dict[str, dict[str, Pair]]:
    """For each planned step (by id) a numerator and denominator of each measure."""
    contacts = float(len(m.marks))
    visits = m.visits.astype(np.float64)
    lost, cost, effort = _lost(m), _cost(m), _effort(m)
    answered, waited, offered, abandoned = _queues(m)
    ends = [not one.exits for one in m.plan.steps]
    table: dict[str, dict[str, Pair]] = {}
    rows = zip(m.plan.steps, visits.tolist(), ends, strict=True)
    for planned, count, is_end in rows:
        at = planned.index
        is_queue = isinstance(planned.step, HumanAgent)
        table[planned.id] = {
            "visits": (count, 1.0),
            "share": (count, contacts),
            "mean_wait": (waited[at], answered[at]) if is_queue else (0.0, 0.0),
            "abandonment_rate": (abandoned[at], offered[at]) if is_queue else (0.0, 0.0),
            "drop_off": (0.0, 0.0) if is_end else (lost[at], count),
            "cost": (cost[at], count),
            "effort": (effort[at], count),
        }
    return table


def _queues(m: Measured) -> tuple[list[float], ...]:
    """By step: answered, seconds that these waited, offered, abandoned."""
    steps, count = m.queued("step"), len(m.plan.steps)

    def by_step(
        which: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
    ) -> list[float]:
        own = None if weights is None else weights[which]
        found = np.bincount(steps[which], own, count)
        return [float(one) for one in found.tolist()]

    gone = m.fates == Fate.ABANDONED
    return by_step(m.answered), by_step(m.answered, m.waits), by_step(m.offered), by_step(gone)


def _by_exit(plan: Plan, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over each step's exits."""
    return np.asarray(np.add.reduceat(values, exit_codes(plan)[:-1]), np.float64)


def _lost(m: Measured) -> list[float]:
    """By step how often a contact ended unresolved right after it."""
    return [float(one) for one in _by_exit(m.plan, m.records.exits * losing(m.plan)).tolist()]


def losing(plan: Plan) -> NDArray[np.float64]:
    """For each exit code 1.0 if who takes it is lost: ends there, and unresolved."""
    found = np.zeros(exit_codes(plan)[-1])
    codes = exit_codes(plan)
    for planned in plan.steps:
        for number, (name, to) in enumerate(zip(planned.exits, planned.targets, strict=True)):
            end = plan.steps[to] if to != CLOSED else None
            if end is None:
                is_lost = name == "abandoned"
            else:
                is_lost = isinstance(end.step, Exit) and not end.exits and not end.step.resolved
            found[codes[planned.index] + number] = float(is_lost)
    return found


def _cost(m: Measured) -> list[float]:
    """By step: its own cost for each visit, and its part of the teams' time spent on contacts.

    A team's time is shared out by what was talked and wrapped up, so that the sum over the
    steps is the handling cost of all, also where an agent has several contacts at once.
    """
    queue, count = m.records.queue, len(m.plan.steps)
    step, team = queue.column("step"), queue.column("team")
    work = (queue.column("talk") + queue.column("wrap")).astype(np.float64)
    each = [float(getattr(one.assumptions, "cost", 0.0)) for one in m.plan.steps]
    cost = np.array(each) * m.visits.astype(np.float64)
    for number, one in enumerate(m.records.staffing):
        own = team == number
        total = float(np.sum(work[own]))
        if total and one.cost_per_second:
            share = np.bincount(step[own], work[own], count) / total
            cost = cost + m.agents.busy(number, ALL_TIME) * one.cost_per_second * share
    return [float(value) for value in cost.tolist()]


def _effort(m: Measured) -> list[float]:
    """By step the points of the effort index that arise there; not of further contacts."""
    points = m.plan.assumptions.experience.effort
    names = [name for one in m.plan.steps for name in (one.exits or ("",))]
    moved = np.array([name == "transferred" for name in names], np.float64)
    again = m.records.told_again * points.told_again
    transfers = _by_exit(m.plan, m.records.exits * moved) * points.transfer
    return [float(one) for one in (again + transfers).tolist()]
