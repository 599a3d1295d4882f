"""What is out of order when: steps that fail, people who are missing."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Final

from engine.assumptions import Assumptions, Outage
from engine.calendar import DAY, seconds_of
from engine.distributions import Constant, Distribution
from engine.errors import RunawayError
from engine.plan import purpose_number
from simulator.distributions import quantile
from simulator.streams import uniform

MAX_WINDOWS: Final = 1_000_000
"""So often may one outage recur in one replication; more is taken for a mistake."""

Window = tuple[float, float]
"""Start and end, in seconds since Monday 00:00 of the first week."""

Edge = tuple[float, float]
"""A time (seconds) and by how much the share of missing people changes then."""


def windows(
    outage: Outage, assumptions: Assumptions, seed: int, replication: int
) -> Iterator[Window]:
    """Each time that the outage happens in a replication, in order; endless if it recurs.

    They are drawn as they are asked for, keyed by the outage's id and the number of the
    time, so they are the same whoever asks.
    """
    key = purpose_number(f"{seed}/{replication}/{outage.id}/outage")
    duration = _draws(key, "duration", outage.duration or Constant(value=outage.lasts))
    opening = assumptions.period.start_day.number
    if outage.every is None:
        start = (opening + outage.day) * DAY + seconds_of(outage.starts_at)
        yield start, start + duration(0)
        return
    gap, end = _draws(key, "every", outage.every), opening * DAY
    for number in range(MAX_WINDOWS):
        start = end + gap(number)
        end = start + duration(number)
        yield start, end
    raise RunawayError(
        f"an outage happens more than {MAX_WINDOWS:,} times in one replication",
        where=f"assumptions/outages/{outage.id}/every",
        mend="let it happen less often, or shorten the journey's limit.",
    )


def _draws(key: int, purpose: str, distribution: Distribution) -> Callable[[int], float]:
    """A function from the number of a time to its draw."""
    of, stream = quantile(distribution), purpose_number(purpose)
    return lambda number: of(uniform(key, stream, number))


def down_test(
    assumptions: Assumptions, step: str, seed: int, replication: int
) -> Callable[[float], bool] | None:
    """A function that tells whether the step with this id is down at a time; None if never.

    The function may be asked for times in any order.
    """
    tests = [
        _within(windows(one, assumptions, seed, replication))
        for one in assumptions.outages
        if step in one.steps
    ]
    return (lambda time: any(test(time) for test in tests)) if tests else None


def _within(ahead: Iterator[Window]) -> Callable[[float], bool]:
    """A function that tells whether a time is in one of the windows; it keeps those it saw."""
    starts: list[float] = []
    ends: list[float] = []

    def is_within(time: float) -> bool:
        while not starts or starts[-1] <= time:
            window = next(ahead, None)
            if window is None:
                break
            starts.append(window[0])
            ends.append(window[1])
        latest = bisect_right(starts, time) - 1
        return latest >= 0 and time < ends[latest]

    return is_within


def missing_people(
    assumptions: Assumptions, team: str, seed: int, replication: int
) -> Iterator[Edge]:
    """Changes of the share of a team's people who are missing, in order; maybe without end.

    Shares that are missing for several reasons add up.
    """
    edges = [
        _edges(windows(one, assumptions, seed, replication), one.missing)
        for one in assumptions.outages
        if team in one.teams
    ]
    return heapq.merge(*edges, key=itemgetter(0))


def _edges(when: Iterator[Window], share: float) -> Iterator[Edge]:
    for start, end in when:
        yield start, share
        yield end, -share
