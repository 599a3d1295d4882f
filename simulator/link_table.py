"""What is known of each exit after a run: how many took it."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from simulator.measured import Measured
from simulator.step_table import Pair, StepMeasure
from simulator.world import exit_codes

LINK_MEASURES: Final = MappingProxyType(
    {
        "visits": StepMeasure("traffic", "count", "how often it was taken, a replication", None),
        "share": StepMeasure("of contacts", "share", "how often it was taken ÷ contacts", None),
        "of_step": StepMeasure("of visits", "share", "how often it was taken ÷ visits", None),
    }
)


def link_pairs(m: Measured) -> dict[str, dict[str, Pair]]:
    """For each exit (“STEP.EXIT”, planned ids) a numerator and denominator of each measure."""
    contacts, taken = float(len(m.marks)), m.records.exits.tolist()
    codes, visits = exit_codes(m.plan), m.visits.tolist()
    table: dict[str, dict[str, Pair]] = {}
    for planned in m.plan.steps:
        for number, name in enumerate(planned.exits):
            count = float(taken[codes[planned.index] + number])
            table[f"{planned.id}.{name}"] = {
                "visits": (count, 1.0),
                "share": (count, contacts),
                "of_step": (count, float(visits[planned.index])),
            }
    return table
