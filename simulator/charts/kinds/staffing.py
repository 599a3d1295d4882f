"""How many agents there are and how busy they are, over the measured time."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.charts.estimates import mean_measure, ratio_measure, stacked
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import clock, group, largest


def _gather(seen: Seen) -> Gathered:
    slots, agents = seen.frame.slots, seen.measured.agents
    found = {}
    for team in range(len(seen.measured.records.staffing)):
        begun, ended = agents.work(team)
        one_team = np.zeros(len(begun), np.int64)
        until = np.stack(
            [agents.present_until(team, slots.edges), agents.idle_until(team, slots.edges)]
        )
        there = slots.folded(np.diff(until))
        found[team] = np.stack([there[0], slots.spent(begun, ended, one_team, 1)[0], there[1]])
    return found


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    slots, teams = told.frame.slots, told.frame.plan.journey.teams
    stacks = {team: stacked(one[team] for one in told.found) for team in told.found[0]}
    sizes = {team: float(rows.sum()) for team, rows in stacks.items()}
    kept, left_out = largest({team: size for team, size in sizes.items() if size})
    groups = []
    for team in kept:
        present, busy, idle = np.moveaxis(stacks[team], 1, 0)
        level = told.level
        measures = {
            "present": mean_measure(present / slots.seconds, "number", level, spread=True),
            "busy": mean_measure(busy / slots.seconds, "number", level, spread=True),
            "occupancy": ratio_measure(busy, busy + idle, "share", level),
        }
        name = teams[team].name or teams[team].id
        groups.append(group({"team": teams[team].id}, name, None, measures))
    return clock(slots), groups, left_out


CHART: Final = Chart(
    "staffing",
    "Staffing",
    "agents there to take contacts and agents at work in each interval; occupancy: time "
    "handling ÷ time handling or available",
    30,
    _gather,
    _tell,
)
