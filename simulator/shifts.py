"""Schedules in simulated time: when how many agents of a team are available."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, groupby, takewhile
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np

from engine.assumptions import Assumptions, Break, Staffing
from engine.calendar import DAY, Weekday, seconds_of
from engine.plan import purpose_number
from simulator.outages import Edge, missing_people
from simulator.records import StaffingRecord
from simulator.streams import uniform

_NO_OUTAGES = Assumptions()

Attendance = Callable[[int, int], int]
"""From a day (its number since the first Monday) and the number of scheduled people to the
number of those who come to work that day."""


class Presence(NamedTuple):
    """From this time (seconds) on so many agents can take contacts.

    for_a_while: nobody is there, but only for a break or an outage: the team does not close.
    """

    time: float
    agents: int
    for_a_while: bool


def available(staffing: Staffing, there: int) -> int:
    """People who can take contacts, of so many there: shrinkage off, rounded to nearest."""
    return int(there * (1.0 - staffing.shrinkage) + 0.5)


def _all_come(_day: int, scheduled: int) -> int:
    return scheduled


def attendance(team: str, staffing: Staffing, seed: int, replication: int) -> Attendance:
    """Who is absent is drawn for each person and day, whoever else is scheduled."""
    if not staffing.absence:
        return _all_come
    most, purpose = max(staffing.agents), purpose_number("absence")
    come: dict[int, list[int]] = {}

    def of_day(day: int, scheduled: int) -> int:
        if day not in come:
            come.clear()
            key = purpose_number(f"{seed}/{replication}/{team}/{day}")
            draws = (uniform(key, purpose, person) for person in range(most))
            come[day] = list(accumulate((draw >= staffing.absence for draw in draws), initial=0))
        return come[day][scheduled]

    return of_day


def shifts(
    staffing: Staffing, start: float, end: float, attend: Attendance = _all_come
) -> Iterator[tuple[float, int]]:
    """Each change of the number of scheduled agents who attend between two times, in order.

    Times are seconds since Monday 00:00; outside of the schedule nobody works.
    """
    present = 0
    levels = ((max(time, start), agents) for time, agents in _levels(staffing, start, end, attend))
    # Of what is said for one time, as of all before `start`, the last counts.
    for time, together in groupby(levels, key=itemgetter(0)):
        *_, (_, agents) = together
        if agents != present and time <= end:
            present = agents
            yield time, agents


def _levels(
    staffing: Staffing, start: float, end: float, attend: Attendance
) -> Iterator[tuple[float, int]]:
    """The number of people from each interval on, from the day before `start`, in order.

    That day's shift may go on beyond midnight. Where the next day's begins, this day's ends.
    """
    days, opening = list(Weekday), seconds_of(staffing.starts_at)
    for day in range(int(start // DAY) - 1, int(end // DAY) + 1):
        if days[day % 7] not in staffing.days:
            continue
        begins = day * DAY + opening
        goes_on = days[(day + 1) % 7] in staffing.days
        for number, scheduled in enumerate(staffing.agents):
            offset = number * staffing.interval
            if offset < DAY or not goes_on:
                yield begins + offset, attend(day, scheduled)
        length = len(staffing.agents) * staffing.interval
        if length < DAY or not goes_on:
            yield begins + length, 0


def staffing_record(
    team: str,
    staffing: Staffing,
    start: float,
    end: float,
    assumptions: Assumptions = _NO_OUTAGES,
    seed: int = 0,
    replication: int = 0,
) -> StaffingRecord:
    """The schedule of one team between two times (seconds), for occupancy and cost.

    Who is absent, on a break or missing in an outage is paid all the same.
    """
    opening = min(start, assumptions.period.start_day.number * DAY)
    scheduled = scheduled_between(staffing, start, end, assumptions)
    present = agents_present(team, staffing, opening, end, assumptions, seed, replication)
    changes = _since(start, ((one.time, one.agents) for one in present))
    spans = np.diff([*(time for time, _ in scheduled), end])
    paid = float(np.sum(np.array([float(agents) for _, agents in scheduled]) * spans))
    times = np.array([start, *(time for time, _ in changes), end])
    agents = np.array([0.0, *(float(count) for _, count in changes)])
    return StaffingRecord(team, times, agents, paid, staffing.cost_per_hour / 3600)


def scheduled_between(
    staffing: Staffing, start: float, end: float, assumptions: Assumptions
) -> list[tuple[float, int]]:
    """Each change of the number of scheduled people between two times (seconds), in order.

    The first is what holds at `start`, also of a shift that began before it.
    """
    opening = min(start, assumptions.period.start_day.number * DAY)
    return _since(start, shifts(staffing, opening, end))


def _since(start: float, changes: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    """The changes after `start`, and what is so from then on."""
    found = list(changes)
    first = bisect_right(found, start, key=itemgetter(0))
    before = [(start, agents) for _, agents in found[max(0, first - 1) : first]]
    return before + found[first:]


_LEVEL: Final = 0
_MISSING: Final = 1
_AWAY: Final = 2


def agents_present(
    team: str,
    staffing: Staffing,
    start: float,
    end: float,
    assumptions: Assumptions,
    seed: int,
    replication: int,
) -> Iterator[Presence]:
    """Each change of the number of agents who can take contacts, in order.

    Off those who are scheduled come the absent, shrinkage, who is missing in outages, and
    of the others who are on a break.
    """
    attend = attendance(team, staffing, seed, replication)
    come = ((time, available(staffing, n)) for time, n in shifts(staffing, start, end, attend))
    missing = missing_people(assumptions, team, seed, replication)
    merged = heapq.merge(
        ((time, _LEVEL, float(agents)) for time, agents in come),
        ((time, _MISSING, share) for time, share in missing),
        ((time, _AWAY, share) for time, share in people_on_break(staffing, start, end)),
        key=itemgetter(0),
    )
    until_end = takewhile(lambda change: change[0] <= end, merged)
    sums, present = [0.0, 0.0, 0.0], 0
    # All that happens at one time counts at once, so that nobody is there for no time at all.
    for time, together in groupby(until_end, key=itemgetter(0)):
        for _, kind, value in together:
            sums[kind] = value if kind == _LEVEL else sums[kind] + value
        agents = _less(_less(sums[_LEVEL], sums[_MISSING]), sums[_AWAY])
        if agents != present:
            present = agents
            yield Presence(time, agents, for_a_while=agents < 1 <= sums[_LEVEL])


def _less(agents: float, share: float) -> int:
    """So many less a share, everybody at the most; rounded to nearest."""
    return int(agents * (1.0 - min(1.0, max(0.0, share))) + 0.5)


def people_on_break(staffing: Staffing, start: float, end: float) -> Iterator[Edge]:
    """Changes of the share of people who are on a break between two times, in order."""
    breaks = [_edges(one, staffing, start, end) for one in staffing.breaks]
    return heapq.merge(*breaks, key=itemgetter(0))


def _edges(one: Break, staffing: Staffing, start: float, end: float) -> Iterator[Edge]:
    days, begins = list(Weekday), seconds_of(one.starts_at)
    if begins < seconds_of(staffing.starts_at):
        begins += DAY
    # From the day before: a break of a shift that goes on beyond midnight.
    for day in range(int(start // DAY) - 1, int(end // DAY) + 1):
        if days[day % 7] in staffing.days:
            yield day * DAY + begins, one.share
            yield day * DAY + begins + one.lasts, -one.share
