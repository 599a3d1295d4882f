"""How many customers wait, over the measured time."""

from __future__ import annotations

from typing import Any, Final

from simulator.charts.clock_axis import busy_span, clock_text, middles, set_clock
from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.lines import MOST_LINES, Line, bands_said, draw_line, name_lines
from simulator.charts.marks import Mark
from simulator.charts.paper import Paper
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import ALL, clock, queues
from simulator.charts.viewing import by_key, viewed
from simulator.charts.words import amount_text


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


def _draw(paper: Paper, told: Plain, choice: str) -> list[Mark]:
    groups = viewed(told, "step", choice)[:MOST_LINES]
    [axes] = paper.axes()
    x, marks = middles(told["x"]), []
    for number, one in enumerate(groups):
        waiting = one["measures"]["waiting"]
        line = Line(one["name"], waiting, _says(one, told["x"]), one["step"], number)
        marks.append(draw_line(paper, axes, x, line))
    axes.set_ylim(bottom=0)
    set_clock(paper, axes, *busy_span(told["x"], (_values(one) for one in groups)))
    name_lines(paper, marks)
    paper.small_print("Customers waiting on the line", bands_said(told))
    return marks


def _values(one: Plain) -> list[float | None]:
    values: list[float | None] = one["measures"]["waiting"]["value"]
    return values


def _says(one: Plain, x: Plain) -> str:
    values = [value or 0.0 for value in _values(one)]
    most = max(values)
    when = clock_text(x["values"][values.index(most)])
    return f"{one['name']}: at most {amount_text(most)} waiting, from {when} on"


CHART: Final = Chart(
    "queue",
    "Customers waiting",
    "mean number on the line in queues in each interval: time spent waiting ÷ length",
    20,
    _gather,
    _tell,
    by_key("step", "All queues"),
    _draw,
)
