"""How many agents there are and how busy they are, over the measured time."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.charts.clock_axis import busy_span, clock_text, middles, set_clock
from simulator.charts.estimates import mean_measure, ratio_measure, stacked
from simulator.charts.lines import Line, bands_said, draw_line, name_lines
from simulator.charts.marks import Choice, Mark
from simulator.charts.paper import Paper, one_line
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import clock, group, largest
from simulator.charts.words import amount_text, share_text


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


def _draw(paper: Paper, told: Plain, choice: str) -> list[Mark]:
    one = next(
        (group for group in told["groups"] if group["keys"]["team"] == choice), told["groups"][0]
    )
    people, share = paper.axes(heights=(2.0, 1.0))
    x, measures = middles(told["x"]), one["measures"]
    present, busy, occupancy = (measures[name] for name in ("present", "busy", "occupancy"))
    lines = [
        Line("Agents there", present, _most("there", present, told["x"]), None, 0, is_stepped=True),
        Line("Agents busy", busy, _most("busy", busy, told["x"]), None, 1),
    ]
    marks = [draw_line(paper, people, x, line) for line in lines]
    said = _most("occupancy", occupancy, told["x"])
    marks.append(draw_line(paper, share, x, Line("Occupancy", occupancy, said, None, 2)))
    people.set_ylim(bottom=0)
    share.set_ylim(0, 1.05)
    share.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    span = busy_span(told["x"], (present["value"], busy["value"]))
    for axes in (people, share):
        set_clock(paper, axes, *span)
    people.set_xticklabels([])
    name_lines(paper, marks)
    paper.small_print(
        one_line(one["name"]),
        "above: number of agents, below: occupancy",
        bands_said(told),
    )
    return marks


def _choices(told: Plain) -> list[Choice]:
    return [Choice(one["keys"]["team"], one["name"]) for one in told["groups"]]


def _most(what: str, measure: Plain, x: Plain) -> str:
    values = [value or 0.0 for value in measure["value"]]
    most = max(values)
    when = clock_text(x["values"][values.index(most)])
    if measure["unit"] == "share":
        return f"{what.capitalize()}: at most {share_text(most)}, from {when} on"
    return f"Agents {what}: at most {amount_text(most)}, from {when} on"


CHART: Final = Chart(
    "staffing",
    "Staffing",
    "agents there to take contacts and agents at work in each interval; occupancy: time "
    "handling ÷ time handling or available",
    30,
    _gather,
    _tell,
    _choices,
    _draw,
)
