"""Measures of the steps of one graph: a sub-journey's summed over all that call it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from designer.runs import RunResults
from engine.journey import Graph

Pair = tuple[float, float]


def planned_by_step(results: RunResults, graph: Graph) -> dict[str, list[str]]:
    """For each step of the graph the planned steps that it stands for.

    A step in a sub-journey is planned once a call; a step that calls one stands for all in it.
    """
    found: dict[str, list[str]] = {step.id: [] for step in graph.steps}
    for planned in results.steps:
        for part in planned.split("__"):
            if part in found:
                found[part].append(planned)
    return found


def step_pairs(results: RunResults, planned: Sequence[str], measure: str) -> list[Pair]:
    """Numerator and denominator in each replication, summed over these planned steps.

    Empty where the results have no replications; see `step_value`.
    """
    steps: Mapping[str, Any] = results.by_replication.get("steps", {})
    rows = [steps[name][measure] for name in planned if name in steps]
    if not rows:
        return []
    if measure == "share" and len(rows) > 1 and not _are_one_step(planned):
        # Who comes into a sub-journey is there once, through however many steps they go.
        rows = [max(rows, key=lambda row: sum(top for top, _ in row))]
    if measure == "share":
        return [(sum(one[0] for one in each), each[0][1]) for each in zip(*rows, strict=True)]
    return [(sum(a for a, _ in each), sum(b for _, b in each)) for each in zip(*rows, strict=True)]


def step_value(results: RunResults, planned: Sequence[str], measure: str) -> float | None:
    """The measure of these planned steps together; None where it does not apply.

    While a run goes on there are no replications: then by their visits.
    """
    if len(planned) == 1:
        return results.steps[planned[0]][measure].value
    pairs = step_pairs(results, planned, measure)
    if pairs:
        return _ratio(pairs)
    weighed = [
        (value * visits, visits)
        for name in planned
        if (value := results.steps[name][measure].value) is not None
        and (visits := results.steps[name]["visits"].value or 0.0)
    ]
    if measure == "share":
        return max((results.steps[name]["share"].value or 0.0 for name in planned), default=None)
    return _ratio(weighed)


def _are_one_step(planned: Sequence[str]) -> bool:
    return len({name.split("__")[-1] for name in planned}) == 1


def _ratio(pairs: Iterable[Pair]) -> float | None:
    found = list(pairs)
    bottom = sum(one for _, one in found)
    return sum(one for one, _ in found) / bottom if bottom else None


def link_value(results: RunResults, planned: Sequence[str], exit_name: str, measure: str) -> float:
    """A measure of one exit of these planned steps, summed; 0 where nobody comes."""
    found = [
        one[measure].value or 0.0
        for name in planned
        if (one := results.links.get(f"{name}.{exit_name}")) is not None
    ]
    return sum(found) if measure != "of_step" else max(found, default=0.0)
