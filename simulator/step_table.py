"""What is known of each step after a run: visits, waits, who gave up."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from engine.steps.people import HumanAgent
from simulator.measured import Measured
from simulator.records import Fate

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class StepMeasure:
    """One column of the step table."""

    title: str
    unit: str
    formula: str


STEP_MEASURES: Final = MappingProxyType(
    {
        "visits": StepMeasure("visits", "count", "visits a replication"),
        "share": StepMeasure("of contacts", "share", "visits ÷ contacts"),
        "mean_wait": StepMeasure("mean wait", "seconds", "waits of the answered ÷ answered"),
        "abandonment_rate": StepMeasure("abandoned", "share", "abandoned ÷ offered"),
    }
)


def step_pairs(m: Measured) -> dict[str, dict[str, Pair]]:
    """For each planned step (by id) a numerator and denominator of each measure."""
    contacts = float(len(m.marks))
    table: dict[str, dict[str, Pair]] = {}
    for planned, visits in zip(m.plan.steps, m.visits.tolist(), strict=True):
        row = {
            "visits": (float(visits), 1.0),
            "share": (float(visits), contacts),
            "mean_wait": (0.0, 0.0),
            "abandonment_rate": (0.0, 0.0),
        }
        if isinstance(planned.step, HumanAgent):
            row |= _queue_pairs(m, planned.index)
        table[planned.id] = row
    return table


def _queue_pairs(m: Measured, step: int) -> dict[str, Pair]:
    here = m.queued("step") == step
    answered = here & m.answered
    return {
        "mean_wait": (float(np.sum(m.waits[answered])), float(np.count_nonzero(answered))),
        "abandonment_rate": (
            float(np.count_nonzero(here & (m.fates == Fate.ABANDONED))),
            float(np.count_nonzero(here & m.offered)),
        ),
    }
