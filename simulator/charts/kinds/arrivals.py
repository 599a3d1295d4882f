"""When contacts come in, by channel; those that come again about the same apart."""

from __future__ import annotations

from typing import Final

from simulator.charts.clock_axis import busy_span, middles, set_clock
from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.lines import MOST_LINES, Line, bands_said, draw_line, name_lines
from simulator.charts.marks import Mark
from simulator.charts.paper import Paper
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import clock, group
from simulator.charts.viewing import by_key, viewed
from simulator.charts.words import amount_text, span_text

_FIRST, _AGAIN = "first", "again"


def _gather(seen: Seen) -> Gathered:
    slots, most, starts = seen.frame.slots, len(seen.frame.channels), seen.measured.contact("start")
    groups = seen.channel * 2 + ~seen.is_first
    counts = slots.counts(starts, groups, 2 * most)
    return {_FIRST: counts[0::2], _AGAIN: counts[1::2]}


def _tell(told: Told) -> tuple[Plain | None, list[Plain], int]:
    slots, frame = told.frame.slots, told.frame
    rows = {name: stacked(one[name] for one in told.found) for name in (_FIRST, _AGAIN)}
    groups = []
    for number, channel in enumerate(frame.channels):
        own = {name: counts[:, number] / slots.times for name, counts in rows.items()}
        if any(one.any() for one in own.values()):
            measures = {
                name: mean_measure(one, "count", told.level, spread=True)
                for name, one in own.items()
            }
            groups.append(group({"channel": channel}, channel, frame.entry_of(channel), measures))
    return clock(slots), groups, 0


def _draw(paper: Paper, told: Plain, choice: str) -> list[Mark]:
    groups = viewed(told, "channel", choice)[:MOST_LINES]
    [axes] = paper.axes()
    x, marks = middles(told["x"]), []
    for number, one in enumerate(groups):
        for name, words, dashes in ((_FIRST, "first", 0), (_AGAIN, "again", 1)):
            measure, called = one["measures"][name], f"{one['name']}, {words}"
            if not any(measure["value"]):
                continue
            says = f"{called}: {amount_text(sum(measure['value']))} contacts"
            line = Line(called, measure, says, one["step"], number, dashes)
            marks.append(draw_line(paper, axes, x, line))
    axes.set_ylim(bottom=0)
    every = (one["measures"][name]["value"] for one in groups for name in (_FIRST, _AGAIN))
    set_clock(paper, axes, *busy_span(told["x"], every))
    name_lines(paper, marks)
    paper.small_print(
        f"Contacts that begin, per {span_text(told['x']['width'])}",
        "first: about their issue; again: about the same once more",
        bands_said(told),
    )
    return marks


CHART: Final = Chart(
    "arrivals",
    "Arrivals",
    "contacts that begin in each interval, by channel: the first about their issue, and those "
    "that come again about it",
    70,
    _gather,
    _tell,
    by_key("channel", "All channels"),
    _draw,
)
