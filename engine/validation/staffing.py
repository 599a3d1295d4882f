"""Who works when: what the staffing of teams means for a queue."""

from __future__ import annotations

from engine.assumptions import Staffing
from engine.calendar import DAY, WEEK, seconds_of

Span = tuple[float, float]
"""From and to, in seconds since Monday 00:00."""


def has_people(staffing: Staffing | None) -> bool:
    """Whether anybody of the team is ever there to work."""
    if staffing is None or not any(staffing.agents):
        return False
    return staffing.shrinkage < 1 and staffing.absence < 1


def spans(staffing: Staffing) -> list[Span]:
    """When at least one person is scheduled; what goes on beyond Sunday's end is cut off.

    A week that begins again is no gap: see `covers_week`.
    """
    start = seconds_of(staffing.starts_at)
    found: list[Span] = []
    for number, agents in enumerate(staffing.agents):
        if agents:
            begins = start + number * staffing.interval
            found += [_on(day.number * DAY + begins, staffing.interval) for day in staffing.days]
    return found


def _on(begins: float, length: float) -> Span:
    begins %= WEEK
    return begins, begins + length


def covers_week(found: list[Span]) -> bool:
    """Whether somebody is there at every moment of the week."""
    # What runs over the end of the week goes on at its beginning.
    wrapped = [(begins - WEEK, ends - WEEK) for begins, ends in found if ends > WEEK]
    until = 0.0
    for begins, ends in sorted([*wrapped, *found]):
        if begins > until:
            return False
        until = max(until, ends)
    return until >= WEEK
