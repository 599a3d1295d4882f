"""Parts of a told chart that several kinds have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from numpy.typing import NDArray

from simulator.charts.registry import MOST_GROUPS, Plain, Told
from simulator.charts.slots import Slots

ALL: Final = "all"
"""Among what is gathered by step: all steps together."""


def clock(slots: Slots) -> Plain:
    """The axis of time."""
    return {
        "name": "Time",
        "unit": "clock",
        "width": slots.width,
        "values": slots.starts.tolist(),
    }


def group(keys: dict[str, str], name: str, step: str | None, measures: Plain) -> Plain:
    """One group of a chart."""
    return {"keys": keys, "name": name, "step": step, "measures": measures}


def queues(
    told: Told, measures: Callable[[Any], Plain], size: Callable[[NDArray[Any]], float]
) -> tuple[list[Plain], int]:
    """A group for all queues together, and one for each of them in the plan's order.

    measures: of a step's index, or of `ALL`.  size: of what was gathered of one; only the
    largest are told, and how many are left out.
    """
    sizes: dict[int, float] = {}
    for one in told.found:
        for step in one.keys() - {ALL}:
            sizes[step] = sizes.get(step, 0.0) + size(one[step])
    kept, left_out = largest(sizes)
    groups = [group({"step": ALL}, "All queues", None, measures(ALL))]
    for step in kept:
        planned = told.frame.plan.steps[step].id
        name = told.frame.step_name(step)
        groups.append(group({"step": planned}, name, planned, measures(step)))
    return groups, left_out


def largest(sizes: dict[int, float], most: int = MOST_GROUPS) -> tuple[list[int], int]:
    """The numbers of what is largest, in order, and how many are left out."""
    kept = sorted(sorted(sizes, key=lambda one: (-sizes[one], one))[:most])
    return kept, len(sizes) - len(kept)
