"""Agents' time: how much of it they spent on contacts, available, present and paid.

All of it is seconds, for one team, and for the part of the measured time that counts.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.plan import Plan
from simulator.counted_time import ALL_TIME, CountedTime
from simulator.records import Records, StaffingRecord
from simulator.shifts import scheduled_between
from simulator.workforce import staffing_of

Column = NDArray[Any]


class AgentTime:
    """The agents' time of one replication; teams by index."""

    def __init__(self, plan: Plan, records: Records) -> None:
        self._plan = plan
        self._records = records

    @cached_property
    def _works(self) -> list[tuple[Column, Column]]:
        return [self._work(team) for team in range(len(self._records.staffing))]

    def _work(self, team: int) -> tuple[Column, Column]:
        """Start and length of each piece of work of a team."""
        queue, spells = self._records.queue, self._records.spells
        own = (queue.column("team") == team) & (queue.column("in_pieces") == 0)
        starts = queue.column("joined")[own] + queue.column("waited")[own]
        durations = queue.column("talk")[own] + queue.column("wrap")[own]
        if not len(spells):
            return starts, durations
        of_team = spells.column("team") == team
        return (
            np.concatenate([starts, spells.column("start")[of_team]]),
            np.concatenate([durations, spells.column("seconds")[of_team]]),
        )

    def busy(self, team: int, time: CountedTime) -> float:
        """Work that began within the period, also what is finished after the shift.

        Of a shift that goes on after the period only what lies within it. Else work in time
        that nobody measures, such as on the backlog of next morning, would count.
        """
        begin, end = self._records.window
        starts, durations = self._works[team]
        if self._records.staffing[team].agents[-1] <= 0:
            began = starts < end
            starts, durations, end = starts[began], durations[began], np.inf
        first, last = (np.clip(times, begin, end) for times in (starts, starts + durations))
        return float(np.sum(time.passed(last) - time.passed(first)))

    def idle(self, team: int, time: CountedTime) -> float:
        """Time for which scheduled agents were available, within the measured time."""
        return _area(*self._free[team], time)

    @cached_property
    def _free(self) -> list[tuple[Column, Column]]:
        return [
            _free_agents(staffing, *work, *self._records.window)
            for staffing, work in zip(self._records.staffing, self._works, strict=True)
        ]

    def present(self, team: int, time: CountedTime) -> float:
        """Time for which agents were there to take contacts."""
        staffing = self._records.staffing[team]
        return _area(staffing.agents, np.clip(staffing.times, *self._records.window), time)

    def paid(self, team: int, time: CountedTime) -> float:
        """Scheduled time, shrinkage included."""
        staffing = self._records.staffing[team]
        if time is ALL_TIME:
            return staffing.paid_seconds
        begin, end = self._records.window
        own, assumptions = staffing_of(self._plan, staffing.team), self._plan.assumptions
        changes = scheduled_between(own, begin, end, assumptions)
        times = np.array([*(at for at, _ in changes), end])
        return _area(np.array([float(agents) for _, agents in changes]), times, time)

    def work(self, team: int) -> tuple[Column, Column]:
        """When each piece of work of a team began and ended; seconds."""
        starts, durations = self._works[team]
        return starts, starts + durations

    def idle_until(self, team: int, times: Column) -> Column:
        """For how long agents were available until each of these times, from the first on."""
        return _area_until(*self._free[team], times)

    def present_until(self, team: int, times: Column) -> Column:
        """For how long agents were there to take contacts until each of these times."""
        staffing = self._records.staffing[team]
        return _area_until(staffing.agents, staffing.times, times)


def idle_time(
    staffing: StaffingRecord, starts: Column, durations: Column, begin: float, end: float
) -> float:
    """Seconds that scheduled agents of one team were available between two times.

    starts, durations: of each piece of work of the team.
    """
    return _area(*_free_agents(staffing, starts, durations, begin, end), ALL_TIME)


def _free_agents(
    staffing: StaffingRecord, starts: Column, durations: Column, begin: float, end: float
) -> tuple[Column, Column]:
    """How many scheduled agents of one team were available, and from when to when.

    What the schedule has more than there were at work, where it has more.
    """
    times = np.concatenate([staffing.times[:-1], starts, starts + durations])
    changes = np.concatenate(
        [
            np.diff(staffing.agents, prepend=0.0),
            np.full(len(starts), -1.0),
            np.full(len(starts), 1.0),
        ]
    )
    order = np.argsort(times, kind="stable")
    free = np.cumsum(changes[order])
    edges = np.clip(np.append(times[order], end), begin, end)
    return np.maximum(free, 0.0), edges


def _area(heights: Column, edges: Column, time: CountedTime) -> float:
    """Under the curve that has these heights between one edge and the next."""
    return float(np.sum(heights * np.diff(time.passed(edges))))


def _area_until(heights: Column, edges: Column, times: Column) -> Column:
    """Under the curve that has these heights between one edge and the next, up to the times."""
    areas = np.append(0.0, np.cumsum(heights * np.diff(edges)))
    return np.asarray(np.interp(times, edges, areas))
