"""The heat of one run, or the difference of two, for the graph that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from designer.canvas.heat_marks import HeatMarks, LinkHeat, StepHeat, Tone
from designer.heat.summed import link_value, planned_by_step, step_pairs, step_value
from designer.runs import RunResults
from designer.selection import LinkKey
from engine.journey import Graph
from engine.steps.finish import Exit
from simulator.differences import Difference, paired_difference
from simulator.report.values import shown, shown_change
from simulator.step_table import STEP_MEASURES

_OF_LINKS: Final = {"share", "drop_off", "abandonment_rate"}
"""Measures for which links are coloured, too."""


@dataclass(frozen=True, slots=True)
class Heat:
    """marks: for the canvas.  low, high: the ends of the scale, in words."""

    marks: HeatMarks
    low: str
    high: str


def heat_of(results: RunResults, graph: Graph, measure: str, *, is_stale: bool = False) -> Heat:
    """One run's measure at every step where it applies, and the traffic of every link."""
    unit = STEP_MEASURES[measure].unit
    planned = planned_by_step(results, graph)
    values = {
        step: value
        for step, names in planned.items()
        if names and (value := step_value(results, names, measure)) is not None
    }
    most = _top(values.values(), unit)
    steps = {
        step: StepHeat(value / most if most else 0.0, shown(value, unit), _said(measure, value))
        for step, value in values.items()
    }
    marks = HeatMarks(steps, _links(results, graph, planned, measure), is_stale)
    return Heat(marks, shown(0.0, unit), shown(most, unit))


def difference_of(old: RunResults, new: RunResults, graph: Graph, measure: str) -> Heat:
    """How a measure of every step differs between two runs of the same random numbers."""
    before, after = planned_by_step(old, graph), planned_by_step(new, graph)
    unit, better = STEP_MEASURES[measure].unit, STEP_MEASURES[measure].better
    found: dict[str, tuple[float, bool]] = {}
    for step in after.keys() & before.keys():
        one = _difference(old, new, before[step], after[step], measure)
        if one is not None:
            found[step] = one
    most = max((abs(value) for value, _ in found.values()), default=0.0)
    steps = {}
    for step, (value, is_sure) in found.items():
        tone: Tone = "open"
        if is_sure and value and better is not None:
            tone = "better" if (value < 0) == (better == "lower") else "worse"
        arrow = "▲ " if value > 0 else "▼ " if value < 0 else ""
        text = arrow + shown_change(value, unit).lstrip("+−")
        said = f"{STEP_MEASURES[measure].title}: {shown_change(value, unit)}"
        if not is_sure:
            said += QCoreApplication.translate("Heat", " (can’t tell yet)")
        steps[step] = StepHeat(abs(value) / most if most else 0.0, text, said, tone)
    links = _links(new, graph, after, "")
    return Heat(HeatMarks(steps, links), shown_change(-most, unit), shown_change(most, unit))


def _difference(
    old: RunResults, new: RunResults, before: list[str], after: list[str], measure: str
) -> tuple[float, bool] | None:
    """New minus old, and whether the paired interval leaves 0 out."""
    pairs = step_pairs(old, before, measure), step_pairs(new, after, measure)
    is_paired = old.data["seed"] == new.data["seed"] and len(pairs[0]) == len(pairs[1])
    if is_paired and pairs[0]:
        one: Difference | None = paired_difference(pairs[0], pairs[1], new.level)
        return None if one is None else (one.paired.value, one.is_certain)
    values = step_value(old, before, measure), step_value(new, after, measure)
    if values[0] is None or values[1] is None:
        return None
    return values[1] - values[0], False


def _links(
    results: RunResults, graph: Graph, planned: Mapping[str, list[str]], measure: str
) -> dict[LinkKey, LinkHeat]:
    exits = {step.id: step for step in graph.steps}
    found: dict[LinkKey, LinkHeat] = {}
    for link in graph.links:
        names = planned.get(link.from_, [])
        share = link_value(results, names, link.exit, "share")
        of_step = link_value(results, names, link.exit, "of_step")
        end = exits.get(link.to or "")
        loses = link.exit == "abandoned" or (isinstance(end, Exit) and not end.resolved)
        level = None
        if measure == "share":
            level = share
        elif measure in _OF_LINKS and loses:
            level = min(1.0, 2 * of_step)
        text = QCoreApplication.translate("Heat", "{0} of contacts, {1} of the step’s visits")
        said = text.format(shown(share, "share"), shown(of_step, "share"))
        found[link.from_, link.exit] = LinkHeat(min(1.0, share), said, level)
    return found


def _top(values: object, unit: str) -> float:
    """The upper end of the scale: the largest value, of shares a round one."""
    most = max((float(value) for value in values), default=0.0)  # type: ignore[attr-defined]
    if unit == "share":
        return next((top for top in (0.1, 0.2, 0.5, 1.0) if most <= top), most)
    return most


def _said(measure: str, value: float) -> str:
    one = STEP_MEASURES[measure]
    return f"{one.title}: {shown(value, one.unit)} ({one.formula})"
