"""How many contacts go from step to step.

Its groups have "ends" besides: the names of the two steps.
"""

from __future__ import annotations

from typing import Final

from engine.short_english import words
from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.flow_drawing import draw_flow
from simulator.charts.marks import Choice, Mark
from simulator.charts.paper import Paper
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.sankey import Link
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
        groups.append({**group(keys, name, source.id, measures), "ends": list(names)})
    return None, groups, left_out


MOST_DRAWN: Final = 40
"""More links than that cannot be seen apart."""


def _choices(_told: Plain) -> list[Choice]:
    return [Choice("", "All links")]


def _draw(paper: Paper, told: Plain, _choice: str) -> list[Mark]:
    groups = sorted(told["groups"], key=lambda one: -one["measures"]["contacts"]["value"])
    kept, names = groups[:MOST_DRAWN], dict[str, tuple[str, str | None]]()
    for one in kept:
        source, target = one["ends"]
        names[one["keys"]["from"]] = source, one["keys"]["from"]
        names[one["keys"]["to"]] = target, one["keys"]["to"]
    [axes] = paper.axes(left=0)
    links = [
        Link(one["keys"]["from"], one["keys"]["to"], one["measures"]["contacts"]["value"])
        for one in kept
    ]
    marks = draw_flow(paper, axes, links, names)
    count, missing = told["replications"], len(groups) - len(kept) + told["left_out"]
    paper.small_print(
        "Contacts along each link, a replication; dashed: ways back",
        f"mean of {count:,} replications" if count > 1 else "1 replication",
        f"{missing:,} smaller links are left out" if missing else "",
    )
    return marks


CHART: Final = Chart(
    "flow",
    "Flow",
    "how often contacts took each link, a replication",
    60,
    _gather,
    _tell,
    _choices,
    _draw,
)
