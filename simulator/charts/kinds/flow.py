"""How many contacts go from step to step."""

from __future__ import annotations

from typing import Final

from engine.short_english import words
from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import group, largest

MOST_LINKS: Final = 80
"""So many links are told, those with most contacts."""


def _gather(seen: Seen) -> Gathered:
    return {"exits": seen.measured.records.exits}


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    frame = told.frame
    rows = stacked(one["exits"] for one in told.found)
    sizes = dict(enumerate(rows.sum(axis=0).tolist()))
    ways = frame.ways
    links = {code: size for code, size in sizes.items() if size and ways[code].target is not None}
    kept, left_out = largest(links, MOST_LINKS)
    groups = []
    for code in kept:
        way = ways[code]
        source, target = frame.plan.steps[way.source], frame.plan.steps[way.target or 0]
        names = frame.step_name(way.source), frame.step_name(way.target or 0)
        keys = {"from": source.id, "exit": way.exit, "to": target.id}
        name = f"{names[0]} → {names[1]} ({words(way.exit)})"
        measures = {"contacts": mean_measure(rows[:, code], "count", told.level)}
        groups.append(group(keys, name, source.id, measures))
    return None, groups, left_out


CHART: Final = Chart(
    "flow",
    "Flow",
    "how often contacts took each link, a replication",
    60,
    _gather,
    _tell,
)
