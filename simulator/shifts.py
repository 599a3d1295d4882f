"""Schedules in simulated time: when how many agents of a team are available."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import numpy as np

from engine.assumptions import Assumptions, Staffing
from engine.calendar import DAY, Weekday, seconds_of
from simulator.outages import without_missing
from simulator.records import StaffingRecord

_NO_OUTAGES = Assumptions()


def available(staffing: Staffing, scheduled: int) -> int:
    """People who can take contacts, of so many scheduled: shrinkage off, rounded to nearest."""
    return int(scheduled * (1.0 - staffing.shrinkage) + 0.5)


def shifts(staffing: Staffing, start: float, end: float) -> Iterator[tuple[float, int]]:
    """Each change of the number of scheduled agents between two times, in order.

    Times are seconds since Monday 00:00; outside of the schedule nobody works.
    """
    days = list(Weekday)
    opening = seconds_of(staffing.starts_at)
    present = 0
    for day in range(int(start // DAY), int(end // DAY) + 1):
        rows = [*staffing.agents, 0] if days[day % 7] in staffing.days else [0]
        for number, agents in enumerate(rows):
            time = day * DAY + opening + number * staffing.interval
            is_midnight = number == len(staffing.agents) and time >= (day + 1) * DAY
            # At midnight the next day's first interval says whether work goes on.
            goes_on = is_midnight and opening == 0 and days[(day + 1) % 7] in staffing.days
            if agents != present and not goes_on and time <= end:
                present = agents
                yield max(time, start), agents


def staffing_record(
    team: str,
    staffing: Staffing,
    start: float,
    end: float,
    assumptions: Assumptions = _NO_OUTAGES,
) -> StaffingRecord:
    """The schedule of one team between two times (seconds), for occupancy and cost.

    Who is missing in an outage of the assumptions is paid all the same.
    """
    scheduled = list(shifts(staffing, start, end))
    changes = list(agents_present(team, staffing, start, end, assumptions))
    spans = np.diff([*(time for time, _ in scheduled), end])
    paid = float(np.sum(np.array([float(agents) for _, agents in scheduled]) * spans))
    times = np.array([start, *(time for time, _ in changes), end])
    agents = np.array([0.0, *(float(count) for _, count in changes)])
    return StaffingRecord(team, times, agents, paid, staffing.cost_per_hour / 3600)


def agents_present(
    team: str, staffing: Staffing, start: float, end: float, assumptions: Assumptions
) -> Iterator[tuple[float, int]]:
    """Each change of the number of agents who can take contacts, in order."""
    changes = ((time, available(staffing, agents)) for time, agents in shifts(staffing, start, end))
    present = without_missing(changes, assumptions, team)
    return takewhile(lambda change: change[0] <= end, present)
