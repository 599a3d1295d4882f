"""What is out of order when: steps that fail, people who are missing."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator

from engine.assumptions import Assumptions, Outage
from engine.calendar import DAY, seconds_of


def _window(outage: Outage, assumptions: Assumptions) -> tuple[float, float]:
    """Start and end in seconds since Monday 00:00 of the first week."""
    first = assumptions.period.start_day.number + outage.day
    start = first * DAY + seconds_of(outage.starts_at)
    return start, start + outage.lasts


def down_test(assumptions: Assumptions, step: str) -> Callable[[float], bool] | None:
    """A function that tells whether the step with this id is down at a time; None if never."""
    windows = [_window(one, assumptions) for one in assumptions.outages if step in one.steps]
    if not windows:
        return None
    return lambda time: any(start <= time < end for start, end in windows)


def without_missing(
    changes: Iterable[tuple[float, int]], assumptions: Assumptions, team: str
) -> Iterator[tuple[float, int]]:
    """Changes of a team's number of agents, less those who are missing in outages.

    Shares that are missing for several reasons add up, to everybody at the most.
    """
    edges = []
    for outage in assumptions.outages:
        if team in outage.teams:
            start, end = _window(outage, assumptions)
            edges += [(start, outage.missing), (end, -outage.missing)]
    if not edges:
        yield from changes
        return
    # At one time outages come first, so that nobody is there for no time at all.
    levels = ((time, 1, float(agents)) for time, agents in changes)
    merged = heapq.merge(((time, 0, share) for time, share in sorted(edges)), levels)
    agents, missing, present = 0.0, 0.0, 0
    for time, is_level, value in merged:
        if is_level:
            agents = value
        else:
            missing += value
        now = int(agents * (1.0 - min(1.0, max(0.0, missing))) + 0.5)
        if now != present:
            present = now
            yield time, now
