"""How many customers wait, over the measured time."""

from __future__ import annotations

from typing import Any, Final

from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import ALL, clock, queues


def _gather(seen: Seen) -> Gathered:
    queue, present = seen.measured.records.queue, seen.measured.on_the_line
    joined = queue.column("joined")[present]
    ended = joined + queue.column("waited")[present]
    numbers = seen.queue_numbers(queue.column("step")[present])
    steps = seen.queue_steps.tolist()
    spent = seen.frame.slots.spent(joined, ended, numbers, len(steps))
    return {ALL: spent.sum(axis=0), **dict(zip(steps, spent, strict=True))}


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    slots = told.frame.slots

    def measures(name: Any) -> Plain:
        rows = stacked(one.get(name, slots.seconds * 0) for one in told.found) / slots.seconds
        return {"waiting": mean_measure(rows, "number", told.level, spread=True)}

    return clock(slots), *queues(told, measures, lambda one: float(one.sum()))


CHART: Final = Chart(
    "queue",
    "Customers waiting",
    "mean number on the line in queues in each interval: time spent waiting ÷ length",
    20,
    _gather,
    _tell,
)
