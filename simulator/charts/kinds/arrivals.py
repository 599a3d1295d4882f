"""When contacts come in, by channel; those that come again about the same apart."""

from __future__ import annotations

from typing import Final

from simulator.charts.estimates import mean_measure, stacked
from simulator.charts.registry import Chart, Gathered, Plain, Told
from simulator.charts.seen import Seen
from simulator.charts.telling import clock, group

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


CHART: Final = Chart(
    "arrivals",
    "Arrivals",
    "contacts that begin in each interval, by channel: the first about their issue, and those "
    "that come again about it",
    70,
    _gather,
    _tell,
)
